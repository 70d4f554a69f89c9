// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "profile/profile.h"
#include "profile/sendable.h"
#include "profile/sample.h"

namespace infusionsoft {
namespace {

const Column& ColumnOf(const Entity& entity, std::string_view name) {
  const int index = entity.FindColumn(name);
  if (index < 0) throw std::logic_error("no column " + std::string(name));
  return entity.columns[static_cast<size_t>(index)];
}

TEST_CASE("Profile: a file becomes what profile.h describes", "[profile]") {
  const auto profile = ParseText(std::string(kSample));
  REQUIRE(profile.ok());
  const Entity* people = profile->Find("people");
  REQUIRE(people != nullptr);
  CHECK(people->doc == "People.");
  CHECK(people->list_path == "/v2/people");
  CHECK(people->get_path == "/v2/people/{id}");
  CHECK(people->items == "rows");
  CHECK(people->page_size_min == 2);
  CHECK(people->page_size_max == 500);
  CHECK(people->fields_style == FieldsStyle::kAdditive);
  CHECK(people->key == std::vector<std::string>{"id"});
  CHECK(people->exclusive == std::vector<std::vector<std::string>>{{"person_id", "ids"}});
  CHECK(people->Parent().empty());
  CHECK(people->HasNumericKey());

  const Column& id = ColumnOf(*people, "id");
  CHECK(id.type == ColumnType::kInteger);
  CHECK(id.role == ColumnRole::kValue);
  CHECK(id.order_by == "id");
  CHECK(id.never_null);
  REQUIRE(id.pushdowns.size() == 2);
  CHECK(id.pushdowns[0].filter == "person_id");
  CHECK(id.pushdowns[0].match == Match::kCompare);
  CHECK(id.pushdowns[1].match == Match::kSet);
  CHECK(id.pushdowns[1].max_items == 100);

  const Column& email = ColumnOf(*people, "email");
  CHECK(email.path.text() == "emails[field=EMAIL1].email");
  REQUIRE(email.pushdowns.size() == 1);
  CHECK(email.pushdowns[0].prefix);
  CHECK(email.pushdowns[0].null_word == "NONE");
  CHECK(email.pushdowns[0].with == std::vector<std::pair<std::string, std::string>>{{"slot", "A"}});
  CHECK(ColumnOf(*people, "state").pushdowns[0].values == std::vector<std::string>{"ON", "OFF"});
}

TEST_CASE("Profile: what a column leaves out follows from the rest", "[profile]") {
  const auto profile = ParseText(std::string(kSample));
  REQUIRE(profile.ok());
  const Entity& people = *profile->Find("people");
  const Entity& badges = *profile->Find("badges");
  CHECK(ColumnOf(people, "state").path.text() == "state");
  CHECK(ColumnOf(people, "state").field.empty());
  CHECK(ColumnOf(people, "email").field == "emails");
  CHECK(ColumnOf(people, "paid").hidden);
  CHECK_FALSE(ColumnOf(people, "state").hidden);
  CHECK(badges.page_size_min == 1);
  CHECK(badges.fields_style == FieldsStyle::kNone);
  CHECK(badges.Parent() == "people");
  CHECK(ColumnOf(badges, "person_id").from_column == "id");
  CHECK(ColumnOf(badges, "person_id").references_table == "people");
  CHECK(ColumnOf(badges, "person_id").references_column == "id");
  CHECK(ColumnOf(badges, "given_by").references_table == "people");
  CHECK(ColumnOf(badges, "badge_id").references_table.empty());
  CHECK_FALSE(badges.HasNumericKey());
}

TEST_CASE("Profile: entities are found by name and listed by name", "[profile]") {
  const auto profile = ParseText(std::string(kSample));
  REQUIRE(profile.ok());
  REQUIRE(profile->entities().size() == 2);
  CHECK(profile->entities()[0].name == "badges");
  CHECK(profile->entities()[1].name == "people");
  CHECK(profile->Find("nobody") == nullptr);
  CHECK(profile->Find("people")->FindColumn("nothing") == -1);
}

TEST_CASE("Profile: a user's file adds to the built-in profile and replaces entities by name", "[profile]") {
  const ProfileFile file{"my.json", R"([
      {"name": "tags", "doc": "Tags, short.", "list_path": "/v2/tags", "items": "tags", "page_size_max": 10, "key": ["id"],
       "columns": [{"name": "id", "type": "integer", "doc": "Number."}]},
      {"name": "letters", "doc": "Letters.", "list_path": "/v2/letters", "items": "letters", "page_size_max": 1000,
       "key": ["id"], "columns": [{"name": "id", "type": "integer", "doc": "Number."}]}])"};
  const auto profile = Profile::BuiltIn().With(std::span(&file, 1));
  REQUIRE(profile.ok());
  CHECK(profile->entities().size() == Profile::BuiltIn().entities().size() + 1);
  CHECK(profile->Find("tags")->doc == "Tags, short.");
  CHECK(profile->Find("letters") != nullptr);
  CHECK(profile->Find("contacts") != nullptr);
}

TEST_CASE("Profile: a replacement that breaks a built-in child is refused", "[profile]") {
  const ProfileFile file{"my.json", R"({"name": "tags", "doc": "Tags.", "list_path": "/v2/tags", "items": "tags",
      "page_size_max": 10, "key": ["name"], "columns": [{"name": "name", "type": "text", "doc": "Name."}]})"};
  const auto profile = Profile::BuiltIn().With(std::span(&file, 1));
  REQUIRE_FALSE(profile.ok());
  CHECK(profile.status().message() ==
        "built-in: company_tags.tag_id: \"references\" must name a column of an entity's \"key\", of the same type, which tags.id "
        "is not");
}

TEST_CASE("Profile: an error names the file it is in", "[profile]") {
  const std::vector<ProfileFile> files = {{"good.json", std::string(kSample)}, {"bad.json", "{}"}};
  const auto profile = Profile::Parse(files);
  REQUIRE_FALSE(profile.ok());
  CHECK(profile.status().code() == StatusCode::kInvalidArgument);
  CHECK(profile.status().message() == "bad.json: entity 1: \"name\" is missing");
}

TEST_CASE("Profile: a file that would be waited for, or is none, is refused at once", "[profile]") {
  std::string folder = (std::filesystem::temp_directory_path() / "infusionsoft-profile-XXXXXX").string();
  REQUIRE(mkdtemp(folder.data()) != nullptr);
  const std::string pipe = folder + "/pipe.json";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(ReadProfileFile(pipe).status().message() == "the profile " + pipe + " is not an ordinary file");
  CHECK(ReadProfileFile(folder).status().message() == "the profile " + folder + " is not an ordinary file");
  std::filesystem::remove_all(folder);
  CHECK(ReadProfileFile(pipe).status().message() == "the profile " + pipe + " cannot be read: No such file or directory");
}

TEST_CASE("Profile: a table is declared with quoted names and hidden columns", "[profile]") {
  const auto profile = ParseText(std::string(kSample));
  REQUIRE(profile.ok());
  CHECK(profile->Find("people")->DeclareTable() ==
        "CREATE TABLE x(\"id\" INTEGER NOT NULL, \"email\" TEXT, \"state\" TEXT, \"seen\" TEXT HIDDEN, \"paid\" BOOLEAN HIDDEN, "
        "\"order\" TEXT, PRIMARY KEY(\"id\"))");
  CHECK_THAT(Profile::BuiltIn().Find("contact_tags")->DeclareTable(),
             Catch::Contains("\"tag_id\" INTEGER, ") &&
                 Catch::EndsWith(", PRIMARY KEY(\"contact_id\" COLLATE RTRIM, \"tag_id\" COLLATE RTRIM))"));
  CHECK_THAT(Profile::BuiltIn().Find("transactions")->DeclareTable(), !Catch::Contains("PRIMARY KEY"));
  CHECK(SqlTypeName(ColumnType::kMoney) == "REAL");
  CHECK(SqlTypeName(ColumnType::kReal) == "REAL");
  CHECK(SqlTypeName(ColumnType::kDate) == "TEXT");
}

TEST_CASE("Profile: pushdowns are described in SQL's words", "[profile]") {
  const auto profile = ParseText(std::string(kSample));
  REQUIRE(profile.ok());
  const Entity& people = *profile->Find("people");
  const Entity& badges = *profile->Find("badges");
  CHECK(DescribePushdowns(people, ColumnOf(people, "id")) == "=, IN, >, >=, <, <=, ORDER BY");
  CHECK(DescribePushdowns(people, ColumnOf(people, "email")) == "=, LIKE 'x%', GLOB 'x*', IS NULL");
  CHECK(DescribePushdowns(people, ColumnOf(people, "state")) == "=");
  CHECK(DescribePushdowns(people, ColumnOf(people, "seen")) == "=, >, >=, <, <=");
  CHECK(DescribePushdowns(people, ColumnOf(people, "paid")) == "=");
  CHECK(DescribePushdowns(people, ColumnOf(people, "order")).empty());
  CHECK(DescribePushdowns(badges, ColumnOf(badges, "person_id")) == "=");
  CHECK(DescribePushdowns(badges, ColumnOf(badges, "badge_id")).empty());
}

// "= path /v2/people/{id}", "> filter seen_from": one for each operator.
std::vector<std::string> Sent(const Entity& entity, std::string_view column) {
  std::vector<std::string> all;
  for (const Sendable& sendable : ListSendable(entity, ColumnOf(entity, column))) {
    std::string text(sendable.op);
    if (!sendable.path.empty()) text += " path " + sendable.path;
    for (const Pushdown* pushdown : sendable.pushdowns) text += " filter " + pushdown->filter;
    if (!sendable.order_by.empty()) text += " order_by " + sendable.order_by;
    all.push_back(std::move(text));
  }
  return all;
}

TEST_CASE("Sendable: an operator goes into the path, into filters or into the order", "[profile]") {
  const auto profile = ParseText(std::string(kSample));
  REQUIRE(profile.ok());
  const Entity& people = *profile->Find("people");
  const Entity& badges = *profile->Find("badges");
  using Texts = std::vector<std::string>;
  CHECK(Sent(people, "id") == Texts{"= path /v2/people/{id}", "IN filter ids", "> filter person_id", ">= filter person_id",
                                    "< filter person_id", "<= filter person_id", "ORDER BY order_by id"});
  CHECK(Sent(people, "email") ==
        Texts{"= filter email", "LIKE filter email", "GLOB filter email", "IS NULL filter email"});
  CHECK(Sent(people, "seen") == Texts{"= filter seen_from filter seen_to", "> filter seen_from", ">= filter seen_from",
                                      "< filter seen_to", "<= filter seen_to"});
  CHECK(Sent(badges, "person_id") == Texts{"= path /v2/people/{person_id}/badges"});
  CHECK(Sent(badges, "badge_id").empty());
}

TEST_CASE("Sendable: an input is given, not compared", "[profile]") {
  const Entity& ids = *Profile::BuiltIn().Find("automation_ids");
  CHECK(ColumnOf(ids, "id_filter").pushdowns[0].match == Match::kCompare);
  CHECK(Sent(ids, "id_filter") == std::vector<std::string>{"= filter id"});
}

TEST_CASE("Profile: a key that can be looked up is described as such, without a filter too", "[profile]") {
  const Entity& categories = *Profile::BuiltIn().Find("tag_categories");
  const Entity& tags = *Profile::BuiltIn().Find("tags");
  CHECK(ColumnOf(categories, "id").pushdowns.empty());
  CHECK(DescribePushdowns(categories, ColumnOf(categories, "id")) == "=");
  CHECK(DescribePushdowns(tags, ColumnOf(tags, "id")) == "=, IN");
}

TEST_CASE("Profile: ORDER BY is offered for numbers and times that every row has, and for nothing else", "[profile]") {
  Column column;
  column.order_by = "name";
  column.never_null = true;
  column.type = ColumnType::kText;
  CHECK(DescribePushdowns(Entity(), column).empty());
  column.type = ColumnType::kTime;
  CHECK(DescribePushdowns(Entity(), column) == "ORDER BY");
  column.never_null = false;
  CHECK(DescribePushdowns(Entity(), column).empty());
}

}  // namespace
}  // namespace infusionsoft
