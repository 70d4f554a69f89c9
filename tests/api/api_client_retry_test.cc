// SPDX-License-Identifier: MIT
// What ApiClient does after 429, 5xx, lost connections and 401.
#include <catch2/catch.hpp>

#include <memory>

#include "api_harness.h"

namespace infusionsoft {
namespace {

using std::chrono::milliseconds;
using Sleeps = std::vector<milliseconds>;

http::HttpResponse Throttled(const Headers& headers = {}) {
  return WithHeaders(
      http::JsonResponse(429,
                         R"({"code":"429","message":"Quota Exceeded","status":"Request Throttled","details":null})"),
      headers);
}

http::HttpResponse TokenRefused(const std::string& error_code = "keymanagement.service.access_token_expired") {
  return http::JsonResponse(401, R"({"fault":{"faultstring":"Invalid token )" + std::string(kFirstToken) +
                                     R"(","detail":{"errorcode":")" + error_code + R"("}}})");
}

Status ConnectionLost() { return Status(StatusCode::kUnavailable, "the connection was reset"); }

TEST_CASE("ApiClient: after a 429 with Retry-After it waits for just that long", "[api]") {
  ApiHarness api;
  api.Answer(Throttled({{"retry-after", "17"}}));
  api.Answer(Throttled({{"retry-after", "Thu, 28 May 2026 20:27:07 GMT"}}));  // 10 s after the first wait
  REQUIRE(api.Get().ok());
  CHECK(api.sleeps() == Sleeps{milliseconds(17'000), milliseconds(10'000)});
  CHECK(api.api_requests().size() == 3);
}

TEST_CASE("ApiClient: after a bare 429 it backs off, and before the last attempt it waits a minute", "[api]") {
  ApiHarness api;
  api.Answer(4, Throttled());
  REQUIRE(api.Get().ok());
  CHECK(api.sleeps() == Sleeps{milliseconds(1500), milliseconds(3000), milliseconds(6000), milliseconds(60'500)});
}

TEST_CASE("ApiClient: the waits are random parts of the ceilings", "[api]") {
  ApiHarness api;
  api.set_random(0.125);
  api.Answer(2, http::JsonResponse(500, "{}"));
  REQUIRE(api.Get().ok());
  CHECK(api.sleeps() == Sleeps{milliseconds(62), milliseconds(125)});
}

TEST_CASE("ApiClient: a 429 that does not end gives up after five attempts", "[api]") {
  ApiHarness api;
  api.Answer(9, Throttled());
  const Status status = api.Fail();
  CHECK(status.code() == StatusCode::kLimitExceeded);
  CHECK(Has(status.message(), "429, Quota Exceeded"));
  CHECK(Has(status.message(), "given up after 5 attempts"));
  CHECK(api.api_requests().size() == 5);
  CHECK(api.budget().sent == 5);
}

TEST_CASE("ApiClient: a 429 whose headers name the limit waits for it, and says so when it gives up", "[api]") {
  ApiHarness api;
  api.Answer(9, Throttled({{"x-keap-product-throttle-available", "0"}, {"x-keap-product-throttle-limit", "240"}}));
  const Status status = api.Fail();
  CHECK(Has(status.message(), "the key's 240 requests a minute are used up"));
  CHECK(api.sleeps() == Sleeps(3, milliseconds(60'000)));
  CHECK(api.api_requests().size() == 4);
  CHECK(Has(status.message(), "given up after 4 attempts in 180 s"));
}

TEST_CASE("ApiClient: a 429 with blank quota headers, as the gateway sends it, is only a 429", "[api]") {
  ApiHarness api;
  api.Answer(Throttled({{"x-keap-product-throttle-available", ""}, {"x-keap-product-quota-available", ""}}));
  REQUIRE(api.Get().ok());
  CHECK(api.sleeps() == Sleeps{milliseconds(1500)});
}

TEST_CASE("ApiClient: a 429 because of the day is not waited for", "[api]") {
  ApiHarness api;
  api.Answer(Throttled({{"x-keap-product-quota-available", "0"}, {"x-keap-product-quota-limit", "30000"}}));
  const Status status = api.Fail();
  CHECK(status.code() == StatusCode::kLimitExceeded);
  CHECK(Has(status.message(), "429, Quota Exceeded"));
  CHECK(Has(status.message(), "the key's 30000 requests a day are used up"));
  CHECK(Has(status.message(), "2026-05-29T00:00:00"));
  CHECK(api.sleeps().empty());
}

TEST_CASE("ApiClient: a server that asks for more than 75 s is not waited for", "[api]") {
  for (const int http_status : {429, 503}) {
    ApiHarness api;
    api.Answer(WithHeaders(http::JsonResponse(http_status, "{}"), {{"retry-after", "3600"}}));
    const Status status = api.Fail();
    CHECK(status.code() == (http_status == 429 ? StatusCode::kLimitExceeded : StatusCode::kUnavailable));
    CHECK(Has(status.message(), "asks to wait until 2026-05-28T21:26:40.000Z"));
    CHECK(api.sleeps().empty());
  }
}

TEST_CASE("ApiClient: a failing server is tried again", "[api]") {
  for (const int http_status : {408, 500, 502, 503, 504, 596}) {
    INFO(http_status);
    ApiHarness api;
    api.Answer(2, Respond(http_status, "text/html", "<html>"));
    REQUIRE(api.Get().ok());
    CHECK(api.api_requests().size() == 3);
    CHECK(api.sleeps() == Sleeps{milliseconds(250), milliseconds(500)});
  }
}

TEST_CASE("ApiClient: a server that fails five times is given up", "[api]") {
  ApiHarness api;
  api.Answer(9, http::JsonResponse(500, R"({"message":"boom"})"));
  const Status status = api.Fail();
  CHECK(status.code() == StatusCode::kUnavailable);
  CHECK(Has(status.message(), "GET /v2/contacts: 500, boom; the service fails"));
  CHECK(Has(status.message(), "given up after 5 attempts"));
  CHECK(api.sleeps() == Sleeps{milliseconds(250), milliseconds(500), milliseconds(1000), milliseconds(2000)});
}

TEST_CASE("ApiClient: lost connections are tried again, five times in all", "[api]") {
  ApiHarness api;
  api.Answer(4, ConnectionLost());
  REQUIRE(api.Get().ok());
  api.Answer(9, ConnectionLost());
  const Status status = api.Fail();
  CHECK(status.code() == StatusCode::kUnavailable);
  CHECK(status.message() == "GET /v2/contacts: the connection was reset (given up after 5 attempts)");
  CHECK(api.api_requests().size() == 10);
}

TEST_CASE("ApiClient: an answer that is too large is not asked for again", "[api]") {
  ApiHarness api;
  api.Answer(Status(StatusCode::kBadResponse, "larger than 256 MiB"));
  const Status status = api.Fail();
  CHECK(status.code() == StatusCode::kBadResponse);
  CHECK(status.message() == "GET /v2/contacts: larger than 256 MiB");
  CHECK(api.api_requests().size() == 1);
}

TEST_CASE("ApiClient: a request that was interrupted is not sent again", "[api]") {
  ApiHarness api;
  api.Answer(Status(StatusCode::kInterrupted, "interrupted"));
  CHECK(api.Fail().code() == StatusCode::kInterrupted);
  CHECK(api.api_requests().size() == 1);
  CHECK(api.sleeps().empty());
}

TEST_CASE("ApiClient: an interruption ends the wait", "[api]") {
  class SleepingClock : public FakeClock {
   public:
    Status Sleep(milliseconds duration, const Cancellation& cancellation) override {
      sleeping = true;
      return FakeClock::Sleep(duration, cancellation);
    }
    bool sleeping = false;
  };
  SleepingClock clock;
  ApiHarness api(GivenToken(), &clock);
  api.Answer(Throttled({{"retry-after", "30"}}));
  const Cancellation while_sleeping([](void* context) { return static_cast<SleepingClock*>(context)->sleeping; },
                                    &clock);
  const auto response = api.Get({"infusionsoft_contacts", "/v2/contacts", {}}, while_sleeping);
  REQUIRE_FALSE(response.ok());
  CHECK(response.status().code() == StatusCode::kInterrupted);
  CHECK(api.api_requests().size() == 1);
  CHECK(clock.sleeps().empty());
}

TEST_CASE("ApiClient: slow attempts end the call after about three minutes", "[api]") {
  class SlowTransport : public http::HttpTransport {
   public:
    explicit SlowTransport(FakeClock& clock) : clock_(clock) {}
    Result<http::HttpResponse> Send(const http::HttpRequest&, const Cancellation&) override {
      ++sent;
      clock_.Advance(milliseconds(61'000));
      return Status(StatusCode::kUnavailable, "no answer within 60 s");
    }
    int sent = 0;

   private:
    FakeClock& clock_;
  };
  FakeClock clock;
  auto transport = std::make_unique<SlowTransport>(clock);
  SlowTransport& slow = *transport;
  SessionParts parts;
  parts.transport = std::move(transport);
  parts.clock = &clock;
  const auto session = Session::Make(GivenToken(), std::move(parts));
  REQUIRE(session.ok());
  RequestBudget budget;
  const auto response = (*session)->client().Get({"infusionsoft_contacts", "/v2/contacts", {}}, budget, Cancellation());
  REQUIRE_FALSE(response.ok());
  CHECK(slow.sent == 3);
  CHECK(Has(response.status().message(), "given up after 3 attempts in 18"));
}

TEST_CASE("ApiClient: after a 401 it sends again with a fresh token", "[api]") {
  ApiHarness api(RefreshableToken());
  api.Answer(TokenRefused());
  REQUIRE(api.Get().ok());
  const auto requests = api.api_requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].secret_header_value == Secret(std::string("Bearer ") + kFirstToken));
  CHECK(requests[1].secret_header_value == Secret(std::string("Bearer ") + kSecondToken));
  CHECK(api.token_requests().size() == 1);
  CHECK(api.sleeps().empty());
  const auto records = api.api_records();
  REQUIRE(records.size() == 2);
  CHECK(records[0].status == 401);
  CHECK(records[0].error == "Invalid token ***");
  CHECK(records[1].attempt == 2);
  CHECK(api.budget().sent == 2);  // the refresh is no request of the statement
  REQUIRE(api.Get().ok());        // the fresh token stays
  CHECK(api.token_requests().size() == 1);
}

TEST_CASE("ApiClient: a second 401 is not tried again", "[api]") {
  ApiHarness api(RefreshableToken());
  api.Answer(5, TokenRefused());
  const Status status = api.Fail();
  CHECK(status.code() == StatusCode::kUnauthenticated);
  CHECK(Has(status.message(), "GET /v2/contacts: 401, Invalid token ***"));
  CHECK(api.api_requests().size() == 2);
  CHECK(api.token_requests().size() == 1);
}

TEST_CASE("ApiClient: a 401 without a way to another token has both the API's words and the way out", "[api]") {
  ApiHarness api;
  api.Answer(5, TokenRefused());
  const Status status = api.Fail();
  CHECK(status.code() == StatusCode::kUnauthenticated);
  CHECK(
      Has(status.message(), "GET /v2/contacts: 401, Invalid token *** [keymanagement.service.access_token_expired]; "));
  CHECK(api.api_requests().size() == 1);
}

TEST_CASE("ApiClient: the 401 of a disabled application says that no token helps", "[api]") {
  for (const ConnectionOptions& options : {GivenToken(), RefreshableToken()}) {
    ApiHarness api(options);
    api.Answer(5, TokenRefused("keymanagement.service.access_token_not_approved"));
    CHECK(Has(api.Fail().message(), "a new token will not help"));
  }
}

TEST_CASE("ApiClient: a fresh token is used at once, although the failure before it was waited for", "[api]") {
  ApiHarness api(RefreshableToken());
  api.Answer(http::JsonResponse(503, "{}"));
  api.Answer(TokenRefused());
  REQUIRE(api.Get().ok());
  CHECK(api.sleeps() == Sleeps{milliseconds(250)});
  CHECK(api.api_requests().size() == 3);
}

TEST_CASE("ApiClient: 401 and server failures together stay within five attempts", "[api]") {
  ApiHarness api(RefreshableToken());
  api.Answer(TokenRefused());
  api.Answer(9, http::JsonResponse(503, "{}"));
  CHECK(api.Fail().code() == StatusCode::kUnavailable);
  CHECK(api.api_requests().size() == 5);

  ApiHarness late(RefreshableToken());
  late.Answer(4, http::JsonResponse(503, "{}"));
  late.Answer(5, TokenRefused());
  CHECK(late.Fail().code() == StatusCode::kUnauthenticated);
  CHECK(late.api_requests().size() == 5);
}

TEST_CASE("ApiClient: a refresh that fails ends the call and is not repeated", "[api]") {
  ApiHarness api(RefreshableToken());
  api.AnswerToken(http::JsonResponse(400, R"({"error":"invalid_grant","error_description":"Invalid refresh token"})"));
  api.Answer(5, TokenRefused());
  const Status status = api.Fail();
  CHECK(status.code() == StatusCode::kUnauthenticated);
  CHECK(Has(status.message(), "GET /v2/contacts: 401"));
  CHECK(api.api_requests().size() == 1);
  CHECK(api.token_requests().size() == 1);
}

TEST_CASE("ApiClient: token requests stand in the log, without their secrets", "[api]") {
  ApiHarness api(RefreshableToken());
  api.Answer(TokenRefused());
  api.AnswerToken(
      http::JsonResponse(400, R"({"error":"invalid_grant","error_description":"refresh-token-51aa is spent"})"));
  CHECK(api.Fail().code() == StatusCode::kUnauthenticated);
  const auto records = api.session().log().Snapshot();
  REQUIRE(records.size() == 2);
  const RequestRecord& record = records[1];
  CHECK(record.table_name.empty());
  CHECK(record.method == "POST");
  CHECK(record.path == "/token");
  CHECK(record.query.empty());
  CHECK(record.status == 400);
  CHECK(record.error == "invalid_grant");
  CHECK(record.bytes > 0);
}

// A response that leaves nothing of the minute.
http::HttpResponse LastOfTheMinute() {
  return WithHeaders(http::JsonResponse(200, "{}"),
                     {{"x-keap-product-throttle-available", "0"}, {"x-keap-product-throttle-limit", "240"}});
}

TEST_CASE("ApiClient: a wait for the minute's allowance is a row of its own while it lasts", "[api]") {
  ApiHarness api;
  api.Answer(LastOfTheMinute());
  REQUIRE(api.Get().ok());
  api.clock().Advance(std::chrono::seconds(20));
  std::vector<RequestRecord> during;
  struct Context {
    ApiHarness& api;
    std::vector<RequestRecord>& during;
  } context{api, during};
  const Cancellation watch(
      [](void* data) {
        auto& self = *static_cast<Context*>(data);
        const auto records = self.api.api_records();
        if (self.during.size() < records.size()) self.during = records;
        return records.size() == 2;  // the row of the wait
      },
      &context);
  CHECK(api.Get({"infusionsoft_contacts", "/v2/contacts", {}}, watch).status().code() == StatusCode::kInterrupted);
  CHECK(api.api_requests().size() == 1);
  REQUIRE(during.size() == 2);
  CHECK(during[1].method.empty());
  CHECK(during[1].status == 0);
  CHECK(during[1].ms == 40'000);
  CHECK(during[1].table_name == "infusionsoft_contacts");
  CHECK(Has(during[1].error, "waits until 2026-05-28T20:27:40.000Z"));
  CHECK(Has(during[1].error, "the key's 240 requests a minute are used up"));
  REQUIRE(api.Get().ok());
  CHECK(api.api_records().size() == 4);
  CHECK(api.budget().sent == 2);  // a wait is no request
}

TEST_CASE("ApiClient: QueryTimeout says what was waited for", "[api]") {
  ConnectionOptions options = GivenToken();
  options.query_timeout = std::chrono::seconds(5);
  const auto [first, then, cause] = GENERATE(table<http::HttpResponse, http::HttpResponse, std::string>(
      {{LastOfTheMinute(), http::JsonResponse(200, "{}"), "240 requests a minute are used up"},
       {http::JsonResponse(200, "{}"), Throttled({{"retry-after", "30"}}), "429, Quota Exceeded"}}));
  ApiHarness api(options);
  api.Answer(first);
  api.Answer(then);
  api.budget().Bound(options, api.clock());
  REQUIRE(api.Get().ok());
  // The clock of the test jumps to the end of a wait: here the time is over as soon as one begins.
  const Cancellation time_passes(
      [](void* data) {
        auto& harness = *static_cast<ApiHarness*>(data);
        if (harness.api_records().size() == 2) harness.clock().Advance(std::chrono::seconds(10));
        return false;
      },
      &api);
  const Status status = api.Get({"infusionsoft_contacts", "/v2/contacts", {}}, time_passes).status();
  CHECK(status.code() == StatusCode::kLimitExceeded);
  CHECK(Has(status.message(), "QueryTimeout=5"));
  CHECK(Has(status.message(), cause));
}

}  // namespace
}  // namespace infusionsoft
