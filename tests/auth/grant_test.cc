// SPDX-License-Identifier: MIT
// The grants that need no person: by the application's own right, and by a user's name and password.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "auth/crypto.h"
#include "auth/scheme.h"
#include "auth_fixture.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;
using Events = std::vector<std::string>;

ConnectionOptions ClientGrant() {
  ConnectionOptions options;
  options.auth_scheme = AuthScheme::kOAuthClient;
  options.oauth_client_id = "client-id";
  options.oauth_client_secret = Secret("client-secret+/");
  options.access_token_url = "https://gateway.example/token";
  return options;
}

ConnectionOptions PasswordGrant() {
  ConnectionOptions options = ClientGrant();
  options.auth_scheme = AuthScheme::kOAuth;
  options.oauth_grant_type = OAuthGrantType::kPassword;
  options.user = "ann";
  options.password = Secret("PASS-secret");
  return options;
}

TEST_CASE("Client grant: asks with the application's id and secret, and keeps the token", "[auth]") {
  Fixture f(ClientGrant());
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.log.events() == Events{"lock", "request client_credentials", "save ACCESS-1"});
  const http::HttpRequest request = f.endpoint.transport.requests().at(0);
  CHECK(request.url == "https://gateway.example/token");
  CHECK(request.body == "grant_type=client_credentials");  // and no scope that only the vendor knows
  CHECK(request.secret_header_name == "Authorization");
  CHECK(request.secret_header_value == Secret("Basic " + Base64("client-id:client-secret%2B%2F")));
  // The server gave a refresh token; nothing uses it.
  CHECK(f.state->tokens->refresh_token.empty());
  CHECK(f.browser.urls.empty());
}

TEST_CASE("Client grant: InitiateOAuth and the other way to write it change nothing", "[auth]") {
  for (const InitiateOAuth initiate : {InitiateOAuth::kOff, InitiateOAuth::kRefresh, InitiateOAuth::kGetAndRefresh}) {
    ConnectionOptions options = ClientGrant();
    options.auth_scheme = AuthScheme::kOAuth;
    options.oauth_grant_type = OAuthGrantType::kClient;
    options.initiate_oauth = initiate;
    Fixture f(options);
    CHECK(f.Token() == "ACCESS-1");
    CHECK(f.browser.urls.empty());
  }
}

TEST_CASE("Client grant: a token near its end is replaced while it lives, and survives a server that fails", "[auth]") {
  Fixture f(ClientGrant());
  CHECK(f.Token() == "ACCESS-1");
  f.clock.Advance(24h - 4min);
  CHECK(f.Token() == "ACCESS-2");
  f.clock.Advance(24h - 4min);
  f.endpoint.failure = Status(StatusCode::kUnavailable, "no connection");
  for (int i = 0; i < 3; ++i) CHECK(f.Token() == "ACCESS-2");
  CHECK(f.endpoint.calls == 3);
  f.clock.Advance(5min);
  CHECK_THAT(f.Failure().message(), Contains("no connection"));
}

TEST_CASE("Client grant: a token that the API refuses is replaced", "[auth]") {
  Fixture f(ClientGrant());
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.Replace("ACCESS-1") == "ACCESS-2");
  CHECK(f.endpoint.calls == 2);
}

TEST_CASE("Client grant: a token of the store and one of the connection string cost nothing", "[auth]") {
  Fixture stored(ClientGrant());
  stored.Store(1h);
  CHECK(stored.Token() == "ACCESS-0");
  ConnectionOptions options = ClientGrant();
  options.oauth_access_token = Secret("GIVEN-access");
  Fixture given(options);
  CHECK(given.Token() == "GIVEN-access");
  CHECK(given.Replace("GIVEN-access") == "ACCESS-1");
}

TEST_CASE("Client grant: a refused application is told what to check", "[auth]") {
  Fixture f(ClientGrant());
  f.endpoint.response = http::JsonResponse(401, R"({"error":"invalid_client","error_description":"no client-secret+/"})");
  CHECK_THAT(f.Failure().message(), Contains("401 invalid_client") && Contains("check OAuthClientId and OAuthClientSecret"));
  f.endpoint.response = http::JsonResponse(400, R"({"error":"unsupported_grant_type"})");
  CHECK_THAT(f.Failure().message(), Contains("check OAuthGrantType"));
  CHECK(f.endpoint.calls == 2);
}

TEST_CASE("Password grant: asks by name and password once, then refreshes", "[auth]") {
  Fixture f(PasswordGrant());
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.endpoint.transport.requests().at(0).body == "grant_type=password&username=ann&password=PASS-secret");
  CHECK(f.state->tokens->refresh_token == Secret("REFRESH-1"));
  f.clock.Advance(24h);
  CHECK(f.Token() == "ACCESS-2");
  CHECK(f.log.events() ==
        Events{"lock", "request password", "save ACCESS-1", "lock", "request refresh_token", "save ACCESS-2"});
}

TEST_CASE("Password grant: a spent refresh token leads back to the password", "[auth]") {
  Fixture f(PasswordGrant());
  CHECK(f.Token() == "ACCESS-1");
  f.endpoint.good_refresh = "none";
  f.clock.Advance(24h);
  CHECK(f.Token() == "ACCESS-2");
  CHECK(f.endpoint.calls == 3);
  CHECK(f.browser.urls.empty());
}

TEST_CASE("Password grant: a wrong password is one request and one clear error", "[auth]") {
  ConnectionOptions options = PasswordGrant();
  options.initiate_oauth = InitiateOAuth::kGetAndRefresh;
  options.password = Secret("PASS-wrong");
  Fixture f(options);
  const Status status = f.Failure();
  CHECK(status.code() == StatusCode::kUnauthenticated);
  CHECK_THAT(status.message(), Contains("the server does not accept User and Password: check both"));
  CHECK(f.endpoint.calls == 1);
  CHECK(f.browser.urls.empty());
}

TEST_CASE("Password grant: an application without a secret names itself in the form", "[auth]") {
  ConnectionOptions options = PasswordGrant();
  options.oauth_client_secret = Secret();
  Fixture f(options);
  CHECK(f.Token() == "ACCESS-1");
  const http::HttpRequest request = f.endpoint.transport.requests().at(0);
  CHECK(FormValue(request, "client_id") == "client-id");
  CHECK(request.secret_header_name.empty());
  f.clock.Advance(24h);
  CHECK(f.Token() == "ACCESS-2");
  CHECK(f.endpoint.transport.requests().at(1).body ==
        "grant_type=refresh_token&refresh_token=REFRESH-1&client_id=client-id");
}

TEST_CASE("Grants: Scope is sent when it is not the vendor's, and OAuthParams are sent always", "[auth]") {
  ConnectionOptions options = ClientGrant();
  options.scope = "crm.read";
  options.oauth_params = "audience=https://api.example/,x=1&2";
  Fixture client(options);
  CHECK(client.Token() == "ACCESS-1");
  CHECK(client.endpoint.transport.requests().at(0).body ==
        "grant_type=client_credentials&scope=crm.read&audience=https%3A%2F%2Fapi.example%2F&x=1%262");
  ConnectionOptions refresh = RefreshOptions();
  refresh.oauth_params = "audience=a";
  Fixture code(refresh);
  code.Store(-1s);
  CHECK(code.Token() == "ACCESS-1");
  CHECK(FormValue(code.endpoint.transport.requests().at(0), "audience") == "a");
  CHECK(code.credentials().ExchangeCode(Secret("CODE-secret"), Cancellation()).ok());
  CHECK(FormValue(code.endpoint.transport.requests().at(1), "audience") == "a");
}

TEST_CASE("Grants: each owner has tokens of its own", "[auth]") {
  ConnectionOptions code = PasswordGrant();
  code.oauth_grant_type = OAuthGrantType::kCode;
  ConnectionOptions other = PasswordGrant();
  other.user = "bob";
  const std::set<std::string> owners{TokenOwner(code), TokenOwner(ClientGrant()), TokenOwner(PasswordGrant()),
                                     TokenOwner(other)};
  CHECK(owners.size() == 4);
  CHECK(TokenOwner(code) == "client-id");
}

}  // namespace
}  // namespace infusionsoft
