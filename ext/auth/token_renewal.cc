// SPDX-License-Identifier: MIT
#include "auth/token_renewal.h"

#include <algorithm>
#include <array>
#include <utility>

#include "auth/account_servers.h"
#include "auth/crypto.h"
#include "auth/oauth_error.h"
#include "auth/scheme.h"
#include "auth/scrub.h"
#include "auth/sign_in.h"

namespace infusionsoft {
namespace {

constexpr std::chrono::minutes kSlack{5};
constexpr std::chrono::minutes kRetryPause{1};

Status Unauthenticated(std::string message) { return Status(StatusCode::kUnauthenticated, std::move(message)); }

// A name for tokens that are of another sign-in than those before, and maybe of another person. Made before a code or a
// refresh token is spent, because it may fail.
Result<std::string> NewGrant() {
  constexpr size_t kBytes = 16;
  return RandomHex(kBytes);
}

bool IsSame(const TokenSet& left, const TokenSet& right) {
  return left.access_token == right.access_token && left.refresh_token == right.refresh_token;
}

bool IsInterrupted(const Status& status) { return status.code() == StatusCode::kInterrupted; }

}  // namespace

bool IsAlive(const TokenSet& tokens, WallTime now) {
  return !tokens.access_token.empty() && (!tokens.expires_at || now < *tokens.expires_at);
}

bool IsFresh(const TokenSet& tokens, WallTime now) {
  if (!IsAlive(tokens, now)) return false;
  if (!tokens.expires_at) return true;
  std::chrono::milliseconds slack = kSlack;
  if (tokens.lifetime) slack = std::min<std::chrono::milliseconds>(slack, *tokens.lifetime / 10);
  return now + slack < *tokens.expires_at;
}

bool KnownTokens::Usable(const TokenSet& candidate, WallTime now) const {
  return IsAlive(candidate, now) && !(candidate.access_token == rejected);
}

Result<std::optional<TokenSet>> TokenRenewal::LoadOwn() {
  auto stored = store_.Load();
  sign_in_.reset();
  if (!stored || !*stored) return stored;
  const std::string& servers = (*stored)->servers;
  if (servers.empty() || servers == AccountServers(options_)) {
    sign_in_ = (*stored)->sign_in;
    const bool has_tokens = !(*stored)->access_token.empty() || !(*stored)->refresh_token.empty();
    if (!has_tokens) stored->reset();
    return stored;
  }
  return Unauthenticated("the tokens in " + store_.Describe() + " are for " + servers + ", and this connection names " +
                         AccountServers(options_) + "; set OAuthSettingsLocation to another place for it");
}

// The tokens of the connection string.
TokenSet TokenRenewal::Given() const {
  TokenSet given;
  given.access_token = options_.oauth_access_token;
  given.refresh_token = options_.oauth_refresh_token;
  given.lifetime = options_.oauth_expires_in;
  if (options_.oauth_expires_in && options_.oauth_token_timestamp) {
    given.expires_at = WallTime(*options_.oauth_token_timestamp) + *options_.oauth_expires_in;
  }
  given.scope = options_.scope;
  given.servers = AccountServers(options_);
  return given;
}

bool TokenRenewal::AdoptFresh(KnownTokens& known, const std::optional<TokenSet>& stored) const {
  const TokenSet candidate = stored ? *stored : Given();
  if (!IsFresh(candidate, clock_.Now()) || !known.Usable(candidate, clock_.Now())) return false;
  known.tokens = candidate;
  return true;
}

// A token near its end is still good for now. Tokens that exist only in memory are not exchanged for older ones.
bool TokenRenewal::FallBack(KnownTokens& known, const std::optional<TokenSet>& stored) const {
  for (const std::optional<TokenSet>& candidate : {known.tokens, stored, std::optional(Given())}) {
    if (candidate && known.Usable(*candidate, clock_.Now())) {
      known.tokens = candidate;
      known.retry_after = clock_.Monotonic() + kRetryPause;
      return true;
    }
    if (known.unsaved) return false;
  }
  return false;
}

Status TokenRenewal::Renew(KnownTokens& known, const Cancellation& cancellation) {
  save_failed_ = false;
  const auto stored = LoadOwn();  // no lock is needed to read: files are replaced as a whole
  if (stored && !known.unsaved && !known.unread && AdoptFresh(known, *stored)) return Status();
  auto lock = store_.Acquire(cancellation);
  if (lock) return RenewLocked(known, cancellation);
  if (!IsInterrupted(lock.status()) && FallBack(known, stored ? *stored : std::nullopt)) return Status();
  return std::move(lock).status();
}

Status TokenRenewal::RenewLocked(KnownTokens& known, const Cancellation& cancellation) {
  auto stored = LoadOwn();  // again: somebody else may have refreshed while we waited for the lock
  if (!stored) return FallBack(known, std::nullopt) ? Status() : std::move(stored).status();
  Settle(known, *stored);
  if (known.unsaved) {
    const WallTime now = clock_.Now();
    const bool good = IsFresh(*known.tokens, now) || clock_.Monotonic() < known.retry_after;
    if (good && known.Usable(*known.tokens, now)) return Status();
    stored = known.tokens;  // the store is behind: its refresh token is spent
  } else if (AdoptFresh(known, *stored)) {
    return Status();
  }
  if (Status room = store_.Reserve(); !room.ok()) return FallBack(known, *stored) ? Status() : room;
  const std::optional<Status> refreshed = GetAlone(known, *stored, cancellation);
  if (refreshed && (refreshed->ok() || save_failed_ || IsInterrupted(*refreshed))) return *refreshed;
  if (FallBack(known, *stored)) return Status();
  return refreshed ? *refreshed : GetNew(known, cancellation);
}

Status TokenRenewal::RefreshNow(KnownTokens& known, const Cancellation& cancellation) {
  save_failed_ = false;
  auto lock = store_.Acquire(cancellation);
  if (!lock) return std::move(lock).status();
  auto stored = LoadOwn();
  if (!stored) return std::move(stored).status();
  Settle(known, *stored);
  if (Status room = store_.Reserve(); !room.ok()) return room;
  const std::optional<Status> refreshed = GetAlone(known, known.unsaved ? known.tokens : *stored, cancellation);
  if (refreshed) return *refreshed;
  if (refusal_) return *refusal_;
  return Unauthenticated("there is no refresh token in " + store_.Describe() + " nor in OAuthRefreshToken; " +
                         SignInAdvice(options_.initiate_oauth));
}

// Makes good a reading or a save that failed, and remembers what the store has if it fails again.
void TokenRenewal::Settle(KnownTokens& known, std::optional<TokenSet>& stored) {
  if (known.unread) {
    TokenAnswer answer = client_.Read(unread_);
    Adopt(known, answer);
  }
  if (known.unsaved) SaveAgain(known, stored);
  stored_before_ = stored ? stored->refresh_token : Secret();
}

void TokenRenewal::SaveAgain(KnownTokens& known, std::optional<TokenSet>& stored) {
  known.tokens->sign_in = sign_in_;
  const bool replaced = stored && !(stored->refresh_token == stored_before_) && !IsSame(*stored, *known.tokens);
  if (replaced) {  // somebody signed in since; theirs is the newer grant
    known.tokens = stored;
    known.unsaved = false;
  } else if (store_.Save(*known.tokens).ok()) {
    stored = known.tokens;
    known.unsaved = false;
  }
}

bool TokenRenewal::IsSpent(const Secret& refresh_token) const {
  return std::find(spent_.begin(), spent_.end(), refresh_token) != spent_.end();
}

// Tries the stored refresh token (or, when somebody removed the store, the one in memory), then the given one. Nothing:
// there is none, or none is of use any more.
std::optional<Status> TokenRenewal::Refresh(KnownTokens& known, const std::optional<TokenSet>& stored,
                                            const Cancellation& cancellation) {
  const Result<std::string> of_given = NewGrant();
  if (!of_given) return of_given.status();
  TokenSet given = Given();
  given.grant = *of_given;
  for (const TokenSet& candidate : {stored ? *stored : known.tokens.value_or(TokenSet()), given}) {
    if (candidate.refresh_token.empty() || IsSpent(candidate.refresh_token)) continue;
    TokenAnswer answer = AskOnce(known, candidate.grant, [&] {
      unread_.scope = candidate.scope;
      return client_.Refresh(candidate.refresh_token, cancellation, unread_);
    });
    if (!answer.grant_refused) return Keep(known, std::move(answer));
    Discard(known);
    spent_.push_back(candidate.refresh_token);
    refusal_ = std::move(answer.status);
    if (AdoptSuccessor(known)) return Status();
  }
  return std::nullopt;
}

// Where the lock does not reach (another machine, a file system without locks), somebody else may have spent what was refused
// and stored what came of it.
bool TokenRenewal::AdoptSuccessor(KnownTokens& known) {
  if (known.unsaved) return false;  // the store is behind
  const auto stored = LoadOwn();
  return stored && *stored && !IsSpent((*stored)->refresh_token) && AdoptFresh(known, *stored);
}

// What needs no person: a refresh, or else the grant itself. Nothing: only a person can help.
std::optional<Status> TokenRenewal::GetAlone(KnownTokens& known, const std::optional<TokenSet>& stored,
                                             const Cancellation& cancellation) {
  std::optional<Status> refreshed = Refresh(known, stored, cancellation);
  if (!refreshed && !NeedsPerson(options_)) refreshed = RequestToken(known, cancellation);
  return refreshed;
}

Status TokenRenewal::RequestToken(KnownTokens& known, const Cancellation& cancellation) {
  TokenAnswer answer = client_.RequestToken(cancellation);
  return answer.status.ok() ? Keep(known, std::move(answer)) : answer.status;
}

// Only a person can help now: by the code that they brought, or by signing in.
Status TokenRenewal::GetNew(KnownTokens& known, const Cancellation& cancellation) {
  const Result<std::string> grant = NewGrant();
  if (!grant) return grant.status();
  if (!options_.oauth_verifier.empty() && !verifier_used_) {
    TokenAnswer answer = AskOnce(known, *grant, [&] { return Exchange(options_.oauth_verifier, cancellation); });
    if (answer.status.code() == StatusCode::kInvalidArgument) return answer.status.WithContext("OAuthVerifier");
    verifier_used_ = answer.status.ok() || answer.grant_refused;  // a code works once
    if (!answer.grant_refused) return Keep(known, std::move(answer));
    Discard(known);
    refusal_ = answer.status.WithContext("OAuthVerifier");
  }
  if (options_.initiate_oauth == InitiateOAuth::kGetAndRefresh) {
    const auto exchange = [&](const Secret& code, const std::string& redirect_uri, const Secret& verifier) {
      return Keep(known, AskOnce(known, *grant, [&] {
                    return client_.ExchangeCode(code, redirect_uri, verifier, cancellation, unread_);
                  }));
    };
    return SignInThroughBrowser(options_, client_, browser_, clock_, cancellation, exchange);
  }
  if (refusal_) return *refusal_;
  return Unauthenticated("there are no tokens in " + store_.Describe() + " that can be used or refreshed; " +
                         SignInAdvice(options_.initiate_oauth));
}

Result<std::string> TokenRenewal::BeginElsewhere(const Cancellation& cancellation) {
  auto lock = store_.Acquire(cancellation);
  if (!lock) return std::move(lock).status();
  auto stored = LoadOwn();
  if (!stored) return std::move(stored).status();
  auto attempt = BeginSignIn(options_, clock_.Now());
  if (!attempt) return std::move(attempt).status();
  TokenSet tokens;
  tokens.servers = AccountServers(options_);
  if (*stored) tokens = **std::move(stored);
  tokens.sign_in = *attempt;
  if (Status status = store_.Save(tokens); !status.ok()) return status;
  return client_.AuthorizeUrl(options_.callback_url, *attempt);
}

// Requires that the store has been loaded, for the attempt that what was brought belongs to.
TokenAnswer TokenRenewal::Exchange(const Secret& brought, const Cancellation& cancellation) {
  TokenAnswer answer;
  if (sign_in_ && clock_.Now() >= sign_in_->ends_at) sign_in_.reset();
  const auto code = CodeFrom(brought, sign_in_ ? sign_in_->state : options_.state);
  const Secret verifier = sign_in_ ? sign_in_->verifier : Secret();
  if (!code) {
    answer.status = code.status();
  } else if (options_.oauth_pkce && verifier.empty()) {
    answer.grant_refused = true;
    answer.status =
        Unauthenticated("with OAuthPKCE=true a code is of use only where its sign-in was begun, and " + store_.Describe() +
                        " knows of none in the last hour; begin again with "
                        "infusionsoft_authorize_url()");
  } else {
    answer = client_.ExchangeCode(*code, options_.callback_url, verifier, cancellation, unread_);
    answer.status = ScrubStatus(answer.status, std::array{*code});
  }
  return answer;
}

Status TokenRenewal::ExchangeCode(KnownTokens& known, const Secret& brought, const Cancellation& cancellation) {
  auto lock = store_.Acquire(cancellation);
  if (!lock) return std::move(lock).status();
  // A code works once: first make sure that the store will take what comes.
  auto stored = LoadOwn();
  if (!stored) return std::move(stored).status();
  Settle(known, *stored);
  // Again, after it could not be read or saved what the code had brought.
  const auto code = CodeFrom(brought, options_.state);
  if (!code_.empty() && code && *code == code_ && known.tokens) {
    Status saved = known.unsaved ? SaveKnown(known) : Status();
    if (saved.ok()) code_ = Secret();
    return saved;
  }
  if (Status room = store_.Reserve(); !room.ok()) return room;
  const Result<std::string> grant = NewGrant();
  if (!grant) return grant.status();
  Status status = Keep(known, AskOnce(known, *grant, [&] { return Exchange(brought, cancellation); }));
  if (!known.unsaved) code_ = Secret();
  return status;
}

Result<bool> TokenRenewal::Forget(KnownTokens& known, const Cancellation& cancellation) {
  // Before the lock, which would make the directory; and what is there must be ours before it is deleted.
  auto stored = LoadOwn();
  if (!stored) return std::move(stored).status();
  if (!*stored && !sign_in_) {
    Discard(known);
    known = KnownTokens();
    return false;
  }
  auto lock = store_.Acquire(cancellation);
  if (!lock) return std::move(lock).status();
  if (Status status = store_.Remove(); !status.ok()) return status;
  Discard(known);
  known = KnownTokens();
  return true;
}

// Asks what can be asked only once. Until its answer is adopted or discarded, `known` says that it is there.
template <typename Ask>
TokenAnswer TokenRenewal::AskOnce(KnownTokens& known, const std::string& grant, Ask ask) {
  Discard(known);
  unread_.scope.clear();
  unread_.grant = grant;
  struct Mark {
    ~Mark() { known.unread = unread.response.has_value(); }  // also when there is no memory to read it
    KnownTokens& known;
    const UnreadAnswer& unread;
  } mark{known, unread_};
  return ask();
}

void TokenRenewal::Discard(KnownTokens& known) {
  unread_.Clear();
  known.unread = false;
}

// Tokens that came are known, and not saved yet. An answer whose access token cannot be used may have brought the next
// refresh token. False: there are none in it.
bool TokenRenewal::Adopt(KnownTokens& known, TokenAnswer& answer) {
  const bool brought = answer.status.ok() || !answer.tokens.refresh_token.empty();
  if (brought) {
    if (answer.status.ok() && unread_.refresh_token.empty()) sign_in_.reset();  // its code has come
    answer.tokens.sign_in = sign_in_;
    known.tokens = std::move(answer.tokens);
    known.unsaved = true;
    code_ = std::move(unread_.code);
    known.retry_after = {};
  }
  Discard(known);
  return brought;
}

// First durable, then in use.
Status TokenRenewal::Keep(KnownTokens& known, TokenAnswer answer) {
  if (!Adopt(known, answer)) return answer.status;
  const Status saved = SaveKnown(known);
  return saved.ok() ? answer.status : saved;
}

Status TokenRenewal::SaveKnown(KnownTokens& known) {
  const Status saved = store_.Save(*known.tokens);
  known.unsaved = !saved.ok();
  if (saved.ok()) return Status();
  save_failed_ = true;
  // A step may report a failure after it did its work.
  const auto stored = store_.Load();
  const bool is_there = stored && *stored && IsSame(**stored, *known.tokens);
  return Status(StatusCode::kUnavailable,
                saved.message() + (is_there ? ". The new tokens are in use and stored, but a power failure may still lose "
                                              "them: put that right, and run the statement again"
                                            : ". The new tokens are in the memory of this process only and are "
                                              "lost with it, and the stored ones are spent: put that right, and run the "
                                              "statement again; it saves them then"));
}

}  // namespace infusionsoft
