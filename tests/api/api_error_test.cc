// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "api/api_error.h"
#include "api_harness.h"

namespace infusionsoft {
namespace {

const std::vector<Secret> kTokens{Secret(kFirstToken), Secret(kSecondToken)};
constexpr RequestName kRequest{"/v2/contacts", "filter, page_size"};

Status Explained(const http::HttpResponse& response, std::string_view used_up = "") {
  return Explain(response, ReadApiError(response, kTokens), kRequest, used_up).ToStatus();
}

TEST_CASE("ApiError: every shape of error body gives its own words", "[api]") {
  struct Row {
    const char* name;
    const char* body;
    const char* words;
  };
  const std::vector<Row> table{
      {"v2", R"({"code":400,"message":"Bad filter","status":"INVALID_ARGUMENT","details":[]})", "Bad filter"},
      {"v2 with details",
       R"({"code":400,"message":"Bad","status":"X","details":[{"domain":"filter","resource":"emial"},{"domain":"b"}]})",
       "Bad (filter: emial, b)"},
      {"v2, code as text, details null",
       R"({"code":"429","message":"Quota Exceeded","status":"Request Throttled","details":null})", "Quota Exceeded"},
      {"v1", R"({"message":"Unrecognized property: id"})", "Unrecognized property: id"},
      {"v1 throwable", R"({"cause":null,"localizedMessage":"l","message":"no","stackTrace":[{"a":1}],"suppressed":[]})",
       "no"},
      {"gateway",
       R"({"fault":{"faultstring":"Invalid Access Token","detail":{"errorcode":"oauth.v2.InvalidAccessToken"}}})",
       "Invalid Access Token"},
      {"OAuth", R"({"error":"invalid_grant","error_description":"Invalid refresh token"})", "Invalid refresh token"},
      {"OAuth, the word only", R"({"error":"invalid_grant"})", "invalid_grant"},
      {"message null", R"({"message":null,"error":"Not Found"})", "Not Found"},
      {"message empty", R"({"message":" ","error":"Not Found"})", "Not Found"},
      {"message is no text", R"({"message":{"a":1},"error":7})", R"({"message":{"a":1},"error":7})"},
      {"fault is no object", R"({"fault":"x"})", R"({"fault":"x"})"},
      {"details of odd shape", R"({"message":"m","details":[1,null,{"domain":3},{"resource":"r"}]})", "m (r)"},
      {"details too many", R"({"message":"m","details":[{"domain":"a"},{"domain":"b"},{"domain":"c"},{"domain":"d"}]})",
       "m (a, b, c)"},
      {"an array", R"([1,2])", "[1,2]"},
      {"truncated", R"({"message":"half)", R"({"message":"half)"},
      {"empty", "", ""},
      {"blank", " \n", ""},
      {"control characters", "{\"message\":\"a\\nb\\u0000c\"}", "a b c"},
  };
  for (const Row& row : table) {
    INFO(row.name);
    CHECK(ReadApiError(http::JsonResponse(400, row.body), kTokens).words == row.words);
  }
}

TEST_CASE("ApiError: text that is not JSON is cut to 200 bytes", "[api]") {
  const auto error = ReadApiError(Respond(502, "text/html", "<html>" + std::string(500, 'x')), kTokens);
  CHECK(error.words == "a web page: \"" + std::string(187, 'x'));
  CHECK(error.shape == ApiError::Shape::kForeign);
  // JSON under a foreign name is not trusted to be the API's.
  CHECK(ReadApiError(Respond(502, "text/html", R"({"message":"m"})"), kTokens).words == R"({"message":"m"})");
}

TEST_CASE("ApiError: tokens that the server repeats are taken out before the text is cut", "[api]") {
  const std::string first(kFirstToken);
  const auto json = http::JsonResponse(401, R"({"fault":{"faultstring":"no )" + first + " or " + kSecondToken +
                                                R"(","detail":{"errorcode":"x.)" + first + R"("}}})");
  const ApiError error = ReadApiError(json, kTokens);
  CHECK(error.words == "no *** or ***");
  CHECK(error.error_code == "x.***");
  const auto details = http::JsonResponse(400, R"({"message":"m","details":[{"domain":")" + first + R"("}]})");
  CHECK(ReadApiError(details, kTokens).words == "m (***)");
  const auto html = Respond(502, "text/html", std::string(190, 'x') + first);
  CHECK(ReadApiError(html, kTokens).words == std::string(190, 'x') + "***");
}

TEST_CASE("ApiError: the verdict follows from status and body", "[api]") {
  const std::string json = "application/json";
  struct Row {
    const char* name;
    http::HttpResponse response;
    Verdict verdict;
  };
  const std::vector<Row> table{
      {"answer", Respond(200, json, "{}"), Verdict::kAnswer},
      {"answer with charset", Respond(200, "Application/JSON; charset=UTF-8", "{}"), Verdict::kAnswer},
      {"answer, problem type", Respond(200, "application/hal+json", "{}"), Verdict::kAnswer},
      {"answer without a type", Respond(200, "", " {}"), Verdict::kAnswer},
      {"HTML", Respond(200, "text/html", "<html>"), Verdict::kRefused},
      {"JSON called text", Respond(200, "text/plain", "{}"), Verdict::kRefused},
      {"text without a type", Respond(200, "", "hello"), Verdict::kRefused},
      {"empty", Respond(200, json, ""), Verdict::kRefused},
      {"no content", Respond(204, "", ""), Verdict::kRefused},
      {"a part", Respond(206, json, "{}"), Verdict::kRefused},
      {"redirect elsewhere", Respond(302, "text/html", ""), Verdict::kRefused},
      {"400", Respond(400, json, "{}"), Verdict::kRefused},
      {"401", Respond(401, json, "{}"), Verdict::kTokenRefused},
      {"403", Respond(403, json, "{}"), Verdict::kRefused},
      {"404 v2", Respond(404, json, R"({"code":404,"message":"Not found"})"), Verdict::kMissing},
      {"404 v1", Respond(404, json, R"({"message":"no such contact"})"), Verdict::kMissing},
      {"404 empty", Respond(404, "", ""), Verdict::kMissing},
      {"404 gateway", Respond(404, json, R"({"fault":{"faultstring":"Unable to identify proxy"}})"), Verdict::kRefused},
      {"404 HTML", Respond(404, "text/html", "<h1>Not Found</h1>"), Verdict::kRefused},
      {"404 text", Respond(404, "text/plain", "404 page not found"), Verdict::kRefused},
      {"404 JSON, no object", Respond(404, json, R"("gone")"), Verdict::kRefused},
      {"404 broken JSON", Respond(404, json, "{"), Verdict::kRefused},
      {"408", Respond(408, json, "{}"), Verdict::kServerFailed},
      {"410", Respond(410, json, "{}"), Verdict::kRefused},
      {"429", Respond(429, json, "{}"), Verdict::kThrottled},
      {"500", Respond(500, json, "{}"), Verdict::kServerFailed},
      {"503 HTML", Respond(503, "text/html", "<html>"), Verdict::kServerFailed},
      {"596", Respond(596, "", ""), Verdict::kServerFailed},
  };
  for (const Row& row : table) {
    INFO(row.name);
    CHECK(Judge(row.response, ReadApiError(row.response, kTokens)) == row.verdict);
  }
}

TEST_CASE("ApiError: the message has the path, the status, the API's words and what to do", "[api]") {
  const auto fault = [](int status, const std::string& code) {
    return http::JsonResponse(status, R"({"fault":{"faultstring":"F","detail":{"errorcode":")" + code + R"("}}})");
  };
  struct Row {
    http::HttpResponse response;
    StatusCode code;
    const char* what;
    const char* advice;
  };
  const std::vector<Row> table{
      {http::JsonResponse(400, R"({"message":"Bad filter"})"), StatusCode::kBadResponse,
       "GET /v2/contacts: 400, Bad filter;",
       "with filter, page_size; the table's description may be wrong: please report"},
      {fault(401, "keymanagement.service.access_token_expired"), StatusCode::kUnauthenticated,
       "GET /v2/contacts: 401, F [keymanagement.service.access_token_expired];", "has expired"},
      {fault(401, "keymanagement.service.invalid_access_token"), StatusCode::kUnauthenticated, "401, F",
       "does not know this"},
      {fault(401, "keymanagement.service.access_token_not_approved"), StatusCode::kUnauthenticated, "401, F",
       "a new token will not help"},
      {fault(401, "keymanagement.service.invalid_client-client_id_not_approved"), StatusCode::kUnauthenticated,
       "401, F", "a new token will not help"},
      {fault(401, "oauth.v2.InvalidAccessToken"), StatusCode::kUnauthenticated, "401, F",
       "does not accept the access token"},
      {http::JsonResponse(403, R"({"message":"Forbidden"})"), StatusCode::kPermissionDenied, "403, Forbidden",
       "personal access token sees what its user sees"},
      {fault(404, "x"), StatusCode::kBadResponse, "404, F [x]", "check the URL property"},
      {Respond(404, "text/html", "<h1>Not Found</h1>"), StatusCode::kBadResponse, "404, a web page: \"Not Found\"",
       "check the URL property"},
      {fault(429, "policies.ratelimit.SpikeArrestViolation"), StatusCode::kLimitExceeded, "429, F", "limit per second"},
      {http::JsonResponse(429, R"({"message":"Quota Exceeded"})"), StatusCode::kLimitExceeded, "429, Quota Exceeded",
       "does not say which"},
      {Respond(502, "text/html", "<html>bad gateway"), StatusCode::kUnavailable, "502, a web page: \"bad gateway\";",
       "status.thryv.com"},
      {Respond(503, "", ""), StatusCode::kUnavailable, "GET /v2/contacts: 503;", "status.thryv.com"},
      {Respond(200, "text/html; charset=utf-8", "<!doctype html><title>Sign in</title>"), StatusCode::kBadResponse,
       "GET /v2/contacts: 200 with text/html instead of JSON, a web page: \"Sign in\";",
       "check the URL property, and whether a proxy"},
      {Respond(200, "application/json", ""), StatusCode::kBadResponse, "GET /v2/contacts: 200;", "without a body"},
      {Respond(302, "text/html", "moved"), StatusCode::kBadResponse, "302",
       "redirects to another place: check the URL"},
  };
  for (const Row& row : table) {
    const Status status = Explained(row.response);
    INFO(status.message());
    CHECK(status.code() == row.code);
    CHECK(Has(status.message(), row.what));
    CHECK(Has(status.message(), row.advice));
  }
  CHECK(Has(Explained(http::JsonResponse(429, "{}"), "the key's 240 requests a minute").message(),
            "; the key's 240 requests a minute are used up; try later"));
}

TEST_CASE("ApiError: rows that come with a wrong status or type are not repeated in the message", "[api]") {
  const std::string rows = R"({"contacts":[{"given_name":"Ann"}]})";
  CHECK_FALSE(Has(Explained(Respond(200, "text/plain", rows)).message(), "Ann"));
  CHECK_FALSE(Has(Explained(Respond(206, "application/json", rows)).message(), "Ann"));
}

TEST_CASE("ApiError: a note stands at the end", "[api]") {
  CHECK(Explanation{StatusCode::kUnavailable, "what", "advice"}.ToStatus("note").message() == "what; advice (note)");
  CHECK(Explanation{StatusCode::kUnavailable, "what", ""}.ToStatus().message() == "what");
}

TEST_CASE("ApiError: of a web page its title is shown, and no script", "[api]") {
  const auto words = [](const std::string& body) { return ReadApiError(Respond(503, "text/html", body), kTokens).words; };
  const std::string scripts = "<!DOCTYPE html><html><head><script>var a = '" + std::string(1000, 's') + "';</script>";
  CHECK(words(scripts + "<TITLE lang=en>\n Service\nUnavailable </TITLE></head>") ==
        "a web page: \"Service Unavailable\"");
  CHECK(words(scripts + "</head><h1>Too busy</h1>") == "a web page: \"Too busy\"");
  CHECK(words(scripts + "<title></title>") == "a web page");
  CHECK(words(scripts + "<title>cut off") == "a web page: \"cut off\"");
  CHECK(words(scripts + "<style>p{}</style><p>Come <b>back</b> later</p>") == "a web page: \"Come back later\"");
  CHECK(words("<html><script>never closed") == "a web page");
  CHECK(words("<title>" + std::string(1000, 't') + "</title>").size() <= 200);
  CHECK(words("<?xml version='1.0'?><error>too busy</error>") == "<?xml version='1.0'?><error>too busy</error>");
  CHECK(words("plain <title>text</title>") == "plain <title>text</title>");
}

}  // namespace
}  // namespace infusionsoft
