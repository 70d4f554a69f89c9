// SPDX-License-Identifier: MIT
// OAuthClient: the requests of the token endpoint. Keeps nothing.
//
// Source: KEAP_FACTS section 1.1; RFC 6749 sections 4.3 and 4.4 for the grants without a person, which the vendor lacks.
// Threads: safe.
#pragma once

#include <string>
#include <string_view>

#include "auth/connection_options.h"
#include "auth/token_store.h"
#include "base/cancellation.h"
#include "base/clock.h"
#include "base/secret.h"
#include "base/status.h"
#include "http/transport.h"
#include "http/url.h"

namespace infusionsoft {

struct TokenAnswer {
  Status status;               // kUnauthenticated, kUnavailable, kBadResponse, kInterrupted; no secret in it
  bool grant_refused = false;  // the refresh token or the code is of no use any more
  TokenSet tokens;             // when ok; the refresh token may be empty
};

class OAuthClient {
 public:
  // All references outlive this object.
  OAuthClient(const ConnectionOptions& options, http::HttpTransport& transport, Clock& clock)
      : options_(options), transport_(transport), clock_(clock) {}

  // `cancellation` is looked at before the request and not while it is under way: the grants are single-use, and
  // whoever drops the answer loses the account. The transport's own time-out bounds the wait.
  TokenAnswer ExchangeCode(const Secret& code, const std::string& redirect_uri, const Cancellation& cancellation) const;
  TokenAnswer Refresh(const Secret& refresh_token, const Cancellation& cancellation) const;

  // By what the options hold: the application's id and secret (CLIENT) or the user's name and password (PASSWORD). Requires
  // a grant that needs no person. Whether there is a refresh token in the answer is up to the server; CLIENT has none.
  TokenAnswer RequestToken(const Cancellation& cancellation) const;

  // The page on which a person signs in. It holds no secret.
  std::string AuthorizeUrl(const std::string& redirect_uri, const std::string& state) const;

 private:
  http::HttpRequest FormPost(const std::string& url, http::QueryParams form) const;
  http::HttpRequest SignedPost(const std::string& url, http::QueryParams form) const;
  TokenAnswer Send(http::HttpRequest request, const Secret& grant, std::string_view when_refused,
                   const Cancellation& cancellation) const;
  TokenAnswer ReadTokens(const http::HttpResponse& response, std::string_view when_refused) const;

  const ConnectionOptions& options_;
  http::HttpTransport& transport_;
  Clock& clock_;
};

}  // namespace infusionsoft
