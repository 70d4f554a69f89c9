// SPDX-License-Identifier: MIT
#include "query/planner.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "profile/profile.h"

namespace infusionsoft {
namespace {

const Entity& Table(const char* name) {
  const Entity* entity = Profile::BuiltIn().Find(name);
  REQUIRE(entity != nullptr);
  return *entity;
}

// Builds a predicate by column names.
class Query {
 public:
  explicit Query(const char* table) : entity_(Table(table)) { predicate_.columns_used = 0; }

  Query& Where(const char* column, Op op, Collation collation = Collation::kBinary, bool usable = true) {
    predicate_.constraints.push_back({entity_.FindColumn(column), op, usable, collation});
    REQUIRE(predicate_.constraints.back().column >= 0);
    return Reads(column);
  }
  Query& WhereRowId(Op op) {
    predicate_.constraints.push_back({kRowIdColumn, op, true, Collation::kBinary});
    return *this;
  }
  Query& Limit(bool offset = false) {
    predicate_.constraints.push_back({0, Op::kLimit, true, Collation::kBinary});
    if (offset) predicate_.constraints.push_back({0, Op::kOffset, true, Collation::kBinary});
    return *this;
  }
  Query& OrderBy(const char* column, bool descending = false) {
    predicate_.order_by.push_back({entity_.FindColumn(column), descending});
    return Reads(column);
  }
  Query& Reads(const char* column) {
    const int index = entity_.FindColumn(column);
    REQUIRE(index >= 0);
    predicate_.columns_used |= uint64_t{1} << (index < 63 ? index : 63);
    return *this;
  }
  PlannedQuery Plan(PlannerOptions options = {}) const { return PlanQuery(entity_, predicate_, options); }
  std::string Text() const { return PrintPlan(entity_, Plan().plan); }

 private:
  const Entity& entity_;
  Predicate predicate_;
};

}  // namespace

TEST_CASE("Planner: a key is looked up directly", "[query]") {
  const PlannedQuery planned = Query("contacts").Where("id", Op::kEqual).Reads("given_name").Plan();
  CHECK(PrintPlan(Table("contacts"), planned.plan) == "GET /v2/contacts/{id = ?1}?fields=id,given_name");
  CHECK(planned.at_most_one_row);
  CHECK(planned.estimate.requests == 1);
  CHECK(Query("tags").WhereRowId(Op::kEqual).Text() == "GET /v2/tags/{id = ?1}");
}

TEST_CASE("Planner: an IN list of ids goes as a whole", "[query]") {
  const PlannedQuery planned = Query("contacts").Where("id", Op::kIn).Plan();
  CHECK(PrintPlan(Table("contacts"), planned.plan) == "GET /v2/contacts?filter=ids=={id IN ?1}&fields=id");
  CHECK(planned.uses[0].list == ListUse::kWhole);
}

TEST_CASE("Planner: an IN list that no filter takes is asked value by value", "[query]") {
  const PlannedQuery planned = Query("contacts").Where("email", Op::kIn).Plan();
  CHECK(planned.uses[0].argument == 1);
  CHECK(planned.uses[0].list == ListUse::kByValue);
  CHECK(PrintPlan(Table("contacts"), planned.plan) == "GET /v2/contacts?filter=email=={email IN ?1}&fields=id,email_addresses");
  CHECK(*ParsePlan(Table("contacts"), PrintPlan(Table("contacts"), planned.plan)) == planned.plan);
  CHECK(Query("campaigns").Where("id", Op::kIn).Text() == "GET /v2/campaigns/{id IN ?1}");
  // What is sent of a value under another collation is not the value alone.
  CHECK(Query("contacts").Where("email", Op::kIn, Collation::kNoCase).Text() ==
        "GET /v2/contacts?filter=email=={email = NOCASE ?1}&fields=id,email_addresses");
}

TEST_CASE("Planner: both ends of a time range are pushed", "[query]") {
  CHECK(Query("contacts").Where("update_time", Op::kGreaterOrEqual).Where("update_time", Op::kLess).Text() ==
        "GET /v2/contacts?filter=start_update_time=={update_time >= ?1};end_update_time=={update_time < ?2}"
        "&fields=id,update_time");
}

TEST_CASE("Planner: equality with a time is both of its bounds", "[query]") {
  const PlannedQuery planned = Query("contacts").Where("update_time", Op::kEqual).Plan();
  REQUIRE(planned.plan.terms.size() == 2);
  CHECK(planned.plan.terms[0].argument == 1);
  CHECK(planned.plan.terms[1].argument == 1);
}

TEST_CASE("Planner: both ends of an id range are pushed", "[query]") {
  CHECK(Query("contacts").Where("id", Op::kGreater).Where("id", Op::kLessOrEqual).Text() ==
        "GET /v2/contacts?filter=contact_id>{id > ?1};contact_id<={id <= ?2}&fields=id");
}

TEST_CASE("Planner: two lower bounds of one column use the filter once", "[query]") {
  const PlannedQuery planned = Query("contacts").Where("update_time", Op::kGreater).Where("update_time", Op::kGreaterOrEqual).Plan();
  CHECK(planned.plan.terms.size() == 1);
  CHECK(planned.uses[1].argument == 0);
}

TEST_CASE("Planner: filters that exclude each other are not sent together", "[query]") {
  const PlannedQuery planned = Query("notes").Where("id", Op::kIn).Where("id", Op::kGreater).Plan();
  CHECK(planned.plan.terms.size() == 1);
}

TEST_CASE("Planner: a filter that all three addresses share is sent once", "[query]") {
  const PlannedQuery planned = Query("contacts").Where("email", Op::kEqual).Where("email2", Op::kEqual).Plan();
  CHECK(planned.plan.terms.size() == 1);
  CHECK(planned.uses[1].argument == 0);
}

TEST_CASE("Planner: NOCASE equality goes as a prefix, which ignores case", "[query]") {
  const PlannedQuery planned = Query("contacts").Where("email", Op::kEqual, Collation::kNoCase).Plan();
  REQUIRE(planned.plan.terms.size() == 1);
  CHECK(planned.plan.terms[0].op == Op::kEqualNoCase);
}

TEST_CASE("Planner: equality under a collation that the server does not know is left to SQLite", "[query]") {
  CHECK(Query("tags").Where("name", Op::kEqual, Collation::kNoCase).Plan().plan.terms.empty());
  CHECK(Query("contacts").Where("email", Op::kEqual, Collation::kRtrim).Plan().plan.terms.empty());
  CHECK(Query("contacts").Where("email", Op::kEqual, Collation::kOther).Plan().plan.terms.empty());
  CHECK(Query("contacts").Where("update_time", Op::kGreater, Collation::kOther).Plan().plan.terms.empty());
  CHECK(Query("contacts").Where("update_time", Op::kGreater, Collation::kNoCase).Plan().plan.terms.empty());
  CHECK(Query("contacts").Where("id", Op::kGreater, Collation::kNoCase).Plan().plan.terms.size() == 1);
}

TEST_CASE("Planner: constraints that are not usable are left to SQLite", "[query]") {
  const PlannedQuery planned = Query("contacts").Where("id", Op::kEqual, Collation::kBinary, false).Plan();
  CHECK(planned.possible);
  CHECK(planned.plan.access == QueryPlan::Access::kList);
  CHECK(planned.uses[0].argument == 0);
}

TEST_CASE("Planner: a request column without its value asks for another order of the tables", "[query]") {
  CHECK_FALSE(Query("orders").Where("paid", Op::kEqual, Collation::kBinary, false).Plan().possible);
  CHECK(Query("orders").Where("paid", Op::kEqual).Plan().possible);
}

TEST_CASE("Planner: a request column is sent beside a key", "[query]") {
  CHECK(Query("tasks").Where("id", Op::kEqual).Where("has_due_date", Op::kEqual).Text() ==
        "GET /v2/tasks?filter=id=={id = ?1};has_due_date=={has_due_date = ?2}");
}

TEST_CASE("Planner: an input is given, not compared", "[query]") {
  CHECK(Query("notes").Where("since_time", Op::kGreater).Plan().plan.terms.empty());
  CHECK(Query("orders").Reads("paid").Plan().estimate.cost > Query("orders").Where("paid", Op::kEqual).Plan().estimate.cost * 100);
}

// No row shows what it is, so SQLite could not take out what a prefix finds too much.
TEST_CASE("Planner: a text input is given under BINARY only", "[query]") {
  for (const Op op : {Op::kEqual, Op::kIn}) {
    CHECK(Query("contacts").Where("lead_source_name", op).Plan().plan.terms.size() == 1);
    for (const Collation collation : {Collation::kNoCase, Collation::kRtrim, Collation::kOther})
      CHECK(Query("contacts").Where("lead_source_name", op, collation).Plan().plan.terms.empty());
    // Numbers are the same under all of SQLite's own.
    CHECK(Query("orders").Where("product_id", op, Collation::kNoCase).Plan().plan.terms.size() == 1);
  }
}

TEST_CASE("Planner: an input that has a value needs no other order of the tables", "[query]") {
  Query query = Query("orders").Where("paid", Op::kEqual, Collation::kBinary, false).Where("paid", Op::kEqual);
  CHECK(query.Plan().possible);
}

TEST_CASE("Planner: IS NULL is pushed where the API has a word for it", "[query]") {
  CHECK(Query("tags").Where("category_id", Op::kIsNull).Text() == "GET /v2/tags?filter=category_id=={category_id IS NULL}");
  CHECK(Query("contacts").Where("email", Op::kIsNull).Plan().plan.terms.empty());
}

TEST_CASE("Planner: the server sorts by one column that always has a value", "[query]") {
  const PlannedQuery planned = Query("contacts").OrderBy("update_time", true).Limit().Plan();
  CHECK(planned.order_consumed);
  CHECK(PrintPlan(Table("contacts"), planned.plan) ==
        "GET /v2/contacts?order_by=update_time desc&fields=id,update_time&page_size={LIMIT ?1}");
}

TEST_CASE("Planner: an ascending order is the server's only where SQLite keeps no row without a value", "[query]") {
  const auto consumed = [](Op op) { return Query("contacts").Where("update_time", op).OrderBy("update_time").Plan().order_consumed; };
  CHECK_FALSE(Query("contacts").OrderBy("update_time").Plan().order_consumed);
  for (const Op op : {Op::kGreater, Op::kGreaterOrEqual, Op::kLess, Op::kLessOrEqual, Op::kEqual}) CHECK(consumed(op));
  // Of these SQLite does not tell whether they stand in ON of a LEFT JOIN, which keeps the rows.
  for (const Op op : {Op::kNotEqual, Op::kIsNotNull}) CHECK_FALSE(consumed(op));
  for (const Op op : {Op::kIs, Op::kIsNot, Op::kIsNull, Op::kOther, Op::kLike, Op::kGlob}) CHECK_FALSE(consumed(op));
  CHECK(Query("contacts").OrderBy("id").Plan().order_consumed);
  CHECK_FALSE(Query("contact_notes").Where("contact_id", Op::kEqual).OrderBy("id").Plan().order_consumed);
  CHECK(Query("contact_notes").Where("contact_id", Op::kEqual).OrderBy("id", true).Plan().order_consumed);
}

TEST_CASE("Planner: a constraint that is not usable keeps rows without a value", "[query]") {
  for (const Op op : {Op::kGreater, Op::kLessOrEqual, Op::kEqual, Op::kIn}) {
    const Query query = Query("contacts").Where("update_time", op, Collation::kBinary, false).OrderBy("update_time");
    CHECK_FALSE(query.Plan().order_consumed);
  }
}

TEST_CASE("Planner: one row is promised where a second one is an error", "[query]") {
  CHECK(Query("contacts").Where("id", Op::kEqual).OrderBy("email").Plan().order_consumed);
  // A value that no path can carry is compared with all rows, under its collation.
  CHECK_FALSE(Query("contacts").Where("id", Op::kEqual, Collation::kNoCase).Plan().at_most_one_row);
  const PlannedQuery note = Query("contact_notes").Where("contact_id", Op::kEqual).Where("id", Op::kEqual).OrderBy("title").Plan();
  CHECK(note.plan.access == QueryPlan::Access::kGet);
  CHECK_FALSE(note.at_most_one_row);
  CHECK_FALSE(note.order_consumed);
}

TEST_CASE("Planner: other sorting is SQLite's", "[query]") {
  CHECK_FALSE(Query("contacts").OrderBy("email").Plan().order_consumed);
  CHECK_FALSE(Query("tasks").OrderBy("due_time").Plan().order_consumed);
  CHECK_FALSE(Query("contacts").OrderBy("update_time").OrderBy("id").Plan().order_consumed);
  CHECK_FALSE(Query("contacts").Where("id", Op::kIn).OrderBy("id").Plan().order_consumed);
  CHECK_FALSE(Query("contact_tags").OrderBy("applied_time").Plan().order_consumed);
  CHECK_FALSE(Query("contacts").OrderBy("update_time").Plan({.order_pushdown = false}).order_consumed);
}

TEST_CASE("Planner: LIMIT makes the page smaller only when nothing is left to filter or sort", "[query]") {
  CHECK(Query("contacts").Limit().Plan().plan.limit_argument == 1);
  CHECK(Query("contacts").Where("update_time", Op::kGreater).Limit().Plan().plan.limit_argument == 2);
  CHECK(Query("contacts").Where("job_title", Op::kEqual).Limit().Plan().plan.limit_argument == 0);
  CHECK(Query("contacts").Where("update_time", Op::kOther).Limit().Plan().plan.limit_argument == 0);
  CHECK(Query("contacts").OrderBy("email").Limit().Plan().plan.limit_argument == 0);
  const PlannedQuery with_offset = Query("contacts").Limit(true).Plan();
  CHECK(with_offset.plan.limit_argument == 1);
  CHECK(with_offset.plan.offset_argument == 2);
}

TEST_CASE("Planner: a path column with a value is one list, without one all parents are asked", "[query]") {
  CHECK(Query("contact_tags").Where("contact_id", Op::kEqual).Text() == "GET /v2/contacts/{contact_id = ?1}/tags");
  const PlannedQuery all = Query("contact_tags").Plan();
  CHECK(PrintPlan(Table("contact_tags"), all.plan) == "GET /v2/contacts/{each contacts.id}/tags");
  CHECK(all.possible);
  CHECK(all.estimate.cost > Query("contacts").Plan().estimate.cost * 100);
}

TEST_CASE("Planner: an outer join may leave a path column without a value", "[query]") {
  const PlannedQuery planned = Query("contact_tags").Where("contact_id", Op::kEqual, Collation::kBinary, false).Plan();
  CHECK(planned.possible);
  CHECK(planned.uses[0].argument == 0);
}

TEST_CASE("Planner: only the fields of the columns in use are asked for", "[query]") {
  CHECK(Query("contacts").Reads("email").Reads("email2").Reads("company_name").Text() ==
        "GET /v2/contacts?fields=id,email_addresses,company");
  CHECK(Query("companies").Reads("company_name").Text() == "GET /v2/companies");
  CHECK(Query("companies").Reads("update_time").Text() == "GET /v2/companies?fields=update_time");
}

TEST_CASE("Planner: columns from the 64th on are asked for together", "[query]") {
  const Entity& contacts = Table("contacts");
  REQUIRE(contacts.columns.size() > 64);
  Predicate predicate;
  predicate.columns_used = uint64_t{1} << 63;
  const std::vector<std::string> fields = PlanQuery(contacts, predicate, {}).plan.fields;
  for (size_t i = 63; i < contacts.columns.size(); ++i) {
    const std::string& field = contacts.columns[i].field;
    INFO(contacts.columns[i].name);
    CHECK((field.empty() || std::find(fields.begin(), fields.end(), field) != fields.end()));
  }
}

TEST_CASE("Planner: a look-up costs less than a page, a page less than a table, a table less than all parents", "[query]") {
  const double get = Query("contacts").Where("id", Op::kEqual).Plan().estimate.cost;
  const double email = Query("contacts").Where("email", Op::kEqual).Plan().estimate.cost;
  const double table = Query("contacts").Plan().estimate.cost;
  CHECK(get <= email);
  CHECK(email < table);
}

TEST_CASE("Planner: of IN lists that go by value all are handed over, and none beside one that goes whole", "[query]") {
  CHECK(Query("contacts").Where("email", Op::kIn).Where("given_name", Op::kIn).Text() ==
        "GET /v2/contacts?filter=email=={email IN ?1};given_name=={given_name IN ?2}&fields=id,given_name,email_addresses");
  CHECK(Query("contacts").Where("email", Op::kIn).Where("id", Op::kIn).Text() ==
        "GET /v2/contacts?filter=ids=={id IN ?1}&fields=id,email_addresses");
  CHECK(Query("product_options").Where("id", Op::kIn).Where("product_id", Op::kIn).Text() == "GET /v2/products/{product_id IN ?1}/options");
  // An input must be given, whatever it costs.
  CHECK(Query("orders").Where("id", Op::kIn).Where("product_id", Op::kIn).Text() ==
        "GET /v2/orders?filter=ids=={id IN ?1};product_id=={product_id = ?2}");
}

TEST_CASE("Planner: IN lists of one column go together", "[query]") {
  const PlannedQuery planned = Query("contacts").Where("id", Op::kIn).Where("id", Op::kIn).Plan();
  CHECK(PrintPlan(Table("contacts"), planned.plan) == "GET /v2/contacts?filter=ids=={id IN ?1};ids=={id IN ?2}&fields=id");
  CHECK(planned.uses[0].list == ListUse::kWhole);
  CHECK(planned.uses[1].list == ListUse::kWhole);
  CHECK(*ParsePlan(Table("contacts"), PrintPlan(Table("contacts"), planned.plan)) == planned.plan);
}

TEST_CASE("Planner: what follows a key in ORDER BY orders nothing", "[query]") {
  CHECK(Query("contacts").OrderBy("id", true).OrderBy("family_name").Limit().Text() ==
        "GET /v2/contacts?order_by=id desc&fields=id,family_name&page_size={LIMIT ?1}");
  CHECK_FALSE(Query("contacts").OrderBy("update_time").OrderBy("id").Plan().order_consumed);
}

TEST_CASE("Planner: literals that exclude each other send nothing", "[query]") {
  const auto plan = [](const char* table, std::vector<Constraint> constraints) {
    Predicate predicate;
    predicate.constraints = std::move(constraints);
    const PlannedQuery planned = PlanQuery(Table(table), predicate, {});
    CHECK((planned.plan.access == QueryPlan::Access::kNone) == (planned.estimate.requests == 0));
    return PrintPlan(Table(table), planned.plan);
  };
  const std::string none = "no request, because no row can match";
  const int title = Table("contacts").FindColumn("job_title");
  const Constraint null{title, Op::kEqual, true, Collation::kBinary, SqlValue::Null()};
  CHECK(plan("contacts", {null}) == none);
  const Constraint a{title, Op::kEqual, true, Collation::kBinary, SqlValue::Text("a")};
  Constraint b = a;
  b.literal = SqlValue::Text("A");
  CHECK(plan("contacts", {a, b}) == none);
  // Under another collation they may be one.
  b.collation = Collation::kNoCase;
  CHECK(plan("contacts", {a, b}) != none);
  CHECK(plan("contacts", {a, {0, Op::kEqual, true, Collation::kBinary, SqlValue::Integer(1)}}) != none);
  // As texts, '10' is before '9'.
  const Constraint above{title, Op::kGreater, true, Collation::kBinary, SqlValue::Integer(10)};
  const Constraint below{title, Op::kLess, true, Collation::kBinary, SqlValue::Integer(9)};
  CHECK(plan("contacts", {above, below}) != none);
  CHECK(ParsePlan(Table("contacts"), none)->access == QueryPlan::Access::kNone);
}

// SQLite offers the ON terms of a LEFT JOIN as usable, and does not run a plan that takes one of them.
TEST_CASE("Planner: what a plan is made of, it takes", "[query]") {
  const int title = Table("contacts").FindColumn("job_title");
  Predicate predicate;
  for (const char* text : {"a", "b"}) {
    predicate.constraints.push_back({title, Op::kEqual, true, Collation::kBinary, SqlValue::Text(text)});
  }
  const PlannedQuery none = PlanQuery(Table("contacts"), predicate, {});
  CHECK(none.plan.access == QueryPlan::Access::kNone);
  for (const ConstraintUse& use : none.uses) CHECK(use.argument != 0);
  // A comparison that no filter takes, under a collation that it does not know.
  const PlannedQuery ordered =
      Query("contacts").Where("update_time", Op::kGreater, Collation::kNoCase).OrderBy("update_time").Plan();
  CHECK(ordered.order_consumed);
  CHECK(ordered.plan.terms.empty());
  CHECK(ordered.uses[0].argument != 0);
  CHECK_FALSE(ordered.uses[0].is_sent);
}

}  // namespace infusionsoft
