// SPDX-License-Identifier: MIT
#include "profile/custom_field.h"

#include <catch2/catch.hpp>
#include <set>

#include "base/text.h"
#include "profile/sendable.h"

namespace infusionsoft {
namespace {

const Entity& Contacts() { return *Profile::BuiltIn().Find("contacts"); }

CustomField Field(int64_t id, const char* label, const char* type = "TEXT", const char* name = "Name") {
  return {id, "", label, type, name + std::to_string(id)};
}

std::vector<std::string> Names(std::vector<CustomField> fields) {
  NameColumns(Contacts(), fields);
  std::vector<std::string> names;
  for (const CustomField& field : fields) names.push_back(field.column);
  return names;
}

using Texts = std::vector<std::string>;

TEST_CASE("CustomField: a label becomes an identifier", "[profile]") {
  CHECK(IdentifierOf("Favourite colour") == "favourite_colour");
  CHECK(IdentifierOf("  Member?  ") == "member");
  CHECK(IdentifierOf("E-mail / of -- the \"assistant\"; DROP") == "e_mail_of_the_assistant_drop");
  CHECK(IdentifierOf("snake_case__name_") == "snake_case_name");
  CHECK(IdentifierOf("ORDER") == "order");  // a keyword, which SQL takes in quotes
  CHECK(IdentifierOf("2nd phone") == "field_2nd_phone");
  CHECK(IdentifierOf("line\nbreak\ttab") == "line_break_tab");
}

TEST_CASE("CustomField: letters beyond ASCII stay, what is no letter does not", "[profile]") {
  CHECK(IdentifierOf("Gr\u00f6\u00dfe (cm)") == "gr\u00f6\u00dfe_cm");
  CHECK(IdentifierOf("\u00c9TAT civil") == "\u00c9tat_civil");  // SQLite folds the case of ASCII only
  CHECK(IdentifierOf("\u751f\u5e74\u6708\u65e5") == "\u751f\u5e74\u6708\u65e5");
  CHECK(IdentifierOf("a\u00a0b\u2014c\u200bd\u202ee") == "a_b_c_d_e");
  CHECK(IdentifierOf("\U0001F680 launch \U0001F680") == "launch");
  CHECK(IdentifierOf("good\xff"
                     "bad") == "good");  // nothing after what is not UTF-8
  CHECK(IdentifierOf(std::string_view("nul\0byte", 8)) == "nul_byte");
}

TEST_CASE("CustomField: a label without a letter gives no name", "[profile]") {
  for (const char* label : {"", " ", "!?", "___", "\U0001F680", "\xff"}) CHECK(IdentifierOf(label).empty());
  CHECK(Names({Field(7, ""), Field(8, "?")}) == Texts{"custom_field_7", "custom_field_8"});
}

TEST_CASE("CustomField: a long label is cut at a character", "[profile]") {
  CHECK(IdentifierOf(std::string(500, 'a')) == std::string(60, 'a'));
  std::string wide = "x";
  for (int i = 0; i < 100; ++i) wide += "\u00df";
  const std::string name = IdentifierOf(wide);
  CHECK(name.size() == 59);
  CHECK(IsValidUtf8(name));
  CHECK(IdentifierOf(std::string(60, 'a') + " b") == std::string(60, 'a'));
  CHECK(IdentifierOf(std::string(59, 'a') + " b") == std::string(59, 'a'));  // no underscore at the end
}

TEST_CASE("CustomField: an identifier gives itself", "[profile]") {
  for (const char* label : {"Favourite colour", "2nd phone", "Gr\u00f6\u00dfe (cm)", "custom_field_7", "field", "field_"}) {
    CHECK(IdentifierOf(IdentifierOf(label)) == IdentifierOf(label));
  }
}

TEST_CASE("CustomField: clashes are told apart by the id", "[profile]") {
  CHECK(Names({Field(9, "Colour"), Field(4, "colour!"), Field(12, "COLOUR")}) == Texts{"colour", "colour_9", "colour_12"});
  CHECK(Names({Field(3, "Given name"), Field(5, "Rowid"), Field(6, "OID")}) == Texts{"given_name_3", "rowid_5", "oid_6"});
  CHECK(Names({Field(4, "Colour"), Field(9, "Colour"), Field(12, "Colour 9")}) ==
        Texts{"colour", "colour_9", "colour_9_12"});
  CHECK(Names({Field(1, std::string(70, 'x').c_str()), Field(2, std::string(80, 'x').c_str())}) ==
        Texts{std::string(60, 'x'), std::string(60, 'x') + "_2"});
}

TEST_CASE("CustomField: a field that is added later changes no name", "[profile]") {
  std::vector<CustomField> fields = {Field(4, "Colour"), Field(9, "Colour"), Field(11, "Score")};
  const Texts before = Names(fields);
  fields.push_back(Field(20, "Score"));
  fields.push_back(Field(21, "Colour 9"));
  const Texts after = Names(fields);
  CHECK(Texts(after.begin(), after.begin() + 3) == before);
}

TEST_CASE("CustomField: a name that was given stays, one that nobody gave does not", "[profile]") {
  std::vector<CustomField> fields = {Field(4, "Colour"), Field(9, "Colour")};
  fields[1].column = "colour";
  CHECK(Names(fields) == Texts{"colour_4", "colour"});
  for (const char* strange : {"a b", "A", "x\"; DROP TABLE y; --", "given_name", "rowid", "9a", "_a", "\xff"}) {
    fields[1].column = strange;
    CHECK(Names(fields) == Texts{"colour", "colour_9"});
  }
  const std::string longest = std::string(60, 'x') + "_9223372036854775807";
  CHECK(Names({{9, longest, "Colour", "TEXT", "C"}}) == Texts{longest});
}

// The columns that `fields` add.
std::vector<Column> Added(std::vector<CustomField> fields, const Entity& entity = Contacts()) {
  NameColumns(entity, fields);
  const Entity extended = WithCustomFields(entity, fields);
  CHECK(extended.columns.size() == entity.columns.size() + fields.size());
  return {extended.columns.begin() + static_cast<std::ptrdiff_t>(entity.columns.size()), extended.columns.end()};
}

TEST_CASE("CustomField: each type of field has a type of column and its operators", "[profile]") {
  const auto shown = [](const char* type) {
    const Column column = Added({Field(7, "Label", type)}).front();
    return std::string(ColumnTypeName(column.type)) + ": " + DescribePushdowns(Contacts(), column);
  };
  const std::string text = "text: =, LIKE 'x%', GLOB 'x*'";
  for (const char* type : {"TEXT", "TEXT_AREA", "NAME", "EMAIL", "PHONE_NUMBER", "WEBSITE", "SOCIAL_SECURITY_NUMBER",
                           "DROPDOWN", "RADIO", "STATE"}) {
    CHECK(shown(type) == text);
  }
  for (const char* type : {"WHOLE_NUMBER", "YEAR"}) CHECK(shown(type) == "integer: =, >, >=, <, <=");
  for (const char* type : {"MONTH", "DAY_OF_WEEK", "USER", "DRILLDOWN"}) CHECK(shown(type) == "integer: =");
  for (const char* type : {"DECIMAL_NUMBER", "CURRENCY", "PERCENT"}) CHECK(shown(type) == "real: =, >, >=, <, <=");
  CHECK(shown("DATE") == "date: =, >, >=, <, <=");
  CHECK(shown("DATE_TIME") == "time: =, >, >=, <, <=");
  CHECK(shown("YES_NO") == "boolean: =");
  for (const char* type : {"LIST_BOX", "USER_LIST_BOX", "HOLOGRAM", ""}) CHECK(shown(type) == "text: ");
}

TEST_CASE("CustomField: a column reads its content, whether the id is a text or a number", "[profile]") {
  const Column column = Added({Field(7, "Label")}).front();
  for (const char* row : {R"({"custom_fields":[{"id":"70","content":"no"},{"id":"7","content":"yes"}]})",
                          R"({"custom_fields":[{"id":70,"content":"no"},{"id":7,"content":"yes"}]})"}) {
    const auto document = json::Document::Parse(row);
    REQUIRE(document.ok());
    CHECK(column.path.Find(document->root()).String() == "yes");
  }
  CHECK(column.field == "custom_fields");
  CHECK(column.is_custom);
  CHECK(column.doc == "Custom field 7, in filters Name7, of the type TEXT: Label.");
  CHECK(Added({{7, "", "", "", ""}}).front().doc == "Custom field 7.");
  CHECK(Added({Field(7, "Label")}, *Profile::BuiltIn().Find("orders")).front().field.empty());
}

TEST_CASE("CustomField: a name that is not certain to be the field's own in filters is not sent", "[profile]") {
  const auto filter = [](std::vector<CustomField> fields) {
    const Column column = Added(std::move(fields)).front();
    return column.pushdowns.empty() ? std::string() : column.pushdowns.front().filter;
  };
  const auto named = [](const char* name) { return CustomField{7, "", "Label", "TEXT", name}; };
  CHECK(filter({named("_Colour2")}) == "_Colour2");
  // A standard filter wins, whatever its case: one of a column, one that goes with another, and one that no column uses.
  for (const char* name : {"given_name", "GIVEN_NAME", "Phone_Fields", "Contact_Ids"}) CHECK(filter({named(name)}).empty());
  for (const char* name : {"", "a b", "a==b;id", "a-b", "gr\u00f6\u00dfe"}) CHECK(filter({named(name)}).empty());
  CHECK(filter({named(std::string(101, 'a').c_str())}).empty());
  CHECK(filter({named("Colour"), {8, "", "Other", "TEXT", "COLOUR"}}).empty());
}

TEST_CASE("CustomField: what a definition holds cannot leave its place in the declaration", "[profile]") {
  std::vector<CustomField> fields = {{7, "x\" TEXT); DROP TABLE y; --", "L\"; DROP\n", "T\"", "F\""}};
  NameColumns(Contacts(), fields);
  const Entity extended = WithCustomFields(Contacts(), fields);
  std::string expected = Contacts().DeclareTable();
  expected.insert(expected.rfind(", PRIMARY KEY"), ", \"l_drop\" TEXT");
  CHECK(extended.DeclareTable() == expected);
  CHECK(extended.columns.back().doc.find('\n') == std::string::npos);
}

TEST_CASE("CustomField: the records with custom fields are those that have definitions", "[profile]") {
  std::set<std::string> record_types;
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    if (!entity.custom_fields.empty()) record_types.insert(entity.custom_fields);
  }
  CHECK(record_types ==
        std::set<std::string>{"AFFILIATE", "COMPANY", "CONTACT", "NOTE", "OPPORTUNITY", "ORDER", "SUBSCRIPTION", "TASK"});
}

}  // namespace
}  // namespace infusionsoft
