// SPDX-License-Identifier: MIT
// AuthScheme in the connection string: what each needs, what contradicts it, and what a request then carries.
#include "auth/scheme.h"

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "auth/connection_options.h"
#include "auth/crypto.h"
#include "auth_fixture.h"
#include "connection_string.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;

const std::string kApplication = ";OAuthClientId=id;OAuthClientSecret=client-secret";
const std::string kLogin = ";User=ann;Password=PASS-secret";

std::string RefusedSafely(const std::string& text) {
  std::string message = Refused(text);
  RequireNoSecret(message);
  return message;
}

// What the first request carries.
http::HttpRequest Signed(const std::string& text) {
  Fixture f(Parsed(text));
  const auto secret = f.credentials().AccessToken(Cancellation());
  REQUIRE(secret);
  http::HttpRequest request;
  f.credentials().Sign(*secret, request);
  return request;
}

TEST_CASE("AuthScheme: every spelling", "[auth]") {
  for (const char* name : {"OAUTH_CLIENT", "OAuthClient", "oauth_client", "OAuth_Client", "oauth-client"}) {
    CHECK(Parsed(std::string("AuthScheme=") + name + kApplication).auth_scheme == AuthScheme::kOAuthClient);
  }
  CHECK(Parsed("AuthScheme=ApiKey;APIKey=k").auth_scheme == AuthScheme::kApiKey);
  CHECK(Parsed("AuthScheme=API_KEY;APIKey=k").auth_scheme == AuthScheme::kApiKey);
  CHECK(Parsed("AuthScheme=basic" + kLogin).auth_scheme == AuthScheme::kBasic);
  CHECK(Parsed("AuthScheme=Ntlm" + kLogin).auth_scheme == AuthScheme::kNtlm);
  CHECK(Parsed("AuthScheme=none").auth_scheme == AuthScheme::kNone);
  CHECK(Parsed("OAuthGrantType=client" + kApplication).oauth_grant_type == OAuthGrantType::kClient);
  CHECK(Parsed("OAuthGrantType=Password;OAuthClientId=id" + kLogin).oauth_grant_type == OAuthGrantType::kPassword);
}

TEST_CASE("AuthScheme: what is missing is named", "[auth]") {
  CHECK_THAT(RefusedSafely("AuthScheme=APIKEY"), Contains("AuthScheme=APIKEY needs APIKey"));
  CHECK_THAT(RefusedSafely("AuthScheme=APIKEY;APIKeyHeader=X-Keap-API-Key"), Contains("needs APIKey"));
  CHECK_THAT(RefusedSafely("AuthScheme=BASIC"), Contains("AuthScheme=BASIC needs User and Password"));
  CHECK_THAT(RefusedSafely("AuthScheme=BASIC;Password=PASS-secret"), Contains("AuthScheme=BASIC needs User"));
  CHECK_THAT(RefusedSafely("AuthScheme=NTLM;User=ann"), Contains("AuthScheme=NTLM needs Password"));
  CHECK_THAT(RefusedSafely("AuthScheme=OAUTH_CLIENT"), Contains("OAUTH_CLIENT needs OAuthClientId and OAuthClientSecret"));
  CHECK_THAT(RefusedSafely("AuthScheme=OAUTH_CLIENT;OAuthClientId=x"), Contains("OAUTH_CLIENT needs OAuthClientSecret"));
  CHECK_THAT(RefusedSafely("OAuthGrantType=CLIENT;OAuthClientId=x"), Contains("CLIENT needs OAuthClientSecret"));
  CHECK_THAT(RefusedSafely("OAuthGrantType=PASSWORD"), Contains("PASSWORD needs OAuthClientId, User and Password"));
}

TEST_CASE("AuthScheme: what contradicts it is named, with what it belongs to", "[auth]") {
  const std::string key = "AuthScheme=APIKEY;APIKey=KEY-secret";
  CHECK_THAT(RefusedSafely("APIKey=KEY-secret"),
             Contains("APIKey (position 1) has no effect with AuthScheme=OAUTH: it belongs to AuthScheme=APIKEY; set that"));
  CHECK_THAT(RefusedSafely("ProfileSettings='APIKey=KEY-secret'"), Contains("APIKey") && Contains("AuthScheme=APIKEY"));
  CHECK_THAT(RefusedSafely("AuthScheme=NONE;APIKeyHeader=X-Key"), Contains("APIKeyHeader") && Contains("AuthScheme=NONE"));
  CHECK_THAT(RefusedSafely(key + ";OAuthGrantType=CLIENT"),
             Contains("OAuthGrantType") && Contains("OAUTH and OAUTH_CLIENT"));
  CHECK_THAT(RefusedSafely(key + ";OAuthParams=a=b"), Contains("OAuthParams") && Contains("has no effect"));
  CHECK_THAT(RefusedSafely(key + ";InitiateOAuth=REFRESH" + kApplication),
             Contains("InitiateOAuth") && Contains("has no effect"));
  CHECK_THAT(RefusedSafely(key + ";OAuthAccessToken=GIVEN-access"),
             Contains("OAuthAccessToken") && Contains("has no effect"));
  CHECK_THAT(RefusedSafely(key + ";User=ann"), Contains("User") && Contains("BASIC"));
  CHECK_THAT(RefusedSafely("User=ann"), Contains("User") && Contains("OAuthGrantType=PASSWORD"));
  CHECK_THAT(RefusedSafely("OAuthGrantType=CLIENT;User=ann" + kApplication),
             Contains("AuthScheme=OAUTH and OAuthGrantType=CLIENT"));
  CHECK_THAT(RefusedSafely("AuthScheme=OAUTH_CLIENT;OAuthRefreshToken=REFRESH-1" + kApplication),
             Contains("OAuthRefreshToken"));
  CHECK_THAT(RefusedSafely("OAuthGrantType=PASSWORD;OAuthClientId=id;OAuthVerifier=CODE-secret" + kLogin),
             Contains("OAuthVerifier"));
  CHECK_THAT(RefusedSafely("AuthScheme=OAUTH_CLIENT;OAuthGrantType=PASSWORD" + kApplication),
             Contains("AuthScheme=OAUTH_CLIENT is"));
  CHECK_THAT(RefusedSafely("AuthScheme=BASIC;User='a:b';Password=PASS-secret"), Contains("':'"));
  CHECK_THAT(RefusedSafely("AuthScheme=NTLM;User='\xC3\xA4';Password=PASS-secret"), Contains("ASCII"));
  CHECK_THAT(RefusedSafely("APIKey=KEY-secret;ProfileSettings='APIKey=KEY-secret';AuthScheme=APIKEY"),
             Contains("given before"));
  Parsed(key + ";InitiateOAuth=OFF;OAuthGrantType=CODE;OAuthParams=;User=");  // defaults may always be written
}

TEST_CASE("AuthScheme: beside Connection, what the connection brings does not contradict", "[auth]") {
  const ConnectionOptions base = Parsed("AuthScheme=BASIC" + kLogin);
  const auto none = ParseConnectionString("Connection=x;AuthScheme=NONE", base);
  REQUIRE(none);
  CHECK(none->auth_scheme == AuthScheme::kNone);
  CHECK(!ParseConnectionString("Connection=x;APIKey=KEY-secret", base));
  CHECK(ParseConnectionString("Connection=x;AuthScheme=NTLM", base));
}

TEST_CASE("AuthScheme: what a request carries", "[auth]") {
  const http::HttpRequest bearer = Signed("AuthScheme=APIKEY;APIKey=KEY-secret");
  CHECK(bearer.secret_header_name == "Authorization");
  CHECK(bearer.secret_header_value == Secret("Bearer KEY-secret"));
  CHECK(Signed("AuthScheme=APIKEY;ProfileSettings=\"APIKey='KEY;secret'\"").secret_header_value ==
        Secret("Bearer KEY;secret"));
  const http::HttpRequest bare = Signed("AuthScheme=APIKEY;APIKey=KEY-secret;APIKeyHeader=X-Keap-API-Key");
  CHECK(bare.secret_header_name == "X-Keap-API-Key");
  CHECK(bare.secret_header_value == Secret("KEY-secret"));
  CHECK(Signed("AuthScheme=APIKEY;APIKey=k;APIKeyHeader=authorization").secret_header_value == Secret("Bearer k"));

  const http::HttpRequest basic = Signed("AuthScheme=BASIC" + kLogin);
  CHECK(basic.secret_header_name.empty());
  REQUIRE(basic.login);
  CHECK(basic.login->scheme == http::Login::Scheme::kBasic);
  CHECK(basic.login->user == "ann");
  CHECK(basic.login->password == Secret("PASS-secret"));
  const http::HttpRequest ntlm = Signed(R"(AuthScheme=NTLM;User=DOM\ann;Password=PASS-secret)");
  REQUIRE(ntlm.login);
  CHECK(ntlm.login->scheme == http::Login::Scheme::kNtlm);
  CHECK(ntlm.login->user == R"(DOM\ann)");

  const http::HttpRequest none = Signed("AuthScheme=NONE");
  CHECK(none.secret_header_name.empty());
  CHECK(!none.login);
}

TEST_CASE("AuthScheme: a refused key or password cannot be replaced, and the message says what to do", "[auth]") {
  for (const auto& [text, advice] : {std::pair("AuthScheme=APIKEY;APIKey=KEY-secret", "APIKeyHeader"),
                                     std::pair("AuthScheme=BASIC;User=ann;Password=PASS-secret", "User and Password"),
                                     std::pair("AuthScheme=NTLM;User=ann;Password=PASS-secret", "DOMAIN\\NAME"),
                                     std::pair("AuthScheme=NONE", "set AuthScheme")}) {
    Fixture f(Parsed(text));
    const auto secret = f.credentials().AccessToken(Cancellation());
    REQUIRE(secret);
    const Status status = f.credentials().ReplaceRejected(*secret, Cancellation()).status();
    CHECK(status.code() == StatusCode::kUnauthenticated);
    CHECK_THAT(status.message(), Contains(advice));
    RequireNoSecret(status.message());
    CHECK(f.endpoint.calls == 0);
    CHECK(f.log.events().empty());  // nor does it touch the token store
  }
}

TEST_CASE("AuthScheme: what must not be repeated includes the form in which BASIC travels", "[auth]") {
  Fixture f(Parsed("AuthScheme=BASIC" + kLogin));
  const std::vector<Secret> forms = f.credentials().WireForms(Secret("PASS-secret"));
  REQUIRE(forms.size() == 2);
  CHECK(forms[0] == Secret("PASS-secret"));
  CHECK(forms[1] == Secret(Base64("ann:PASS-secret")));
}

TEST_CASE("AuthScheme: nobody signs in but for the code grant", "[auth]") {
  for (const std::string& text : {"AuthScheme=APIKEY;APIKey=k" + kApplication, "AuthScheme=OAUTH_CLIENT" + kApplication,
                                  "OAuthGrantType=PASSWORD" + kApplication + kLogin}) {
    Fixture f(Parsed(text));
    CHECK_THAT(f.credentials().AuthorizeUrl(Cancellation()).status().message(), Contains("nobody signs in"));
    CHECK_THAT(f.credentials().ExchangeCode(Secret("CODE-secret"), Cancellation()).message(), Contains("nobody signs in"));
    CHECK(f.endpoint.calls == 0);
  }
}

TEST_CASE("AuthScheme: each property that says who asks tells accounts apart", "[auth]") {
  const auto key = [](const std::string& text) { return Parsed(text).AccountKey(); };
  const std::string base = "AuthScheme=APIKEY;APIKey=k";
  CHECK(key(base) != key("AuthScheme=APIKEY;APIKey=other"));
  CHECK(key(base) != key(base + ";APIKeyHeader=X-Key"));
  CHECK(key(base + ";APIKeyHeader=AUTHORIZATION") == key(base));
  CHECK(key(base) == key("AuthScheme=apikey;ProfileSettings='APIKey=k'"));
  CHECK(key("AuthScheme=BASIC" + kLogin) != key("AuthScheme=NTLM" + kLogin));
  CHECK(key("AuthScheme=BASIC" + kLogin) != key("AuthScheme=BASIC;User=bob;Password=PASS-secret"));
  CHECK(key("AuthScheme=BASIC" + kLogin) != key("AuthScheme=BASIC;User=ann;Password=other"));
  CHECK(key("AuthScheme=OAUTH_CLIENT" + kApplication) == key("OAuthGrantType=CLIENT" + kApplication));
  CHECK(key("AuthScheme=OAUTH_CLIENT" + kApplication) != key("AuthScheme=OAUTH" + kApplication));
  CHECK(key("AuthScheme=OAUTH_CLIENT" + kApplication) != key("AuthScheme=OAUTH_CLIENT;OAuthParams=a=b" + kApplication));
  CHECK(key("OAuthGrantType=PASSWORD" + kApplication + kLogin) != key(kApplication));
}

TEST_CASE("OAuthParams: the protocol's own parameters are refused, and so is what is no pair", "[auth]") {
  for (const char* name : {"grant_type", "client_id", "CLIENT_SECRET", "code", "redirect_uri", "refresh_token", "username",
                           "password", "scope", "code_verifier"}) {
    CHECK_THAT(RefusedSafely("OAuthParams='a=b, " + std::string(name) + " =PASS-secret'"), Contains("OAuthParams: "));
  }
  CHECK_THAT(RefusedSafely("OAuthParams=a"), Contains("name=value"));
  CHECK_THAT(RefusedSafely("OAuthParams=a=b,"), Contains("name=value"));
  CHECK_THAT(RefusedSafely("OAuthParams==PASS-secret"), Contains("name=value"));
  CHECK_THAT(RefusedSafely("OAuthParams=a=b,a=c"), Contains("twice"));
}

TEST_CASE("MissingToken: names what is missing by what is there", "[auth]") {
  ConnectionOptions options;
  CHECK_THAT(MissingToken(options), Contains("OAuthAccessToken") && Contains("OAuthClientId"));
  options.oauth_client_id = "id";
  CHECK_THAT(MissingToken(options), Contains("InitiateOAuth=GETANDREFRESH") && Contains("infusionsoft_authorize_url()"));
  options.oauth_refresh_token = Secret("r");
  CHECK_THAT(MissingToken(options), Contains("InitiateOAuth=REFRESH"));
  options.initiate_oauth = InitiateOAuth::kRefresh;
  CHECK(MissingToken(options).empty());
  CHECK(MissingToken(RefreshOptions()).empty());
  ConnectionOptions given;
  given.oauth_access_token = Secret("t");
  CHECK(MissingToken(given).empty());
  ConnectionOptions key;
  key.auth_scheme = AuthScheme::kApiKey;
  CHECK(MissingToken(key).empty());
}

}  // namespace
}  // namespace infusionsoft
