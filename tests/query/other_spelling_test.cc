// SPDX-License-Identifier: MIT
#include "query/other_spelling.h"

#include <catch2/catch.hpp>
#include <string>

namespace infusionsoft {
namespace {

// The other spelling of a request for a built-in table, "" where there is none.
std::string Other(const std::string& entity, const http::QueryParams& params) {
  const auto other = Respell(*Profile::BuiltIn().Find(entity), params);
  std::string text;
  for (const auto& [name, value] : other ? other->params : http::QueryParams()) {
    text += (text.empty() ? "" : "&") + name + "=" + value;
  }
  return text;
}

std::optional<size_t> Missing(const std::string& entity, const std::string& answer) {
  return CountMissing(*Profile::BuiltIn().Find(entity), {"CONTACT", "objection"}, json::Document::Parse(answer)->root());
}

}  // namespace

TEST_CASE("OtherSpelling: a comma list becomes a parameter for each name, where the documents say both", "[query]") {
  CHECK(Other("opportunities", {{"filter", "stage_id==1"}, {"fields", "objection,status"}, {"page_size", "5"}}) ==
        "filter=stage_id==1&fields=objection&fields=status&page_size=5");
  CHECK(Other("application_configuration", {{"fields", "EMAIL,NOTE"}}) == "fields=EMAIL&fields=NOTE");
  CHECK(Other("opportunities", {{"fields", "objection"}}).empty());
  CHECK(Other("contacts", {{"fields", "id,email_addresses"}}).empty());
}

TEST_CASE("OtherSpelling: names, words and dates of filters become those of the other document", "[query]") {
  CHECK(Other("automations", {{"filter", "name==id>5*;id>=5;id<=9"}}) ==
        "filter=name==id>5*;automation_id>=5;automation_id<=9");
  CHECK(Other("automations", {{"filter", "status==published"}}) == "filter=status==PUBLISHED");
  CHECK(Other("free_trial_discounts", {{"filter", "hide_price==true;free_trial_days==14"}}) ==
        "filter=hide_price==True;free_trial_days==14");
  CHECK(Other("reports",
              {{"filter", "since_created_time==2024-03-01T00:00:00.000Z;until_created_time==2024-02-28T23:59:59.000Z"}}) ==
        "filter=since_created_time==2024-02-29;until_created_time==2024-03-01");
  CHECK(Other("automations", {{"filter", "name==x"}, {"order_by", "name asc"}}).empty());
}

TEST_CASE("OtherSpelling: a choice goes by the list and by what is spelled otherwise", "[query]") {
  const Entity& automations = *Profile::BuiltIn().Find("automations");
  CHECK(Respell(automations, {{"filter", "status==draft"}})->name == "/v2/automations status");
  CHECK(Respell(automations, {{"filter", "id>5"}})->name == "/v2/automations id");
}

TEST_CASE("OtherSpelling: what is missing from every row is counted, whatever its case", "[query]") {
  CHECK(Missing("opportunities", R"({"opportunities":[{"id":1},{"contact":null}]})") == 1);
  CHECK(Missing("opportunities", R"({"opportunities":[{"contact":{}},{"objection":1}]})") == 0);
  CHECK(Missing("opportunities", R"({"opportunities":[]})") == std::nullopt);
  CHECK(Missing("opportunities", R"({"id":"7"})") == 2);  // one object by its key
  CHECK(Missing("application_configuration", R"({"contact":{}})") == 1);
}

}  // namespace infusionsoft
