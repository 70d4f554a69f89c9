// SPDX-License-Identifier: MIT
// infusionsoft_explain, and the number that sums infusionsoft_requests by statement.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "query_shapes.h"
#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;

std::string Quoted(std::string text) {
  for (size_t at = text.find('\''); at != std::string::npos; at = text.find('\'', at + 2)) text.insert(at, 1, '\'');
  return "'" + text + "'";
}

std::vector<std::string> Explain(Account& account, const std::string& sql) {
  return account.Run("SELECT * FROM infusionsoft_explain(" + Quoted(sql) + ")");
}

TEST_CASE("infusionsoft_explain: one row for each table, and nothing is sent", "[sqlite]") {
  Account account;
  CHECK(
      Explain(account,
              "SELECT c.email, o.total FROM infusionsoft_contacts AS c LEFT JOIN infusionsoft_orders AS o ON o.contact_id = "
              "c.id "
              "WHERE c.update_time >= '2026' AND c.job_title <> 'x' AND length(c.email) > 3 ORDER BY c.family_name") ==
      std::vector<std::string>{
          "c|GET /v2/contacts?filter=start_update_time=={update_time >= ?1}&fields=id,family_name,email_addresses,job_title,"
          "update_time|update_time >=|job_title <>|3",
          "o|GET /v2/orders?filter=contact_id=={contact_id = ?1}|contact_id =||1", "|||ORDER BY|0"});
  CHECK(Explain(account, "SELECT * FROM infusionsoft_contacts WHERE id = 1 AND id = NULL") ==
        std::vector<std::string>{"infusionsoft_contacts|no request, because no row can match|||0"});
  // What a table compares with one that is read after it is checked there.
  CHECK(
      Explain(account, "SELECT c.id FROM infusionsoft_orders AS o JOIN infusionsoft_contacts AS c ON c.id = o.contact_id") ==
      std::vector<std::string>{"o|GET /v2/orders|||10", "c|GET /v2/contacts/{id = ?1}?fields=id|id =||1"});
  CHECK(Explain(account, "SELECT 1").empty());
  CHECK(Explain(account, "SELECT * FROM infusionsoft_tables, json_each('[]')").empty());
  CHECK(account.server().Requests().empty());
}

TEST_CASE("infusionsoft_explain: knows every shape", "[sqlite][shapes]") {
  Account account;
  account.Run(
      "CREATE TABLE few(id INTEGER); CREATE TABLE many(id INTEGER);"
      "CREATE TEMP VIEW smiths AS SELECT id FROM infusionsoft_contacts");
  for (const QueryShape& shape : QueryShapes()) {
    std::string sql = shape.sql;
    for (size_t at = sql.find('{'); at != std::string::npos; at = sql.find('{'))
      sql.replace(at, sql.find('}') - at + 1, "1");
    INFO(sql);
    const auto rows = Explain(account, sql);
    const bool is_none = std::string(shape.least) == "0";
    CHECK((is_none || !rows.empty()));
  }
  CHECK(account.server().Requests().empty());
}

TEST_CASE("infusionsoft_explain: what cannot be explained is an error", "[sqlite]") {
  Account account;
  const auto error = [&](const std::string& sql) {
    return account.Error("SELECT * FROM infusionsoft_explain(" + sql + ")");
  };
  CHECK_THAT(error("'SELECT unknown'"), Contains("no such column: unknown"));
  for (const char* misspelt : {"'selec 1'", "'  selec 1'", "'/* x */ selec 1'", "'1'"}) {
    CHECK_THAT(error(misspelt), Contains("syntax error"));
  }
  CHECK_THAT(error("'selec 1'"), Contains("near \"selec\""));
  CHECK_THAT(error("'VACUUM'"), Contains("can be explained") && !Contains("syntax error"));
  CHECK_THAT(error("'SELECT 1; SELECT 2'"), Contains("one statement only"));
  CHECK_THAT(error("NULL"), Contains("must be a text"));
  CHECK_THAT(account.Error("SELECT * FROM infusionsoft_explain"), Contains("give an argument"));
  // Some act when they are prepared.
  CHECK_THAT(error("'/* x */ PRAGMA user_version = 5'"), Contains("can be explained"));
  CHECK(account.Cell("SELECT user_version FROM pragma_user_version") == "0");
  account.Run("CREATE TABLE mine(x); INSERT INTO mine VALUES(1)");
  CHECK(Explain(account, "DELETE FROM mine; -- all").empty());
  CHECK(account.Cell("SELECT count(*) FROM mine") == "1");
  account.Run("CREATE VIEW theirs AS SELECT * FROM infusionsoft_explain('SELECT 1')");
  CHECK_THAT(account.Error("SELECT * FROM theirs"), Contains("unsafe use"));
}

// SQLite takes notice of what it may leave unchecked for the first 16 constraints only.
TEST_CASE("infusionsoft_explain: has its argument to show, whatever stands beside it", "[sqlite]") {
  Account account;
  const std::string sql = "SELECT * FROM infusionsoft_tags";
  std::string where = " WHERE 1";
  for (int i = 0; i < 40; ++i) where += " AND table_name <> '" + std::to_string(i) + "'";
  const std::string from = "SELECT request FROM infusionsoft_explain";
  CHECK(account.Run(from + "('" + sql + "')" + where) == std::vector<std::string>{"GET /v2/tags"});
  CHECK(account.Run(from + where + " AND sql = '" + sql + "'") == std::vector<std::string>{"GET /v2/tags"});
  CHECK(account.Run("SELECT sql FROM infusionsoft_explain('" + sql + "')") == std::vector<std::string>{sql});
}

TEST_CASE("infusionsoft_explain: the statement may come from another table", "[sqlite]") {
  Account account;
  account.Run(
      "CREATE TABLE statements(sql TEXT); INSERT INTO statements VALUES "
      "('SELECT * FROM infusionsoft_tags'), ('SELECT id FROM infusionsoft_users')");
  CHECK(account.Run("SELECT table_name FROM statements AS s JOIN infusionsoft_explain(s.sql) ORDER BY 1") ==
        std::vector<std::string>{"infusionsoft_tags", "infusionsoft_users"});
}

TEST_CASE("infusionsoft_requests: sums by statement", "[sqlite]") {
  Account account("Pagesize=25");
  const std::string by_statement =
      "SELECT count(*), count(DISTINCT table_name) FROM infusionsoft_requests GROUP BY statement ORDER BY statement";
  account.Run("SELECT count(*) FROM infusionsoft_contacts");
  account.Run("SELECT (SELECT min(id) FROM infusionsoft_contacts) UNION ALL SELECT count(*) FROM infusionsoft_users");
  account.Run("SELECT 1 FROM infusionsoft_tags LIMIT 1");
  CHECK(account.Run(by_statement) == std::vector<std::string>{"3|1", "2|2", "1|1"});
  // What is no statement's has none.
  account.Run("SELECT infusionsoft_test_connection()");
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_requests WHERE statement IS NULL") == "1");
  // Connections that share an account share no numbers.
  Database other;
  other.Run("SELECT infusionsoft_connect('" + ConnectionString(account.server(), "Pagesize=25") + "')");
  other.Run("SELECT 1 FROM infusionsoft_tags LIMIT 1");
  CHECK(account.Cell("SELECT count(DISTINCT statement) FROM infusionsoft_requests") == "4");
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
