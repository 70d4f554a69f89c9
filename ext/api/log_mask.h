// SPDX-License-Identifier: MIT
// LogMask: takes secrets out of what is logged, by their values and by the places where they stand.
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "auth/connection_options.h"
#include "base/secret.h"
#include "http/transport.h"

namespace infusionsoft {

// Whether headers of this name carry secrets: Authorization, cookies, keys and tokens.
bool IsSecretHeader(std::string_view name);

// `line` with "***" for what follows the name of such a header in it: HTTP/2 makes libcurl tell the headers it sends.
std::string MaskHeaderLine(std::string_view line);

// `text` with "***" for the values of fields such as access_token, client_secret, password or code: of JSON, of forms and of
// queries.
std::string MaskFields(std::string_view text);

// Knows the secrets of a session. Threads: safe.
class LogMask {
 public:
  explicit LogMask(const ConnectionOptions& options);

  // What a request carries as a secret, and the tokens of an answer of the token endpoint.
  void Learn(const http::HttpRequest& request);
  void Learn(const http::HttpResponse& response);

  // `text` without any known secret.
  std::string Apply(std::string text) const;

 private:
  void Add(std::string_view secret);

  // Of tokens, which change, the last ones; of the connection's own, all.
  static constexpr size_t kLearned = 32;
  mutable std::mutex mutex_;
  std::vector<Secret> given_;
  std::deque<Secret> learned_;
};

}  // namespace infusionsoft
