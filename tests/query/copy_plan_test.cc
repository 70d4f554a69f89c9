// SPDX-License-Identifier: MIT
#include "query/copy_plan.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "profile/profile.h"

namespace infusionsoft {
namespace {

struct Term {
  const char* column;  // "" = the rowid
  Op op;
  bool usable = true;
  Collation collation = Collation::kBinary;
};

PlannedQuery Plan(const char* table, const std::vector<Term>& terms, const char* order_by = nullptr) {
  const Entity& entity = *Profile::BuiltIn().Find(table);
  Predicate predicate;
  predicate.columns_used = 1;
  for (const Term& term : terms) {
    const bool has_column = term.op != Op::kLimit && *term.column != '\0';
    predicate.constraints.push_back({has_column              ? entity.FindColumn(term.column)
                                     : term.op == Op::kLimit ? 0
                                                             : kRowIdColumn,
                                     term.op, term.usable, term.collation});
  }
  if (order_by != nullptr) predicate.order_by.push_back({entity.FindColumn(order_by), false});
  return PlanCopyQuery(entity, predicate);
}

std::string Text(const char* table, const std::vector<Term>& terms) {
  return PrintPlan(*Profile::BuiltIn().Find(table), Plan(table, terms).plan);
}

TEST_CASE("CopyPlan: a list is asked for as a whole, whatever the query wants of it", "[query]") {
  const PlannedQuery planned =
      Plan("contacts", {{"given_name", Op::kLike}, {"update_time", Op::kGreater}, {"", Op::kLimit}}, "id");
  CHECK(planned.plan.from_copy);
  CHECK(planned.plan.terms.empty());
  CHECK(planned.plan.picks.empty());
  CHECK_FALSE(planned.plan.order);
  CHECK_FALSE(planned.order_consumed);
  CHECK(planned.plan.limit_argument == 0);
  for (const ConstraintUse& use : planned.uses) CHECK(use.argument == 0);
  CHECK(planned.plan.fields == AllFields(*Profile::BuiltIn().Find("contacts")));
  CHECK(planned.plan.fields.size() > 20);
  CHECK(planned.estimate.requests == 10);
  CHECK(Text("contacts", {{"id", Op::kIn}}) == "local copy of GET /v2/contacts");
}

TEST_CASE("CopyPlan: what says which list it is stays in the request", "[query]") {
  CHECK(Text("contact_tags", {{"contact_id", Op::kEqual}}) == "local copy of GET /v2/contacts/{contact_id = ?1}/tags");
  CHECK(Text("contact_tags", {{"contact_id", Op::kIn}}) == "local copy of GET /v2/contacts/{contact_id IN ?1}/tags");
  CHECK(Text("contact_tags", {{"contact_id", Op::kEqual, false}}) ==
        "local copy of GET /v2/contacts/{each contacts.id}/tags");
  CHECK(Text("contact_tags", {{"tag_id", Op::kEqual}, {"contact_id", Op::kEqual}}) ==
        "local copy of GET /v2/contacts/{contact_id = ?1}/tags where {tag_id = ?2}");
  CHECK(Text("orders", {{"paid", Op::kEqual}, {"status", Op::kEqual}}) ==
        "local copy of GET /v2/orders?filter=paid=={paid = ?1} where {status = ?2}");
  CHECK_FALSE(Plan("orders", {{"paid", Op::kEqual, false}}).possible);
}

TEST_CASE("CopyPlan: equalities find rows, where equal values are sure to be found", "[query]") {
  CHECK(Text("contacts", {{"id", Op::kEqual}}) == "local copy of GET /v2/contacts where {id = ?1}");
  CHECK(Text("contacts", {{"", Op::kEqual}}) == "local copy of GET /v2/contacts where {id = ?1}");
  // Also of a column that the API cannot compare, and under any of SQLite's own collations.
  CHECK(Text("contacts", {{"job_title", Op::kEqual, true, Collation::kNoCase}, {"id", Op::kEqual}, {"id", Op::kEqual}}) ==
        "local copy of GET /v2/contacts where {job_title = ?1} and {id = ?2}");
  CHECK(Text("contacts", {{"email", Op::kEqual, true, Collation::kOther}}) == "local copy of GET /v2/contacts");
  CHECK(Text("contacts", {{"email", Op::kEqual, false}}) == "local copy of GET /v2/contacts");
  CHECK(Text("contacts", {{"custom_fields", Op::kEqual}}) == "local copy of GET /v2/contacts");  // JSON
  CHECK(Text("emails", {{"plain_content", Op::kEqual}}).find(" where ") == std::string::npos);   // not in the list
  CHECK(Text("contact_tags", {{"tag_id", Op::kEqual}}) == "local copy of GET /v2/contacts/{each contacts.id}/tags");
  CHECK(Plan("contacts", {{"id", Op::kEqual}}).at_most_one_row);
  CHECK_FALSE(Plan("contacts", {{"email", Op::kEqual}}).at_most_one_row);
}

TEST_CASE("CopyPlan: a look-up in a copy is cheaper than its scan, and both than many lists", "[query]") {
  const double scan = Plan("contacts", {}).estimate.cost;
  CHECK(Plan("contacts", {{"email", Op::kEqual}}).estimate.cost < scan / 100);
  CHECK(Plan("contact_tags", {{"contact_id", Op::kEqual}}).estimate.cost > scan);
  CHECK(Plan("contact_tags", {}).estimate.cost > 100 * Plan("contact_tags", {{"contact_id", Op::kEqual}}).estimate.cost);
}

}  // namespace
}  // namespace infusionsoft
