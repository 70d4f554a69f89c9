// SPDX-License-Identifier: MIT
#include "query/row_shape.h"

#include <catch2/catch.hpp>
#include <string>

namespace infusionsoft {
namespace {

using Catch::Contains;

// "" for a row of the built-in table.
std::string Refusal(const std::string& entity, const std::string& item) {
  const Result<json::Document> document = json::Document::Parse("[" + item + "]");
  REQUIRE(document.ok());
  return RowShape(*Profile::BuiltIn().Find(entity)).Check(document->root().At(0)).message();
}

}  // namespace

TEST_CASE("RowShape: an object with a property of the table is a row, so is an empty one", "[query]") {
  CHECK(Refusal("tags", R"({"id":"1"})").empty());
  CHECK(Refusal("tags", R"({"name":null,"other":1})").empty());
  CHECK(Refusal("tags", "{}").empty());
  CHECK_THAT(Refusal("tags", R"({"code":404,"status":"x"})"), Contains("none of the table's properties"));
  CHECK_THAT(Refusal("application_enabled", R"({"enabled":"true"})"), Contains("the answer") && Contains("isEnabled"));
  CHECK_THAT(Refusal("tags", "\"a\""), Contains("text"));
  CHECK_THAT(Refusal("tags", "null"), Contains("null"));
}

TEST_CASE("RowShape: a table of bare values takes any", "[query]") {
  CHECK(Refusal("automation_ids", "\"7\"").empty());
  CHECK(Refusal("automation_ids", "7").empty());
  CHECK(Refusal("contact_option_types", "\"Lead\"").empty());
}

TEST_CASE("RowShape: the rows of a nested table are checked like others", "[query]") {
  CHECK(Refusal("contact_tag_ids", R"({"id":"1","tag_ids":["3",4]})").empty());
  CHECK(Refusal("contact_tag_ids", R"({"id":"1"})").empty());
  CHECK_THAT(Refusal("contact_tag_ids", R"({"id":"1","tag_ids":"3"})"),
             Contains("tag_ids") && Contains("not a list"));
  CHECK_THAT(Refusal("contact_email_addresses", R"({"id":"1","email_addresses":["a@example.com"]})"),
             Contains("email_addresses") && Contains("not an object"));
  CHECK_THAT(Refusal("contact_email_addresses", R"({"id":"1","email_addresses":[{"number":"1"}]})"),
             Contains("email_addresses") && Contains("none of the table's properties"));
}

}  // namespace infusionsoft
