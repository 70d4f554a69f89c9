// SPDX-License-Identifier: MIT
// OAuthClient: the two requests of the token endpoint. Keeps nothing.
//
// Source: KEAP_FACTS section 1.1. Threads: safe.
#pragma once

#include <span>
#include <string>

#include "auth/connection_options.h"
#include "auth/sign_in_attempt.h"
#include "auth/token_store.h"
#include "base/cancellation.h"
#include "base/clock.h"
#include "base/secret.h"
#include "base/status.h"
#include "http/transport.h"

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
  // whoever drops the answer loses the account. Timeout bounds the wait, or a minute where it is off.
  //
  // `verifier` is the one whose challenge the sign-in page was sent, "" = none (RFC 7636).
  TokenAnswer ExchangeCode(const Secret& code, const std::string& redirect_uri, const Secret& verifier,
                           const Cancellation& cancellation) const;
  TokenAnswer Refresh(const Secret& refresh_token, const Cancellation& cancellation) const;

  // The page on which a person signs in. It holds no secret: of the verifier only the challenge.
  std::string AuthorizeUrl(const std::string& redirect_uri, const SignInAttempt& attempt) const;

 private:
  TokenAnswer Send(http::HttpRequest request, const Secret& grant, const Cancellation& cancellation) const;
  TokenAnswer ReadTokens(const http::HttpResponse& response, std::span<const Secret> secrets) const;

  const ConnectionOptions& options_;
  http::HttpTransport& transport_;
  Clock& clock_;
};

}  // namespace infusionsoft
