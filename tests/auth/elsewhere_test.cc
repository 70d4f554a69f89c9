// SPDX-License-Identifier: MIT
// What others do to the store and to the tokens in use while a renewal is under way.
#include <atomic>
#include <catch2/catch.hpp>
#include <string>
#include <thread>
#include <vector>

#include "auth_fixture.h"

namespace infusionsoft {
namespace {

// Two machines whose file system has no locks: the other one spent the refresh token first.
TEST_CASE("Credentials: a refused refresh token that the store does not have any more costs nothing", "[auth]") {
  Fixture f;
  f.Store(-1s);
  f.endpoint.good_refresh = "REFRESH-theirs";
  f.endpoint.on_request = [&] { f.StoreTheirs(); };
  CHECK(f.Token() == "ACCESS-theirs");
  CHECK(f.endpoint.calls == 1);
  CHECK(f.state->tokens->refresh_token == Secret("REFRESH-theirs"));
}

TEST_CASE("Credentials: a refresh token that is spent is no success for the access token that still lives", "[auth]") {
  Fixture f;
  f.options.oauth_refresh_token = Secret("REFRESH-given");
  f.Store(1h);
  f.endpoint.good_refresh = "REFRESH-lost";
  CHECK(f.credentials().Refresh(Cancellation()).status().code() == StatusCode::kUnauthenticated);
  CHECK(f.endpoint.calls == 2);
}

// Every look at it finds another sign-in, whose token is good.
struct ChangingStore : TokenStore {
  explicit ChangingStore(const TokenSet& given) : tokens(given) {}
  Result<std::unique_ptr<Lock>> Acquire(const Cancellation&) override { return std::make_unique<Lock>(); }
  Status Reserve() override { return Status(); }
  Result<std::optional<TokenSet>> Load() override {
    TokenSet next = tokens;
    next.grant = std::to_string(++loads);
    return std::optional(std::move(next));
  }
  Status Save(const TokenSet&) override { return Status(); }
  Status Remove() override { return Status(); }
  std::string Describe() const override { return "the test's store"; }

  const TokenSet tokens;
  std::atomic<int> loads = 0;
};

TEST_CASE("Credentials: a sign-in that is found out between a renewal and its answer takes nothing away",
          "[auth][threads]") {
  Fixture f;
  f.Store(1h);
  const TokenSet stored = *f.state->tokens;
  Credentials credentials(f.options, f.endpoint.transport, std::make_unique<ChangingStore>(stored), f.clock, f.browser);
  std::atomic<bool> done = false;
  std::vector<std::thread> others;
  for (int i = 0; i < 4; ++i) {
    others.emplace_back([&] {
      while (!done) static_cast<void>(credentials.Grant());  // forgets the tokens in use
    });
  }
  int wrong = 0;
  for (int i = 0; i < 100'000; ++i) {
    const auto token = credentials.AccessToken(Cancellation());
    if (!token || !(*token == stored.access_token)) ++wrong;
  }
  done = true;
  for (std::thread& other : others) other.join();
  CHECK(wrong == 0);
}

}  // namespace
}  // namespace infusionsoft
