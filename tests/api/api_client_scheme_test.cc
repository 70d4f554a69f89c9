// SPDX-License-Identifier: MIT
// What ApiClient does with keys and passwords, which nothing can renew.
#include <catch2/catch.hpp>

#include "api_harness.h"
#include "auth/crypto.h"

namespace infusionsoft {
namespace {

ConnectionOptions Basic() {
  ConnectionOptions options;
  options.url = "https://gateway.test/crm/rest";
  options.auth_scheme = AuthScheme::kBasic;
  options.user = "ann";
  options.password = Secret("password-81f2");
  return options;
}

ConnectionOptions Key() {
  ConnectionOptions options = Basic();
  options.auth_scheme = AuthScheme::kApiKey;
  options.api_key = Secret("KeapAK-66b0");
  options.api_key_header = "X-Keap-API-Key";
  return options;
}

TEST_CASE("ApiClient: a refused key or password is one request, and the message says what to do", "[api]") {
  for (const auto& [options, advice] : {std::pair(Basic(), "User and Password"), std::pair(Key(), "APIKeyHeader")}) {
    ApiHarness api(options);
    api.Answer(5, http::JsonResponse(401, R"({"message":"who are you?"})"));
    const Status status = api.Fail();
    CHECK(status.code() == StatusCode::kUnauthenticated);
    CHECK(Has(status.message(), "GET /v2/contacts: 401, who are you?"));
    CHECK(Has(status.message(), advice));
    CHECK(api.api_requests().size() == 1);
    CHECK(api.token_requests().empty());
    CHECK(api.sleeps().empty());
  }
}

TEST_CASE("ApiClient: what carries the password stands in the login, and the key in its header", "[api]") {
  ApiHarness basic(Basic());
  REQUIRE(basic.Get().ok());
  const http::HttpRequest login = basic.api_requests().at(0);
  REQUIRE(login.login);
  CHECK(login.login->user == "ann");
  CHECK(login.secret_header_name.empty());
  ApiHarness key(Key());
  REQUIRE(key.Get().ok());
  CHECK(key.api_requests().at(0).secret_header_name == "X-Keap-API-Key");
  CHECK(key.api_requests().at(0).secret_header_value == Secret("KeapAK-66b0"));
}

TEST_CASE("ApiClient: a server that echoes what it was sent tells nobody", "[api]") {
  const std::string form = Base64("ann:password-81f2");
  for (const auto& [options, secret] : {std::pair(Basic(), form), std::pair(Basic(), std::string("password-81f2")),
                                        std::pair(Key(), std::string("KeapAK-66b0"))}) {
    for (const int status : {400, 401, 403}) {
      ApiHarness api(options);
      api.Answer(http::JsonResponse(status, R"({"message":"header was )" + secret + "\"}"));
      const Status failure = api.Fail();
      CHECK(Has(failure.message(), "header was ***"));
      CHECK_FALSE(Has(failure.message(), secret));
      REQUIRE(api.api_records().size() == 1);
      CHECK_FALSE(Has(api.api_records()[0].error, secret));
    }
  }
}

TEST_CASE("ApiClient: a client grant's token that the API refuses is renewed once", "[api]") {
  ConnectionOptions options = Basic();
  options.auth_scheme = AuthScheme::kOAuthClient;
  options.oauth_client_id = "client";
  options.oauth_client_secret = Secret(kClientSecret);
  options.access_token_url = "https://gateway.test/token";
  ApiHarness api(options);
  api.AnswerToken(http::JsonResponse(200, std::string(R"({"access_token":")") + kFirstToken + R"(","expires_in":600})"));
  REQUIRE(api.Get().ok());
  CHECK(api.token_requests().size() == 1);
  CHECK(api.api_requests().at(0).secret_header_value == Secret(std::string("Bearer ") + kFirstToken));
  api.AnswerToken(http::JsonResponse(200, std::string(R"({"access_token":")") + kSecondToken + R"(","expires_in":600})"));
  api.Answer(5, http::JsonResponse(401, R"({"message":"no"})"));
  CHECK(api.Fail().code() == StatusCode::kUnauthenticated);
  CHECK(api.token_requests().size() == 2);
  CHECK(api.api_requests().size() == 3);
}

}  // namespace
}  // namespace infusionsoft
