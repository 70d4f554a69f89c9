// SPDX-License-Identifier: MIT
// The parts of a Credentials, with everything outside the process replaced.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "auth/account_servers.h"
#include "auth/credentials.h"
#include "auth/token_store.h"
#include "http/url.h"
#include "support/fake_clock.h"
#include "support/fake_transport.h"

namespace infusionsoft {

using namespace std::chrono_literals;

// What happened, in order, over all fakes of a test.
class EventLog {
 public:
  void Add(std::string event) {
    std::lock_guard lock(mutex_);
    events_.push_back(std::move(event));
  }
  std::vector<std::string> events() {
    std::lock_guard lock(mutex_);
    return events_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> events_;
};

// A TokenStore in memory whose contents outlive it, that records and can fail.
struct StoreState {
  std::optional<TokenSet> tokens;
  Status load_failure;
  Status save_failure;
  Status acquire_failure;
  Status reserve_failure;
  bool takes_what_fails = false;  // a save that fails has stored the tokens
  std::function<void()> on_acquire;
  EventLog* log = nullptr;
  std::mutex held;
  std::mutex guard;  // of `tokens`
  bool is_out_of_memory = false;  // when it saves
};

class RecordingStore : public TokenStore {
 public:
  explicit RecordingStore(std::shared_ptr<StoreState> state) : state_(std::move(state)) {}

  Result<std::unique_ptr<Lock>> Acquire(const Cancellation&) override {
    if (!state_->acquire_failure.ok()) return state_->acquire_failure;
    auto held = std::make_unique<Held>(state_);
    Note("lock");
    if (state_->on_acquire) state_->on_acquire();
    return std::unique_ptr<Lock>(std::move(held));
  }
  Status Reserve() override { return state_->reserve_failure; }
  Result<std::optional<TokenSet>> Load() override {
    if (!state_->load_failure.ok()) return state_->load_failure;
    std::lock_guard lock(state_->guard);
    return state_->tokens;
  }
  Status Save(const TokenSet& tokens) override {
    Note("save " + std::string(tokens.access_token.Reveal()));
    std::lock_guard lock(state_->guard);
    if (state_->is_out_of_memory) throw std::bad_alloc();
    if (state_->save_failure.ok() || state_->takes_what_fails) state_->tokens = tokens;
    return state_->save_failure;
  }
  Status Remove() override {
    Note("remove");
    std::lock_guard lock(state_->guard);
    state_->tokens.reset();
    return Status();
  }
  std::string Describe() const override { return "the test's store"; }

 private:
  struct Held : Lock {
    explicit Held(std::shared_ptr<StoreState> owner) : state(std::move(owner)), lock(state->held) {}
    std::shared_ptr<StoreState> state;
    std::unique_lock<std::mutex> lock;
  };
  void Note(const std::string& event) {
    if (state_->log != nullptr) state_->log->Add(event);
  }
  std::shared_ptr<StoreState> state_;
};

// Opens no page: hands the URL to the test.
class FakeBrowser : public Browser {
 public:
  Status Open(const std::string& url) override {
    urls.push_back(url);
    if (on_open) on_open(url);
    return failure;
  }
  std::vector<std::string> urls;
  std::function<void(const std::string& url)> on_open;
  Status failure;
};

inline std::string FormValue(const http::HttpRequest& request, std::string_view name) {
  const auto params = http::ParseQuery(request.body);
  return params ? std::string(http::FindParam(*params, name)) : "";
}

// A token endpoint with single-use refresh tokens: "R<n>" is good once and gives "ACCESS-<n+1>" and "R<n+1>".
class FakeEndpoint {
 public:
  explicit FakeEndpoint(EventLog* log = nullptr)
      : transport([this](const http::HttpRequest& request) { return Handle(request); }), log_(log) {}

  Result<http::HttpResponse> Handle(const http::HttpRequest& request) {
    if (on_request) on_request();
    std::lock_guard lock(mutex_);
    ++calls;
    if (log_ != nullptr) log_->Add("request " + FormValue(request, "grant_type"));
    if (!failure.ok()) return failure;
    if (response) return *response;
    if (FormValue(request, "grant_type") == "authorization_code") {
      if (!good_codes.erase(FormValue(request, "code"))) return Refused();
      return Issue();
    }
    if (FormValue(request, "grant_type") == "client_credentials") return Issue();
    if (FormValue(request, "grant_type") == "password") {
      return FormValue(request, "password") == good_password ? Issue() : Refused();
    }
    if (FormValue(request, "refresh_token") != good_refresh) return Refused();
    return Issue();
  }

  http::FakeTransport transport;
  std::function<void()> on_request;
  std::string good_refresh = "REFRESH-0";
  std::set<std::string> good_codes = {"CODE-secret"};
  std::string good_password = "PASS-secret";
  int calls = 0;
  int issued = 0;
  int64_t expires_in = 86400;
  Status failure;
  std::optional<http::HttpResponse> response;

 private:
  static http::HttpResponse Refused() {
    return http::JsonResponse(400, R"({"error":"invalid_grant","error_description":"Invalid refresh token"})");
  }
  http::HttpResponse Issue() {
    const std::string n = std::to_string(++issued);
    good_refresh = "REFRESH-" + n;
    return http::JsonResponse(200, R"({"access_token":"ACCESS-)" + n + R"(","refresh_token":"REFRESH-)" + n +
                                       R"(","expires_in":)" + std::to_string(expires_in) +
                                       R"(,"scope":"full|x.example"})");
  }
  std::mutex mutex_;
  EventLog* log_;
};

// Every message that a test of this folder gets goes through here. All secrets of the fakes contain one of these.
inline void RequireNoSecret(const std::string& message) {
  for (const char* secret :
       {"client-secret", "Y2xpZW50", "CODE-secret", "PAT-secret", "GIVEN-access", "REFRESH-", "ACCESS-", "PASS-", "KEY-secret"}) {
    if (message.find(secret) != std::string::npos) throw std::runtime_error("a secret in the message: " + message);
  }
}

inline ConnectionOptions RefreshOptions() {
  ConnectionOptions options;
  options.initiate_oauth = InitiateOAuth::kRefresh;
  options.oauth_client_id = "client-id";
  options.oauth_client_secret = Secret("client-secret+/");
  return options;
}

// Everything around one Credentials.
struct Fixture {
  explicit Fixture(ConnectionOptions given = RefreshOptions()) : options(std::move(given)) { state->log = &log; }

  Credentials& credentials() {
    if (!made) {
      made = std::make_unique<Credentials>(options, endpoint.transport, std::make_unique<RecordingStore>(state), clock,
                                           browser);
    }
    return *made;
  }
  // Stored tokens ACCESS-0, REFRESH-0 that end in `left`.
  void Store(std::chrono::milliseconds left) {
    TokenSet tokens;
    tokens.access_token = Secret("ACCESS-0");
    tokens.refresh_token = Secret("REFRESH-0");
    tokens.expires_at = clock.Now() + left;
    tokens.scope = "full";
    tokens.servers = AccountServers(options);
    state->tokens = tokens;
  }
  // What another program's refresh leaves behind: ACCESS-theirs and REFRESH-theirs, good for an hour.
  void StoreTheirs() {
    TokenSet theirs = *state->tokens;
    theirs.access_token = Secret("ACCESS-theirs");
    theirs.refresh_token = Secret("REFRESH-theirs");
    theirs.expires_at = clock.Now() + std::chrono::hours(1);
    state->tokens = theirs;
  }
  std::string Token() { return Text(credentials().AccessToken(Cancellation())); }
  std::string Replace(const std::string& rejected) {
    return Text(credentials().ReplaceRejected(Secret(rejected), Cancellation()));
  }
  Status Failure() {
    const Status status = credentials().AccessToken(Cancellation()).status();
    RequireNoSecret(status.message());
    return status;
  }
  static std::string Text(const Result<Secret>& token) {
    if (token) return std::string(token->Reveal());
    RequireNoSecret(token.status().message());
    return "error: " + token.status().message();
  }

  ConnectionOptions options;
  EventLog log;
  FakeClock clock;
  FakeBrowser browser;
  FakeEndpoint endpoint{&log};
  std::shared_ptr<StoreState> state = std::make_shared<StoreState>();
  std::unique_ptr<Credentials> made;
};

}  // namespace infusionsoft
