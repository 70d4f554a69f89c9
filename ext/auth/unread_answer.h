// SPDX-License-Identifier: MIT
// UnreadAnswer: what a token endpoint has answered, until its tokens are known to this process.
//
// A refresh token and a code work once, so what comes for them must not be lost, also where memory runs out while it is read:
// its memory is taken before the request, and with what stands here the reading can be done again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/secret.h"
#include "http/transport.h"

namespace infusionsoft {

struct UnreadAnswer {
  UnreadAnswer() = default;
  UnreadAnswer(const UnreadAnswer&) = delete;
  UnreadAnswer& operator=(const UnreadAnswer&) = delete;
  ~UnreadAnswer() { Clear(); }

  // It is read, or not wanted any more.
  void Clear() {
    if (response) WipeText(response->body);
    response.reset();
  }

  // Of the request.
  Secret refresh_token;         // that it spends; "" = it spends a code, or nothing
  Secret code;                  // that it spends; "" = it spends none
  std::string scope;            // of the tokens that are to be replaced
  std::string grant;            // TokenSet::grant of those that come
  std::string endpoint;         // where it goes, for messages
  std::string when_refused;     // see ReadRefusal
  std::vector<Secret> secrets;  // that it holds
  // Of the answer.
  std::optional<http::HttpResponse> response;  // nothing: none has come, or it is read
  WallTime received_at{};
};

}  // namespace infusionsoft
