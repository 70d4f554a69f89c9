// SPDX-License-Identifier: MIT
#include "query/order_check.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace infusionsoft {
namespace {

const Entity& Contacts() { return *Profile::BuiltIn().Find("contacts"); }

Page PageOf(const std::string& rows) {
  auto answer = std::make_shared<ApiAnswer>();
  answer->document = *json::Document::Parse(rows);
  const json::Value items = answer->document.root();
  return Page{std::move(answer), items, false, true};
}

// Times as a page of contacts; "" is a row without one.
Page Times(const std::vector<std::string>& times) {
  std::string rows;
  for (const std::string& time : times) {
    rows += rows.empty() ? "" : ",";
    rows += time.empty() ? "{\"id\":\"1\"}" : "{\"update_time\":\"" + time + "\"}";
  }
  return PageOf("[" + rows + "]");
}

OrderCheck CheckOf(const char* plan) { return OrderCheck(Contacts(), *ParsePlan(Contacts(), plan)); }

constexpr const char* kAscending = "GET /v2/contacts?order_by=update_time asc&fields=update_time";
constexpr const char* kDescending = "GET /v2/contacts?order_by=update_time desc&fields=update_time";
constexpr const char* kDescendingSince =
    "GET /v2/contacts?filter=start_update_time=={update_time >= ?1}&order_by=update_time desc&fields=update_time";

bool Passes(const char* plan, const std::vector<std::string>& times, bool has_more = true) {
  const Status status = CheckOf(plan).CheckPage(Times(times), has_more);
  if (status.ok()) return true;
  CHECK(status.code() == StatusCode::kBadResponse);
  CHECK_THAT(status.message(), Catch::Contains("order of update_time") && Catch::Contains("OrderPushdown=false"));
  return false;
}

}  // namespace

TEST_CASE("OrderCheck: the whole page is checked at once", "[query]") {
  CHECK(Passes(kAscending, {"2026-01-01", "2026-01-01", "2026-01-02"}));
  CHECK_FALSE(Passes(kAscending, {"2026-01-01", "2026-01-02", "2026-01-03", "2026-01-02"}));
  CHECK(Passes(kDescending, {"2026-01-02", "2026-01-01", "2026-01-01"}));
  CHECK_FALSE(Passes(kDescending, {"2026-01-02", "2026-01-01", "2026-01-02"}));
  CHECK(Passes(kAscending, {}));
}

TEST_CASE("OrderCheck: ids are compared as numbers", "[query]") {
  const auto passes = [](const char* order, const char* ids) {
    const std::string plan = std::string("GET /v2/contacts?order_by=id ") + order + "&fields=id";
    return CheckOf(plan.c_str()).CheckPage(PageOf(ids), true).ok();
  };
  CHECK(passes("asc", R"([{"id":"2"},{"id":"10"},{"id":"100"}])"));
  CHECK_FALSE(passes("asc", R"([{"id":"1"},{"id":"10"},{"id":"100"},{"id":"2"}])"));
  CHECK(passes("desc", R"([{"id":"100"},{"id":"10"},{"id":2}])"));
  CHECK_FALSE(passes("asc", R"([{"id":"22"},{"id":"20"}])"));
  CHECK_FALSE(passes("asc", R"([{"id":9007199254740993},{"id":9007199254740992}])"));
  CHECK_FALSE(passes("asc", R"([{"id":"abc"},{"id":"20"}])"));  // SQLite sorts texts after numbers
}

TEST_CASE("OrderCheck: rows without a value come last in a descending order, or are an error", "[query]") {
  CHECK(Passes(kDescending, {"2026-01-02", "", ""}));
  CHECK_FALSE(Passes(kDescending, {"", "2026-01-02"}));
  CHECK_FALSE(Passes(kDescending, {"2026-01-02", "", "2026-01-01"}));
  // The others may be on the next page.
  CHECK_FALSE(Passes(kDescending, {"", ""}, true));
  CHECK(Passes(kDescending, {"", ""}, false));
  OrderCheck check = CheckOf(kDescending);
  CHECK(check.CheckPage(Times({"2026-01-02"}), true).ok());
  CHECK(check.CheckPage(Times({"", ""}), true).ok());
}

TEST_CASE("OrderCheck: rows without a value that SQLite drops may stand anywhere", "[query]") {
  CHECK(Passes(kAscending, {"2026-01-01", "", "2026-01-02", ""}));
  CHECK_FALSE(Passes(kAscending, {"2026-01-02", "", "2026-01-01"}));
  CHECK(Passes(kDescendingSince, {"", "2026-01-02", "", "2026-01-01"}));
  CHECK_FALSE(Passes(kDescendingSince, {"2026-01-01", "", "2026-01-02"}));
}

TEST_CASE("OrderCheck: rows are in order over all pages, but what a page repeats", "[query]") {
  OrderCheck check = CheckOf(kDescending);
  const Page first = Times({"2026-01-04", "2026-01-03"});
  const Page second = Times({"2026-01-04", "2026-01-02", "2026-01-01"});  // the first row was delivered before
  CHECK(check.CheckPage(first, true).ok());
  for (size_t i = 0; i < 2; ++i) CHECK(check.CheckRow(first.At(i)).ok());
  CHECK(check.CheckPage(second, true).ok());
  CHECK(check.CheckRow(second.At(1)).ok());
  CHECK_FALSE(check.CheckRow(second.At(0)).ok());
}

TEST_CASE("OrderCheck: values compare as SQLite sorts them", "[query]") {
  const std::vector<SqlValue> sorted = {SqlValue::Null(),
                                        SqlValue::Real(-1.5),
                                        SqlValue::Integer(0),
                                        SqlValue::Real(0.5),
                                        SqlValue::Real(9007199254740992.0),
                                        SqlValue::Integer(9007199254740993),
                                        SqlValue::Real(1e300),
                                        SqlValue::Text(""),
                                        SqlValue::Text("A"),
                                        SqlValue::Text("a"),
                                        SqlValue::Text("\xC3\xA4"),
                                        SqlValue::Blob("")};
  for (size_t a = 0; a < sorted.size(); ++a) {
    for (size_t b = 0; b < sorted.size(); ++b) CHECK(CompareAsSorted(sorted[a], sorted[b]) == (a < b ? -1 : a > b ? 1 : 0));
  }
}

}  // namespace infusionsoft
