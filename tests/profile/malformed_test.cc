// SPDX-License-Identifier: MIT
// One malformed entity for each rule, with the sentence that a person reads.
#include <catch2/catch.hpp>

#include "profile/sample.h"

namespace infusionsoft {
namespace {

TEST_CASE("Profile: the sample that the other cases break is accepted", "[profile]") {
  const auto profile = ParseText(std::string(kSample));
  INFO((profile ? std::string() : profile.status().message()));
  CHECK(profile.ok());
}

TEST_CASE("Profile: a text that is not JSON or not an entity is refused", "[profile]") {
  const auto broken = ParseText("{\"name\": ");
  REQUIRE_FALSE(broken.ok());
  CHECK(broken.status().code() == StatusCode::kInvalidArgument);
  CHECK(broken.status().message().starts_with("my.json: not valid JSON at byte "));
  CHECK(ParseText("7").status().message() == "my.json: must hold one entity, which is an object, or an array of them");
  CHECK(ParseText("[7]").status().message() == "my.json: entity 1: must be an object");
}

TEST_CASE("Profile: unknown, missing and doubled keys are refused", "[profile]") {
  CHECK(Complaint(R"("items": "rows",)", R"("items": "rows", "item": "x",)") ==
        "my.json: people: unknown key \"item\"; allowed are name, doc, list_path, get_path, detail_path, answer, items, nested, "
        "page_size_min, page_size_max, key, exclusive, fields_style, fields, fields_may_repeat, access_paths, typical_rows, "
        "custom_fields, other_filters, columns");
  CHECK(Complaint(R"("doc": "State.")", R"("doc": "State.", "nullable": true)") ==
        "my.json: people.state: unknown key \"nullable\"; allowed are name, type, role, path, words, from, references, outer, detail, hidden, order_by, "
        "widens, never_null, doc, pushdowns");
  CHECK(Complaint(R"("match": "boolean")", R"("match": "boolean", "op": "==")") ==
        "my.json: people.paid: filter paid: unknown key \"op\"; allowed are parameter, filter, match, prefix, values, max_items, "
        "null_word, with, otherwise");
  CHECK(Complaint(R"("items": "rows",)", "") == "my.json: people: \"items\" is missing");
  CHECK(Complaint(R"("page_size_max": 500,)", "") == "my.json: people: \"page_size_max\" is missing");
  CHECK(Complaint(R"("name": "people",)", "") == "my.json: entity 1: \"name\" is missing");
  CHECK(Complaint(R"({"name": "state", )", "{") == "my.json: people.column 3: \"name\" is missing");
  CHECK(Complaint(R"(, "doc": "State.")", "") == "my.json: people.state: \"doc\" is missing");
  CHECK(Complaint(R"({"filter": "ids", )", "{") == "my.json: people.id: filter number 2: \"filter\" is missing");
  CHECK(Complaint(R"("doc": "State.")", R"("doc": "State.", "doc": "Again.")") ==
        "my.json: people.state: \"doc\" stands twice");
}

TEST_CASE("Profile: a value of the wrong JSON type is refused", "[profile]") {
  CHECK(Complaint(R"("items": "rows")", R"("items": 7)") == "my.json: people: \"items\" must be a text");
  CHECK(Complaint(R"("page_size_min": 2)", R"("page_size_min": "2")") ==
        "my.json: people: \"page_size_min\" must be an integer");
  CHECK(Complaint(R"("page_size_min": 2)", R"("page_size_min": 5000000000)") ==
        "my.json: people: \"page_size_min\" must be an integer");
  CHECK(Complaint(R"("hidden": true)", R"("hidden": 1)") == "my.json: people.seen: \"hidden\" must be true or false");
  CHECK(Complaint(R"("key": ["id"])", R"("key": "id")") == "my.json: people: \"key\" must be an array");
  CHECK(Complaint(R"("key": ["id"])", R"("key": [1])") == "my.json: people: \"key\" must hold texts only");
  CHECK(Complaint(R"([["person_id", "ids"]])", R"(["person_id", "ids"])") ==
        "my.json: people: \"exclusive\" must be an array of arrays of text");
  CHECK(Complaint(R"({"slot": "A"})", R"("slot")") ==
        "my.json: people.email: filter email: \"with\" must be an object of texts");
  CHECK(Complaint(R"({"slot": "A"})", R"({"slot": 1})") ==
        "my.json: people.email: filter email: \"with\" must be an object of texts");
}

TEST_CASE("Profile: an unknown type, role, match or fields style is refused", "[profile]") {
  CHECK(Complaint(R"("type": "json")", R"("type": "array")") ==
        "my.json: people.order: \"type\" is \"array\"; allowed are integer, text, real, boolean, time, date, json, money, bytes");
  CHECK(Complaint(R"("role": "request")", R"("role": "input")") ==
        "my.json: people.paid: \"role\" is \"input\"; allowed are value, path, request");
  CHECK(Complaint(R"("match": "compare")", R"("match": "range")") ==
        "my.json: people.id: filter person_id: \"match\" is \"range\"; allowed are equals, set, since, until, compare, "
        "compare_time, enum, boolean, flag");
  CHECK(Complaint(R"("additive")", R"("all")") ==
        "my.json: people: \"fields_style\" is \"all\"; allowed are none, exact, additive, optional");
}

TEST_CASE("Profile: names that SQL or the extension cannot take are refused", "[profile]") {
  CHECK(Complaint(R"("name": "people")", R"("name": "People")") ==
        "my.json: People: an entity's name must be snake_case: lower-case letters, digits and underscores, a letter first");
  CHECK(Complaint(R"("name": "badges")", R"("name": "tables")") ==
        "my.json: tables: the name is taken: infusionsoft_tables is a system table");
  CHECK(Complaint(R"("name": "badges")", R"("name": "pushdowns")") ==
        "my.json: pushdowns: the name is taken: infusionsoft_pushdowns is a system table");
  CHECK(
      Complaint(R"("name": "state")", R"("name": "2nd state")") ==
      "my.json: people.2nd state: a column's name must be snake_case: lower-case letters, digits and underscores, a letter "
      "first");
  CHECK(Complaint(R"("name": "state")", R"("name": "rowid")") ==
        "my.json: people.rowid: a column must not be named rowid or oid, which SQLite keeps for the rowid");
  CHECK(Complaint(R"("name": "state")", R"("name": "email")") == "my.json: people: column email stands twice");
  CHECK(Complaint(R"("name": "badges")", R"("name": "people")") == "my.json: people: stands twice");
}

TEST_CASE("Profile: an entity or a column without a sentence of documentation is refused", "[profile]") {
  CHECK(Complaint(R"("doc": "People.")", R"("doc": "People")") ==
        "my.json: people: \"doc\" must be a sentence in one line that ends with a period");
  CHECK(Complaint(R"("doc": "State.")", R"("doc": "")") ==
        "my.json: people.state: \"doc\" must be a sentence in one line that ends with a period");
}

TEST_CASE("Profile: a filter that does not fit its column's type is refused", "[profile]") {
  CHECK(Complaint(R"("name": "order", "type": "json", )",
                  R"("name": "order", "type": "json", "pushdowns": [{"filter": "order", "match": "equals"}], )") ==
        "my.json: people.order: filter order: match \"equals\" does not fit type \"json\"; it fits integer, text");
  CHECK(Complaint(R"("name": "seen", "type": "time")", R"("name": "seen", "type": "text")") ==
        "my.json: people.seen: filter seen_from: match \"since\" does not fit type \"text\"; it fits time");
  CHECK(Complaint(R"("name": "seen", "type": "time")", R"("name": "seen", "type": "date")") ==
        "my.json: people.seen: filter seen_from: match \"since\" does not fit type \"date\"; it fits time");
  CHECK(
      Complaint(R"("filter": "state", "match": "enum", "values": ["ON", "OFF"])", R"("filter": "s", "match": "compare")") ==
      "my.json: people.state: filter s: match \"compare\" does not fit type \"text\"; it fits integer, real");
  CHECK(Complaint(R"("name": "paid", "type": "boolean")", R"("name": "paid", "type": "money")") ==
        "my.json: people.paid: filter paid: match \"boolean\" does not fit type \"money\"; it fits boolean");
  CHECK(Complaint(R"("match": "since")", R"("match": "set")") ==
        "my.json: people.seen: filter seen_from: match \"set\" does not fit type \"time\"; it fits integer, text");
}

TEST_CASE("Profile: options that do not belong to a filter's match are refused", "[profile]") {
  CHECK(Complaint(R"("match": "compare")", R"("match": "compare", "prefix": true)") ==
        "my.json: people.id: filter person_id: \"prefix\" is for match \"equals\" on type \"text\"");
  CHECK(Complaint(R"(, "values": ["ON", "OFF"])", "") ==
        "my.json: people.state: filter state: \"values\" must stand with match \"enum\", and with no other");
  CHECK(Complaint(R"("match": "compare")", R"("match": "compare", "values": ["1"])") ==
        "my.json: people.id: filter person_id: \"values\" must stand with match \"enum\", and with no other");
  CHECK(Complaint(R"(["ON", "OFF"])", R"(["ON;OFF"])") ==
        "my.json: people.state: filter state: each of \"values\" must be letters, digits and underscores");
  CHECK(Complaint(R"("max_items": 100)", R"("max_items": 0)") ==
        "my.json: people.id: filter ids: \"max_items\" must be 1 or more");
  CHECK(Complaint(R"("match": "compare")", R"("match": "compare", "max_items": 5)") ==
        "my.json: people.id: filter person_id: \"max_items\" is for match \"set\"");
  CHECK(Complaint(R"("null_word": "NONE")", R"("null_word": "")") ==
        "my.json: people.email: filter email: \"null_word\" must not be empty");
  CHECK(Complaint(R"("match": "compare")", R"("match": "compare", "null_word": "NONE")") ==
        "my.json: people.id: filter person_id: \"null_word\" is for match \"equals\", and must be letters, digits and "
        "underscores");
  CHECK(Complaint(R"({"slot": "A"})", R"({"slot": "A;B"})") ==
        "my.json: people.email: filter email: \"with\" must give another filter one word: {\"phone_fields\": \"PHONE1\"}");
  CHECK(Complaint(R"({"slot": "A"})", R"({"email": "A"})") ==
        "my.json: people.email: filter email: \"with\" must give another filter one word: {\"phone_fields\": \"PHONE1\"}");
  CHECK(Complaint(R"("filter": "seen_from")", R"("filter": "seen==")") ==
        "my.json: people.seen: filter seen==: the name of a filter must be letters, digits and underscores");
  CHECK(Complaint(R"("filter": "seen_to")", R"("filter": "seen_from")") ==
        "my.json: people.seen: filter seen_from: stands twice at this column");
}

TEST_CASE("Profile: a column whose role and keys contradict each other is refused", "[profile]") {
  CHECK(Complaint(R"("role": "request")", R"("role": "request", "path": "paid")") ==
        "my.json: people.paid: \"path\" is for columns with the role value");
  CHECK(Complaint(R"("role": "request")", R"("role": "request", "order_by": "paid")") ==
        "my.json: people.paid: \"order_by\" is for columns with the role value");
  CHECK(Complaint(R"("pushdowns": [{"filter": "paid", "match": "boolean"}])", R"("pushdowns": [])") ==
        "my.json: people.paid: a column with the role request needs exactly one pushdown, the filter that it sends");
  CHECK(Complaint(R"("type": "integer", "role": "path")", R"("type": "real", "role": "path")") ==
        "my.json: badges.person_id: a column with the role path must be of type integer or text");
  CHECK(Complaint(R"("role": "path")", R"("role": "path", "hidden": true)") ==
        "my.json: badges.person_id: a column with the role path must not be hidden and has no pushdowns");
  CHECK(Complaint(R"("type": "integer", "role": "path")", R"("type": "integer", "widens": true, "role": "path")") ==
        "my.json: badges.person_id: \"widens\" is for a boolean column with the role request");
  CHECK(Complaint(R"("order_by": "id", )", "") ==
        "my.json: people.id: \"never_null\" says that rows may be ordered by the column, so it needs \"order_by\"");
  CHECK(Complaint(R"("order_by": "id")", R"("order_by": "id desc")") ==
        "my.json: people.id: \"order_by\" must be letters, digits and underscores");
  CHECK(Complaint("emails[field=EMAIL1].email", "emails[field=EMAIL1.email") ==
        "my.json: people.email: JSON path \"emails[field=EMAIL1.email\": a '[' has no ']'");
}

TEST_CASE("Profile: paths and keys that do not agree are refused", "[profile]") {
  CHECK(Complaint(R"("/v2/people/{person_id}/badges")", R"("/v2/people/badges")") ==
        "my.json: badges: column person_id has the role path, but \"list_path\" has no {person_id}");
  CHECK(Complaint(R"("/v2/people/{person_id}/badges")", R"("/v2/people/{people_id}/badges")") ==
        "my.json: badges: \"list_path\" has {people_id}, which needs a column of that name with the role path");
  CHECK(Complaint(R"("list_path": "/v2/people",)", R"("list_path": "v2/people?x=1",)") ==
        "my.json: people: \"list_path\" must be a path of the API: /v2/contacts/{contact_id}/tags");
  CHECK(Complaint(R"("/v2/people/{id}")", R"("/v2/people/{id")") ==
        "my.json: people: \"get_path\" must be a path of the API: /v2/contacts/{contact_id}/tags");
  CHECK(Complaint(R"("/v2/people/{id}")", R"("/v2/people/{email}")") ==
        "my.json: people: the names in braces of \"get_path\" must be the columns of \"key\": id");
  CHECK(Complaint(R"("/v2/people/{id}")", R"("/v2/people/me")") ==
        "my.json: people: the names in braces of \"get_path\" must be the columns of \"key\": id");
  CHECK(Complaint(R"("key": ["id"])", R"("key": [])") ==
        "my.json: people: \"get_path\" needs a \"key\"");
  CHECK(Complaint(R"("key": ["id"])", R"("key": ["number"])") ==
        "my.json: people: \"key\" names number; it must name columns of type integer or text");
  CHECK(Complaint(R"("key": ["id"])", R"("key": ["seen"])") ==
        "my.json: people: \"key\" names seen; it must name columns of type integer or text");
  CHECK(Complaint(R"("key": ["id"])", R"("key": ["id", "id"])") == "my.json: people: \"key\" names id twice");
  CHECK(Complaint(R"(["person_id", "badge_id"])", R"(["badge_id", "person_id"])") ==
        "my.json: badges: \"key\" must begin with the columns that have the role path");
}

TEST_CASE("Profile: page sizes, items and columns that cannot be are refused", "[profile]") {
  const std::string sizes = "page sizes must be 1 <= page_size_min <= page_size_max <= 1000";
  CHECK(Complaint(R"("page_size_min": 2)", R"("page_size_min": 0)") == "my.json: people: " + sizes);
  CHECK(Complaint(R"("page_size_max": 500)", R"("page_size_max": 1)") == "my.json: people: " + sizes);
  CHECK(Complaint(R"("page_size_max": 500)", R"("page_size_max": 1001)") == "my.json: people: " + sizes);
  CHECK(Complaint(R"("items": "rows")", R"("items": "")") ==
        "my.json: people: \"items\" must name the array that holds the rows of an answer");
  CHECK(ParseText(R"({"name": "none", "doc": "Nothing.", "list_path": "/v2/none", "items": "none", "page_size_max": 1,
                      "key": ["id"], "columns": []})")
            .status()
            .message() == "my.json: none: \"columns\" must not be empty");
}

TEST_CASE("Profile: fields that no column reads, or that a column misses, are refused", "[profile]") {
  CHECK(Complaint(R"("fields": ["emails"])", R"("fields": ["emails", "phones"])") ==
        "my.json: people: \"fields\" names \"phones\", which no column reads");
  CHECK(Complaint(R"("fields_style": "additive",)", "") ==
        "my.json: people: \"fields\" needs \"fields_style\": \"exact\", \"additive\" or \"optional\"");
  CHECK(Complaint(R"("fields": ["emails"],)", "") ==
        "my.json: people: \"fields_style\" needs \"fields\", the properties that the API lets a request name");
  CHECK(Complaint(R"("fields_style": "additive")", R"("fields_style": "exact")") ==
        "my.json: people: \"fields\" does not name \"id\", which column id reads");
}

TEST_CASE("Profile: groups of exclusive filters that are none are refused", "[profile]") {
  CHECK(Complaint(R"([["person_id", "ids"]])", R"([["person_id"]])") ==
        "my.json: people: a group of \"exclusive\" must name two filters or more");
  CHECK(Complaint(R"([["person_id", "ids"]])", R"([["person_id", "people_ids"]])") ==
        "my.json: people: \"exclusive\" names people_ids, which is no filter here");
}

TEST_CASE("Profile: a source that cannot list the path column is refused", "[profile]") {
  const char* from = R"("from": "people.id")";
  CHECK(Complaint(from, R"("from": "people")") ==
        "my.json: badges.person_id: \"from\" must be written as table.column: contacts.id");
  CHECK(Complaint(from, R"("from": "persons.id")") == "my.json: badges.person_id: \"from\" names persons, which is no entity");
  const std::string no_key = "my.json: badges.person_id: \"from\" must name a column of another entity's \"key\", of the same type, which ";
  CHECK(Complaint(from, R"("from": "people.email")") == no_key + "people.email is not");
  CHECK(Complaint(from, R"("from": "badges.badge_id")") == no_key + "badges.badge_id is not");
  CHECK(Complaint(R"("type": "json", "doc": "Last order.")", R"("type": "json", "from": "badges.badge_id", "doc": "Last order.")") ==
        "my.json: people.order: \"from\" and \"words\" are for columns with the role path");
}

TEST_CASE("Profile: a reference to something that is no key is refused", "[profile]") {
  const char* references = R"("references": "people.id")";
  CHECK(Complaint(references, R"("references": "people.id.x")") ==
        "my.json: badges.given_by: \"references\" must be written as table.column: contacts.id");
  CHECK(Complaint(references, R"("references": "persons.id")") ==
        "my.json: badges.given_by: \"references\" names persons, which is no entity");
  const std::string no_key = "my.json: badges.given_by: \"references\" must name a column of an entity's \"key\", of the same type, which ";
  CHECK(Complaint(references, R"("references": "people.number")") == no_key + "people.number is not");
  CHECK(Complaint(references, R"("references": "people.email")") == no_key + "people.email is not");
  CHECK(Complaint(R"("name": "given_by", "type": "integer")", R"("name": "given_by", "type": "text")") == no_key + "people.id is not");
  CHECK(Complaint(references, R"("references": "badges.badge_id")") == "accepted");
  CHECK(Complaint(R"("from": "people.id")", R"("from": "people.id", "references": "people.id")") ==
        "my.json: badges.person_id: \"from\" says what the column refers to, so \"references\" must not stand beside it");
}

TEST_CASE("Profile: tables that are listed through each other are refused", "[profile]") {
  const char* tables = R"([
    {"name": "a", "doc": "A.", "list_path": "/a/{b_id}", "items": "a", "answer": "array", "key": ["b_id", "id"], "columns": [
      {"name": "b_id", "type": "integer", "role": "path", "from": "b.id", "doc": "B."},
      {"name": "id", "type": "integer", "doc": "Number."}]},
    {"name": "b", "doc": "B.", "list_path": "/b/{a_id}", "items": "b", "answer": "array", "key": ["a_id", "id"], "columns": [
      {"name": "a_id", "type": "integer", "role": "path", "from": "a.id", "doc": "A."},
      {"name": "id", "type": "integer", "doc": "Number."}]}])";
  CHECK(ParseText(tables).status().message() == "my.json: a: \"from\" leads back to the table itself");
}

TEST_CASE("Profile: the words of a path column are texts and segments", "[profile]") {
  const char* from = R"("from": "people.id")";
  const std::string refused =
      "my.json: badges.person_id: \"words\" gives each value of a text column its segment of the path: {\"CONTACT\": \"contacts\"}";
  CHECK(Complaint(from, R"("words": {"A": "as"})") == refused);
  CHECK(Complaint(R"("type": "integer", "role": "path", "from": "people.id")",
                  R"("type": "text", "role": "path", "words": {"A": "a/b"})") == refused);
  CHECK(Complaint(R"("type": "integer", "role": "path", "from": "people.id")",
                  R"("type": "text", "role": "path", "words": {"A": "as"})") == "accepted");
}

TEST_CASE("Profile: a parameter that takes more than one value is refused", "[profile]") {
  CHECK(Complaint(R"("filter": "person_id", "match": "compare")", R"("parameter": "person_id", "match": "compare")") ==
        "my.json: people.id: filter person_id: a \"parameter\" takes one value: match equals, since, until, enum, boolean "
        "or flag, "
        "and no \"with\"");
  CHECK(Complaint(R"("filter": "seen_from", "match": "since")", R"("parameter": "seen_from", "match": "compare_time")") ==
        "my.json: people.seen: filter seen_from: a \"parameter\" takes one value: match equals, since, until, enum, boolean "
        "or "
        "flag, and no \"with\"");
}

TEST_CASE("Profile: comparisons of times and flags are for columns that show them", "[profile]") {
  const char* from = R"({"filter": "seen_from", "match": "since"})";
  CHECK(Complaint(from, R"({"filter": "seen_from", "match": "compare_time"})") == "accepted");
  CHECK(Complaint(from, R"({"filter": "seen_from", "match": "flag"})") ==
        "my.json: people.seen: filter seen_from: match \"flag\" does not fit type \"time\"; it fits boolean");
  CHECK(Complaint(R"("match": "boolean")", R"("match": "flag")") == "accepted");
  CHECK(Complaint(R"("match": "boolean")", R"("match": "compare_time")") ==
        "my.json: people.paid: filter paid: match \"compare_time\" does not fit type \"boolean\"; it fits time, date");
  CHECK(
      Complaint(
          R"("type": "boolean", "role": "request", "doc": "Asks for those who paid.",
       "pushdowns": [{"filter": "paid", "match": "boolean"}])",
          R"("type": "time", "role": "request", "doc": "Asks.", "pushdowns": [{"filter": "paid", "match": "compare_time"}])") ==
      "my.json: people.paid: filter paid: match \"compare_time\" is for columns with the role value");
}

// A profile of one table with custom fields, and of one that defines them.
std::string CustomFieldComplaint(const std::string& keys, const std::string& column, const std::string& definitions) {
  const auto profile =
      ParseText(R"([{"name": "people", "doc": "People.", "list_path": "/v2/people", "items": "rows", "page_size_max": 10,
    "key": [], )" +
                keys + R"( "columns": [)" + column + R"(, {"name": "id", "type": "integer", "doc": "Number."}]}, )" +
                definitions + "]");
  return profile ? "accepted" : profile.status().message();
}

TEST_CASE("Profile: custom fields need their column and their definitions", "[profile]") {
  const std::string keys = R"("custom_fields": "PERSON",)";
  const std::string column = R"({"name": "custom_fields", "type": "json", "doc": "Custom fields."})";
  const std::string definitions =
      R"({"name": "custom_field_definitions", "doc": "Definitions.", "list_path": "/v2/{record_type}/model", "answer": "array",
      "items": "custom_fields", "key": ["record_type", "id"], "columns": [
      {"name": "record_type", "type": "text", "role": "path", "words": {"PERSON": "people"}, "doc": "Type of record."},
      {"name": "id", "type": "integer", "doc": "Number."}, {"name": "label", "type": "text", "doc": "Label."},
      {"name": "field_type", "type": "text", "doc": "Type."}, {"name": "field_name", "type": "text", "doc": "Name."}]})";
  CHECK(CustomFieldComplaint(keys, column, definitions) == "accepted");
  CHECK(CustomFieldComplaint(keys + R"("other_filters": ["old_id"],)", column, definitions) == "accepted");
  CHECK(CustomFieldComplaint(keys + R"("other_filters": ["old-id"],)", column, definitions) ==
        "my.json: people: each of \"other_filters\" must be letters, digits and underscores");
  CHECK(CustomFieldComplaint(R"("other_filters": ["old_id"],)", column, definitions) ==
        "my.json: people: \"other_filters\" is for tables with \"custom_fields\"");

  const std::string no_column =
      "my.json: people: \"custom_fields\" needs a column custom_fields of type json, which shows the array of that name";
  CHECK(CustomFieldComplaint(keys, R"({"name": "fields", "type": "json", "path": "custom_fields", "doc": "Fields."})",
                             definitions) == no_column);
  CHECK(CustomFieldComplaint(keys, R"({"name": "custom_fields", "type": "text", "doc": "Fields."})", definitions) ==
        no_column);
  CHECK(CustomFieldComplaint(keys, R"({"name": "custom_fields", "type": "json", "path": "fields", "doc": "Fields."})",
                             definitions) == no_column);

  const std::string no_definitions =
      "my.json: people: \"custom_fields\" must be one of the words of custom_field_definitions.record_type, and that table "
      "must have "
      "the columns record_type, id, label, field_type, field_name";
  CHECK(CustomFieldComplaint(R"("custom_fields": "ROBOT",)", column, definitions) == no_definitions);
  for (const auto& [from, to] : {std::pair("\"name\": \"custom_field_definitions\"", "\"name\": \"definitions\""),
                                 std::pair("\"name\": \"field_name\"", "\"name\": \"api_name\"")}) {
    std::string other = definitions;
    other.replace(other.find(from), std::string(from).size(), to);
    CHECK(CustomFieldComplaint(keys, column, other) == no_definitions);
  }
}

TEST_CASE("Profile: what stands around an array and what stands in it are told apart", "[profile]") {
  CHECK(Complaint(R"({"name": "order", "type": "json",)", R"({"name": "order", "type": "json", "outer": true,)") ==
        "my.json: people: column order is \"outer\", which is for tables with \"nested\"");
  CHECK(Complaint(R"("items": "rows",)", R"("items": "rows", "nested": "emails",)") ==
        "my.json: people: a table with \"nested\" has no \"get_path\"");
  const char* element = R"([{"name": "mails", "doc": "Mails.", "list_path": "/v2/people", "items": "rows", "nested": "emails",
    "page_size_max": 10, "key": [], "columns": [{"name": "email", "type": "text", "order_by": "email", "doc": "Address."}]}])";
  CHECK(ParseText(element).status().message() == "my.json: mails: column email is an element's, which the API does not sort by");
}

TEST_CASE("Profile: what an answer holds decides which keys it has", "[profile]") {
  CHECK(Complaint(R"("items": "badges",
    "page_size_max": 1000,)", R"("items": "badges", "answer": "array",)") == "accepted");
  CHECK(Complaint(R"("items": "badges",
    "page_size_max": 1000,)", R"("answer": "object",)") == "accepted");
  CHECK(Complaint(R"("items": "badges",)", R"("items": "badges", "answer": "array",)").starts_with("my.json: badges: "));
}

}  // namespace
}  // namespace infusionsoft
