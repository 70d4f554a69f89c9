// SPDX-License-Identifier: MIT
// TokenRenewal: from what is known to a token that is good now, by the cheapest way there is.
//
// The order: what the store has, a refresh, a grant that needs no person; or else the OAuthVerifier, a sign-in. New tokens
// are saved before they are handed out. Threads: used by one at a time; Credentials sees to that.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/browser.h"
#include "auth/connection_options.h"
#include "auth/oauth_client.h"
#include "auth/token_store.h"
#include "base/cancellation.h"
#include "base/clock.h"
#include "base/secret.h"
#include "base/status.h"

namespace infusionsoft {

// Not past its end, as far as is known.
bool IsAlive(const TokenSet& tokens, WallTime now);
// Alive, with time enough left for a request: five minutes, or a tenth of a shorter lifetime.
bool IsFresh(const TokenSet& tokens, WallTime now);

// What Credentials knows between renewals.
struct KnownTokens {
  std::optional<TokenSet> tokens;
  Secret rejected;              // the access token that the API refused last: never used again
  bool unsaved = false;         // `tokens` are newer than the store, which could not take them
  bool unread = false;          // newer ones are in an answer that there was no memory to read
  MonotonicTime retry_after{};  // a renewal failed while `tokens` lived: use them, and do not ask again before this

  bool Usable(const TokenSet& candidate, WallTime now) const;  // alive and not rejected
};

class TokenRenewal {
 public:
  // All references outlive this object.
  TokenRenewal(const ConnectionOptions& options, http::HttpTransport& transport, TokenStore& store, Clock& clock,
               Browser& browser)
      : options_(options), client_(options, transport, clock), store_(store), clock_(clock), browser_(browser) {}

  // Changes `known` so that its tokens can be used, or says why it cannot. When a save fails, `known` has the new
  // tokens and the Status (kUnavailable) says that they are in memory only. Where memory runs out, here and in what follows,
  // std::bad_alloc leaves `known` as it is then, and it must be kept: the next renewal goes on from it.
  Status Renew(KnownTokens& known, const Cancellation& cancellation);

  // Refreshes, or asks by a grant that needs no person, however long the token still lives. kUnauthenticated when nothing is
  // left to refresh with.
  Status RefreshNow(KnownTokens& known, const Cancellation& cancellation);

  // The address of a sign-in elsewhere, which the store remembers until its code comes.
  Result<std::string> BeginElsewhere(const Cancellation& cancellation);
  // Exchanges what a person brought back from there: a code, or an address with one.
  Status ExchangeCode(KnownTokens& known, const Secret& brought, const Cancellation& cancellation);

  // Deletes what is stored and forgets what is known. False: nothing was stored.
  Result<bool> Forget(KnownTokens& known, const Cancellation& cancellation);

 private:
  Result<std::optional<TokenSet>> LoadOwn();  // the tokens; `sign_in_` becomes the attempt beside them
  void Settle(KnownTokens& known, std::optional<TokenSet>& stored);  // requires the lock
  TokenSet Given() const;
  bool AdoptFresh(KnownTokens& known, const std::optional<TokenSet>& stored) const;
  bool FallBack(KnownTokens& known, const std::optional<TokenSet>& stored) const;
  void SaveAgain(KnownTokens& known, std::optional<TokenSet>& stored);  // changes `stored` as it changes the store
  Status RenewLocked(KnownTokens& known, const Cancellation& cancellation);
  std::optional<Status> Refresh(KnownTokens& known, const std::optional<TokenSet>& stored, const Cancellation& cancellation);
  bool AdoptSuccessor(KnownTokens& known);
  std::optional<Status> GetAlone(KnownTokens& known, const std::optional<TokenSet>& stored,
                                 const Cancellation& cancellation);
  Status RequestToken(KnownTokens& known, const Cancellation& cancellation);
  Status GetNew(KnownTokens& known, const Cancellation& cancellation);
  TokenAnswer Exchange(const Secret& brought, const Cancellation& cancellation);
  template <typename Ask>
  TokenAnswer AskOnce(KnownTokens& known, const std::string& grant, Ask ask);
  void Discard(KnownTokens& known);
  bool Adopt(KnownTokens& known, TokenAnswer& answer);
  Status Keep(KnownTokens& known, TokenAnswer answer);
  Status SaveKnown(KnownTokens& known);
  bool IsSpent(const Secret& refresh_token) const;

  const ConnectionOptions& options_;
  OAuthClient client_;
  TokenStore& store_;
  Clock& clock_;
  Browser& browser_;
  std::vector<Secret> spent_;             // refresh tokens that the server refused: asking again cannot help
  std::optional<Status> refusal_;         // what it said
  std::optional<SignInAttempt> sign_in_;  // what the next save keeps of a sign-in elsewhere
  UnreadAnswer unread_;                   // of the request that spends a refresh token or a code
  Secret code_;                           // whose tokens have come and may not be saved yet
  Secret stored_before_;                  // the store's refresh token when it could not take ours
  bool verifier_used_ = false;
  bool save_failed_ = false;  // in the renewal under way
};

}  // namespace infusionsoft
