// SPDX-License-Identifier: MIT
#include <array>
#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "auth_fixture.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;
using Events = std::vector<std::string>;

TEST_CASE("Credentials: a stored token with life in it costs nothing", "[auth]") {
  Fixture f;
  f.Store(1h);
  CHECK(f.Token() == "ACCESS-0");
  CHECK(f.Token() == "ACCESS-0");
  CHECK(f.log.events().empty());
}

TEST_CASE("Credentials: a token near its end is refreshed, saved under the lock, and only then used", "[auth]") {
  Fixture f;
  f.Store(4min);
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.log.events() == Events{"lock", "request refresh_token", "save ACCESS-1"});
  CHECK(f.state->tokens->refresh_token == Secret("REFRESH-1"));
  CHECK(f.state->tokens->expires_at == f.clock.Now() + 24h);
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.endpoint.calls == 1);
}

TEST_CASE("Credentials: the slack is five minutes, or a tenth of a shorter lifetime", "[auth]") {
  Fixture f;
  f.endpoint.expires_in = 600;
  f.Store(-1s);
  CHECK(f.Token() == "ACCESS-1");
  f.clock.Advance(8min);  // two minutes left of ten: more than one
  CHECK(f.Token() == "ACCESS-1");
  f.clock.Advance(61s);
  CHECK(f.Token() == "ACCESS-2");

  Fixture g;
  g.Store(301s);
  CHECK(g.Token() == "ACCESS-0");
  g.clock.Advance(2s);
  CHECK(g.Token() == "ACCESS-1");
}

TEST_CASE("Credentials: a living token survives a failed refresh, asked again once a minute", "[auth]") {
  Fixture f;
  f.endpoint.failure = Status(StatusCode::kUnavailable, "no connection");
  f.Store(4min);
  for (int i = 0; i < 5; ++i) CHECK(f.Token() == "ACCESS-0");
  CHECK(f.endpoint.calls == 1);
  f.clock.Advance(61s);
  CHECK(f.Token() == "ACCESS-0");
  CHECK(f.endpoint.calls == 2);
  f.clock.Advance(4min);
  const Status dead = f.Failure();
  CHECK(dead.code() == StatusCode::kUnavailable);
  CHECK_THAT(dead.message(), Contains("no connection"));
  f.endpoint.failure = Status();
  CHECK(f.Token() == "ACCESS-1");
}

TEST_CASE("Credentials: somebody else refreshed while we waited for the lock", "[auth]") {
  Fixture f;
  f.Store(-1s);
  f.state->on_acquire = [&] { f.StoreTheirs(); };
  CHECK(f.Token() == "ACCESS-theirs");
  CHECK(f.endpoint.calls == 0);
}

TEST_CASE("Credentials: a failed save is reported once, and the tokens are not lost", "[auth]") {
  Fixture f;
  f.Store(-1s);
  f.state->save_failure =
      Status(StatusCode::kUnavailable, "the tokens could not be saved in /x: No space left on device");
  const Status first = f.Failure();
  CHECK(first.code() == StatusCode::kUnavailable);
  CHECK_THAT(first.message(), Contains("/x") && Contains("No space left") && Contains("memory"));
  CHECK(f.Token() == "ACCESS-1");  // tries to save first, and works all the same
  CHECK(f.endpoint.calls == 1);
  f.state->save_failure = Status();
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.state->tokens->refresh_token == Secret("REFRESH-1"));
  const size_t events = f.log.events().size();
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.log.events().size() == events);
}

TEST_CASE("Credentials: unsaved tokens are refreshed from memory, not from the spent one in the store", "[auth]") {
  Fixture f;
  f.Store(-1s);
  f.state->save_failure = Status(StatusCode::kUnavailable, "disk full");
  CHECK(!f.Failure().ok());
  f.clock.Advance(25h);
  CHECK(f.Failure().code() == StatusCode::kUnavailable);  // refreshed again, not saved again
  CHECK(f.endpoint.issued == 2);
  f.state->save_failure = Status();
  CHECK(f.Token() == "ACCESS-2");
  CHECK(f.state->tokens->refresh_token == Secret("REFRESH-2"));
}

TEST_CASE("Credentials: unsaved tokens are not given up for an older token that still lives", "[auth]") {
  ConnectionOptions options = RefreshOptions();
  options.oauth_access_token = Secret("GIVEN-access");
  Fixture f(options);
  f.Store(-1s);
  f.state->save_failure = Status(StatusCode::kUnavailable, "disk full");
  CHECK(!f.Failure().ok());
  f.endpoint.failure = Status(StatusCode::kUnavailable, "no connection");
  CHECK_THAT(f.Replace("ACCESS-1"), Contains("no connection"));
  f.endpoint.failure = Status();
  f.state->save_failure = Status();
  CHECK(f.Token() == "ACCESS-2");
  CHECK(f.state->tokens->refresh_token == Secret("REFRESH-2"));
}

TEST_CASE("Credentials: a store that was removed meanwhile is made again", "[auth]") {
  Fixture f;
  f.Store(1h);
  CHECK(f.Token() == "ACCESS-0");
  f.state->tokens.reset();
  f.clock.Advance(1h);
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.state->tokens->refresh_token == Secret("REFRESH-1"));
}

TEST_CASE("Credentials: unsaved tokens do not overwrite those of a later sign-in", "[auth]") {
  Fixture f;
  f.Store(-1s);
  f.state->save_failure = Status(StatusCode::kUnavailable, "disk full");
  CHECK(!f.Failure().ok());
  f.state->save_failure = Status();
  f.Store(1h);
  f.state->tokens->access_token = Secret("ACCESS-later");
  f.state->tokens->refresh_token = Secret("REFRESH-later");
  CHECK(f.Token() == "ACCESS-later");
  CHECK(f.state->tokens->refresh_token == Secret("REFRESH-later"));
}

TEST_CASE("Credentials: eight threads and one expired token make one refresh", "[auth][threads]") {
  Fixture f;
  f.Store(-1s);
  f.credentials();
  std::vector<std::string> tokens(8);
  std::vector<std::thread> threads;
  for (auto& token : tokens) threads.emplace_back([&f, &token] { token = f.Token(); });
  for (auto& thread : threads) thread.join();
  CHECK(tokens == std::vector<std::string>(8, "ACCESS-1"));
  CHECK(f.endpoint.calls == 1);
}

TEST_CASE("Credentials: a storm of 401 makes one refresh", "[auth][threads]") {
  Fixture f;
  f.Store(1h);
  CHECK(f.Token() == "ACCESS-0");
  std::vector<std::string> tokens(8);
  std::vector<std::thread> threads;
  for (auto& token : tokens) threads.emplace_back([&f, &token] { token = f.Replace("ACCESS-0"); });
  for (auto& thread : threads) thread.join();
  CHECK(tokens == std::vector<std::string>(8, "ACCESS-1"));
  CHECK(f.endpoint.calls == 1);
}

// A thread that asks "cancelled?" is waiting for another one's renewal: nothing else asks before a renewal begins.
struct Waiter {
  std::promise<void> waits;
  std::atomic<bool> noted = false;
  static bool Ask(void* context) {
    auto& waiter = *static_cast<Waiter*>(context);
    if (!waiter.noted.exchange(true)) waiter.waits.set_value();
    return false;
  }
};

TEST_CASE("Credentials: who waits for a failing refresh shares its failure", "[auth][threads]") {
  Fixture f;
  f.Store(-1s);
  f.endpoint.failure = Status(StatusCode::kUnavailable, "no connection");
  f.credentials();
  std::array<Waiter, 3> waiters;
  std::promise<void> begun;
  std::atomic<int> requests = 0;
  f.endpoint.on_request = [&] {
    if (++requests > 1) return;  // a defect, which the count below shows
    begun.set_value();
    for (Waiter& waiter : waiters) waiter.waits.get_future().wait();
  };
  std::vector<std::string> tokens(4);
  std::thread first([&] { tokens[3] = f.Token(); });
  begun.get_future().wait();
  std::vector<std::thread> threads;
  for (size_t i = 0; i < waiters.size(); ++i) {
    threads.emplace_back(
        [&, i] { tokens[i] = Fixture::Text(f.credentials().AccessToken(Cancellation(&Waiter::Ask, &waiters[i]))); });
  }
  first.join();
  for (auto& thread : threads) thread.join();
  for (const std::string& token : tokens) CHECK_THAT(token, Contains("no connection"));
  CHECK(f.endpoint.calls == 1);
  CHECK_THAT(f.Token(), Contains("no connection"));  // a later call tries for itself
  CHECK(f.endpoint.calls == 2);
}

TEST_CASE("Credentials: ReplaceRejected takes what others refreshed before it refreshes itself", "[auth]") {
  Fixture f;
  f.Store(1h);
  CHECK(f.Token() == "ACCESS-0");
  f.state->tokens->access_token = Secret("ACCESS-theirs");
  CHECK(f.Replace("ACCESS-0") == "ACCESS-theirs");
  CHECK(f.endpoint.calls == 0);
  CHECK(f.Replace("ACCESS-0") == "ACCESS-theirs");  // an old rejection
  CHECK(f.Replace("ACCESS-theirs") == "ACCESS-1");
  CHECK(f.endpoint.calls == 1);
}

TEST_CASE("Credentials: a rejected token is not used again, not even when the refresh fails", "[auth]") {
  Fixture f;
  f.Store(1h);
  CHECK(f.Token() == "ACCESS-0");
  f.endpoint.failure = Status(StatusCode::kUnavailable, "no connection");
  CHECK_THAT(f.Replace("ACCESS-0"), Contains("no connection"));
  CHECK_THAT(f.Token(), Contains("no connection"));
  CHECK_THAT(f.Replace("ACCESS-older"), Contains("no connection"));  // does not clear the mark of ACCESS-0
  CHECK_THAT(f.Token(), Contains("no connection"));
  f.endpoint.failure = Status();
  CHECK(f.Token() == "ACCESS-1");
}

TEST_CASE("Credentials: invalid_grant says how to sign in again, and the spent token is not sent twice", "[auth]") {
  Fixture f;
  f.Store(-1s);
  f.endpoint.good_refresh = "another";
  const Status status = f.Failure();
  CHECK(status.code() == StatusCode::kUnauthenticated);
  CHECK_THAT(status.message(), Contains("invalid_grant") && Contains("InitiateOAuth=GETANDREFRESH") &&
                                   Contains("infusionsoft_authorize_url()") &&
                                   Contains("infusionsoft_exchange_code()"));
  CHECK(f.Failure().message() == status.message());
  CHECK(f.endpoint.calls == 1);
  f.Store(1h);  // signed in elsewhere
  CHECK(f.Token() == "ACCESS-0");
}

TEST_CASE("Credentials: given tokens seed an empty store, and stand in for a spent one", "[auth]") {
  ConnectionOptions options = RefreshOptions();
  options.oauth_access_token = Secret("GIVEN-access");
  options.oauth_refresh_token = Secret("REFRESH-0");
  Fixture f(options);
  CHECK(f.Token() == "GIVEN-access");
  CHECK(f.endpoint.calls == 0);
  CHECK(f.Replace("GIVEN-access") == "ACCESS-1");
  CHECK(f.state->tokens->refresh_token == Secret("REFRESH-1"));

  Fixture g(options);
  g.Store(-1s);
  g.state->tokens->refresh_token = Secret("REFRESH-dead");
  CHECK(g.Token() == "ACCESS-1");
  CHECK(g.endpoint.calls == 2);
}

TEST_CASE("Credentials: an OAuthVerifier is exchanged once, and stored tokens win over a spent one", "[auth]") {
  ConnectionOptions options = RefreshOptions();
  options.oauth_verifier = Secret("CODE-secret");
  Fixture f(options);
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.log.events() == Events{"lock", "request authorization_code", "save ACCESS-1"});
  f.made.reset();
  CHECK(f.Token() == "ACCESS-1");  // a later run with the same connection string
  CHECK(f.endpoint.calls == 1);
  f.clock.Advance(25h);
  CHECK(f.Token() == "ACCESS-2");
  f.endpoint.good_refresh = "another";
  f.clock.Advance(25h);
  CHECK_THAT(f.Token(), Contains("OAuthVerifier: token endpoint") && Contains("invalid_grant"));
  const int calls = f.endpoint.calls;
  CHECK_THAT(f.Token(), Contains("invalid_grant"));
  CHECK(f.endpoint.calls == calls);
}

TEST_CASE("Credentials: nothing to begin with", "[auth]") {
  Fixture f;
  const Status status = f.Failure();
  CHECK(status.code() == StatusCode::kUnauthenticated);
  CHECK_THAT(status.message(), Contains("the test's store") && Contains("GETANDREFRESH"));
  CHECK(f.endpoint.calls == 0);
}

TEST_CASE("Credentials: a store that cannot be read or locked is an error, not a sign-in", "[auth]") {
  ConnectionOptions options = RefreshOptions();
  options.initiate_oauth = InitiateOAuth::kGetAndRefresh;
  Fixture f(options);
  f.state->load_failure = Status(StatusCode::kUnauthenticated, "token file /x: the file is damaged");
  CHECK_THAT(f.Token(), Contains("damaged"));
  CHECK(f.browser.urls.empty());
  CHECK(f.endpoint.calls == 0);
  f.state->load_failure = Status();
  f.Store(-1s);
  f.state->acquire_failure = Status(StatusCode::kUnavailable, "the lock file /x.lock was held");
  CHECK_THAT(f.Token(), Contains("/x.lock"));
  f.Store(1min);  // not fresh, but alive: no lock is needed to use it
  CHECK(f.Token() == "ACCESS-0");
  CHECK(f.endpoint.calls == 0);
}

TEST_CASE("Credentials: wrong client credentials do not open a browser", "[auth]") {
  ConnectionOptions options = RefreshOptions();
  options.initiate_oauth = InitiateOAuth::kGetAndRefresh;
  Fixture f(options);
  f.Store(-1s);
  f.endpoint.response = http::JsonResponse(401, R"({"error":"invalid_client"})");
  CHECK_THAT(f.Token(), Contains("invalid_client") && Contains("check OAuthClientId and OAuthClientSecret"));
  CHECK(f.browser.urls.empty());
}

TEST_CASE("Credentials: stored tokens go only to the servers they were stored for", "[auth]") {
  Fixture f;
  f.Store(1h);
  f.options.url = "https://evil.example/crm/rest";
  CHECK_THAT(f.Token(), Contains("https://api.infusionsoft.com:443") && Contains("https://evil.example:443"));
  CHECK(f.endpoint.calls == 0);
  Fixture g;
  g.Store(1h);
  g.options.url = "https://api.keap.com/crm/rest";  // the vendor's other name
  CHECK(g.Token() == "ACCESS-0");
}

TEST_CASE("Credentials: OFF uses the given token and says when it has ended", "[auth]") {
  ConnectionOptions options;
  options.oauth_access_token = Secret("PAT-secret");
  Fixture f(options);
  CHECK(f.Token() == "PAT-secret");
  CHECK_THAT(f.Replace("PAT-secret"), Contains("does not accept OAuthAccessToken") && !Contains("PAT-secret"));
  CHECK(f.log.events().empty());

  options.oauth_token_timestamp = f.clock.Now().time_since_epoch() - 2h;
  options.oauth_expires_in = 3h;
  Fixture g(options);
  CHECK(g.Token() == "PAT-secret");
  g.clock.Advance(1h);
  CHECK(g.Token() == "PAT-secret");  // by the clock of this machine it has ended, and the server may know better
  CHECK_THAT(g.Replace("PAT-secret"), Contains("OAuthAccessToken (ended at 2026-") && Contains("OAuthTokenTimestamp"));

  Fixture none{ConnectionOptions()};
  const Status status = none.Failure();
  CHECK(status.code() == StatusCode::kUnauthenticated);
  CHECK_THAT(status.message(), Contains("no access token") && Contains("OAuthAccessToken") && Contains("GETANDREFRESH"));
}

TEST_CASE("Credentials: cancelled while another thread renews", "[auth]") {
  Fixture f;
  f.Store(-1s);
  bool always = true;
  const Cancellation stop([](void* flag) { return *static_cast<bool*>(flag); }, &always);
  CHECK(f.credentials().AccessToken(stop).status().code() == StatusCode::kInterrupted);
  CHECK(f.endpoint.calls == 0);
  CHECK(f.Token() == "ACCESS-1");
}

TEST_CASE("Credentials: an answer without a refresh token is used for as long as its access token lives", "[auth]") {
  Fixture f;
  f.Store(-1h);
  f.endpoint.response = http::JsonResponse(200, R"({"access_token":"ACCESS-1","refresh_token":"","expires_in":3600})");
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.endpoint.calls == 1);
  CHECK(f.state->tokens->refresh_token == Secret("REFRESH-0"));
}

TEST_CASE("Credentials: the next refresh token is kept though its access token cannot be used", "[auth]") {
  Fixture f;
  f.Store(-1h);
  const char* answer = GENERATE(R"({"access_token":"","refresh_token":"REFRESH-1"})",
                                R"({"access_token":"line\nbreak","refresh_token":"REFRESH-1"})", R"({"refresh_token":"REFRESH-1"})",
                                R"({"access_token":"ACCESS-1","token_type":"mac","refresh_token":"REFRESH-1"})");
  f.endpoint.response = http::JsonResponse(200, answer);
  CHECK(f.Failure().code() == StatusCode::kBadResponse);
  CHECK(f.state->tokens->refresh_token == Secret("REFRESH-1"));
  f.endpoint.response.reset();
  f.endpoint.good_refresh = "REFRESH-1";
  CHECK(f.Token() == "ACCESS-1");
}

}  // namespace
}  // namespace infusionsoft
