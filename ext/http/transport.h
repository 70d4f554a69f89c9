// SPDX-License-Identifier: MIT
// HttpTransport: sends one request and returns one response. The seam at the wire.
//
// An HTTP status is never an error here: 404 and 500 are responses. A Status means that no complete response arrived.
// Threads: Send may be called from several threads at once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/cancellation.h"
#include "base/secret.h"
#include "base/status.h"
#include "http/transport_options.h"

namespace infusionsoft::http {

// Whether `text` is one of HTTP's tokens, as methods and the names of headers are (RFC 9110 section 5.6.2).
bool IsToken(std::string_view text);

// A user whom libcurl signs in by a scheme of HTTP's own. NTLM authenticates a connection, by two more exchanges when it is
// new; those are part of the one call.
struct Login {
  enum class Scheme { kBasic, kNtlm };
  Scheme scheme = Scheme::kBasic;
  std::string user;  // without ':' for kBasic; NAME or DOMAIN\NAME, ASCII, for kNtlm
  Secret password;
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;  // complete, encoded
  std::vector<std::pair<std::string, std::string>> headers;
  // The value of the Authorization header or of another secret one, apart from the rest so that no log can print it.
  std::string secret_header_name;
  Secret secret_header_value;
  std::optional<Login> login;  // not beside a secret header Authorization
  std::string body;          // form bodies of token requests hold secrets
  // Bytes, of an answer that must not be lost for want of memory: they are taken for its body before anything is sent, no
  // compression is asked for, and a header that finds no memory is left out. 0: memory is taken as the answer comes.
  size_t answer_room = 0;
  // Of this call, in place of those of TransportOptions: for what cannot be cancelled or asked for again. Nothing: those.
  std::optional<std::chrono::milliseconds> timeout;
  std::optional<size_t> max_response_bytes;
};

struct HttpResponse {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;
  int64_t wire_bytes = 0;  // of the body as received, before decompression

  std::string_view Header(std::string_view lower_case_name) const;  // "" when absent
};

class HttpTransport {
 public:
  virtual ~HttpTransport() = default;
  // kUnavailable: no connection, time-out, reset, wrong length (`request_sent` in the message is not needed: only GETs are
  // ever sent again). kUnreachable: a host name that is not known, a certificate that is not accepted, TLS that cannot be
  // agreed upon, a proxy that refuses; sending again would fail again. kBadResponse: larger than the cap, not HTTP, or
  // compression that does not unpack. kInterrupted: cancelled, seen within about 100 ms. kInvalidArgument: a URL, a header,
  // a login or a certificate file that cannot be used. A message names host and port, never the rest of the URL and never a header's
  // value.
  virtual Result<HttpResponse> Send(const HttpRequest& request, const Cancellation& cancellation) = 0;
  // Closes kept connections that no call uses now, but for `keep` of them.
  virtual void CloseIdle(size_t /*keep*/) {}
};

// The libcurl implementation: TLS 1.2+, HTTP/2 when offered, compressed transfer, connections kept and reused between
// calls. Redirects (at most 5) are followed only for GET and HEAD and only to the same scheme,
// host and port; any other 3xx is returned as it is. A request that is not GET or HEAD gets a connection of its own, because
// on a kept one curl would send it again by itself when the server has just closed it.
std::unique_ptr<HttpTransport> MakeCurlTransport(const TransportOptions& options);

}  // namespace infusionsoft::http
