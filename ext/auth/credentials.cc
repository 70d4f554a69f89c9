// SPDX-License-Identifier: MIT
#include "auth/credentials.h"

#include <optional>
#include <utility>
#include <vector>

#include "auth/gate.h"
#include "auth/oauth_error.h"
#include "auth/scheme.h"
#include "auth/scrub.h"
#include "auth/sign_in.h"
#include "auth/token_renewal.h"
#include "base/time.h"

namespace infusionsoft {
namespace {

Status Unauthenticated(std::string message) { return Status(StatusCode::kUnauthenticated, std::move(message)); }

}  // namespace

struct Credentials::Impl {
  Impl(const ConnectionOptions& given, http::HttpTransport& transport, std::unique_ptr<TokenStore> token_store,
       Clock& a_clock, Browser& browser)
      : options(given), store(std::move(token_store)), clock(a_clock), renewal(options, transport, *store, clock, browser) {}

  Result<Secret> Get(const Secret* rejected, const Cancellation& cancellation);
  bool UsesGivenToken() const { return options.initiate_oauth == InitiateOAuth::kOff && NeedsPerson(options); }
  Result<Secret> GetFixed(const Secret* rejected) const;
  Result<Secret> GetGiven(const Secret* rejected);
  std::optional<Secret> Ready(const Secret* rejected);  // requires `mutex`
  Result<Secret> Renew(const Secret* rejected, const Cancellation& cancellation);
  class Step;
  template <typename Action>
  auto Locked(const Cancellation& cancellation, Action action) -> decltype(action(std::declval<KnownTokens&>()));
  Status CheckClient() const;
  Status Clean(const Status& status, const Secret& also);  // without secrets

  const ConnectionOptions options;
  const std::unique_ptr<TokenStore> store;
  Clock& clock;

  Gate gate;             // one thread renews at a time
  TokenRenewal renewal;  // guarded by `gate`

  std::mutex mutex;  // guards what follows; never held while waiting for anything
  KnownTokens known;
  uint64_t attempts = 0;  // renewals that ended
  Status last_failure;    // of the last one
};

// What a step of `renewal` works on: a copy of what is known, so that `mutex` is not held while anything is waited for. It is
// put back in any case, because where memory runs out in the middle it has the only copy of new tokens. Requires `gate`.
class Credentials::Impl::Step {
 public:
  explicit Step(Impl& impl) : impl_(impl) {
    const std::lock_guard lock(impl_.mutex);
    known = impl_.known;
  }
  ~Step() {
    const std::lock_guard lock(impl_.mutex);
    impl_.known = std::move(known);
  }
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;

  KnownTokens known;

 private:
  Impl& impl_;
};

Credentials::Credentials(const ConnectionOptions& options, http::HttpTransport& transport, std::unique_ptr<TokenStore> store,
                         Clock& clock, Browser& browser)
    : impl_(std::make_unique<Impl>(options, transport, std::move(store), clock, browser)) {}

Credentials::~Credentials() = default;

Result<Secret> Credentials::AccessToken(const Cancellation& cancellation) { return impl_->Get(nullptr, cancellation); }

Result<Secret> Credentials::ReplaceRejected(const Secret& rejected, const Cancellation& cancellation) {
  return impl_->Get(&rejected, cancellation);
}

void Credentials::Sign(const Secret& secret, http::HttpRequest& request) const {
  SchemeOf(impl_->options).sign(impl_->options, secret, request);
}

std::vector<Secret> Credentials::WireForms(const Secret& secret) const {
  return infusionsoft::WireForms(impl_->options, secret);
}

std::optional<Secret> Credentials::Impl::Ready(const Secret* rejected) {
  if (!known.tokens || known.unsaved || known.unread || !known.Usable(*known.tokens, clock.Now())) return std::nullopt;
  if (rejected != nullptr && known.tokens->access_token == *rejected) return std::nullopt;
  if (!IsFresh(*known.tokens, clock.Now()) && clock.Monotonic() >= known.retry_after) return std::nullopt;
  return known.tokens->access_token;
}

Result<Secret> Credentials::Impl::Get(const Secret* rejected, const Cancellation& cancellation) {
  if (!SchemeOf(options).uses_tokens) return GetFixed(rejected);
  if (UsesGivenToken()) return GetGiven(rejected);
  uint64_t attempts_seen = 0;
  {
    std::lock_guard lock(mutex);
    if (auto token = Ready(rejected)) return *std::move(token);
    attempts_seen = attempts;
  }
  auto pass = gate.Enter(cancellation);
  if (!pass) return std::move(pass).status();
  {
    std::lock_guard lock(mutex);
    if (auto token = Ready(rejected)) return *std::move(token);
    // Who waited for an attempt shares its outcome: eight threads must not knock eight times.
    if (attempts != attempts_seen && !last_failure.ok()) return last_failure;
  }
  return Renew(rejected, cancellation);
}

Result<Secret> Credentials::Impl::Renew(const Secret* rejected, const Cancellation& cancellation) {
  Status status;
  Secret token;
  bool shared = false;
  {
    Step step(*this);
    // A late report about an older token must not clear the mark of the newer one.
    const std::optional<TokenSet>& tokens = step.known.tokens;
    if (rejected != nullptr && (!tokens || tokens->access_token == *rejected)) step.known.rejected = *rejected;
    status = renewal.Renew(step.known, cancellation);
    if (status.ok()) token = step.known.tokens->access_token;  // once it is put back, Grant() may forget it
    shared = !step.known.unsaved && status.code() != StatusCode::kInterrupted;
  }
  const Status clean = Clean(status, Secret());
  std::lock_guard lock(mutex);
  ++attempts;
  last_failure = shared ? clean : Status();
  if (!clean.ok()) return clean;
  return token;
}

Result<Secret> Credentials::Impl::GetFixed(const Secret* rejected) const {
  const Scheme& scheme = SchemeOf(options);
  if (rejected != nullptr) return Unauthenticated(std::string(scheme.when_refused));
  return scheme.secret == nullptr ? Secret() : options.*scheme.secret;
}

// InitiateOAuth=OFF: the token of the connection string, or one that ExchangeCode has brought in this session.
Result<Secret> Credentials::Impl::GetGiven(const Secret* rejected) {
  Secret token = options.oauth_access_token;
  if (token.empty()) {
    std::lock_guard lock(mutex);
    if (known.tokens && IsAlive(*known.tokens, clock.Now())) token = known.tokens->access_token;
  }
  if (token.empty()) return Unauthenticated(MissingToken(options));
  if (rejected != nullptr && token == *rejected) {
    // Only now: by the clock of this machine, which may be wrong, a good token must not be refused.
    std::string why = "ended, revoked, or of another account";
    if (options.oauth_expires_in && options.oauth_token_timestamp) {
      const WallTime end = WallTime(*options.oauth_token_timestamp) + *options.oauth_expires_in;
      if (clock.Now() >= end)
        why = "ended at " + FormatTimestamp({end.time_since_epoch().count()}) + " by OAuthTokenTimestamp and OAuthExpiresIn";
    }
    return Unauthenticated("the server does not accept OAuthAccessToken (" + why +
                           "); give a new one, or set InitiateOAuth=GETANDREFRESH to sign in here");
  }
  return token;
}

Status Credentials::Impl::CheckClient() const {
  if (!SchemeOf(options).uses_tokens || !NeedsPerson(options)) {
    return InvalidArgument("nobody signs in with AuthScheme=" + std::string(SchemeOf(options).name) +
                           (options.auth_scheme == AuthScheme::kOAuth ? " and this OAuthGrantType" : "") +
                           "; a sign-in is for AuthScheme=OAUTH with OAuthGrantType=CODE");
  }
  if (options.oauth_client_id.empty()) return InvalidArgument("signing in needs OAuthClientId in the connection");
  return Status();
}

Status Credentials::Impl::Clean(const Status& status, const Secret& also) {
  if (status.ok()) return status;
  std::vector<Secret> secrets = {also,
                                 options.oauth_client_secret,
                                 options.oauth_access_token,
                                 options.oauth_refresh_token,
                                 options.oauth_verifier,
                                 options.password,
                                 options.token_key};
  std::lock_guard lock(mutex);
  secrets.push_back(known.rejected);
  if (known.tokens) {
    secrets.push_back(known.tokens->access_token);
    secrets.push_back(known.tokens->refresh_token);
  }
  return ScrubStatus(status, secrets);
}

std::optional<WallTime> Credentials::AccessTokenEnd() const {
  {
    std::lock_guard lock(impl_->mutex);
    if (impl_->known.tokens) return impl_->known.tokens->expires_at;
  }
  const ConnectionOptions& options = impl_->options;
  if (!options.oauth_expires_in || !options.oauth_token_timestamp) return std::nullopt;
  return WallTime(*options.oauth_token_timestamp) + *options.oauth_expires_in;
}

Result<std::optional<std::string>> Credentials::Grant() {
  using Name = std::optional<std::string>;
  if (!FollowsSignIns(impl_->options)) return Name("");
  const auto stored = impl_->store->Load();
  const std::lock_guard lock(impl_->mutex);
  std::optional<TokenSet>& in_use = impl_->known.tokens;
  const bool is_given = in_use && in_use->access_token == impl_->options.oauth_access_token;
  if (in_use && (is_given || impl_->known.unsaved)) return Name(in_use->grant);
  if (!stored) return stored.status();
  const bool has_tokens = *stored && (!(*stored)->access_token.empty() || !(*stored)->refresh_token.empty());
  if (!has_tokens) return in_use ? Name(in_use->grant) : Name();
  if (in_use && in_use->grant != (*stored)->grant) in_use.reset();
  return Name((*stored)->grant);
}

std::optional<std::string> Credentials::GrantInUse() const {
  if (!FollowsSignIns(impl_->options)) return "";
  const std::lock_guard lock(impl_->mutex);
  return impl_->known.tokens ? std::optional(impl_->known.tokens->grant) : std::nullopt;
}

template <typename Action>
auto Credentials::Impl::Locked(const Cancellation& cancellation, Action action)
    -> decltype(action(std::declval<KnownTokens&>())) {
  auto pass = gate.Enter(cancellation);
  if (!pass) return std::move(pass).status();
  auto result = [&] {
    Step step(*this);
    return action(step.known);
  }();
  std::lock_guard lock(mutex);
  if (result.ok()) last_failure = Status();
  return result;
}

Result<std::optional<WallTime>> Credentials::Refresh(const Cancellation& cancellation) {
  if (!SchemeOf(impl_->options).uses_tokens) {
    return InvalidArgument("AuthScheme=" + std::string(SchemeOf(impl_->options).name) +
                           " has no token that could be refreshed: what the connection gives is sent as it is");
  }
  if (impl_->UsesGivenToken()) {
    return InvalidArgument(
        "InitiateOAuth=OFF uses OAuthAccessToken as it is; set InitiateOAuth=REFRESH, with OAuthClientId, "
        "OAuthClientSecret and OAuthRefreshToken, or " +
        SignInAdvice(InitiateOAuth::kRefresh));
  }
  std::optional<WallTime> end;
  const Status status = impl_->Locked(cancellation, [&](KnownTokens& known) {
    const Status refreshed = impl_->renewal.RefreshNow(known, cancellation);
    if (refreshed.ok()) end = known.tokens->expires_at;
    return refreshed;
  });
  if (!status.ok()) return impl_->Clean(status, Secret());
  return end;
}

Result<std::string> Credentials::AuthorizeUrl(const Cancellation& cancellation) {
  if (Status status = impl_->CheckClient(); !status.ok()) return status;
  return impl_->Locked(cancellation, [&](KnownTokens&) { return impl_->renewal.BeginElsewhere(cancellation); });
}

Status Credentials::ExchangeCode(const Secret& code, const Cancellation& cancellation) {
  if (Status status = impl_->CheckClient(); !status.ok()) return status;
  if (impl_->options.oauth_client_secret.empty()) {
    return InvalidArgument("exchanging a code needs OAuthClientSecret in the connection");
  }
  const Status status = impl_->Locked(
      cancellation, [&](KnownTokens& known) { return impl_->renewal.ExchangeCode(known, code, cancellation); });
  return impl_->Clean(status, code);
}

Result<std::string> Credentials::Forget(const Cancellation& cancellation) {
  if (!SchemeOf(impl_->options).uses_tokens) return std::string();
  if (impl_->UsesGivenToken()) {
    std::lock_guard lock(impl_->mutex);
    if (!impl_->known.tokens) return std::string();  // nothing is stored but what ExchangeCode brought
  }
  const Result<bool> stored =
      impl_->Locked(cancellation, [&](KnownTokens& known) { return impl_->renewal.Forget(known, cancellation); });
  if (!stored) return stored.status();
  return *stored ? impl_->store->Describe() : std::string();
}

}  // namespace infusionsoft
