// SPDX-License-Identifier: MIT
// InitiateOAuth case by case, over processes: each Credentials of a test is a process, and what they share is the store.
#include <catch2/catch.hpp>
#include <string>

#include "auth_fixture.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;

// A later process: the same store, clock and server, and nothing in memory.
void StartLaterProcess(Fixture& f) { f.made.reset(); }

std::string UrlParameter(const std::string& url, std::string_view name) {
  const auto params = http::ParseQuery(http::ParseUrl(url)->query).value();
  return std::string(http::FindParam(params, name));
}

std::string Begin(Fixture& f) { return f.credentials().AuthorizeUrl(Cancellation()).value(); }

std::string Bring(Fixture& f, const std::string& brought) {
  const Status status = f.credentials().ExchangeCode(Secret(brought), Cancellation());
  RequireNoSecret(status.message());
  return status.ok() ? "ok" : status.message();
}

ConnectionOptions PkceOptions() {
  ConnectionOptions options = RefreshOptions();
  options.oauth_pkce = true;
  return options;
}

std::string LastVerifier(Fixture& f) { return FormValue(f.endpoint.transport.requests().back(), "code_verifier"); }

TEST_CASE("InitiateOAuth: a clock that is wrong by an hour costs at most a refresh", "[auth]") {
  const auto wrong = GENERATE(-1h, 1h);
  CAPTURE(wrong.count());
  Fixture f;
  f.Store(30min);  // by the clock of the machine that stored it
  f.clock.Advance(wrong);
  SECTION("when a good token is taken for ended") {
    const bool ended = wrong > 0h;
    CHECK(f.Token() == (ended ? "ACCESS-1" : "ACCESS-0"));
    CHECK(f.endpoint.calls == (ended ? 1 : 0));
  }
  SECTION("when the server has ended a token that is taken for good") {
    const std::string token = f.Token();
    const std::string next = f.Replace(token);
    CHECK(next != token);
    CHECK(f.Token() == next);
    StartLaterProcess(f);
    CHECK(f.Token() == next);
  }
  SECTION("when it is put right later") {
    f.Token();
    f.clock.Advance(-wrong);
    const std::string token = f.Token();
    CHECK_THAT(token, Contains("ACCESS-"));
    CHECK_THAT(f.Replace(token), Contains("ACCESS-"));
  }
}

TEST_CASE("InitiateOAuth: a given token whose end another clock has told", "[auth]") {
  const auto ahead = GENERATE(-1h, 0h, 1h);  // the clock that OAuthTokenTimestamp was read from
  CAPTURE(ahead.count());
  ConnectionOptions options = RefreshOptions();
  options.oauth_access_token = Secret("GIVEN-access");
  options.oauth_refresh_token = Secret("REFRESH-0");
  options.oauth_expires_in = 30min;
  options.oauth_token_timestamp = FakeClock().Now().time_since_epoch() + ahead;
  SECTION("REFRESH begins the store with it") {
    Fixture f(options);
    CHECK(f.Token() == (ahead < 0h ? "ACCESS-1" : "GIVEN-access"));
    CHECK(f.Replace(f.Token()) == (ahead < 0h ? "ACCESS-2" : "ACCESS-1"));
    options.oauth_refresh_token = Secret("REFRESH-spent");
    StartLaterProcess(f);
    CHECK_THAT(f.Token(), Contains("ACCESS-"));  // from the store
  }
  SECTION("OFF uses it as given, until the server says no") {
    options.initiate_oauth = InitiateOAuth::kOff;
    Fixture f(options);
    CHECK(f.Token() == "GIVEN-access");
    CHECK_THAT(f.Replace("GIVEN-access"), Contains("does not accept OAuthAccessToken"));
    CHECK(f.endpoint.calls == 0);
    CHECK(f.log.events().empty());
  }
}

TEST_CASE("InitiateOAuth: without a browser, the code may come back in a later process", "[auth]") {
  const bool pkce = GENERATE(false, true);
  CAPTURE(pkce);
  ConnectionOptions options = RefreshOptions();
  options.oauth_pkce = pkce;
  Fixture f(options);
  const std::string url = Begin(f);
  CHECK((UrlParameter(url, "code_challenge_method") == "S256") == pkce);
  REQUIRE(f.state->tokens);
  const SignInAttempt attempt = *f.state->tokens->sign_in;
  CHECK(attempt.verifier.empty() == !pkce);
  CHECK(url.find(pkce ? attempt.verifier.Reveal() : "code_") == std::string::npos);
  CHECK_THAT(f.Token(), Contains("infusionsoft_authorize_url()"));  // nothing to use yet

  StartLaterProcess(f);
  const std::string address = "http://localhost:33333/?code=CODE-secret&state=";
  CHECK_THAT(Bring(f, address + "other"), Contains("another sign-in"));
  CHECK_THAT(Bring(f, "CODE-mistyped"), Contains("invalid_grant"));
  CHECK(Bring(f, address + UrlParameter(url, "state")) == "ok");
  CHECK(LastVerifier(f) == attempt.verifier.Reveal());
  CHECK(f.Token() == "ACCESS-1");
  CHECK(!f.state->tokens->sign_in);  // used
}

TEST_CASE("InitiateOAuth: an OAuthVerifier finds the sign-in that an earlier process began", "[auth]") {
  ConnectionOptions options = PkceOptions();
  Fixture f(options);
  Begin(f);
  const std::string verifier(f.state->tokens->sign_in->verifier.Reveal());
  f.options.oauth_verifier = Secret("CODE-secret");
  StartLaterProcess(f);
  CHECK(f.Token() == "ACCESS-1");
  CHECK(LastVerifier(f) == verifier);
}

TEST_CASE("InitiateOAuth: with PKCE a code without its sign-in is not spent", "[auth]") {
  Fixture f(PkceOptions());
  CHECK_THAT(Bring(f, "CODE-secret"), Contains("OAuthPKCE") && Contains("infusionsoft_authorize_url()"));
  Begin(f);
  f.clock.Advance(kSignInLifetime);
  CHECK_THAT(Bring(f, "CODE-secret"), Contains("in the last hour"));
  CHECK(f.endpoint.calls == 0);
  Begin(f);
  f.clock.Advance(kSignInLifetime - 1s);
  CHECK(Bring(f, "CODE-secret") == "ok");
}

TEST_CASE("InitiateOAuth: beginning a sign-in touches no token, and a refresh does not end it", "[auth]") {
  Fixture f(PkceOptions());
  f.Store(1s);
  Begin(f);
  CHECK(f.state->tokens->access_token == Secret("ACCESS-0"));
  const Secret verifier = f.state->tokens->sign_in->verifier;
  StartLaterProcess(f);
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.state->tokens->sign_in->verifier == verifier);
  Begin(f);
  CHECK(!(f.state->tokens->sign_in->verifier == verifier));  // the last one counts
  CHECK(f.state->tokens->refresh_token == Secret("REFRESH-1"));
}

TEST_CASE("InitiateOAuth: given tokens are used although a sign-in was begun", "[auth]") {
  ConnectionOptions options = PkceOptions();
  options.oauth_refresh_token = Secret("REFRESH-0");
  Fixture f(options);
  Begin(f);
  StartLaterProcess(f);
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.state->tokens->sign_in);
}

TEST_CASE("Credentials: Refresh does not wait for the token's end", "[auth]") {
  Fixture f;
  f.Store(1h);
  CHECK(f.Token() == "ACCESS-0");
  const auto end = f.credentials().Refresh(Cancellation());
  REQUIRE(end);
  CHECK(*end == f.clock.Now() + 86400s);
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.state->tokens->refresh_token == Secret("REFRESH-1"));
  CHECK(f.credentials().Refresh(Cancellation()));
  CHECK(f.Token() == "ACCESS-2");

  f.endpoint.response = http::JsonResponse(200, R"({"access_token":"ACCESS-9","refresh_token":"REFRESH-9"})");
  CHECK(f.credentials().Refresh(Cancellation()).value() == std::nullopt);
}

TEST_CASE("Credentials: a Refresh that fails says what to do, and the token stays in use", "[auth]") {
  Fixture f;
  f.Store(1h);
  CHECK(f.Token() == "ACCESS-0");
  f.endpoint.good_refresh = "REFRESH-other";
  for (int i = 0; i < 2; ++i) {
    const Status status = f.credentials().Refresh(Cancellation()).status();
    RequireNoSecret(status.message());
    CHECK(status.code() == StatusCode::kUnauthenticated);
    CHECK_THAT(status.message(), Contains("spent, expired or revoked") && Contains("infusionsoft_authorize_url()"));
  }
  CHECK(f.endpoint.calls == 1);  // a spent token is not sent twice
  CHECK(f.Token() == "ACCESS-0");

  Fixture none;
  CHECK_THAT(none.credentials().Refresh(Cancellation()).status().message(),
             Contains("no refresh token in the test's store") && Contains("GETANDREFRESH"));
  Fixture off{ConnectionOptions()};
  CHECK_THAT(off.credentials().Refresh(Cancellation()).status().message(),
             Contains("InitiateOAuth=OFF") && Contains("InitiateOAuth=REFRESH"));
}

TEST_CASE("Credentials: Forget deletes the store and what is in memory", "[auth]") {
  Fixture f;
  f.Store(1h);
  CHECK(f.Token() == "ACCESS-0");
  CHECK(f.credentials().Forget(Cancellation()).value() == "the test's store");
  CHECK(!f.state->tokens);
  CHECK(f.log.events() == std::vector<std::string>{"lock", "remove"});
  CHECK_THAT(f.Token(), Contains("no tokens"));
  CHECK(f.credentials().Forget(Cancellation()).value().empty());
  CHECK(f.log.events().back() != "remove");

  Fixture begun(PkceOptions());
  Begin(begun);
  CHECK(begun.credentials().Forget(Cancellation()).value() == "the test's store");  // the verifier goes too
  CHECK(!begun.state->tokens);
}

TEST_CASE("Credentials: Forget leaves alone what is not its own", "[auth]") {
  Fixture f;
  f.Store(1h);
  f.state->tokens->servers = "https://elsewhere.example:443";
  CHECK(!f.credentials().Forget(Cancellation()));
  CHECK(f.state->tokens);

  f.options.initiate_oauth = InitiateOAuth::kOff;
  f.made.reset();
  f.Store(1h);  // another connection's: OFF does not use the store
  CHECK(f.credentials().Forget(Cancellation()).value().empty());
  CHECK(f.state->tokens);
  f.state->tokens.reset();
  CHECK(Bring(f, "CODE-secret") == "ok");
  CHECK(f.credentials().Forget(Cancellation()).value() == "the test's store");
  CHECK(!f.state->tokens);
}

}  // namespace
}  // namespace infusionsoft
