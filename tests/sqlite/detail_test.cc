// SPDX-License-Identifier: MIT
// Columns that only the single object has: not in SELECT *, and one request for each row whose value SQLite reads.
#include <catch2/catch.hpp>
#include <string>

#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

struct Detailed {
  const char* table;
  const char* column;
};

const Detailed kDetailed[] = {{"infusionsoft_emails", "plain_content"},
                              {"infusionsoft_email_templates", "html_body"},
                              {"infusionsoft_commission_programs", "default_commission"},
                              {"infusionsoft_products", "inventory_count"}};

std::string PlanOf(Account& account, const std::string& sql) {
  std::string plan;
  for (const std::string& row : account.Run("EXPLAIN QUERY PLAN " + sql)) plan += row;
  return plan;
}

TEST_CASE("Detail: a list of keys brings details whichever way each of its rows comes", "[sqlite]") {
  Account account("", SmallAccount(300));
  const std::string ids =
      account.Cell("SELECT group_concat(id) FROM (SELECT id FROM infusionsoft_emails ORDER BY id LIMIT 4)");
  const std::string first = account.Cell("SELECT contact_id FROM infusionsoft_emails ORDER BY id LIMIT 1");
  std::vector<std::string> one_by_one;
  for (int i = 1; i < 4; ++i) {
    one_by_one.push_back(
        account.Cell("SELECT id || '|' || length(html_content) FROM infusionsoft_emails WHERE id = "
                     "(SELECT id FROM infusionsoft_emails ORDER BY id LIMIT 1 OFFSET " +
                     std::to_string(i) + ")"));
  }
  Account fresh("", SmallAccount(300));
  // The first row is passed over before its detail is read.
  const std::string sql = "SELECT id || '|' || length(html_content) FROM infusionsoft_emails WHERE id IN (" + ids +
                          ") AND contact_id <> " + first;
  CHECK(fresh.Run(sql + " ORDER BY id") == one_by_one);
  fresh.Run("SELECT count(*) FROM infusionsoft_emails");
  CHECK(fresh.Requests("SELECT length(html_content) FROM infusionsoft_emails WHERE id IN (" + ids + ")") == 4);
}

TEST_CASE("Detail: SELECT * costs no request a row", "[sqlite]") {
  Account account;
  for (const Detailed& detailed : kDetailed) {
    const std::string table = detailed.table;
    INFO(table);
    CHECK(account.Requests("SELECT * FROM " + table) == 1);
    CHECK(PlanOf(account, "SELECT * FROM " + table).find("for each row") == std::string::npos);
  }
}

TEST_CASE("Detail: a detail costs one request for each row that is read", "[sqlite]") {
  Account account;
  for (const Detailed& detailed : kDetailed) {
    const std::string table = detailed.table;
    const std::string column = detailed.column;
    INFO(table);
    const auto rows = static_cast<uint64_t>(std::stoul(account.Cell("SELECT count(*) FROM " + table)));
    REQUIRE(rows > 2);
    CHECK(account.Requests("SELECT " + column + " FROM " + table) == 1 + rows);
    CHECK(account.Requests("SELECT " + column + ", " + column + " IS NULL FROM " + table + " LIMIT 2") == 3);
    CHECK(account.Cell("SELECT count(" + column + ") > 0 FROM " + table) == "1");
    // SQLite tests what the list says first: rows that fall out have no second request.
    CHECK(account.Requests("SELECT " + column + " FROM " + table + " WHERE +id < 0") == 1);
    CHECK(PlanOf(account, "SELECT " + column + " FROM " + table).find(" for each row") != std::string::npos);
  }
}

TEST_CASE("Detail: a look-up by key has the details with it", "[sqlite]") {
  Account account;
  const std::string id = account.Cell("SELECT min(id) FROM infusionsoft_emails");
  CHECK(account.Requests("SELECT subject, plain_content FROM infusionsoft_emails WHERE id = " + id) == 1);
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_emails AS a JOIN infusionsoft_emails AS b ON b.id = a.id "
                     "WHERE a.id = " +
                     id + " AND a.plain_content IS b.plain_content") == "1");
}

TEST_CASE("Detail: details are the same however a row is come by", "[sqlite]") {
  Account account;
  account.Run("CREATE TEMP TABLE a AS SELECT id, plain_content, html_content FROM infusionsoft_emails");
  account.Run(
      "CREATE TEMP TABLE b AS SELECT e.id, e.plain_content, e.html_content FROM a CROSS JOIN infusionsoft_emails AS e ON "
      "e.id = a.id");
  CHECK(account.Cell("SELECT count(*) FROM a") == account.Cell("SELECT count(*) FROM b"));
  CHECK(account.Cell("SELECT count(*) FROM (SELECT * FROM a EXCEPT SELECT * FROM b)") == "0");
}

TEST_CASE("Detail: MaxRequests counts second requests too", "[sqlite]") {
  Account account("MaxRequests=3");
  CHECK(account.Error("SELECT plain_content FROM infusionsoft_emails").find("MaxRequests=3") != std::string::npos);
}

TEST_CASE("Detail: files are bytes", "[sqlite]") {
  Account account;
  CHECK(
      account.Cell(
          "SELECT count(*) > 0 AND min(typeof(data)) = 'blob' AND max(typeof(data)) = 'blob' FROM infusionsoft_file_data") ==
      "1");
  CHECK(account.Cell("SELECT max(hex(data)) FROM infusionsoft_file_data") == "0066696C65FF");
  CHECK(account.Cell("SELECT count(*) > 0 AND min(html) LIKE '<p>%' FROM infusionsoft_webform_html") == "1");
  CHECK(account.Requests("SELECT html FROM infusionsoft_webform_html WHERE webform_id = "
                         "(SELECT min(id) FROM infusionsoft_webforms)") == 2);
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
