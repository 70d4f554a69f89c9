// SPDX-License-Identifier: MIT
// Cells: their types, and how SQL uses them.
#include <catch2/catch.hpp>
#include <string>

#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;

TEST_CASE("Columns: JSON columns are used by SQLite's JSON functions", "[sqlite]") {
  Account account;
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts WHERE tag_ids IS NOT NULL AND NOT json_valid(tag_ids)") ==
        "0");
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts, json_each(tag_ids)") ==
        account.Cell("SELECT count(*) FROM infusionsoft_contact_tags"));
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts AS c WHERE email IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
                     "json_each(c.email_addresses) WHERE json_extract(value, '$.email') = c.email)") == "0");
  CHECK_THAT(account.Cell("SELECT json_object('tags', json(tag_ids)) FROM infusionsoft_contacts WHERE "
                          "json_array_length(tag_ids) > 1 LIMIT 1"),
             Catch::StartsWith("{\"tags\":[\""));
}

TEST_CASE("Columns: every cell has the type that its column declares", "[sqlite]") {
  Account account;
  const auto columns = account.Run(
      "SELECT c.table_name, c.name, c.type, c.api_type FROM infusionsoft_columns c JOIN infusionsoft_tables t "
      "ON t.name = c.table_name WHERE NOT c.hidden AND t.path_columns IS NULL");  // children: many requests for little
  CHECK(columns.size() > 200);
  for (const std::string& row : columns) {
    const size_t first = row.find('|');
    const size_t second = row.find('|', first + 1);
    const std::string table = row.substr(0, first);
    const std::string name = row.substr(first + 1, second - first - 1);
    const std::string type = row.substr(second + 1, row.find('|', second + 1) - second - 1);
    const std::string allowed = type == "INTEGER"   ? "'integer'"
                                : type == "REAL"    ? "'real'"
                                : type == "BOOLEAN" ? "'integer'"
                                                    : "'text'";
    INFO(row);
    CHECK(account.Cell("SELECT count(*) FROM " + table + " WHERE typeof(\"" + name + "\") NOT IN ('null', " + allowed +
                       ")") == "0");
  }
}

TEST_CASE("Columns: times are UTC with milliseconds, and sort as text", "[sqlite]") {
  Account account;
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts WHERE update_time NOT GLOB "
                     "'[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9]Z'") == "0");
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts WHERE datetime(update_time) IS NULL") == "0");
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts WHERE update_time < create_time") == "0");
}

TEST_CASE("Columns: booleans are 0 and 1, money is in major units", "[sqlite]") {
  Account account;
  CHECK(account.Cell("SELECT group_concat(DISTINCT completed) FROM (SELECT completed FROM infusionsoft_tasks ORDER BY 1)") ==
        "0,1");
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_tasks WHERE completed AND completion_time IS NULL AND 0") == "0");
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_tasks WHERE completed = 1") == 1);
  CHECK_THAT(account.LastQuery(), Contains("is_completed==true"));
  CHECK(account.Cell("SELECT count(*) > 0 FROM infusionsoft_orders WHERE typeof(total) = 'real' AND total > 0") == "1");
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_orders WHERE abs(total * 1000 - round(total * 1000)) > 1e-6") ==
        "0");
}

TEST_CASE("Columns: columns beyond the 64th are read and asked for", "[sqlite]") {
  Account account;
  const auto late = account.Run(
      "SELECT name FROM infusionsoft_columns WHERE table_name = 'infusionsoft_contacts' AND position >= 62 AND NOT "
      "hidden");
  REQUIRE(late.size() > 5);
  for (const std::string& name : late) {
    INFO(name);
    // Alone, and together with all others: the same values.
    const auto alone = account.Run("SELECT id, quote(" + name + ") FROM infusionsoft_contacts ORDER BY +id");
    const auto all =
        account.Run("SELECT id, quote(" + name + ") FROM (SELECT * FROM infusionsoft_contacts LIMIT -1) ORDER BY +id");
    CHECK(alone == all);
  }
  const std::string counted = account.Cell("SELECT sum(other_country_code IS NOT NULL) FROM infusionsoft_contacts");
  CHECK(std::stoi(counted) > 0);
}

TEST_CASE("Columns: only what is read is asked for", "[sqlite]") {
  Account account;
  account.Run("SELECT given_name FROM infusionsoft_contacts");
  CHECK(account.LastQuery() == "fields=id,given_name&page_size=1000");
  account.Run("SELECT count(*) FROM infusionsoft_contacts");
  CHECK(account.LastQuery() == "fields=id&page_size=1000");
  account.Run("SELECT id FROM infusionsoft_contacts WHERE job_title LIKE '%er'");
  CHECK(account.LastQuery() == "fields=id,job_title&page_size=1000");
}

TEST_CASE("Columns: an IN list on a path column asks each parent once", "[sqlite]") {
  Account account;
  const auto ids = account.Run("SELECT DISTINCT contact_id FROM infusionsoft_contact_tags LIMIT 3");
  REQUIRE(ids.size() == 3);
  const std::string list = ids[0] + ", " + ids[1] + ", " + ids[2];
  CHECK(account.Requests("SELECT DISTINCT contact_id, min(name) FROM infusionsoft_contact_tags WHERE contact_id IN (" +
                         list + ") GROUP BY contact_id") == 3);
  CHECK(account.last_rows().size() == 3);
  // A path column is a number: text that looks like one is the same number, other text is nobody's.
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contact_tags WHERE contact_id = '" + ids[0] + "'") == 1);
  CHECK(account.last_rows() != std::vector<std::string>{"0"});
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contact_tags WHERE contact_id = 'abc'") == 0);
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contact_tags WHERE contact_id = x'31'") == 0);
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contact_tags WHERE contact_id = NULL") == 0);
}

TEST_CASE("Columns: the rowid of a row is the same in every scan", "[sqlite]") {
  Account account;
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts WHERE rowid <> id") == "0");
  const auto before = account.Run("SELECT rowid FROM infusionsoft_tagged_contacts ORDER BY 1");
  account.Connect("Pagesize=3");
  CHECK(account.Run("SELECT rowid FROM infusionsoft_tagged_contacts ORDER BY 1") == before);
  CHECK(account.Cell("SELECT count(DISTINCT rowid) = count(*) FROM infusionsoft_tagged_contacts") == "1");
  CHECK(account.Run("SELECT count(*) FROM infusionsoft_tagged_contacts WHERE rowid = " + before[0]) ==
        std::vector<std::string>{"1"});
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
