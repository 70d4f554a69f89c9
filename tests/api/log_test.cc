// SPDX-License-Identifier: MIT
// What an account writes to Logfile, and what it never does; the time of a statement; testing a connection.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "api/connection_test.h"
#include "api_harness.h"

namespace infusionsoft {
namespace {

using Catch::Contains;

class LogPath {
 public:
  LogPath() {
    const int fd = mkstemp(path_.data());
    REQUIRE(fd >= 0);
    close(fd);
  }
  ~LogPath() { std::remove(path_.c_str()); }
  LogPath(const LogPath&) = delete;
  LogPath& operator=(const LogPath&) = delete;
  const std::string& path() const { return path_; }
  std::string text() const {
    std::ostringstream text;
    text << std::ifstream(path_).rdbuf();
    return text.str();
  }

 private:
  std::string path_ = "/tmp/infusionsoft-log-XXXXXX";
};

ConnectionOptions Logged(ConnectionOptions options, const LogPath& log, int verbosity) {
  options.log_file = log.path();
  options.verbosity = verbosity;
  return options;
}

TEST_CASE("Logfile: no secret is in it at any verbosity, wherever the server repeats it", "[api]") {
  for (int verbosity = 1; verbosity <= 5; ++verbosity) {
    const LogPath log;
    ApiHarness harness(Logged(RefreshableToken(), log, verbosity));
    const std::string repeated = std::string(R"({"message":"no ")") + kFirstToken + R"("})";
    harness.Answer(WithHeaders(http::JsonResponse(401, repeated), {{"set-cookie", "sid=hunter2"}}));
    harness.Answer(
        http::JsonResponse(200, std::string(R"({"echo":")") + kSecondToken + kRefreshToken + R"(","password": "hunter2"})"));
    REQUIRE(harness.Get({"infusionsoft_contacts", "/v2/contacts", {{"filter", "email==a@b"}, {"token", "hunter2"}}}).ok());
    const std::string text = log.text();
    INFO(text);
    for (const char* secret : {kFirstToken, kSecondToken, kRefreshToken, kClientSecret, "refresh-token-52bb", "hunter2",
                               "Y2xpZW50OmNsaWVudC1zZWNyZXQtMzNkMA"}) {  // base64 of client:client-secret-33d0
      CHECK_THAT(text, !Contains(secret));
    }
    CHECK_THAT(text, Contains("error api infusionsoft_contacts request=1 method=GET path=/v2/contacts"));
    CHECK(Has(text, "debug auth - request=2 method=POST path=/token") == (verbosity >= 2));
    CHECK(Has(text, "debug http infusionsoft_contacts send=GET") == (verbosity >= 3));
    CHECK(Has(text, "grant_type=refresh_token&refresh_token=***") == (verbosity >= 3));
  }
}

TEST_CASE("Logfile: long bodies are cut below Verbosity=5", "[api]") {
  for (const int verbosity : {4, 5}) {
    const LogPath log;
    ApiHarness harness(Logged(GivenToken(), log, verbosity));
    harness.Answer(http::JsonResponse(200, "{\"x\":\"" + std::string(20000, 'y') + "\"}"));
    REQUIRE(harness.Get().ok());
    CHECK(Has(log.text(), "cut_at=16384") == (verbosity == 4));
    CHECK((log.text().size() > 20000) == (verbosity == 5));
  }
}

TEST_CASE("LogMask: fields and header lines are masked by their names", "[api]") {
  CHECK(MaskFields(R"({"access_token" : "a\"b","x":1,"code":5})") == R"({"access_token" : "***","x":1,"code":"***"})");
  CHECK(MaskFields("grant_type=x&client_secret=s%20t&code=1") == "grant_type=x&client_secret=***&code=***");
  CHECK(MaskFields("https://a/b?token=1&promo_code=7") == "https://a/b?token=***&promo_code=7");
  CHECK(MaskFields(R"(password="open)") == R"(password=***"open)");
  CHECK(MaskFields(R"({"password":"open)") == R"({"password":"***")");
  CHECK(MaskHeaderLine("[HTTP/2] [1] [authorization: Bearer abc]") == "[HTTP/2] [1] [authorization: ***");
  CHECK(MaskHeaderLine("subject: CN=api.test") == "subject: CN=api.test");
  CHECK(IsSecretHeader("X-Keap-API-Key"));
  CHECK_FALSE(IsSecretHeader("x-keap-tenant-id"));
}

TEST_CASE("Session: other settings of the log are another session, and a log that cannot be written an error", "[api]") {
  const LogPath log;
  auto options = GivenToken();
  options.oauth_access_token = Secret("log-session-test");
  const auto plain = Session::Share(options);
  options.log_file = log.path();
  const auto logged = Session::Share(options);
  REQUIRE(logged.ok());
  CHECK(*plain != *logged);
  CHECK(*Session::Share(options) == *logged);
  options.log_file = "/no/such/folder/log";
  CHECK_THAT(Session::Share(options).status().message(), Contains("/no/such/folder/log"));
}

TEST_CASE("QueryTimeout: the statement's time ends waiting, and says how many requests were sent", "[api]") {
  ApiHarness harness;
  ConnectionOptions options;
  options.query_timeout = std::chrono::seconds(3);
  harness.budget().Bound(options, harness.clock());
  REQUIRE(harness.Get().ok());
  harness.clock().Advance(std::chrono::milliseconds(2999));
  REQUIRE(harness.Get().ok());
  harness.clock().Advance(std::chrono::milliseconds(1));
  const Status status = harness.Fail();
  CHECK(status.code() == StatusCode::kLimitExceeded);
  CHECK_THAT(status.message(), Contains("QueryTimeout=3 seconds") && Contains("has sent 2 requests"));
  CHECK(harness.api_requests().size() == 2);
}

TEST_CASE("QueryTimeout: a person's interrupt stays an interrupt", "[api]") {
  ApiHarness harness;
  ConnectionOptions options;
  options.query_timeout = std::chrono::seconds(3);
  harness.budget().Bound(options, harness.clock());
  const Cancellation pressed([](void*) { return true; }, nullptr);
  CHECK(harness.Get({"infusionsoft_contacts", "/v2/contacts", {}}, pressed).status().code() == StatusCode::kInterrupted);
}

TEST_CASE("Other: MaxAttempts is how often a request is sent", "[api]") {
  auto options = GivenToken();
  options.support.max_attempts = 2;
  ApiHarness harness(options);
  harness.Answer(5, http::JsonResponse(503, "{}"));
  CHECK_THAT(harness.Fail().message(), Contains("given up after 2 attempts"));
  CHECK(harness.api_requests().size() == 2);
}

TEST_CASE("Timeout: a token request has a minute, also where it is off or shorter", "[api]") {
  for (const int seconds : {0, 7}) {
    auto options = RefreshableToken();
    options.timeout = std::chrono::seconds(seconds);
    options.oauth_access_token = Secret();
    ApiHarness harness(options);
    REQUIRE(harness.Get().ok());
    REQUIRE(harness.token_requests().size() == 1);
    CHECK(harness.token_requests()[0].timeout == std::chrono::minutes(1));  // whatever hurries the others
    CHECK_FALSE(harness.api_requests()[0].timeout.has_value());
  }
}

TEST_CASE("TestConnection: one request tells who is signed in, until when, and what is left", "[api]") {
  auto options = GivenToken();
  options.oauth_expires_in = std::chrono::hours(24);
  options.oauth_token_timestamp = std::chrono::milliseconds(1'780'000'000'000);
  ApiHarness harness(options);
  harness.Answer(
      WithHeaders(http::JsonResponse(200, R"({"email":"a@b","id":7,"given_name":"Ann","is_admin":true,"tenant_id":"xx1"})"),
                  {{"x-keap-product-quota-available", "149"}, {"x-keap-product-quota-time-unit", "day"}}));
  const auto report = TestConnection(harness.session(), options, Cancellation());
  INFO(report.status().message());
  REQUIRE(report.ok());
  CHECK(*report ==
        R"({"tenant":"xx1","user_id":7,"user":"Ann","email":"a@b","is_admin":true,"scheme":"OAUTH",)"
        R"("token_expires":"2026-05-29T20:26:40.000Z","ms":0,"requests_left_today":149,"requests_left_this_minute":null})");
  REQUIRE(harness.api_requests().size() == 1);
  CHECK(harness.api_requests()[0].url == "https://api.test/crm/rest/v2/oauth/connect/userinfo");
}

TEST_CASE("TestConnection: an error says what to do", "[api]") {
  ApiHarness harness;
  harness.Answer(http::JsonResponse(401, "{}"));
  CHECK(TestConnection(harness.session(), GivenToken(), Cancellation()).status().code() == StatusCode::kUnauthenticated);
  harness.Answer(http::JsonResponse(404, R"({"message":"none"})"));
  CHECK_THAT(TestConnection(harness.session(), GivenToken(), Cancellation()).status().message(), Contains("property URL"));
  harness.Answer(http::JsonResponse(200, "[]"));
  CHECK_THAT(TestConnection(harness.session(), GivenToken(), Cancellation()).status().message(),
             Contains("not a JSON object"));
}

}  // namespace
}  // namespace infusionsoft
