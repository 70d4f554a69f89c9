// SPDX-License-Identifier: MIT
#include "query/advice.h"

#include <catch2/catch.hpp>
#include <string>

namespace infusionsoft {
namespace {

std::string Advice(const char* table, const char* plan) {
  const Entity& entity = *Profile::BuiltIn().Find(table);
  const Result<QueryPlan> parsed = ParsePlan(entity, plan);
  INFO(plan);
  REQUIRE(parsed.ok());
  return AdviceFor(entity, *parsed);
}

}  // namespace

TEST_CASE("Advice: names the clause that would help", "[query]") {
  CHECK(Advice("contacts", "GET /v2/contacts?fields=id") ==
        "a condition on id, given_name or family_name goes into the request");
  CHECK(Advice("contacts", "GET /v2/contacts?filter=given_name=={given_name LIKE ?1}") ==
        "a condition on id, family_name or email goes into the request");
  CHECK(Advice("contact_tags", "GET /v2/contacts/{each contacts.id}/tags") ==
        "a value for contact_id reads one list instead of one for each value there is");
  CHECK(Advice("emails", "GET /v2/emails + GET /v2/emails/{id} for each row") ==
        "without plain_content or html_content there is no request for each row");
  CHECK(Advice("contacts", "GET /v2/contacts/{id = ?1}") == "id IN (SELECT ...) asks for many values at once");
  CHECK(Advice("countries", "GET /v2/locales/countries") ==
        "its requests carry no more conditions than these: copy the table once, with CREATE TABLE ... AS SELECT");
}

}  // namespace infusionsoft
