// SPDX-License-Identifier: MIT
// Tables whose path is open, and answers that are no pages, with a profile made for it.
#include "query/parent_cursor.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "query/planner.h"
#include "query/scan_server.h"

namespace infusionsoft {
namespace {

constexpr std::string_view kTables = R"([
  {"name": "countries", "doc": "Countries.", "list_path": "/countries", "answer": "array", "items": "countries", "key": ["code"],
   "columns": [{"name": "code", "type": "text", "doc": "Code."}]},
  {"name": "provinces", "doc": "Provinces.", "list_path": "/countries/{country_code}/provinces", "answer": "array",
   "items": "provinces", "key": ["country_code", "code"], "columns": [
     {"name": "country_code", "type": "text", "role": "path", "from": "countries.code", "doc": "Country."},
     {"name": "code", "type": "text", "doc": "Code."}]},
  {"name": "cities", "doc": "Cities.", "list_path": "/countries/{country_code}/provinces/{province_code}:cities", "answer": "array",
   "items": "cities", "key": [], "columns": [
     {"name": "country_code", "type": "text", "role": "path", "from": "provinces.country_code", "doc": "Country."},
     {"name": "province_code", "type": "text", "role": "path", "from": "provinces.code", "doc": "Province."},
     {"name": "name", "type": "text", "doc": "Name."}]},
  {"name": "tabs", "doc": "Tabs.", "list_path": "/{record_type}/tabs", "answer": "array", "items": "tabs",
   "key": ["record_type", "id"], "columns": [
     {"name": "record_type", "type": "text", "role": "path", "words": {"CONTACT": "contacts", "TASK": "tasks"}, "doc": "Type."},
     {"name": "id", "type": "integer", "doc": "Number."},
     {"name": "group_id", "type": "integer", "doc": "Group.", "pushdowns": [{"parameter": "group_id", "match": "equals"}]}]},
  {"name": "shops", "doc": "Shops.", "list_path": "/shops", "answer": "array", "items": "shops", "key": ["id"], "columns": [
     {"name": "id", "type": "integer", "doc": "Number."},
     {"name": "include_closed", "type": "boolean", "role": "request", "widens": true, "doc": "Closed ones too.",
      "pushdowns": [{"filter": "include_closed", "match": "boolean"}]}]},
  {"name": "shop_signs", "doc": "Signs.", "list_path": "/shops/{shop_id}/signs", "answer": "array", "items": "signs",
   "key": ["shop_id"], "columns": [
     {"name": "shop_id", "type": "integer", "role": "path", "from": "shops.id", "doc": "Shop."}]},
  {"name": "settings", "doc": "Settings.", "list_path": "/settings", "answer": "object", "key": [], "columns": [
     {"name": "plan", "type": "text", "doc": "Plan."}]},
  {"name": "orphans", "doc": "Below a parent that nothing lists.", "list_path": "/parents/{parent_id}/orphans", "answer": "array",
   "items": "orphans", "key": ["parent_id", "id"], "columns": [
     {"name": "parent_id", "type": "integer", "role": "path", "doc": "Parent."}, {"name": "id", "type": "integer", "doc": "Number."}]}
])";

const Profile& Tables() {
  static const Profile profile = [] {
    const ProfileFile file{"tables.json", std::string(kTables)};
    Result<Profile> parsed = Profile::Parse(std::span(&file, 1));
    REQUIRE(parsed.ok());
    return *std::move(parsed);
  }();
  return profile;
}

std::string Countries(const std::string& path) {
  if (path == "/countries") return R"({"countries":[{"code":"US"},{"code":"us"},{"code":"FR"},{"code":""}]})";
  if (path == "/countries/US/provinces") return R"({"provinces":[{"code":"CA"},{"code":"N Y"}]})";
  if (path == "/countries/us/provinces") return R"({"provinces":[{"code":"ca"}]})";
  if (path == "/countries/FR/provinces") return R"({"provinces":[]})";
  if (path == "/countries/US/provinces/CA:cities") return R"({"cities":[{"name":"Paris"},{"name":"Paris"}]})";
  if (path == "/countries/US/provinces/N%20Y:cities") return R"({"cities":[{"name":"Paris"}]})";
  if (path == "/countries/us/provinces/ca:cities") return R"({"cities":[]})";
  return {};
}

// "country/province" or the like for each row; the requests that were sent are in `paths`.
struct Scan {
  std::vector<std::string> rows;
  std::vector<int64_t> row_ids;
  std::vector<std::string> paths;
  Status status;
};

Scan Read(const char* table, const char* plan, const std::vector<Argument>& arguments = {}) {
  Scan scan;
  Server server(
      [&](const std::string& path, const http::QueryParams& params) {
        scan.paths.push_back(path + (params.empty() ? "" : "?" + http::EncodeQuery(params)));
        if (path == "/settings") return std::string(R"({"plan":"Max","next_page_token":"ignored"})");
        if (path == "/shops") return std::string(R"({"shops":[{"id":"7"}]})");
        if (path == "/shops/7/signs") return std::string(R"({"signs":[{}]})");
        if (path == "/contacts/tabs") return std::string(R"({"tabs":[{"id":"1"},{"id":"2"}]})");
        if (path == "/tasks/tabs") return std::string(R"({"tabs":[{"id":"1"}]})");
        return Countries(path);
      },
      Tables());
  const Entity& entity = *Tables().Find(table);
  const Result<QueryPlan> parsed = ParsePlan(entity, plan);
  REQUIRE(parsed.ok());
  CHECK(PrintPlan(entity, *parsed) == plan);
  RowCursor cursor = server.Scan(table);
  for (scan.status = cursor.Start(*parsed, arguments); scan.status.ok() && !cursor.AtEnd(); scan.status = cursor.Next()) {
    std::string row;
    for (size_t i = 0; i < entity.columns.size(); ++i) {
      const SqlValue value = *cursor.Read(static_cast<int>(i));
      row +=
          (row.empty() ? "" : "/") + (value.kind == SqlValue::Kind::kInteger ? std::to_string(value.integer) : value.text);
    }
    scan.rows.push_back(row);
    scan.row_ids.push_back(cursor.RowId());
  }
  return scan;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("ParentCursor: words stand for a segment each, and are all read when none is given", "[query]") {
  const Scan all = Read("tabs", "GET /{each record_type}/tabs");
  CHECK(all.rows == Texts{"CONTACT/1/", "CONTACT/2/", "TASK/1/"});
  CHECK(all.paths == Texts{"/contacts/tabs", "/tasks/tabs"});
  const Scan one = Read("tabs", "GET /{record_type = ?1}/tabs", {{SqlValue::Text("TASK")}});
  CHECK(one.rows == Texts{"TASK/1/"});
  CHECK(one.paths == Texts{"/tasks/tabs"});
  CHECK(one.row_ids[0] == all.row_ids[2]);
}

TEST_CASE("ParentCursor: parents that their list leaves out unless asked are asked for", "[query]") {
  const Scan all = Read("shop_signs", "GET /shops/{each shops.id}/signs");
  CHECK(all.rows == Texts{"7"});
  CHECK(all.paths == Texts{"/shops?filter=include_closed%3D%3Dtrue", "/shops/7/signs"});
}

TEST_CASE("ParentCursor: another word than the known ones has no rows and no request", "[query]") {
  for (const char* word : {"task", "tasks", "", "COMPANY"}) {
    const Scan scan = Read("tabs", "GET /{record_type = ?1}/tabs", {{SqlValue::Text(word)}});
    INFO(word);
    CHECK(scan.status.ok());
    CHECK(scan.rows.empty());
    CHECK(scan.paths.empty());
  }
}

TEST_CASE("ParentCursor: text is compared with what the parents are, not sent as it is", "[query]") {
  const char* plan = "GET /countries/{country_code = ?1}/provinces";
  CHECK(Read("provinces", plan, {{SqlValue::Text("US")}}).rows == Texts{"US/CA", "US/N Y"});
  CHECK(Read("provinces", plan, {{SqlValue::Text("us")}}).rows == Texts{"us/ca"});
  const Scan none = Read("provinces", plan, {{SqlValue::Text("fr")}});
  CHECK(none.rows.empty());
  CHECK(none.paths == Texts{"/countries"});
}

TEST_CASE("ParentCursor: two levels are read below their parents, and below the one that is given", "[query]") {
  const Scan all = Read("cities", "GET /countries/{each provinces.country_code}/provinces/{each provinces.code}:cities");
  CHECK(all.rows == Texts{"US/CA/Paris", "US/CA/Paris", "US/N Y/Paris"});
  CHECK(all.paths.size() == 7);
  const Scan one = Read("cities", "GET /countries/{country_code = ?1}/provinces/{province_code = ?2}:cities",
                        {{SqlValue::Text("US")}, {SqlValue::Text("N Y")}});
  CHECK(one.rows == Texts{"US/N Y/Paris"});
  CHECK(one.paths == Texts{"/countries", "/countries/US/provinces", "/countries/US/provinces/N%20Y:cities"});
}

TEST_CASE("RowCursor: rows without a key are as many as were sent, each with a rowid of its own", "[query]") {
  const Scan all = Read("cities", "GET /countries/{each provinces.country_code}/provinces/{each provinces.code}:cities");
  std::vector<int64_t> ids = all.row_ids;
  std::sort(ids.begin(), ids.end());
  CHECK(std::unique(ids.begin(), ids.end()) == ids.end());
  const Scan one = Read("cities", "GET /countries/{country_code = ?1}/provinces/{province_code = ?2}:cities",
                        {{SqlValue::Text("US")}, {SqlValue::Text("CA")}});
  CHECK(one.row_ids == std::vector<int64_t>{all.row_ids[0], all.row_ids[1]});
}

TEST_CASE("RowCursor: an answer that is one object is one row, an answer without pages is asked for once", "[query]") {
  const Scan settings = Read("settings", "GET /settings");
  CHECK(settings.rows == Texts{"Max"});
  CHECK(settings.paths == Texts{"/settings"});
  CHECK(Read("countries", "GET /countries").paths == Texts{"/countries"});
}

TEST_CASE("RowCursor: a parameter stands in the query by itself", "[query]") {
  const Scan scan = Read("tabs", "GET /{record_type = ?1}/tabs?group_id={group_id = ?2}",
                         {{SqlValue::Text("CONTACT")}, {SqlValue::Integer(5)}});
  CHECK(scan.paths == Texts{"/contacts/tabs?group_id=5"});
}

TEST_CASE("ParentCursor: rows below a parent that nothing lists need its value", "[query]") {
  const Scan scan = Read("orphans", "GET /parents/{each parent_id}/orphans");
  CHECK(scan.paths.empty());
  CHECK(scan.status.message() == "orphans can be read below one parent only: give parent_id in the WHERE clause");
}

TEST_CASE("Planner: text in a path is exact, so another collation leaves it to SQLite", "[query]") {
  const Entity& provinces = *Tables().Find("provinces");
  Predicate predicate;
  predicate.constraints = {{0, Op::kEqual, true, Collation::kNoCase}};
  CHECK(PrintPlan(provinces, PlanQuery(provinces, predicate, {}).plan) == "GET /countries/{each countries.code}/provinces");
  predicate.constraints[0].collation = Collation::kBinary;
  CHECK(PrintPlan(provinces, PlanQuery(provinces, predicate, {}).plan) == "GET /countries/{country_code = ?1}/provinces");
}

TEST_CASE("Planner: LIMIT changes nothing where there are no pages", "[query]") {
  const Entity& countries = *Tables().Find("countries");
  Predicate predicate;
  predicate.constraints = {{0, Op::kLimit, true, Collation::kBinary}};
  CHECK(PrintPlan(countries, PlanQuery(countries, predicate, {}).plan) == "GET /countries");
}

}  // namespace infusionsoft
