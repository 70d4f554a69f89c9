// SPDX-License-Identifier: MIT
// What a literal's type, a column's affinity and a collation make of a comparison: what of it is sent, and that the answer
// is SQLite's own.
#include <catch2/catch.hpp>
#include <iterator>

#include "pushdown_table.h"

namespace infusionsoft::sqlite_test {
namespace {

// clang-format off
constexpr PushdownCase kNumbers[] = {
    {"id = {id}", "/v2/contacts/{id}", "a key is looked up"},
    {"{id} = id", "/v2/contacts/{id}", "the sides may be swapped"},
    {"id == '{id}'", "/v2/contacts/{id}", "numeric affinity makes a number of the text"},
    {"id = '{id}.0'", "/v2/contacts/{id}", "numeric affinity makes a whole number of the text"},
    {"id = '{id}e0'", "/v2/contacts/{id}", "an exponent is part of a number"},
    {"id = ' +{id} '", "/v2/contacts/{id}", "spaces and a plus sign are part of a number"},
    {"id = {id}.0", "/v2/contacts/{id}", "1.0 equals 1"},
    {"id = CAST('{id}' AS TEXT)", "/v2/contacts/{id}", "numeric affinity wins over TEXT"},
    {"id COLLATE NOCASE = '{id}'", "/v2/contacts/{id}", "a collation says nothing about numbers"},
    {"id COLLATE RTRIM = {id}", "/v2/contacts/{id}", "a collation says nothing about numbers"},
    {"rowid = {id}", "/v2/contacts/{id}", "the rowid is the key"},
    {"rowid = '{id}'", "/v2/contacts/{id}", "the rowid is an INTEGER"},
    {"(id, given_name) = ({id}, '{Name}')", "/v2/contacts/{id}", "a row value is its columns"},
    {"id = TRUE", "/v2/contacts/1", "TRUE is 1"},
    {"id = 0x7fffffff", "/v2/contacts/2147483647", "a hexadecimal literal is a number"},
    {"id = -0", "/v2/contacts/0", "-0 is 0"},
    {"id = -0.0", "/v2/contacts/0", "-0.0 equals 0"},
    {"id = {id}.5", "", "no whole number is equal to a fraction"},
    {"id = '{id}.5'", "", "the text is a fraction"},
    {"id = -{id}", "/v2/contacts", "no document says that no id is negative"},
    {"id = 1e300", "", "no 64-bit number is as large"},
    {"id = 9223372036854775808", "", "2^63 is a real, which no id is equal to"},
    {"id = NULL", "", "nothing is equal to NULL"},
    {"id IN ()", "", "nothing is in an empty list"},
    {"id = 9223372036854775807", "/v2/contacts", "the server's numbers may be smaller"},
    {"id = 'abc'", "/v2/contacts", "text stays text beside a number, and no filter compares so"},
    {"id = '{id}abc'", "/v2/contacts", "what only begins with a number is text"},
    {"id = ''", "/v2/contacts", "the empty text is no number"},
    {"id = 'nan'", "/v2/contacts", "SQLite knows no NaN in text"},
    {"id = 'inf'", "/v2/contacts", "SQLite knows no infinity in text"},
    {"id = '0x10'", "/v2/contacts", "hexadecimal text is no number"},
    {"id = CAST('{id}' AS BLOB)", "/v2/contacts", "a blob equals no number"},
    {"+id = {id}", "/v2/contacts", "an expression is SQLite's"},
    {"id + 0 = {id}", "/v2/contacts", "an expression is SQLite's"},
    {"CAST(id AS TEXT) = '{id}'", "/v2/contacts", "an expression is SQLite's"},
    {"id || '' = '{id}'", "/v2/contacts", "an expression is SQLite's"},
    {"id IS {id}", "/v2/contacts/{id}", "IS is equality on a column that is never NULL"},
    {"id <> {id}", "/v2/contacts", "the API has no inequality"},
    {"id IN ({id}, '{other}', NULL, 3.5)", "/v2/contacts?ids=={id},{other}", "what no id equals is left out of the list"},
    {"id IN ({id}, '{other}', 'abc')", "/v2/contacts", "one value that cannot be sent leaves the list to SQLite"},
    {"id NOT IN ({id}, {other})", "/v2/contacts", "the API has no inequality"},
    {"id = {id} OR id = '{other}'", "/v2/contacts?ids=={id},{other}", "an OR of one column is a list"},
    {"id = {id} OR given_name = '{Name}'", "/v2/contacts/{id} + /v2/contacts?given_name=={Name}", "each side of an OR is asked by itself"},
    {"id = {id} OR length(given_name) = 3", "/v2/contacts", "one side that cannot be sent leaves the OR to SQLite"},
    {"NOT id <> {id}", "/v2/contacts", "NOT is SQLite's"},
    {"id BETWEEN {id} AND '{other}'", "/v2/contacts?contact_id>={id};contact_id<={other}", "both bounds are sent"},
    {"id > {id}.5", "/v2/contacts?contact_id>={id}", "a fraction is rounded outwards"},
    {"id < {other}.5", "/v2/contacts?contact_id<={more}", "a fraction is rounded outwards"},
    {"id <= '{other}'", "/v2/contacts?contact_id<={other}", "numeric affinity makes a number of the text"},
    {"id < 'abc'", "/v2/contacts", "every number is below text"},
    {"id > 'abc'", "/v2/contacts", "no number is above text"},
    {"id < x'00'", "/v2/contacts", "every number is below a blob"},
    {"id > -5", "/v2/contacts", "no sign is sent"},
    {"id < 1e19", "/v2/contacts", "the bound is above every 64-bit number"},
    {"id > NULL", "", "nothing is above NULL"},
    {"company_id = '{company}'", "/v2/contacts?company_id=={company}", "numeric affinity makes a number of the text"},
    {"company_id = {company}.25", "", "no whole number is equal to a fraction"},
};

constexpr PushdownCase kTexts[] = {
    {"given_name = '{Name}'", "/v2/contacts?given_name=={Name}", "BINARY equality is within any equality of the server"},
    {"given_name = '{NAME}'", "/v2/contacts?given_name=={NAME}", "the server may ignore case, SQLite does not"},
    {"given_name COLLATE BINARY = '{Name}'", "/v2/contacts?given_name=={Name}", "BINARY is what text has anyway"},
    {"given_name = CAST('{Name}' AS TEXT)", "/v2/contacts?given_name=={Name}", "the value is text"},
    {"given_name = '{NAME}' COLLATE NOCASE", "/v2/contacts?given_name=={NAME}*", "a prefix ignores case, equality may not"},
    {"given_name COLLATE NOCASE = '{Name}'", "/v2/contacts?given_name=={Name}*", "a prefix ignores case, equality may not"},
    {"given_name COLLATE NOCASE = '\xC3\xA9lodie'", "/v2/contacts?given_name==\xC3\xA9lodie*", "NOCASE leaves \xC3\xA9 as it is"},
    {"phone1 COLLATE NOCASE = '{phone}'", "/v2/contacts", "without a prefix the filter's case is not known"},
    {"given_name = '{Name}' COLLATE RTRIM", "/v2/contacts", "the server may not know values with spaces at their end as equal"},
    {"given_name COLLATE RTRIM = '{Name}  '", "/v2/contacts", "the server may not know values with spaces at their end as equal"},
    {"given_name COLLATE NOCASE IN ('{NAME}')", "/v2/contacts?given_name=={NAME}*", "a list of one value is an equality"},
    {"email = 7", "/v2/contacts", "a number may be compared as a number: '007' = 7"},
    {"given_name = 7.0", "/v2/contacts", "a number may be compared as a number"},
    {"given_name = CAST('7' AS INTEGER)", "/v2/contacts", "INTEGER affinity compares as numbers"},
    {"given_name = x'416e6e'", "/v2/contacts", "a blob equals no text"},
    {"given_name = ''", "/v2/contacts", "the grammar has no empty value"},
    {"given_name = '{Name} '", "/v2/contacts", "the grammar has no space at the end"},
    {"given_name = ' {Name}'", "/v2/contacts", "the grammar has no space at the beginning"},
    {"given_name = 'a;b'", "/v2/contacts", "a semicolon separates filters"},
    {"given_name = 'a*'", "/v2/contacts", "a star asks for a prefix"},
    {"given_name = 'NONE'", "/v2/contacts", "NONE asks for rows without a value"},
    {"given_name = 'a' || char(0) || 'b'", "/v2/contacts", "control characters are not sent"},
    {"given_name = NULL", "", "nothing is equal to NULL"},
    {"given_name IS NULL", "/v2/contacts", "the API has no word for it here"},
    {"given_name IS '{Name}'", "/v2/contacts?given_name=={Name}", "IS with a literal is an equality"},
    {"given_name > 'M'", "/v2/contacts", "text has no bounds"},
    {"given_name BETWEEN 'A' AND 'M'", "/v2/contacts", "text has no bounds"},
    {"lower(given_name) = lower('{Name}')", "/v2/contacts", "an expression is SQLite's"},
    {"given_name IN ('{Name}', '{Zoe}')", "/v2/contacts?given_name=={Name} + /v2/contacts?given_name=={Zoe}", "no filter takes the list, so each value is asked for"},
    {"given_name LIKE '{Nam}%'", "/v2/contacts?given_name=={Nam}*", "a prefix ignores case as LIKE does"},
    {"given_name LIKE '{NAM}%'", "/v2/contacts?given_name=={NAM}*", "a prefix ignores case as LIKE does"},
    {"given_name LIKE '{Nam}%'", "/v2/contacts?given_name=={Nam}*", "a LIKE that minds case keeps fewer rows", "contacts", "PRAGMA case_sensitive_like = ON"},
    {"given_name LIKE '{NAM}%'", "/v2/contacts?given_name=={NAM}*", "a LIKE that minds case keeps fewer rows", "contacts", "PRAGMA case_sensitive_like = ON"},
    {"given_name LIKE '{Name}'", "/v2/contacts?given_name=={Name}*", "a pattern without a wildcard is its own beginning"},
    {"given_name LIKE '{Nam}_%'", "/v2/contacts?given_name=={Nam}*", "the beginning ends at the first wildcard"},
    {"given_name COLLATE BINARY LIKE '{NAM}%'", "/v2/contacts", "SQLite hands over no LIKE of an expression"},
    {"given_name LIKE '{Nam}%' ESCAPE '!'", "/v2/contacts", "SQLite hands over no LIKE with ESCAPE"},
    {"given_name LIKE '%{Nam}'", "/v2/contacts", "without a beginning nothing is sent"},
    {"given_name LIKE '_%'", "/v2/contacts", "without a beginning nothing is sent"},
    {"given_name LIKE '\xC3\xA9%'", "/v2/contacts", "how a server folds \xC3\xA9 is not known"},
    {"given_name NOT LIKE '{Nam}%'", "/v2/contacts", "NOT is SQLite's"},
    {"'{Name}' LIKE given_name", "/v2/contacts", "the column is the pattern"},
    {"given_name LIKE NULL", "", "nothing is like NULL"},
    {"given_name LIKE 7", "/v2/contacts", "a number is no pattern to send"},
    {"given_name GLOB '{Nam}*'", "/v2/contacts?given_name=={Nam}*", "a prefix holds more than GLOB keeps"},
    {"given_name GLOB '{Nam}[a-z]*'", "/v2/contacts?given_name=={Nam}*", "the beginning ends at the first wildcard"},
    {"given_name GLOB '[A-C]*'", "/v2/contacts", "without a beginning nothing is sent"},
    {"given_name GLOB '{NAM}*'", "/v2/contacts?given_name=={NAM}*", "a prefix holds more than GLOB keeps"},
};

constexpr PushdownCase kOtherTypes[] = {
    {"completed = 1", "/v2/tasks?is_completed==true", "booleans are 0 and 1", "tasks"},
    {"completed = TRUE", "/v2/tasks?is_completed==true", "TRUE is 1", "tasks"},
    {"completed = '0'", "/v2/tasks?is_completed==false", "BOOLEAN has numeric affinity", "tasks"},
    {"completed = 1.0", "/v2/tasks?is_completed==true", "1.0 equals 1", "tasks"},
    {"completed = 'true'", "/v2/tasks", "'true' is text, which equals no number", "tasks"},
    {"completed = 2", "/v2/tasks", "the API has no such value", "tasks"},
    {"completed", "/v2/tasks", "a column alone is an expression", "tasks"},
    {"completed IS TRUE", "/v2/tasks", "IS TRUE is an expression", "tasks"},
    {"NOT completed", "/v2/tasks", "NOT is SQLite's", "tasks"},
    {"priority = 'CRITICAL'", "/v2/tasks?priority==CRITICAL", "a word of the API", "tasks"},
    {"priority = 'critical'", "/v2/tasks", "no word of the API: it would be refused", "tasks"},
    {"priority = 'critical' COLLATE NOCASE", "/v2/tasks", "words are sent as they are", "tasks"},
    {"assigned_to_user_id IS NULL", "/v2/tasks?user_id==UNASSIGNED", "the API has a word for it", "tasks"},
    {"assigned_to_user_id IS NOT NULL", "/v2/tasks", "the API has no inequality", "tasks"},
    {"category_id IS NULL", "/v2/tags?category_id==NONE", "the API has a word for it", "tags"},
    {"category_id = 'NONE'", "/v2/tags", "a word of the grammar is no id", "tags"},
    {"projected_revenue_low = {low}", "/v2/opportunities?projected_revenue_low>={below};projected_revenue_low<={above}", "decimals are compared a thousandth wider", "opportunities"},
    {"projected_revenue_low > '{low}'", "/v2/opportunities?projected_revenue_low>={below}", "REAL affinity makes a number of the text", "opportunities"},
    {"projected_revenue_low <= {low}", "/v2/opportunities?projected_revenue_low<={above}", "bounds are moved outwards", "opportunities"},
    {"projected_revenue_low < 1e300", "/v2/opportunities", "no exponent is sent", "opportunities"},
    {"projected_revenue_low > -1", "/v2/opportunities", "no sign is sent", "opportunities"},
    {"projected_revenue_low >= -0.0", "/v2/opportunities?projected_revenue_low>=0", "-0.0 is 0", "opportunities"},
    {"projected_revenue_low = 'abc'", "/v2/opportunities", "text stays text beside a number", "opportunities"},
    {"projected_revenue_low < 9e999", "/v2/opportunities", "infinity bounds nothing", "opportunities"},
    {"contact_id = '{tagged}'", "/v2/contacts/{tagged}/tags", "a path takes the number", "contact_tags"},
    {"contact_id = '{tagged}' COLLATE NOCASE", "/v2/contacts/{tagged}/tags", "a collation says nothing about numbers", "contact_tags"},
    {"contact_id = 'abc'", "", "a path column holds only what a path can carry", "contact_tags"},
    {"contact_id = {tagged}.5", "", "no id is a fraction", "contact_tags"},
    {"contact_id IN ('{tagged}', NULL, 3.5)", "/v2/contacts?ids=={tagged}", "the contacts' list takes all ids at once", "contact_tags"},
};
// clang-format on

void DefineValues(PushdownTable& table) {
  table.Define("id", "SELECT min(id) FROM copy_contacts");
  table.Define("other", "SELECT max(id) - 3 FROM copy_contacts WHERE id < 4294967296");
  table.Define("more", "SELECT max(id) - 2 FROM copy_contacts WHERE id < 4294967296");
  table.Define("company", "SELECT max(company_id) FROM copy_contacts");
  table.Define("phone", "SELECT min(phone1) FROM copy_contacts WHERE phone1 GLOB '[0-9(]*'");
  const std::string plain = " FROM copy_contacts WHERE given_name NOT GLOB '*[^a-zA-Z]*' AND length(given_name) > 3";
  table.Define("Name", "SELECT min(given_name)" + plain);
  table.Define("Zoe", "SELECT max(given_name)" + plain);
  table.Define("NAME", "SELECT upper(min(given_name))" + plain);
  table.Define("Nam", "SELECT substr(min(given_name), 1, 3)" + plain);
  table.Define("NAM", "SELECT upper(substr(min(given_name), 1, 3))" + plain);
  const std::string revenue =
      " FROM copy_opportunities WHERE projected_revenue_low = CAST(projected_revenue_low AS INTEGER)";
  table.Define("low", "SELECT CAST(max(projected_revenue_low) AS INTEGER)" + revenue);
  table.Define("below", "SELECT (CAST(max(projected_revenue_low) AS INTEGER) - 1) || '.999'" + revenue);
  table.Define("above", "SELECT CAST(max(projected_revenue_low) AS INTEGER) || '.001'" + revenue);
  table.Define("tagged", "SELECT min(contact_id) FROM copy_contact_tags");
}

TEST_CASE("Affinity: a literal of any type against a number", "[sqlite]") {
  PushdownTable table;
  DefineValues(table);
  CHECK(table.Check(kNumbers) > std::size(kNumbers) / 3);
}

TEST_CASE("Affinity: literals, patterns and collations against text", "[sqlite]") {
  PushdownTable table;
  DefineValues(table);
  CHECK(table.Check(kTexts) > std::size(kTexts) / 3);
}

TEST_CASE("Affinity: booleans, words, decimals, absent values and paths", "[sqlite]") {
  PushdownTable table;
  DefineValues(table);
  CHECK(table.Check(kOtherTypes) > std::size(kOtherTypes) / 3);
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
