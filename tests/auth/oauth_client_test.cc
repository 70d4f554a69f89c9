// SPDX-License-Identifier: MIT
#include <array>
#include <catch2/catch.hpp>
#include <string>
#include <utility>

#include "auth/crypto.h"
#include "auth/oauth_client.h"
#include "auth/scrub.h"
#include "auth_fixture.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;

struct Endpoint {
  http::HttpResponse response;
  Status failure;
  ConnectionOptions options = RefreshOptions();
  FakeClock clock;
  http::FakeTransport transport{[this](const http::HttpRequest&) -> Result<http::HttpResponse> {
    if (!failure.ok()) return failure;
    return response;
  }};
  OAuthClient client{options, transport, clock};
  UnreadAnswer unread;

  TokenAnswer Refresh(int status, const std::string& body) {
    response = http::JsonResponse(status, body);
    TokenAnswer answer = client.Refresh(Secret("REFRESH-old"), Cancellation(), unread);
    RequireNoSecret(answer.status.message());
    return answer;
  }
};

TEST_CASE("OAuthClient: a refresh sends Basic and a form", "[auth]") {
  Endpoint e;
  const TokenAnswer answer =
      e.Refresh(200, R"({"access_token":"A","refresh_token":"R","expires_in":"3600","scope":"full|x"})");
  REQUIRE(answer.status.ok());
  CHECK(answer.tokens.access_token == Secret("A"));
  CHECK(answer.tokens.refresh_token == Secret("R"));
  CHECK(answer.tokens.lifetime == 3600s);
  CHECK(answer.tokens.expires_at == e.clock.Now() + 1h);
  CHECK(answer.tokens.scope == "full|x");
  CHECK(answer.tokens.servers == "https://api.infusionsoft.com:443");
  const http::HttpRequest request = e.transport.requests().at(0);
  CHECK(request.method == "POST");
  CHECK(request.url == "https://api.infusionsoft.com/token");
  CHECK(request.body == "grant_type=refresh_token&refresh_token=REFRESH-old");
  CHECK(request.secret_header_name == "Authorization");
  CHECK(request.secret_header_value == Secret("Basic " + Base64("client-id:client-secret+/")));
  for (const auto& [name, value] : request.headers) CHECK(name != "Authorization");
  e.options.refresh_token_url = "https://gateway.example/refresh";
  CHECK(e.Refresh(500, "").status.code() == StatusCode::kUnavailable);
  CHECK(e.transport.requests().at(1).url == "https://gateway.example/refresh");
}

TEST_CASE("OAuthClient: an exchange sends the credentials in the body and no Authorization", "[auth]") {
  Endpoint e;
  e.response = http::JsonResponse(200, R"({"access_token":"A","refresh_token":"R","expires_in":86400})");
  CHECK(e.client.ExchangeCode(Secret("c/d"), "http://localhost:33333", Secret(), Cancellation(), e.unread).status.ok());
  const http::HttpRequest request = e.transport.requests().at(0);
  CHECK(request.secret_header_name.empty());
  CHECK(request.secret_header_value.empty());
  CHECK(request.body ==
        "grant_type=authorization_code&client_id=client-id&client_secret=client-secret%2B%2F&code=c%2Fd&"
        "redirect_uri=http%3A%2F%2Flocalhost%3A33333");
  CHECK(request.headers.at(0).second == "application/x-www-form-urlencoded");
}

TEST_CASE("OAuthClient: lifetimes that make no sense are unknown", "[auth]") {
  Endpoint e;
  for (const char* value : {"0", "-5", "-9223372036854775808", "\"soon\"", "\"\"", "\"-5\"", "null", "[]", "true", "1e300",
                            "-1e300", "\"99999999999999999999\""}) {
    INFO(value);
    const TokenAnswer answer = e.Refresh(200, std::string(R"({"access_token":"A","expires_in":)") + value + "}");
    CHECK(answer.status.ok());
    CHECK(!answer.tokens.expires_at);
    CHECK(answer.tokens.refresh_token == Secret("REFRESH-old"));  // no new one: the old one stays
  }
  CHECK(e.Refresh(200, R"({"access_token":"A","expires_in":90.5})").tokens.lifetime == 90s);
  for (const char* value : {"99999999999999", "9223372036854775807", "\" 9223372036854775807 \""}) {
    CHECK(e.Refresh(200, std::string(R"({"access_token":"A","expires_in":)") + value + "}").tokens.expires_at >
          e.clock.Now());
  }
}

TEST_CASE("OAuthClient: a refresh token that is none does not cost the access token beside it", "[auth]") {
  Endpoint e;
  for (const char* value : {R"("")", "null", "7", "[]", R"({"a":"b"})", "true"}) {
    INFO(value);
    const TokenAnswer answer =
        e.Refresh(200, std::string(R"({"access_token":"A","expires_in":90,"refresh_token":)") + value + "}");
    REQUIRE(answer.status.ok());
    CHECK(answer.tokens.access_token == Secret("A"));
    CHECK(answer.tokens.lifetime == 90s);
    CHECK(answer.tokens.refresh_token == Secret("REFRESH-old"));
  }
  // It travels in a form, percent-encoded: any text will do.
  CHECK(e.Refresh(200, R"({"access_token":"A","refresh_token":"with space"})").tokens.refresh_token == Secret("with space"));
}

TEST_CASE("OAuthClient: only bearer tokens are used, under any name that servers give them", "[auth]") {
  Endpoint e;
  for (const char* type : {R"("bearer")", R"("Bearer")", R"("BEARER")", R"("BearerToken")", R"("")", "null", "7"}) {
    INFO(type);
    CHECK(e.Refresh(200, std::string(R"({"access_token":"A","token_type":)") + type + "}").status.ok());
  }
  for (const char* type : {"mac", "DPoP", "bearer2", "N_A"}) {
    INFO(type);
    const TokenAnswer answer =
        e.Refresh(200, std::string(R"({"access_token":"A","refresh_token":"R-2","token_type":")") + type + R"("})");
    CHECK(answer.status.code() == StatusCode::kBadResponse);
    CHECK_THAT(answer.status.message(), Contains(type));
    CHECK(answer.tokens.access_token.empty());
    CHECK(answer.tokens.refresh_token == Secret("R-2"));
  }
}

TEST_CASE("OAuthClient: both texts for a spent refresh token", "[auth]") {
  Endpoint e;
  for (const char* body : {R"({"error":"invalid_grant","error_description":"Invalid refresh token"})",
                           R"({"error":"invalid_request","error_description":"Invalid Refresh Token"})"}) {
    const TokenAnswer answer = e.Refresh(400, body);
    CHECK(answer.grant_refused);
    CHECK(answer.status.code() == StatusCode::kUnauthenticated);
    CHECK_THAT(answer.status.message(), Contains("sign in again") && Contains("https://api.infusionsoft.com/token"));
  }
  CHECK(!e.Refresh(400, R"({"error":"invalid_request","error_description":"response_type or grant_type is required"})")
             .grant_refused);
  CHECK(!e.Refresh(503, R"({"error":"invalid_grant"})").grant_refused);
}

TEST_CASE("OAuthClient: refusals of every shape", "[auth]") {
  Endpoint e;
  const auto refused = [&](int status, const char* body) {
    const TokenAnswer answer = e.Refresh(status, body);
    CHECK(!answer.status.ok());
    CHECK(!answer.grant_refused);
    return answer.status;
  };
  CHECK_THAT(refused(401, R"({"error":"invalid_client"})").message(), Contains("check OAuthClientId and OAuthClientSecret"));
  CHECK_THAT(refused(401, R"({"fault":{"faultstring":"Invalid ApiKey","detail":{"errorcode":"x"}}})").message(),
             Contains("HTTP 401: Invalid ApiKey"));
  CHECK_THAT(refused(403, "<html><body>Forbidden</body></html>").message(), Contains("a web page instead"));
  CHECK_THAT(refused(400, "").message(), Contains("no explanation"));
  CHECK_THAT(refused(400, R"({"odd":"REFRESH-old"})").message(), Contains("unknown shape"));
  CHECK(refused(429, "{}").code() == StatusCode::kUnavailable);
  CHECK(refused(502, "<html>").code() == StatusCode::kUnavailable);
  CHECK(refused(200, "<html>").code() == StatusCode::kBadResponse);
  CHECK(refused(200, "{}").code() == StatusCode::kBadResponse);
  CHECK(refused(200, R"({"access_token":""})").code() == StatusCode::kBadResponse);
  CHECK(refused(200, R"({"access_token":"a\r\nX: y"})").code() == StatusCode::kBadResponse);
  CHECK(refused(200, R"({"error":"invalid_client"})").code() == StatusCode::kUnauthenticated);
  e.failure = Status(StatusCode::kUnavailable, "no route; sent REFRESH-old");
  CHECK(refused(0, "").code() == StatusCode::kUnavailable);
}

TEST_CASE("OAuthClient: what the server echoes is scrubbed", "[auth]") {
  Endpoint e;
  const std::string basic = Base64("client-id:client-secret+/");
  for (const std::string& secret : {std::string("REFRESH-old"), std::string("client-secret+/"),
                                    std::string("client-secret%2B%2F"), basic, "Basic " + basic}) {
    for (const char* shape : {R"({"error":"invalid_client","error_description":"$"})", R"({"error":"$"})",
                              R"({"fault":{"faultstring":"x $ y"}})", R"({"message":"$"})", "plain $ text"}) {
      std::string body = shape;
      body.replace(body.find('$'), 1, secret);
      for (int status : {200, 400, 401, 500}) {
        const std::string message = e.Refresh(status, body).status.message();  // throws when one is left
        INFO(message);
        CHECK(message.find(secret) == std::string::npos);
      }
    }
  }
}

TEST_CASE("Scrub: a secret is found in whatever way a server spells it", "[auth]") {
  const std::array secrets{Secret("ab/c&d e\"+%2f\\'<")};
  const std::string as_it_is(secrets[0].Reveal());
  for (const std::string& echo :
       {as_it_is, http::PercentEncode(as_it_is), std::string("ab%2Fc%26d+e%22%2B%252f%5C%27%3C"),
        std::string("ab%2fc%26d%20e%22%2b%252f%5c%27%3c"), std::string("%61b/c%26d+e%22%2b%252f%5c'<"),
        std::string("ab/c&amp;d e&quot;+%2f\\&#39;&lt;"), std::string("ab&#x2F;c&#38;d e&#34;+%2f&#92;&apos;&#x3c;"),
        std::string(R"(ab\/c&d e\"+%2f\\'<)"), std::string(R"(ab\u002fc\u0026d e\u0022+%2f\u005C\u0027\u003C)")}) {
    INFO(echo);
    CHECK(Scrub("token=" + echo + " was refused, " + echo, secrets) == "token=*** was refused, ***");
  }
  for (const char* other : {"ab/c&d e", "%", "%2", "&", "&amp", "&#;", "\\", "\\u00", "ab%2fc%26d%20f"}) {
    CHECK(Scrub(other, secrets) == other);
  }
}

TEST_CASE("OAuthClient: what the server echoes is scrubbed before it is cut", "[auth]") {
  for (size_t before = 90; before < 130; ++before) {  // the words are cut at some length; none may cut into a secret
    const std::string echo = std::string(before, '.') + "REFRESH-old";
    for (const std::string& body : {"{\"error_description\":\"" + echo + "\"}", "{\"error\":\"" + echo + "\"}", echo}) {
      Endpoint e;
      CHECK_THAT(e.Refresh(400, body).status.message(), !Contains(".R"));
    }
  }
}

TEST_CASE("OAuthClient: a request under way is not cancelled", "[auth]") {
  Endpoint e;
  int asked = 0;
  // Not before the request, always after: FakeTransport would answer kInterrupted if it were given this.
  const Cancellation late([](void* count) { return ++*static_cast<int*>(count) > 1; }, &asked);
  e.response = http::JsonResponse(200, R"({"access_token":"A"})");
  CHECK(e.client.Refresh(Secret("REFRESH-old"), late, e.unread).status.ok());
  CHECK(e.client.Refresh(Secret("REFRESH-old"), late, e.unread).status.code() == StatusCode::kInterrupted);
  CHECK(e.transport.requests().size() == 1);
}

TEST_CASE("OAuthClient: a token request ends by itself, and no connection hurries it or bounds its answer", "[auth]") {
  const auto [given, used] = GENERATE(std::pair(0ms, 60000ms), std::pair(1000ms, 60000ms), std::pair(90000ms, 90000ms));
  Endpoint e;
  e.options.timeout = given;
  e.options.support.max_response_bytes = 1024;
  e.Refresh(500, "");
  CHECK(e.transport.requests().back().timeout == used);
  CHECK(e.transport.requests().back().max_response_bytes == size_t{1} << 20);
}

TEST_CASE("OAuthClient: the authorize URL", "[auth]") {
  Endpoint e;
  CHECK(e.client.AuthorizeUrl("http://localhost:33333", {"s t", Secret()}) ==
        "https://accounts.infusionsoft.com/app/oauth/"
        "authorize?client_id=client-id&redirect_uri=http%3A%2F%2Flocalhost%3A33333&"
        "response_type=code&scope=full&state=s%20t");
  e.options.authorization_url = "https://a.example/x?tenant=1";
  CHECK_THAT(e.client.AuthorizeUrl("http://localhost:33333", {"s", Secret()}), Contains("?tenant=1&client_id="));
}

TEST_CASE("OAuthClient: PKCE sends the challenge first and the verifier later", "[auth]") {
  Endpoint e;
  const Secret verifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");  // RFC 7636, appendix B
  CHECK(e.client.AuthorizeUrl("http://localhost:33333", {"s", verifier})
            .ends_with("&state=s&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"));
  // A server that echoes what it was sent.
  e.response = http::JsonResponse(
      400, R"({"error":"invalid_grant","error_description":"not )" + std::string(verifier.Reveal()) + R"("})");
  const Status status = e.client.ExchangeCode(Secret("c"), "http://localhost:33333", verifier, Cancellation(), e.unread).status;
  CHECK_THAT(status.message(), Contains("invalid_grant") && Contains("***") && !Contains("dBjftJeZ"));
  CHECK(FormValue(e.transport.requests().at(0), "code_verifier") == verifier.Reveal());
}

TEST_CASE("Crypto: known answers", "[auth]") {
  CHECK(Sha256Hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(Base64("").empty());
  CHECK(Base64("client:secret") == "Y2xpZW50OnNlY3JldA==");
  CHECK(RandomHex(16)->size() == 32);
  CHECK(*RandomHex(16) != *RandomHex(16));
  CHECK(ConstantTimeEquals("", ""));
  CHECK(ConstantTimeEquals("ab", "ab"));
  CHECK(!ConstantTimeEquals("ab", "ac"));
  CHECK(!ConstantTimeEquals("ab", "abc"));
}

}  // namespace
}  // namespace infusionsoft
