// SPDX-License-Identifier: MIT
#include "query/query_plan.h"

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "profile/custom_field.h"
#include "query/copy_plan.h"
#include "query/planner.h"

namespace infusionsoft {

namespace {

// The built-in entities, and contacts with a custom field of each kind.
std::vector<Entity> Entities() {
  std::vector<Entity> entities(Profile::BuiltIn().entities().begin(), Profile::BuiltIn().entities().end());
  std::vector<CustomField> fields;
  for (const char* type : {"TEXT", "WHOLE_NUMBER", "MONTH", "CURRENCY", "DATE", "DATE_TIME", "YES_NO", "LIST_BOX"}) {
    const auto id = static_cast<int64_t>(fields.size()) + 1;
    fields.push_back({id, "", "Gr\u00f6\u00dfe \u751f, 2 = 3; {4} & 5?", type, "_Field" + std::to_string(id)});
  }
  const Entity& contacts = *Profile::BuiltIn().Find("contacts");
  NameColumns(contacts, fields);
  entities.push_back(WithCustomFields(contacts, fields));
  return entities;
}

}  // namespace

TEST_CASE("QueryPlan: what the planner plans survives printing and parsing", "[query]") {
  const auto seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const auto below = [&](size_t n) { return std::uniform_int_distribution<size_t>(0, n - 1)(random); };
  const std::vector<Entity> entities = Entities();
  for (int round = 0; round < 6000; ++round) {
    const bool is_custom = below(6) == 0;
    const Entity& entity = is_custom ? entities.back() : entities[below(entities.size())];
    Predicate predicate;
    for (size_t i = below(5); i > 0; --i) {
      Constraint constraint;
      constraint.column = static_cast<int>(below(entity.columns.size() + 1)) - 1;
      if (is_custom) constraint.column = static_cast<int>(entity.columns.size() - 1 - below(8));
      constraint.op = static_cast<Op>(below(static_cast<size_t>(Op::kOther) + 1));
      if (constraint.op == Op::kEqualNoCase) constraint.op = Op::kEqual;  // only the planner makes it
      constraint.usable = below(5) != 0;
      constraint.collation = static_cast<Collation>(below(4));
      predicate.constraints.push_back(constraint);
    }
    if (below(2) == 0) predicate.order_by.push_back({static_cast<int>(below(entity.columns.size())), below(2) == 0});
    predicate.columns_used = random() | (uint64_t{random()} << 32);

    const PlannedQuery planned = PlanQuery(entity, predicate, {});
    if (!planned.possible) continue;
    const std::string text = PrintPlan(entity, planned.plan);
    INFO(text);
    const Result<QueryPlan> parsed = ParsePlan(entity, text);
    REQUIRE(parsed.ok());
    CHECK(*parsed == planned.plan);

    const PlannedQuery copied = PlanCopyQuery(entity, predicate);
    const std::string copy_text = PrintPlan(entity, copied.plan);
    INFO(copy_text);
    const Result<QueryPlan> parsed_copy = ParsePlan(entity, copy_text);
    REQUIRE(parsed_copy.ok());
    CHECK(*parsed_copy == copied.plan);
  }
}

TEST_CASE("QueryPlan: the conditions on custom fields stand in the plan", "[query]") {
  const Entity entity = Entities().back();
  const auto column = [&](const char* id) { return entity.FindColumn("gr\u00f6\u00dfe_\u751f_2_3_4_5" + std::string(id)); };
  Predicate predicate;
  predicate.constraints = {{column(""), Op::kLike, true, Collation::kBinary},
                           {column("_2"), Op::kEqual, true, Collation::kBinary},
                           {column("_5"), Op::kGreaterOrEqual, true, Collation::kBinary},
                           {column("_5"), Op::kLess, true, Collation::kBinary},
                           {column("_7"), Op::kEqual, true, Collation::kBinary},
                           {column("_8"), Op::kEqual, true, Collation::kBinary}};
  predicate.columns_used = uint64_t{1} << entity.FindColumn("id");
  const std::string text = PrintPlan(entity, PlanQuery(entity, predicate, {}).plan);
  const std::string name = "gr\u00f6\u00dfe_\u751f_2_3_4_5";
  CHECK(text == "GET /v2/contacts?filter=_Field2=={" + name + "_2 = ?1};_Field7=={" + name + "_7 = ?2};_Field5>={" + name +
                    "_5 >= ?3};_Field5<{" + name + "_5 < ?4};_Field1=={" + name + " LIKE ?5}&fields=id");
}

TEST_CASE("QueryPlan: foreign text is refused", "[query]") {
  const Entity& contacts = *Profile::BuiltIn().Find("contacts");
  for (const char* text : {"", "GET", "GET /v2/orders", "POST /v2/contacts", "GET /v2/contacts?filter=email=={nope = ?1}",
                           "GET /v2/contacts?filter=nope=={email = ?1}", "GET /v2/contacts?order_by=nope asc",
                           "GET /v2/contacts?page_size=5", "GET /v2/contacts/{id ~ ?1}"}) {
    INFO(text);
    CHECK_FALSE(ParsePlan(contacts, text).ok());
  }
}

}  // namespace infusionsoft
