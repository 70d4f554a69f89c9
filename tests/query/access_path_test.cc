// SPDX-License-Identifier: MIT
#include "query/access_path.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "query/row_cursor.h"
#include "query/scan_server.h"

namespace infusionsoft {
namespace {

const Entity& Table(const char* name) { return *Profile::BuiltIn().Find(name); }

// The plan of a query that reads `columns`, with `constraints`.
std::string PlanOf(const char* table, const std::vector<const char*>& columns, std::vector<Constraint> constraints = {}) {
  const Entity& entity = Table(table);
  Predicate predicate;
  predicate.constraints = std::move(constraints);
  predicate.columns_used = 0;
  for (const char* name : columns) predicate.columns_used |= uint64_t{1} << entity.FindColumn(name);
  const PlannedAccess access = PlanAccess(entity, Profile::BuiltIn(), predicate, {});
  const std::string text = PrintAccess(entity, *access.source, access.planned.plan);
  const Result<Access> parsed = ParseAccess(entity, Profile::BuiltIn(), text);
  REQUIRE(parsed.ok());
  CHECK(parsed->source == access.source);
  CHECK(parsed->plan == access.planned.plan);
  return text;
}

Constraint On(const char* table, const char* column, Op op) { return {Table(table).FindColumn(column), op}; }

}  // namespace

TEST_CASE("AccessPath: the table with the fewest requests answers, when it has every column that is read", "[query]") {
  CHECK(PlanOf("contact_tags", {"contact_id", "tag_id"}) == "contact_tag_ids: GET /v2/contacts?fields=id,tag_ids");
  CHECK(PlanOf("contact_tags", {"tag_id", "applied_time"}) == "tagged_contacts: GET /v2/tags/{each tags.id}/contacts");
  CHECK(PlanOf("contact_tags", {"tag_id", "name"}) == "GET /v2/contacts/{each contacts.id}/tags");
  CHECK(PlanOf("contact_tags", {"contact_id", "tag_id"}, {On("contact_tags", "contact_id", Op::kEqual)}) ==
        "GET /v2/contacts/{contact_id = ?1}/tags");
  CHECK(PlanOf("contact_tags", {"contact_id", "tag_id"}, {On("contact_tags", "tag_id", Op::kEqual)}) ==
        "tagged_contacts: GET /v2/tags/{tag_id = ?1}/contacts");
}

TEST_CASE("AccessPath: a list that another table takes whole is not asked for value by value", "[query]") {
  CHECK(PlanOf("contact_tags", {"contact_id", "tag_id"}, {On("contact_tags", "contact_id", Op::kIn)}) ==
        "contact_tag_ids: GET /v2/contacts?filter=ids=={contact_id IN ?1}&fields=id,tag_ids");
  // Here the other table would be read whole, however large it is.
  CHECK(PlanOf("tagged_contacts", {"contact_id", "tag_id"}, {On("tagged_contacts", "tag_id", Op::kIn)}) ==
        "GET /v2/tags/{tag_id IN ?1}/contacts");
}

TEST_CASE("AccessPath: a query by rowid stays with the table whose key makes it", "[query]") {
  CHECK(PlanOf("contact_tags", {"tag_id"}, {{kRowIdColumn, Op::kEqual}}) == "GET /v2/contacts/{each contacts.id}/tags");
}

TEST_CASE("AccessPath: the plan of an unknown table is refused", "[query]") {
  CHECK_FALSE(ParseAccess(Table("tags"), Profile::BuiltIn(), "nobody: GET /v2/tags").ok());
  CHECK_FALSE(ParseAccess(Table("tags"), Profile::BuiltIn(), "tags: GET /v2/contacts").ok());
}

TEST_CASE("AccessPath: a row of the other table without a value for the key is left out", "[query]") {
  Server server([](const std::string&, const http::QueryParams&) {
    return std::string(R"({"notes":[{"id":"1","contact_id":"5"},{"id":"2","contact_id":null},{"id":"3"}]})");
  });
  // Notes about no contact are no contact's notes.
  RowCursor cursor = server.Scan("notes", {.shown_as = &Table("contact_notes")});
  REQUIRE(cursor.Start(*ParsePlan(Table("notes"), "GET /v2/notes"), {}).ok());
  REQUIRE_FALSE(cursor.AtEnd());
  CHECK(cursor.Read(Table("notes").FindColumn("id"))->integer == 1);
  REQUIRE(cursor.Next().ok());
  CHECK(cursor.AtEnd());
}

}  // namespace infusionsoft
