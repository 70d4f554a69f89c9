// SPDX-License-Identifier: MIT
// The name of a sign-in, which tells whose data is read: who gives it, who keeps it, and where it is stored.
#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <thread>

#include <unistd.h>

#include "auth/token_store.h"
#include "auth_fixture.h"
#include "temp_dir.h"

namespace infusionsoft {
namespace {

using Catch::Contains;
using Name = std::optional<std::string>;

Name NameOf(Fixture& f) {
  const auto name = f.credentials().Grant();
  REQUIRE(name.ok());
  return *name;
}

// Signs in by a code; the name that this gives.
std::string SignIn(Fixture& f, const std::string& code) {
  f.endpoint.good_codes = {code};
  REQUIRE(f.credentials().ExchangeCode(Secret(code), Cancellation()) == Status());
  REQUIRE(NameOf(f));
  return *NameOf(f);
}

TEST_CASE("Grant: each sign-in has another name, which refreshes keep", "[auth]") {
  Fixture f;
  const std::string first = SignIn(f, "CODE-secret1");
  CHECK(first.size() == 32);
  CHECK(f.state->tokens->grant == first);
  CHECK(f.credentials().GrantInUse() == first);
  REQUIRE(f.credentials().Refresh(Cancellation()).ok());
  CHECK_FALSE(f.credentials().ExchangeCode(Secret("CODE-secret-wrong"), Cancellation()).ok());
  f.clock.Advance(48h);
  CHECK(f.Token() == "ACCESS-3");
  CHECK(NameOf(f) == first);
  CHECK(f.state->tokens->grant == first);
  REQUIRE(f.credentials().AuthorizeUrl(Cancellation()).ok());  // a sign-in that is only begun
  CHECK(NameOf(f) == first);
  const std::string second = SignIn(f, "CODE-secret2");
  CHECK(second != first);
  CHECK(f.state->tokens->grant == second);
}

TEST_CASE("Grant: the same by an OAuthVerifier, and by a refresh token of the connection string", "[auth]") {
  ConnectionOptions options = RefreshOptions();
  const bool brings_code = GENERATE(true, false);
  CAPTURE(brings_code);
  if (brings_code) {
    options.oauth_verifier = Secret("CODE-secret");
  } else {
    options.oauth_refresh_token = Secret("REFRESH-0");
  }
  Fixture f(options);
  CHECK(NameOf(f) == std::nullopt);
  CHECK(f.Token() == "ACCESS-1");
  const Name name = NameOf(f);
  REQUIRE(name);
  CHECK(name->size() == 32);
  REQUIRE(f.credentials().Refresh(Cancellation()).ok());
  CHECK(NameOf(f) == name);
}

TEST_CASE("Grant: nobody has one before a sign-in, and none is asked for", "[auth]") {
  Fixture f;
  CHECK(NameOf(f) == std::nullopt);
  CHECK(f.credentials().GrantInUse() == std::nullopt);
  REQUIRE(f.credentials().AuthorizeUrl(Cancellation()).ok());
  CHECK(NameOf(f) == std::nullopt);
  CHECK(f.endpoint.calls == 0);
  f.state->load_failure = Status(StatusCode::kUnauthenticated, "damaged");
  CHECK(f.credentials().Grant().status().message() == "damaged");
}

TEST_CASE("Grant: tokens that an earlier version has stored have none, and are refreshed without one", "[auth]") {
  Fixture f;
  f.Store(4min);
  CHECK(NameOf(f) == "");
  CHECK(f.Token() == "ACCESS-1");
  CHECK(NameOf(f) == "");
  CHECK(f.credentials().GrantInUse() == "");
}

TEST_CASE("Grant: who signed in elsewhere since is followed, and the older tokens are not used any more", "[auth]") {
  Fixture f;
  SignIn(f, "CODE-secret1");
  CHECK(f.Token() == "ACCESS-1");
  f.Store(1h);
  f.state->tokens->grant = "elsewhere";
  CHECK(f.Token() == "ACCESS-1");  // nobody has asked yet
  CHECK(NameOf(f) == "elsewhere");
  CHECK(f.credentials().GrantInUse() == std::nullopt);
  CHECK(f.Token() == "ACCESS-0");
  CHECK(f.credentials().GrantInUse() == "elsewhere");
  CHECK(f.endpoint.calls == 1);
  f.state->tokens.reset();  // disconnected elsewhere
  CHECK(NameOf(f) == "elsewhere");
  CHECK(f.Token() == "ACCESS-0");
}

TEST_CASE("Grant: tokens that the store could not take have theirs", "[auth]") {
  Fixture f;
  const std::string first = SignIn(f, "CODE-secret1");
  f.state->save_failure = Status(StatusCode::kUnavailable, "full");
  f.endpoint.good_codes = {"CODE-secret2"};
  CHECK_FALSE(f.credentials().ExchangeCode(Secret("CODE-secret2"), Cancellation()).ok());
  const Name second = NameOf(f);
  CHECK((second && !second->empty() && second != first));
  f.state->save_failure = Status();
  CHECK(f.Token() == "ACCESS-2");
  CHECK(f.state->tokens->grant == second);
}

TEST_CASE("Grant: a token of the connection string has none, whatever is stored", "[auth]") {
  ConnectionOptions options = RefreshOptions();
  options.oauth_access_token = Secret("GIVEN-access");
  Fixture f(options);
  CHECK(f.Token() == "GIVEN-access");
  CHECK(NameOf(f) == "");
  f.Store(1h);
  f.state->tokens->grant = "elsewhere";
  CHECK(NameOf(f) == "");
  CHECK(f.credentials().GrantInUse() == "");
}

TEST_CASE("Grant: where no person signs in there is none, and no store is read", "[auth]") {
  ConnectionOptions options = RefreshOptions();
  const auto scheme = GENERATE(AuthScheme::kApiKey, AuthScheme::kOAuthClient, AuthScheme::kOAuth);
  options.auth_scheme = scheme;
  if (scheme == AuthScheme::kOAuth) {  // with a fixed token
    options.initiate_oauth = InitiateOAuth::kOff;
    options.oauth_access_token = Secret("GIVEN-access");
  }
  Fixture f(options);
  f.state->load_failure = Status(StatusCode::kUnauthenticated, "damaged");
  CHECK(NameOf(f) == "");
  CHECK(f.credentials().GrantInUse() == "");
}

TEST_CASE("TokenStore: a file keeps the name of the sign-in, sealed or not; an older one has none", "[auth]") {
  const TempDir dir;
  FakeClock clock;
  const Secret key = GENERATE(Secret(), Secret("a key"));
  const auto store = *OpenTokenStore(dir.Path("t.json"), "the-id", clock, key);
  WriteFile(dir.Path("t.json"), R"({"format":"infusionsoft tokens","version":1,"refresh_token":"r"})");
  TokenSet tokens = **store->Load();
  CHECK(tokens.grant.empty());
  REQUIRE(store->Save(tokens) == Status());
  CHECK((*store->Load())->grant.empty());
  CHECK_THAT(ReadFile(dir.Path("t.json")), !Contains("grant"));
  for (const char* grant : {"one", "two", ""}) {
    tokens.grant = grant;
    REQUIRE(store->Save(tokens) == Status());
    CHECK((*store->Load())->grant == grant);
  }
  WriteFile(dir.Path("t.json"), R"({"format":"infusionsoft tokens","version":1,"refresh_token":"r","grant":5})");
  CHECK_THAT(store->Load().status().message(), Contains("the file is damaged"));
}

TEST_CASE("TokenStore: one thread reads a sealed file while another one writes it", "[auth][threads]") {
  const TempDir dir;
  FakeClock clock;
  const auto open = [&] { return *OpenTokenStore(dir.Path("t.json"), "the-id", clock, Secret("a key")); };
  TokenSet tokens;
  tokens.refresh_token = Secret("r");
  tokens.grant = "0";
  REQUIRE(open()->Save(tokens) == Status());
  const auto store = open();  // whose threads derive the key of the file, both at first
  const auto lock = *store->Acquire(Cancellation());
  bool good = true;
  std::thread reader([&] {
    for (int last = 0; good && last < 50;) {
      const auto loaded = store->Load();
      const int now = loaded && *loaded ? std::stoi((*loaded)->grant) : -1;
      good = now >= last;
      last = now;
    }
  });
  Status status;
  for (int i = 1; i <= 50 && status.ok(); ++i) {
    tokens.grant = std::to_string(i);
    status = store->Save(tokens);
  }
  if (!status.ok()) unlink(dir.Path("t.json").c_str());  // so that the reader ends
  reader.join();
  CHECK(status == Status());
  CHECK(good);
}

}  // namespace
}  // namespace infusionsoft
