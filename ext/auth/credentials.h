// SPDX-License-Identifier: MIT
// Credentials: the one place that knows what a request of an account carries to say who asks: the current access token of
// OAuth, or the key or password of the connection. What an AuthScheme means stands in scheme.h.
//
// Source: KEAP_FACTS section 1. Threads: all methods may be called at once; one of them refreshes, the others wait for
// it.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "auth/browser.h"
#include "auth/connection_options.h"
#include "auth/token_store.h"
#include "base/cancellation.h"
#include "base/clock.h"
#include "base/secret.h"
#include "base/status.h"
#include "http/transport.h"

namespace infusionsoft {

class Credentials {
 public:
  // All references outlive this object.
  Credentials(const ConnectionOptions& options, http::HttpTransport& transport, std::unique_ptr<TokenStore> store,
              Clock& clock, Browser& browser);
  ~Credentials();

  // The secret of the scheme. With a key or password: that of the connection; with NONE: an empty one. With OAuth: a token
  // that is good now, as far as is known: the stored one, a refreshed one, or one from a sign-in, as
  // InitiateOAuth allows. A token near its end that cannot be refreshed is still used until it ends. Errors:
  // kUnauthenticated says what to do; kUnavailable when the token endpoint cannot be reached; kInterrupted.
  Result<Secret> AccessToken(const Cancellation& cancellation);

  // The API answered 401 to `rejected`: another token, when there is a way to one (someone else refreshed already, a
  // refresh now). kUnauthenticated when there is none, as for keys and passwords: the message says what to do.
  Result<Secret> ReplaceRejected(const Secret& rejected, const Cancellation& cancellation);

  // Makes `request`, which goes to the API, carry `secret`, which AccessToken or ReplaceRejected gave.
  void Sign(const Secret& secret, http::HttpRequest& request) const;
  // What no message may repeat of a request that carried `secret`.
  std::vector<Secret> WireForms(const Secret& secret) const;

  // When the access token in use ends, as far as is known. Asks nobody.
  std::optional<WallTime> AccessTokenEnd() const;

  // Refreshes now, however long the token still lives, and stores what comes. The end of the new access token, nothing when
  // the server does not say. kUnauthenticated says what to do when there is nothing to refresh with; kUnavailable.
  Result<std::optional<WallTime>> Refresh(const Cancellation& cancellation);

  // For machines without a browser; kInvalidArgument where no person signs in. The URL a person opens elsewhere (it holds no
  // secret), which the token store remembers for kSignInLifetime or until the next one; then the code that the person brings
  // back, to this process or a later one, which is exchanged, and the tokens are stored.
  Result<std::string> AuthorizeUrl(const Cancellation& cancellation);
  Status ExchangeCode(const Secret& code, const Cancellation& cancellation);

  // Names the sign-in whose data is read from now on (TokenSet::grant); nothing when nobody has signed in yet. It is the
  // one in the store: tokens in memory that come from another one are not used any more. "" where no person signs in, or
  // the token is that of the connection string. Sends nothing and waits for no renewal. Errors are those of reading the
  // store.
  Result<std::optional<std::string>> Grant();
  // The same of the token that requests carry now, whatever became of the store.
  std::optional<std::string> GrantInUse() const;

  // Forgets the tokens and deletes the stored ones: who shares this object or the store must sign in again. Where they were
  // stored, or "" when none were. Tokens of the connection string stay.
  Result<std::string> Forget(const Cancellation& cancellation);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace infusionsoft
