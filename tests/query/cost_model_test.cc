// SPDX-License-Identifier: MIT
#include "query/cost_model.h"

#include <catch2/catch.hpp>
#include <string>

#include "query/list_request.h"
#include "query/query_plan.h"
#include "query/scan_server.h"

namespace infusionsoft {
namespace {

const Entity& Table(const char* name) { return *Profile::BuiltIn().Find(name); }

Estimate EstimateOf(const char* table, const std::string& plan, const EstimateInputs& inputs = {}) {
  Predicate predicate;
  predicate.columns_used = 0;
  return EstimateCost(Table(table), predicate, *ParsePlan(Table(table), plan), inputs);
}

constexpr char kAll[] = "GET /v2/contacts?fields=id";
constexpr char kById[] = "GET /v2/contacts/{id = ?1}?fields=id";
constexpr char kByFamily[] = "GET /v2/contacts?filter=family_name=={family_name = ?1}&fields=id,family_name";

}  // namespace

TEST_CASE("CostModel: a list that was read has the pages that it had", "[query]") {
  CHECK(EstimateOf("contacts", kAll).requests == 10);
  ListSizes sizes;
  sizes.SawAll("/v2/contacts", 60);
  CHECK(EstimateOf("contacts", kAll, {.sizes = &sizes}).requests == 1);
  CHECK(EstimateOf("contacts", kAll, {.sizes = &sizes}).rows == 60);
  CHECK(EstimateOf("contacts", kAll, {.sizes = &sizes, .page_size = 25}).requests == 3);
  sizes.SawMoreThan("/v2/contacts", 50'000);
  CHECK(EstimateOf("contacts", kAll, {.sizes = &sizes}).requests == 51);
}

TEST_CASE("CostModel: of a filter what was seen, else its share of what was seen of the table", "[query]") {
  ListSizes sizes;
  sizes.SawAll("/v2/contacts", 500'000);
  CHECK(EstimateOf("contacts", kByFamily, {.sizes = &sizes}).rows == 500);
  sizes.SawAll(ListKind(Table("contacts"), *ParsePlan(Table("contacts"), kByFamily)), 7);
  CHECK(EstimateOf("contacts", kByFamily, {.sizes = &sizes}).rows == 7);
  // A list that was empty is no reason to expect nothing.
  ListSizes empty;
  empty.SawAll("/v2/contacts", 0);
  CHECK(EstimateOf("contacts", kAll, {.sizes = &empty}).requests == 1);
}

TEST_CASE("CostModel: a list below every parent, by the parents that were seen", "[query]") {
  constexpr char kTags[] = "GET /v2/contacts/{each contacts.id}/tags";
  CHECK(EstimateOf("contact_tags", kTags).requests == 10'010);
  ListSizes sizes;
  sizes.SawAll("/v2/contacts", 60);
  CHECK(EstimateOf("contact_tags", kTags, {.sizes = &sizes}).requests == 61);
}

TEST_CASE("CostModel: where SQLite guesses a million rows, their look-ups are less than a scan", "[query]") {
  constexpr double kGuess = 1 << 20;
  const EstimateInputs guessed{.local_sizes_are_known = false};
  CHECK(kGuess * EstimateOf("contacts", kById, guessed).cost < EstimateOf("contacts", kAll, guessed).cost);
  CHECK(kGuess * EstimateOf("contacts", kByFamily, guessed).cost < EstimateOf("contacts", kAll, guessed).cost);
  // With sizes that are known, ten look-ups are the ten pages of a scan.
  CHECK(11 * EstimateOf("contacts", kById).cost > EstimateOf("contacts", kAll).cost);
  CHECK(9 * EstimateOf("contacts", kById).cost < EstimateOf("contacts", kAll).cost);
  // A scan that is short is never more than twice the look-ups, and mostly less.
  ListSizes sizes;
  sizes.SawAll("/v2/contacts", 60);
  const EstimateInputs small{.sizes = &sizes, .local_sizes_are_known = false};
  CHECK(kGuess * EstimateOf("contacts", kById, small).cost > EstimateOf("contacts", kAll, small).cost);
  // Look-ups that no scan answers have no bound: the lists of one contact each.
  for (const char* op : {"=", "IN"}) {
    const std::string lists = "GET /v2/contacts/{contact_id " + std::string(op) + " ?1}/tags";
    CHECK(kGuess * EstimateOf("contact_tags", lists, guessed).cost > EstimateOf("contacts", kAll, guessed).cost);
  }
}

TEST_CASE("CostModel: only the whole list of a table has a length that is known", "[query]") {
  const auto length = [](const char* table, const std::string& plan, const ListSizes& sizes) {
    return ExpectedScan(Table(table), *ParsePlan(Table(table), plan), &sizes, 25);
  };
  ListSizes sizes;
  sizes.SawMoreThan("/v2/contacts", 25);
  CHECK_FALSE(length("contacts", kAll, sizes).is_known);
  sizes.SawAll("/v2/contacts", 60);
  CHECK(length("contacts", kAll, sizes).is_known);
  CHECK(length("contacts", kAll, sizes).pages == 3);
  sizes.SawAll(ListKind(Table("contacts"), *ParsePlan(Table("contacts"), kByFamily)), 60);
  CHECK_FALSE(length("contacts", kByFamily, sizes).is_known);
  CHECK(length("contacts", kByFamily, sizes).pages == 3);
}

TEST_CASE("CostModel: reading a list teaches its size, and a filter that carries nothing does not", "[query]") {
  Server server([](const std::string&, const http::QueryParams& params) {
    const bool first = http::FindParam(params, "page_token").empty();
    return std::string(R"({"contacts":[{"id":")") + (first ? "1" : "2") + R"("}])" +
           (first ? R"(,"next_page_token":"x"})" : "}");
  });
  ListSizes sizes;
  const auto read = [&](const std::string& plan, const SqlValue& value, int rows) {
    ScanContext context = server.context("contacts");
    context.sizes = &sizes;
    RowCursor cursor(Table("contacts"), Profile::BuiltIn(), context, {});
    Status status = cursor.Start(*ParsePlan(Table("contacts"), plan), {{value}});
    for (int i = 1; i < rows && status.ok(); ++i) status = cursor.Next();
    CHECK(status.ok());
  };
  read(kAll, SqlValue::Null(), 1);
  CHECK(sizes.Find("/v2/contacts")->rows == 2);
  CHECK_FALSE(sizes.Find("/v2/contacts")->is_whole);
  read(kAll, SqlValue::Null(), 3);
  CHECK(sizes.Find("/v2/contacts")->is_whole);
  const std::string kind = ListKind(Table("contacts"), *ParsePlan(Table("contacts"), kByFamily));
  read(kByFamily, SqlValue::Text("a;b"), 3);
  CHECK_FALSE(sizes.Find(kind));
  read(kByFamily, SqlValue::Text("a"), 3);
  CHECK(sizes.Find(kind)->rows == 2);
}

}  // namespace infusionsoft
