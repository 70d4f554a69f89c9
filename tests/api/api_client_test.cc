// SPDX-License-Identifier: MIT
// What ApiClient sends, logs, counts and waits for when nothing or only the pace is in the way.
#include <catch2/catch.hpp>

#include <thread>

#include "api_harness.h"

namespace infusionsoft {
namespace {

using std::chrono::milliseconds;

http::HttpResponse Page() { return http::JsonResponse(200, R"({"contacts":[]})"); }

TEST_CASE("ApiClient: a request has the whole URL, Accept and the token apart", "[api]") {
  ApiHarness api;
  api.Answer(Page());
  const auto response =
      api.Get({"infusionsoft_contacts", "/v2/contacts", {{"filter", "email==a b@x.de"}, {"page_size", "7"}}});
  REQUIRE(response.ok());
  CHECK(response->found);
  CHECK(response->body == R"({"contacts":[]})");
  const auto requests = api.api_requests();
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].url == "https://api.test/crm/rest/v2/contacts?filter=email%3D%3Da%20b%40x.de&page_size=7");
  CHECK(requests[0].headers == Headers{{"Accept", "application/json"}});
  CHECK(requests[0].secret_header_name == "Authorization");
  CHECK(requests[0].secret_header_value == Secret(std::string("Bearer ") + kFirstToken));
  CHECK(requests[0].body.empty());
  CHECK(api.sleeps().empty());
}

TEST_CASE("ApiClient: a trailing slash of the URL property does not double, and no parameters give no question mark",
          "[api]") {
  ConnectionOptions options = GivenToken();
  options.url = "https://api.test/crm/rest//";
  ApiHarness api(options);
  REQUIRE(api.Get().ok());
  CHECK(api.api_requests().at(0).url == "https://api.test/crm/rest/v2/contacts");
}

TEST_CASE("ApiClient: every attempt stands in the log", "[api]") {
  ApiHarness api;
  api.Answer(http::JsonResponse(500, R"({"message":"boom"})"));
  api.Answer(Status(StatusCode::kUnavailable, "connection reset"));
  api.Answer(Page());
  const auto sent_at = api.clock().Now();
  const auto response = api.Get({"infusionsoft_contacts", "/v2/contacts", {{"filter", "a==b c"}, {"page_size", "7"}}});
  REQUIRE(response.ok());
  const auto records = api.api_records();
  REQUIRE(records.size() == 3);
  for (int i = 0; i < 3; ++i) {
    const RequestRecord& record = records[static_cast<size_t>(i)];
    CHECK(record.attempt == i + 1);
    CHECK(record.id == i + 1);
    CHECK(record.table_name == "infusionsoft_contacts");
    CHECK(record.method == "GET");
    CHECK(record.path == "/v2/contacts");
    CHECK(record.query == "filter=a==b c&page_size=7");
    CHECK(record.rows == -1);
  }
  CHECK(records[0].time == sent_at);
  CHECK(records[0].status == 500);
  CHECK(records[0].error == "boom");
  CHECK(records[0].bytes == 18);
  CHECK(records[1].status == 0);
  CHECK(records[1].error == "connection reset");
  CHECK(records[2].status == 200);
  CHECK(records[2].error.empty());
  CHECK(records[2].time == sent_at + milliseconds(250 + 500));
  CHECK(response->log_id == 3);
}

TEST_CASE("ApiClient: the API's 404 is an answer", "[api]") {
  ApiHarness api;
  api.Answer(
      http::JsonResponse(404, R"({"code":404,"message":"Contact not found","status":"NOT_FOUND","details":null})"));
  const auto response = api.Get();
  REQUIRE(response.ok());
  CHECK_FALSE(response->found);
  CHECK(response->body.empty());
  CHECK(response->log_id == 1);
  CHECK(api.api_records().at(0).error == "Contact not found");
}

TEST_CASE("ApiClient: another server's 404 is an error and not an empty table", "[api]") {
  for (const auto& response :
       {Respond(404, "text/html", "<h1>Not Found</h1>"),
        Respond(404, "application/json", R"({"fault":{"faultstring":"Unable to identify proxy for host"}})")}) {
    ApiHarness api;
    api.Answer(response);
    const Status status = api.Fail();
    CHECK(status.code() == StatusCode::kBadResponse);
    CHECK(Has(status.message(), "URL property"));
    CHECK(api.api_requests().size() == 1);
  }
}

TEST_CASE("ApiClient: an HTML page instead of JSON is an error that is not tried again", "[api]") {
  ApiHarness api;
  api.Answer(Respond(200, "text/html", "<html><head><title>Welcome to the hotel</title></head><body>Room?</body></html>"));
  const Status status = api.Fail();
  CHECK(status.code() == StatusCode::kBadResponse);
  CHECK(Has(status.message(), "Welcome to the hotel"));
  CHECK(api.api_requests().size() == 1);
}

TEST_CASE("ApiClient: refusals are not tried again, and the query stays out of the message", "[api]") {
  for (const int http_status : {400, 403, 405, 409, 410, 422}) {
    ApiHarness api;
    api.Answer(http::JsonResponse(http_status, R"({"message":"no"})"));
    const auto response = api.Get({"infusionsoft_contacts", "/v2/contacts", {{"filter", "email==ann@example.com"}}});
    REQUIRE_FALSE(response.ok());
    CHECK(Has(response.status().message(), "GET /v2/contacts: " + std::to_string(http_status) + ", no"));
    CHECK_FALSE(Has(response.status().message(), "ann@"));
    CHECK(api.api_requests().size() == 1);
  }
}

TEST_CASE("ApiClient: MaxRequests stops before the request that would be one too many", "[api]") {
  ApiHarness api;
  api.budget().max = 2;
  CHECK(api.Get().ok());
  CHECK(api.Get().ok());
  const Status status = api.Fail();
  CHECK(status.code() == StatusCode::kLimitExceeded);
  CHECK(Has(status.message(), "MaxRequests=2"));
  CHECK(Has(status.message(), "has sent 2 requests"));
  CHECK(api.api_requests().size() == 2);
  CHECK(api.budget().sent == 2);
}

TEST_CASE("ApiClient: repeated attempts count against MaxRequests", "[api]") {
  ApiHarness api;
  api.budget().max = 2;
  api.Answer(5, http::JsonResponse(503, "{}"));
  CHECK(api.Fail().code() == StatusCode::kLimitExceeded);
  CHECK(api.api_requests().size() == 2);
  CHECK(api.sleeps().size() == 1);  // nobody waits for a request that will not be sent
}

TEST_CASE("ApiClient: without a bound requests are only counted", "[api]") {
  ApiHarness api;
  for (int i = 0; i < 5; ++i) REQUIRE(api.Get().ok());
  CHECK(api.budget().sent == 5);
}

TEST_CASE("ApiClient: a used-up minute is waited for before the next request", "[api]") {
  ApiHarness api;
  api.Answer(WithHeaders(Page(), {{"x-keap-product-throttle-available", "0"}}));
  REQUIRE(api.Get().ok());
  CHECK(api.sleeps().empty());
  CHECK(api.session().client().quota().minute_available() == 0);
  api.clock().Advance(milliseconds(12'000));
  REQUIRE(api.Get().ok());
  CHECK(api.sleeps() == std::vector{milliseconds(48'000)});
  REQUIRE(api.Get().ok());
  CHECK(api.sleeps().size() == 1);
}

TEST_CASE("ApiClient: a used-up day is an error that says when it is over, without a request", "[api]") {
  ApiHarness api;
  api.Answer(WithHeaders(Page(), {{"x-keap-product-quota-available", "0"}, {"x-keap-product-quota-limit", "30000"}}));
  REQUIRE(api.Get().ok());
  const Status status = api.Fail();
  CHECK(status.code() == StatusCode::kLimitExceeded);
  CHECK(Has(status.message(), "the key's 30000 requests a day are used up until 2026-05-29T00:00:00.000Z"));
  CHECK(api.api_requests().size() == 1);
  CHECK(api.sleeps().empty());
  api.clock().Advance(milliseconds(300'000));
  CHECK(api.Get().ok());
}

TEST_CASE("ApiClient: a cancelled statement sends nothing", "[api]") {
  ApiHarness api;
  const Cancellation cancelled([](void*) { return true; }, nullptr);
  const auto response = api.Get({"infusionsoft_contacts", "/v2/contacts", {}}, cancelled);
  REQUIRE_FALSE(response.ok());
  CHECK(response.status().code() == StatusCode::kInterrupted);
  CHECK(api.api_requests().empty());
  CHECK(api.api_records().empty());
}

TEST_CASE("ApiClient: two threads share a session", "[api]") {
  ApiHarness api;
  int failures[2] = {0, 0};
  const auto get = [&api](int& failed) {
    RequestBudget budget;
    for (int i = 0; i < 200; ++i) {
      const auto response =
          api.session().client().Get({"infusionsoft_contacts", "/v2/contacts", {}}, budget, Cancellation());
      if (!response.ok()) ++failed;
    }
  };
  std::thread first(get, std::ref(failures[0])), second(get, std::ref(failures[1]));
  first.join();
  second.join();
  CHECK(failures[0] + failures[1] == 0);
  const auto records = api.api_records();
  REQUIRE(records.size() == 400);
  CHECK(records.back().id - records.front().id == 399);
}

}  // namespace
TEST_CASE("ApiClient: a request line that the gateway does not take is not sent", "[api]") {
  ApiHarness harness;
  const auto get = [&](size_t bytes, const char* name) {
    const size_t rest = std::string("GET /crm/rest/v2/contacts?=").size() + std::string(name).size() +
                        std::string(" HTTP/1.1\r\n").size();
    return harness.Get({"infusionsoft_contacts", "/v2/contacts", {{name, std::string(bytes - rest, 'x')}}});
  };
  CHECK(get(kMaxRequestLine, "filter").ok());
  CHECK(harness.api_requests().size() == 1);
  const Status filter = get(kMaxRequestLine + 1, "filter").status();
  CHECK(filter.code() == StatusCode::kLimitExceeded);
  CHECK(Has(filter.message(), "7169 bytes"));
  const Status token = get(kMaxRequestLine + 1, "page_token").status();
  CHECK(Has(token.message(), "page token"));
  CHECK(harness.api_requests().size() == 1);
}

}  // namespace infusionsoft
