// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "encoding.h"
#include "test_client.h"

namespace infusionsoft::sandbox {
namespace {

// A request that the documents do not allow.
struct Rule {
  const char* name;
  const char* path;
  const char* filter;
};

std::string QueryOf(const Rule& rule) {
  return rule.filter == nullptr ? rule.path : std::string(rule.path) + "?" + FilterQuery(rule.filter);
}

void CheckV2Error(const Answer& answer, int status) {
  REQUIRE(answer.status == status);
  REQUIRE(answer.json.IsObject());
  CHECK(answer.json["code"].GetInt() == status);
  CHECK(answer.json["message"].IsString());
  CHECK(answer.json["status"].IsString());
  CHECK(answer.json["details"].IsArray());
}

std::vector<Rule> FilterRules() {
  return {
      {"unknown filter field", "/v2/contacts", "nickname==Ann"},
      {"filter field of another list", "/v2/tags", "given_name==Ann"},
      {"filter field in another case", "/v2/contacts", "Given_Name==Ann"},
      {"operator that the field lacks", "/v2/contacts", "given_name>Ann"},
      {"inequality where it is not offered", "/v2/tasks", "id!=5"},
      {"single equals sign", "/v2/contacts", "given_name=Ann"},
      {"no operator", "/v2/contacts", "given_name"},
      {"no field", "/v2/contacts", "==Ann"},
      {"no value", "/v2/contacts", "given_name=="},
      {"empty clause", "/v2/contacts", "given_name==Ann;;family_name==Lee"},
      {"two closing semicolons", "/v2/contacts", "given_name==Ann;;"},
      {"only a semicolon", "/v2/contacts", ";"},
      {"space around a clause", "/v2/contacts", "given_name==Ann; family_name==Lee"},
      {"leading wildcard", "/v2/contacts", "given_name==*nn"},
      {"inner wildcard", "/v2/contacts", "given_name==A*n"},
      {"two wildcards", "/v2/notes", "title==*foo*"},
      {"wildcard alone", "/v2/contacts", "given_name==*"},
      {"wildcard where it is not allowed", "/v2/companies", "company_name==Ac*"},
      {"text for an id", "/v2/contacts", "contact_id==abc"},
      {"signed id", "/v2/contacts", "contact_id==-5"},
      {"fractional id", "/v2/contacts", "contact_id>5.0"},
      {"list for a single id", "/v2/contacts", "company_id==1,2"},
      {"text in an id list", "/v2/contacts", "ids==1,x"},
      {"empty item in an id list", "/v2/contacts", "ids==1,,2"},
      {"space in an id list", "/v2/contacts", "ids==1, 2"},
      {"comparison of an id list", "/v2/contacts", "ids>1"},
      {"bad boolean", "/v2/tasks", "is_completed==1"},
      {"boolean in another case", "/v2/tasks", "is_completed==True"},
      {"bad enum value", "/v2/tasks", "priority==URGENT"},
      {"enum value in another case", "/v2/orders", "order_type==online"},
      {"text for a number", "/v2/opportunities", "projected_revenue_low>much"},
      {"date without a time", "/v2/contacts", "start_update_time==2024-01-01"},
      {"time without milliseconds", "/v2/contacts", "start_update_time==2024-01-01T00:00:00Z"},
      {"time with microseconds", "/v2/contacts", "start_update_time==2024-01-01T00:00:00.000000Z"},
      {"time without a zone", "/v2/contacts", "start_update_time==2024-01-01T00:00:00.000"},
      {"zone without a colon", "/v2/contacts", "start_update_time==2024-01-01T00:00:00.000+0000"},
      {"day that does not exist", "/v2/contacts", "start_update_time==2024-02-30T00:00:00.000Z"},
      {"time bound with another operator", "/v2/contacts", "start_update_time>=2024-01-01T00:00:00.000Z"},
      {"repeated equality", "/v2/contacts", "given_name==Ann;given_name==Bob"},
      {"equality beside a bound of the same id", "/v2/contacts", "contact_id==5;contact_id<9"},
      {"repeated time bound", "/v2/contacts",
       "start_update_time==2024-01-01T00:00:00.000Z;start_update_time==2025-01-01T00:00:00.000Z"},
      {"id beside ids of notes", "/v2/notes", "id>5;ids==1,2"},
      {"opportunity_id beside ids", "/v2/opportunities", "opportunity_id>5;ids==1,2"},
      {"phone_number without phone_fields", "/v2/contacts", "phone_number==4801234567"},
      {"unknown phone field", "/v2/contacts", "phone_number==4801234567;phone_fields==PHONE9"},
      {"sentinel for an id without one", "/v2/tasks", "contact_id==UNASSIGNED"},
  };
}

std::vector<Rule> ParameterRules() {
  return {
      {"unknown parameter", "/v2/contacts?email=ann@example.com", nullptr},
      {"parameter in another case", "/v2/contacts?Page_Size=5", nullptr},
      {"fields where they are not offered", "/v2/tags?fields=id", nullptr},
      {"repeated parameter", "/v2/contacts?page_size=5&page_size=5", nullptr},
      {"repeated fields key", "/v2/contacts?fields=id&fields=given_name", nullptr},
      {"empty filter", "/v2/contacts?filter=", nullptr},
      {"empty page_token", "/v2/contacts?page_token=", nullptr},
      {"malformed escape", "/v2/contacts?filter=given_name%3D%3", nullptr},
      {"page_size 0", "/v2/contacts?page_size=0", nullptr},
      {"page_size over the maximum", "/v2/contacts?page_size=1001", nullptr},
      {"page_size over the maximum of users", "/v2/users?page_size=101", nullptr},
      {"negative page_size", "/v2/contacts?page_size=-1", nullptr},
      {"page_size that is no number", "/v2/contacts?page_size=ten", nullptr},
      {"unknown order_by", "/v2/contacts?order_by=given_name%20asc", nullptr},
      {"property name instead of the order_by name", "/v2/opportunities/stages?order_by=order%20asc", nullptr},
      {"order_by without a direction", "/v2/contacts?order_by=id", nullptr},
      {"unknown direction", "/v2/contacts?order_by=id%20up", nullptr},
      {"direction in capitals", "/v2/contacts?order_by=id%20DESC", nullptr},
      {"two order_by names", "/v2/contacts?order_by=id%20asc,email%20asc", nullptr},
      {"unknown field", "/v2/contacts?fields=id,nickname", nullptr},
      {"field that is always there", "/v2/tasks?fields=title", nullptr},
      {"space after a comma in fields", "/v2/contacts?fields=id,%20email_addresses", nullptr},
      {"made-up page_token", "/v2/contacts?page_token=abc", nullptr},
      {"well-formed but unissued page_token", "/v2/contacts?page_token=AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D", nullptr},
      {"id that is no number", "/v2/contacts/abc", nullptr},
      {"parent id that is no number", "/v2/contacts/abc/tags", nullptr},
      {"filter on a single row", "/v2/contacts/103?filter=a", nullptr},
      {"fields on a single row that has none", "/v2/orders/1?fields=id", nullptr},
  };
}

}  // namespace

TEST_CASE("Sandbox: filters that the documents do not allow are a 400", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  for (const Rule& rule : FilterRules()) {
    DYNAMIC_SECTION(rule.name) { CheckV2Error(client.Get(QueryOf(rule)), 400); }
  }
}

TEST_CASE("Sandbox: parameters that the documents do not allow are a 400", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  for (const Rule& rule : ParameterRules()) {
    DYNAMIC_SECTION(rule.name) { CheckV2Error(client.Get(QueryOf(rule)), 400); }
  }
}

TEST_CASE("Sandbox: more ids than the documents allow are a 400", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  std::string ids = "ids==1";
  for (int i = 2; i <= 100; ++i) ids += "," + std::to_string(i);
  CHECK(client.Get("/v2/opportunities?" + FilterQuery(ids)).status == 200);
  CheckV2Error(client.Get("/v2/opportunities?" + FilterQuery(ids + ",101")), 400);
  CHECK(client.Get("/v2/contacts?" + FilterQuery(ids + ",101")).status == 200);
}

TEST_CASE("Sandbox: what the documents allow is a 200", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  const std::vector<Rule> allowed = {
      {"closing semicolon", "/v2/contacts", "given_name==Ann;"},
      {"two bounds of one id", "/v2/contacts", "contact_id>5;contact_id<=900"},
      {"two inequalities", "/v2/orders", "id!=5;id!=7"},
      {"phone with its fields", "/v2/contacts", "phone_number==4801234567;phone_fields==PHONE1,PHONE2"},
      {"time with an offset", "/v2/contacts", "start_update_time==2024-01-01T00:00:00.000+02:00"},
      {"comma in a text", "/v2/companies", "company_name==comma, Inc"},
      {"sentinel", "/v2/tasks", "user_id==UNASSIGNED"},
      {"fields of a single row", "/v2/contacts/103?fields=id", nullptr},
      {"repeated fields of opportunities", "/v2/opportunities?fields=status&fields=custom_fields", nullptr},
  };
  for (const Rule& rule : allowed) {
    DYNAMIC_SECTION(rule.name) {
      const int status = client.Get(QueryOf(rule)).status;
      CHECK((status == 200 || (status == 404 && rule.filter == nullptr)));
    }
  }
}

TEST_CASE("Sandbox: an unknown id, path or parent is a 404", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  CheckV2Error(client.Get("/v2/contacts/1"), 404);
  CheckV2Error(client.Get("/v2/contacts/1/tags"), 404);
  CheckV2Error(client.Get("/v2/tags/1/contacts"), 404);
  CheckV2Error(client.Get("/v2/nothing"), 404);
  const Answer v1 = client.Get("/v1/nothing");
  CHECK(v1.status == 404);
  CHECK(v1.json.HasMember("localizedMessage"));
}

TEST_CASE("Sandbox: another method is a 405", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  CheckV2Error(
      client.Post("/crm/rest/v2/contacts", "{}", {{"Authorization", "Bearer sandbox-access-token"}}, "application/json"),
      405);
}

TEST_CASE("Sandbox: a page token belongs to its request", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  const std::string query = "/v2/contacts?page_size=5&order_by=id%20asc&fields=id";
  const Answer first = client.Get(query);
  const std::string token = "&page_token=" + PercentEncode(TextOf(first.json, "next_page_token"));
  REQUIRE(client.Get(query + token).status == 200);
  const std::string other = GENERATE(
      "/v2/contacts?page_size=6&order_by=id%20asc&fields=id", "/v2/contacts?page_size=5&order_by=id%20desc&fields=id",
      "/v2/contacts?page_size=5&order_by=id%20asc&fields=id,given_name",
      "/v2/contacts?page_size=5&order_by=id%20asc&fields=id&filter=contact_id%3E5",
      "/v2/contacts?page_size=5&order_by=id%20asc", "/v2/companies?page_size=5&order_by=id%20asc");
  CheckV2Error(client.Get(other + token), 400);
}

TEST_CASE("Sandbox: the gateway refuses tokens in its own words", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  const std::string path = "/crm/rest/v2/nothing";
  const auto code = [](const Answer& answer) {
    REQUIRE(answer.status == 401);
    CHECK(answer.Header("x-keap-product-throttle-available").empty());
    return std::string(answer.json["fault"]["detail"]["errorcode"].GetString());
  };
  CHECK(code(client.GetAbsolute(path, {})) == "oauth.v2.InvalidAccessToken");
  CHECK(code(client.GetAbsolute(path, {{"Authorization", "sandbox-access-token"}})) == "oauth.v2.InvalidAccessToken");
  CHECK(code(client.GetAbsolute(path, {{"Authorization", "Bearer x"}})) == "keymanagement.service.invalid_access_token");
  sandbox->ExpireAccessTokens();
  CHECK(code(client.Get("/v2/contacts")) == "keymanagement.service.access_token_expired");
  CHECK(client.GetAbsolute("/crm/rest/v2/users", {{"X-Keap-API-Key", "KeapAK-sandbox"}}).status == 200);
}

TEST_CASE("Sandbox: quota headers count down and the limit is enforced", "[sandbox]") {
  SandboxOptions options;
  options.rate_per_minute = 3;
  const auto sandbox = Sandbox::Start(options);
  TestClient client(*sandbox);
  const Answer first = client.Get("/v2/users?page_size=1");
  CHECK(first.Header("x-keap-product-throttle-limit") == "3");
  CHECK(first.Header("x-keap-product-throttle-available") == "2");
  CHECK(first.Header("x-keap-product-quota-time-unit") == "day");
  CHECK(first.Header("x-keap-tenant-throttle-limit") == "10000|250000");
  // A minute may end between these requests, but not twice.
  int refused = 0;
  for (int i = 0; i < 7; ++i) {
    const Answer answer = client.Get("/v2/users?page_size=1");
    if (answer.status != 429) continue;
    ++refused;
    CHECK(TextOf(answer.json, "code") == "429");
    CHECK(answer.json["details"].IsNull());
  }
  CHECK(refused > 0);
  sandbox->SetRatePerMinute(0);
  CHECK(client.Get("/v2/users?page_size=1").status == 200);
}

TEST_CASE("Sandbox: requests are recorded", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  client.Get("/v2/contacts?page_size=1");
  client.Get("/v2/contacts?bad=1");
  const std::vector<SeenRequest> seen = sandbox->Requests();
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].method == "GET");
  CHECK(seen[0].path == "/crm/rest/v2/contacts");
  CHECK(seen[0].query == "page_size=1");
  CHECK(seen[1].status == 400);
  CHECK(sandbox->api_requests() == 2);
  sandbox->ClearRequests();
  CHECK(sandbox->Requests().empty());
}

}  // namespace infusionsoft::sandbox
