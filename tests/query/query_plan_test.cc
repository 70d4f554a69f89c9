// SPDX-License-Identifier: MIT
#include "query/query_plan.h"

#include <catch2/catch.hpp>
#include <random>

#include "query/planner.h"

namespace infusionsoft {

TEST_CASE("QueryPlan: what the planner plans survives printing and parsing", "[query]") {
  const auto seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const auto below = [&](size_t n) { return std::uniform_int_distribution<size_t>(0, n - 1)(random); };
  const Profile& profile = Profile::BuiltIn();
  for (int round = 0; round < 5000; ++round) {
    const Entity& entity = profile.entities()[below(profile.entities().size())];
    Predicate predicate;
    for (size_t i = below(5); i > 0; --i) {
      Constraint constraint;
      constraint.column = static_cast<int>(below(entity.columns.size() + 1)) - 1;
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
  }
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
