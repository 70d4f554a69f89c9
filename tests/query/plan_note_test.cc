// SPDX-License-Identifier: MIT
#include "query/plan_note.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "query/access_path.h"

namespace infusionsoft {
namespace {

// What EXPLAIN QUERY PLAN shows of a query of contacts that reads nothing but what it compares.
std::string Explained(const std::vector<std::pair<const char*, Op>>& conditions) {
  const Entity& contacts = *Profile::BuiltIn().Find("contacts");
  Predicate predicate;
  predicate.columns_used = 0;
  for (const auto& [column, op] : conditions) {
    predicate.constraints.push_back({contacts.FindColumn(column), op});
    predicate.columns_used |= uint64_t{1} << contacts.FindColumn(column);
  }
  const PlannedAccess access = PlanAccess(contacts, Profile::BuiltIn(), predicate, {});
  const std::string plan = PrintAccess(contacts, *access.source, access.planned.plan);
  const std::string text = plan + PrintNote(contacts, predicate, access.planned);
  CHECK(WithoutNote(text) == plan);
  CHECK(ParseAccess(contacts, Profile::BuiltIn(), text)->plan == access.planned.plan);
  return text;
}

}  // namespace

TEST_CASE("PlanNote: says what only SQLite checks, and how many requests are expected", "[query]") {
  CHECK(Explained({{"id", Op::kEqual}}) == "GET /v2/contacts/{id = ?1}?fields=id -- about 1 request");
  CHECK(Explained({}) == "GET /v2/contacts?fields=id -- about 10 requests");
  CHECK(
      Explained({{"email", Op::kEqual}, {"job_title", Op::kNotEqual}, {"prefix", Op::kIsNotNull}, {"suffix", Op::kOther}}) ==
      "GET /v2/contacts?filter=email=={email = ?1}&fields=id,email_addresses,job_title,prefix,suffix -- only SQLite checks "
      "job_title <>, prefix IS "
      "NOT NULL, suffix; about 1 request");
  CHECK(
      Explained({{"email", Op::kIn}}) ==
      "GET /v2/contacts?filter=email=={email IN ?1}&fields=id,email_addresses -- about 1 request for each value of the list");
  CHECK(Explained({{"id", Op::kIn}}) == "GET /v2/contacts?filter=ids=={id IN ?1}&fields=id -- about 1 request");
}

TEST_CASE("PlanNote: the bounds that SQLite derives from a prefix are not told", "[query]") {
  CHECK(Explained({{"email", Op::kLike}, {"email", Op::kGreaterOrEqual}, {"email", Op::kLess}}) ==
        "GET /v2/contacts?filter=email=={email LIKE ?1}&fields=id,email_addresses -- about 1 request");
  CHECK(Explained({{"email", Op::kGreaterOrEqual}}).find("only SQLite checks email >=;") != std::string::npos);
}

TEST_CASE("PlanNote: a plan is taken apart for people", "[query]") {
  const auto summary = [](const char* text) {
    const std::optional<PlanSummary> plan = SummarizePlan(text);
    if (!plan) return std::string("none");
    return plan->request + "|" + plan->pushed + "|" + plan->local + "|" + std::to_string(plan->requests);
  };
  CHECK(
      summary("GET /v2/tags?filter=category_id=={category_id IS NULL};name=={name = NOCASE ?1}&order_by=id "
              "desc&page_size={LIMIT "
              "?2 OFFSET ?3} -- only SQLite checks description =, id <>; about 12 requests") ==
      "GET /v2/tags?filter=category_id=={category_id IS NULL};name=={name = NOCASE ?1}&order_by=id desc&page_size={LIMIT ?2 "
      "OFFSET ?3}|category_id IS NULL, name = NOCASE, ORDER BY id DESC, LIMIT, OFFSET|description =, id <>|12");
  CHECK(summary("contact_tag_ids: GET /v2/contacts?fields=id,tag_ids -- about 10 requests") ==
        "contact_tag_ids: GET /v2/contacts?fields=id,tag_ids|||10");
  CHECK(summary("GET /v2/contacts/{each contacts.id}/tags?order_by=applied_time asc -- about 10010 requests") ==
        "GET /v2/contacts/{each contacts.id}/tags?order_by=applied_time asc|ORDER BY applied_time||10010");
  CHECK(summary("GET /v2/emails + GET /v2/emails/{id} for each row -- about 5 requests").ends_with("|||5"));
  CHECK(summary("no request, because no row can match") == "no request, because no row can match|||0");
  CHECK(summary("") == "none");
  CHECK(summary("M1") == "none");
}

}  // namespace infusionsoft
