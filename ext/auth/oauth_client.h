// SPDX-License-Identifier: MIT
// OAuthClient: the requests of the token endpoint. Keeps nothing.
//
// Source: KEAP_FACTS section 1.1; RFC 6749 sections 4.3 and 4.4 for the grants without a person, which the vendor lacks.
// Threads: safe.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auth/connection_options.h"
#include "auth/sign_in_attempt.h"
#include "auth/token_store.h"
#include "auth/unread_answer.h"
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
  // When ok; the refresh token may be empty. Otherwise without an access token, and with the refresh token that an answer
  // brought which cannot be used: the one that was sent may be spent.
  TokenSet tokens;
};

class OAuthClient {
 public:
  // All references outlive this object.
  OAuthClient(const ConnectionOptions& options, http::HttpTransport& transport, Clock& clock)
      : options_(options), transport_(transport), clock_(clock) {}

  // `cancellation` is looked at before the request and not while it is under way: the grants are single-use, and
  // whoever drops the answer loses the account. Timeout bounds the wait, or a minute where it is off.
  //
  // `unread` takes the answer as it came, before anything else that needs memory: when std::bad_alloc leaves one of these, and
  // `unread` has a response, Read gives what was lost. Its scope and grant are the caller's.
  //
  // `verifier` is the one whose challenge the sign-in page was sent, "" = none (RFC 7636).
  TokenAnswer ExchangeCode(const Secret& code, const std::string& redirect_uri, const Secret& verifier,
                           const Cancellation& cancellation, UnreadAnswer& unread) const;
  TokenAnswer Refresh(const Secret& refresh_token, const Cancellation& cancellation, UnreadAnswer& unread) const;
  // Requires a response.
  TokenAnswer Read(const UnreadAnswer& unread) const;

  // By what the options hold: the application's id and secret (CLIENT) or the user's name and password (PASSWORD). Requires
  // a grant that needs no person. Whether there is a refresh token in the answer is up to the server; CLIENT has none.
  TokenAnswer RequestToken(const Cancellation& cancellation) const;

  // The page on which a person signs in. It holds no secret: of the verifier only the challenge.
  std::string AuthorizeUrl(const std::string& redirect_uri, const SignInAttempt& attempt) const;

 private:
  // Names and values of a form; the texts live until it is made.
  using FormFields = std::vector<std::pair<std::string_view, std::string_view>>;

  http::HttpRequest FormPost(const std::string& url, FormFields form) const;
  http::HttpRequest SignedPost(const std::string& url, FormFields form) const;
  // Requires of `unread` what the request holds besides the client's own secrets, and what a refusal means.
  TokenAnswer Send(http::HttpRequest request, const Cancellation& cancellation, UnreadAnswer& unread) const;
  TokenAnswer ReadTokens(const UnreadAnswer& unread) const;

  const ConnectionOptions& options_;
  http::HttpTransport& transport_;
  Clock& clock_;
};

}  // namespace infusionsoft
