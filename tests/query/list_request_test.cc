// SPDX-License-Identifier: MIT
#include "query/list_request.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "api/api_client.h"

namespace infusionsoft {
namespace {

const Entity& Table(const char* name) { return *Profile::BuiltIn().Find(name); }

Result<RequestSet> Build(const char* table, const char* plan_text, const std::vector<Argument>& arguments,
                         int page_size = 1000) {
  const Result<QueryPlan> plan = ParsePlan(Table(table), plan_text);
  INFO(plan_text);
  REQUIRE(plan.ok());
  return BuildRequests(Table(table), *plan, arguments, page_size);
}

Argument Ids(int64_t first, int64_t last) {
  Argument ids;
  for (int64_t id = first; id <= last; ++id) ids.push_back(SqlValue::Integer(id));
  return ids;
}

std::string Filter(const ListRequest& request) { return std::string(http::FindParam(request.params, "filter")); }

}  // namespace

TEST_CASE("ListRequest: a look-up names the object in the path", "[query]") {
  const Result<RequestSet> set =
      Build("contacts", "GET /v2/contacts/{id = ?1}?fields=id,given_name", {{SqlValue::Integer(5)}});
  REQUIRE(set.ok());
  REQUIRE(set->requests.size() == 1);
  CHECK(set->requests[0].path == "/v2/contacts/5");
  CHECK(set->requests[0].page_size == 0);
  CHECK(http::FindParam(set->requests[0].params, "fields") == "id,given_name");
}

TEST_CASE("ListRequest: a key that is no id is compared with every row", "[query]") {
  const Result<RequestSet> set = Build("contacts", "GET /v2/contacts/{id = ?1}?fields=id", {{SqlValue::Text("abc")}});
  REQUIRE(set.ok());
  REQUIRE(set->requests.size() == 1);
  CHECK(set->requests[0].path == "/v2/contacts");
  CHECK(Filter(set->requests[0]).empty());
}

// No document says that an id is above zero; a list may show any number.
TEST_CASE("ListRequest: an id that no request can carry is compared with every row", "[query]") {
  for (const SqlValue& id : {SqlValue::Integer(-4), SqlValue::Real(-4)}) {
    const Result<RequestSet> look_up = Build("contacts", "GET /v2/contacts/{id = ?1}", {{id}});
    REQUIRE(look_up->requests.size() == 1);
    CHECK(look_up->requests[0].path == "/v2/contacts");
    const Result<RequestSet> filtered =
        Build("contacts", "GET /v2/contacts?filter=ids=={id IN ?1}", {{id, SqlValue::Integer(7)}});
    REQUIRE(filtered->requests.size() == 1);
    CHECK(Filter(filtered->requests[0]).empty());
  }
}

TEST_CASE("ListRequest: what no row can satisfy sends nothing", "[query]") {
  CHECK(Build("contacts", "GET /v2/contacts/{id = ?1}", {{SqlValue::Null()}})->requests.empty());
  CHECK(Build("contacts", "GET /v2/contacts?filter=email=={email = ?1}", {{SqlValue::Null()}})->requests.empty());
  CHECK(Build("contacts", "GET /v2/contacts?filter=ids=={id IN ?1}", {{}})->requests.empty());
  CHECK(Build("contacts", "GET /v2/contacts?filter=ids=={id IN ?1}", {{SqlValue::Null(), SqlValue::Real(1.5)}})
            ->requests.empty());
  for (const SqlValue& parent : {SqlValue::Text("x"), SqlValue::Integer(-4), SqlValue::Real(1.5)})
    CHECK(Build("contact_tags", "GET /v2/contacts/{contact_id = ?1}/tags", {{parent}})->requests.empty());
}

TEST_CASE("ListRequest: ids are batched to what a URL takes, each id once", "[query]") {
  Argument ids = Ids(1000001, 1002000);
  ids.push_back(SqlValue::Integer(1000001));
  const Result<RequestSet> set = Build("contacts", "GET /v2/contacts?filter=ids=={id IN ?1}&fields=id", {ids});
  REQUIRE(set.ok());
  size_t members = 0;
  for (const ListRequest& request : set->requests) {
    CHECK(http::EncodeQuery(request.params).size() <= kMaxQueryBytes);
    const std::string filter = Filter(request);
    members += 1 + static_cast<size_t>(std::count(filter.begin(), filter.end(), ','));
  }
  CHECK(members == 2000);
  CHECK(set->requests.size() <= 4);
}

TEST_CASE("ListRequest: batches respect the endpoint's maximum", "[query]") {
  const Result<RequestSet> set = Build("opportunities", "GET /v2/opportunities?filter=ids=={id IN ?1}", {Ids(1, 250)});
  REQUIRE(set.ok());
  CHECK(set->requests.size() == 3);
}

TEST_CASE("ListRequest: a list with a value that cannot be sent is not sent at all", "[query]") {
  const Result<RequestSet> set =
      Build("contacts", "GET /v2/contacts?filter=ids=={id IN ?1}", {{SqlValue::Integer(1), SqlValue::Text("abc")}});
  REQUIRE(set.ok());
  REQUIRE(set->requests.size() == 1);
  CHECK(Filter(set->requests[0]).empty());
}

TEST_CASE("ListRequest: LIMIT and OFFSET make the first page smaller", "[query]") {
  const char* plan = "GET /v2/contacts?page_size={LIMIT ?1 OFFSET ?2}";
  const auto size = [&](SqlValue limit, SqlValue offset) {
    return Build("contacts", plan, {{limit}, {offset}})->requests.at(0).page_size;
  };
  CHECK(size(SqlValue::Integer(5), SqlValue::Integer(10)) == 15);
  CHECK(size(SqlValue::Integer(0), SqlValue::Integer(0)) == 1);
  CHECK(size(SqlValue::Integer(-1), SqlValue::Integer(3)) == 1000);
  CHECK(size(SqlValue::Integer(5), SqlValue::Integer(-3)) == 5);
  CHECK(size(SqlValue::Integer(5000), SqlValue::Integer(0)) == 1000);
  CHECK(size(SqlValue::Integer(std::numeric_limits<int64_t>::max()), SqlValue::Integer(5)) == 1000);
  CHECK(size(SqlValue::Text("x"), SqlValue::Integer(0)) == 1000);
}

TEST_CASE("ListRequest: an input that cannot be sent is an error that names it", "[query]") {
  const Result<RequestSet> set = Build("orders", "GET /v2/orders?filter=paid=={paid = ?1}", {{SqlValue::Text("maybe")}});
  REQUIRE_FALSE(set.ok());
  CHECK(set.status().code() == StatusCode::kInvalidArgument);
  CHECK(set.status().message().find("paid") != std::string::npos);
}

TEST_CASE("ListRequest: inputs are echoed into their columns", "[query]") {
  const Result<RequestSet> set = Build("orders", "GET /v2/orders?filter=paid=={paid = ?1}", {{SqlValue::Integer(1)}});
  REQUIRE(set.ok());
  CHECK(set->echoes[static_cast<size_t>(Table("orders").FindColumn("paid"))] == SqlValue::Integer(1));
  CHECK(Filter(set->requests.at(0)) == "paid==true");
}

TEST_CASE("ListRequest: the first version of the API has names of its own for fields and pages", "[query]") {
  const ProfileFile file{"my.json",
                         R"({"name": "people", "doc": "People.", "list_path": "/v1/people", "answer": "offset",)"
                         R"( "items": "people", "page_size_max": 200, "key": ["id"], "fields_style": "optional",)"
                         R"( "fields": ["custom_fields"], "columns": [{"name": "id", "type": "integer", "doc": "N."},)"
                         R"( {"name": "custom_fields", "type": "json", "doc": "F."}]})"};
  const Result<Profile> profile = Profile::Parse(std::span(&file, 1));
  REQUIRE(profile.ok());
  const Entity& people = profile->entities()[0];
  const char* const text = "GET /v1/people?optional_properties=custom_fields&limit={LIMIT ?1}";
  const Result<QueryPlan> plan = ParsePlan(people, text);
  REQUIRE(plan.ok());
  CHECK(PrintPlan(people, *plan) == text);
  const Result<RequestSet> set = BuildRequests(people, *plan, {{SqlValue::Integer(7)}}, 200);
  REQUIRE(set.ok());
  REQUIRE(set->requests.size() == 1);
  CHECK(set->requests[0].params == http::QueryParams{{"optional_properties", "custom_fields"}});
  CHECK(set->requests[0].page_size == 7);
}

TEST_CASE("ListRequest: two lists of one column are what they share", "[query]") {
  const char* plan = "GET /v2/contacts?filter=ids=={id IN ?1};ids=={id IN ?2}";
  const Result<RequestSet> set = Build("contacts", plan, {Ids(1, 5), Ids(4, 9)});
  REQUIRE(set.ok());
  REQUIRE(set->requests.size() == 1);
  CHECK(Filter(set->requests[0]) == "ids==4,5");
  CHECK(Build("contacts", plan, {Ids(1, 3), Ids(4, 9)})->requests.empty());
  // One that cannot be sent narrows nothing.
  CHECK(Filter(Build("contacts", plan, {{SqlValue::Text("abc")}, Ids(4, 5)})->requests.at(0)) == "ids==4,5");
}

TEST_CASE("ListRequest: bounds take values out of a list", "[query]") {
  const char* plan = "GET /v2/contacts?filter=contact_id>{id > ?1};ids=={id IN ?2}";
  CHECK(Filter(Build("contacts", plan, {{SqlValue::Integer(3)}, Ids(1, 5)})->requests.at(0)) == "contact_id>3;ids==4,5");
  CHECK(Build("contacts", plan, {{SqlValue::Integer(5)}, Ids(1, 5)})->requests.empty());
}

TEST_CASE("ListRequest: values that exclude each other send nothing", "[query]") {
  const char* plan = "GET /v2/contacts?filter=start_update_time=={update_time >= ?1};end_update_time=={update_time < ?2}";
  const auto requests = [&](const char* since, const char* until) {
    return Build("contacts", plan, {{SqlValue::Text(since)}, {SqlValue::Text(until)}})->requests.size();
  };
  CHECK(requests("2026", "2025") == 0);
  CHECK(requests("2026", "2026") == 0);
  CHECK(requests("2025", "2026") == 1);
  // As texts, '10' is before '9'.
  CHECK(Build("contacts", plan, {{SqlValue::Integer(10)}, {SqlValue::Integer(9)}})->requests.size() == 1);
}

namespace {

// As the request leaves, with URL's path and a page token.
size_t LineBytes(const ListRequest& request, size_t token_bytes) {
  http::QueryParams params = request.params;
  params.emplace_back("page_size", "1000");
  params.emplace_back("page_token", std::string(token_bytes, 't'));
  return ("GET /crm/rest" + request.path + "?" + http::EncodeQuery(params) + " HTTP/1.1\r\n").size();
}

Result<RequestSet> BuildWithToken(const char* plan_text, const std::vector<Argument>& arguments, size_t token_bytes) {
  const Result<QueryPlan> plan = ParsePlan(Table("contacts"), plan_text);
  REQUIRE(plan.ok());
  return BuildRequests(Table("contacts"), *plan, arguments, 1000, token_bytes);
}

std::string Letters(size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += "\xC3\xBC";  // six bytes in an address
  return text;
}

}  // namespace

TEST_CASE("ListRequest: an IN list leaves room for the longest page token", "[query]") {
  size_t before = 0;
  for (const size_t token : {size_t{0}, TokenBytes(nullptr), size_t{2500}, size_t{5000}}) {
    const auto set =
        BuildWithToken("GET /v2/contacts?filter=ids=={id IN ?1}&fields=id,family_name", {Ids(1000000, 1009999)}, token);
    REQUIRE(set.ok());
    size_t members = 0;
    for (const ListRequest& request : set->requests) {
      CHECK(LineBytes(request, token) <= kMaxRequestLine);
      const std::string filter = Filter(request);
      members += static_cast<size_t>(std::count(filter.begin(), filter.end(), ',')) + 1;
    }
    CHECK(members == 10000);
    CHECK(set->requests.size() >= before);
    before = set->requests.size();
  }
  ListSizes sizes;
  sizes.SawPageToken(2500);
  sizes.SawPageToken(100);
  CHECK(TokenBytes(&sizes) == 2500);
}

TEST_CASE("ListRequest: values for which a request line has no room are left to SQLite", "[query]") {
  const char* text =
      "GET /v2/contacts?filter=email=={email = ?1};family_name=={family_name = ?2};given_name=={given_name = ?3}";
  for (const size_t length : {size_t{10}, size_t{200}, size_t{400}, size_t{500}}) {
    INFO(length);
    const Argument value = {SqlValue::Text(Letters(length))};
    const auto set = BuildWithToken(text, {value, value, value}, TokenBytes(nullptr));
    REQUIRE(set.ok());
    REQUIRE(set->requests.size() == 1);
    CHECK(LineBytes(set->requests[0], TokenBytes(nullptr)) <= kMaxRequestLine);
    CHECK(!Filter(set->requests[0]).empty());
    CHECK((set->requests[0].kind.empty()) == (length > 200));  // says nothing of other lists where one was left out
  }
}

}  // namespace infusionsoft
