// SPDX-License-Identifier: MIT
// Connection properties that concern statements, and hidden columns, which are inputs of a request.
#include <catch2/catch.hpp>
#include <string>

#include "support.h"
#include "support/raw_server.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;

TEST_CASE("Properties: MaxRows is a bound on what one scan may deliver", "[sqlite]") {
  Account account("MaxRows=59");
  CHECK_THAT(account.Error("SELECT count(*) FROM infusionsoft_contacts"), Contains("MaxRows=59"));
  CHECK(account.Run("SELECT id FROM infusionsoft_contacts LIMIT 59").size() == 59);
  account.Connect("MaxRows=60");
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts") == "60");
  // The parents that are listed on the way are not rows of the answer.
  account.Connect("MaxRows=30");
  const std::string tag = account.Cell("SELECT id FROM infusionsoft_tags LIMIT 1");
  CHECK(account.database().Try("SELECT count(*) FROM infusionsoft_contact_tags WHERE name <> 'none'").code == SQLITE_ERROR);
  CHECK(account.database().Try("SELECT * FROM infusionsoft_tagged_contacts WHERE tag_id = " + tag).code == SQLITE_OK);
}

TEST_CASE("Properties: MaxRequests is a bound on what one statement may send", "[sqlite]") {
  Account account("MaxRequests=3;Pagesize=20");
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contacts") == 3);
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contacts") == 3);
  account.Connect("MaxRequests=2;Pagesize=20");
  account.server().ClearRequests();
  const Outcome outcome = account.database().Try("SELECT count(*) FROM infusionsoft_contacts");
  CHECK(outcome.code == SQLITE_ERROR);
  CHECK_THAT(outcome.error, Contains("MaxRequests=2 and the statement has sent 2 requests") &&
                                Contains("; a condition on id, given_name or family_name goes into the request"));
  CHECK_THAT(account.Error("SELECT name FROM infusionsoft_contact_tags"),
             Contains("; a value for contact_id reads one list"));
  account.server().ClearRequests();
  CHECK(account.database().Try("SELECT count(*) FROM infusionsoft_contacts").code == SQLITE_ERROR);
  CHECK(account.server().api_requests() == 2);
  // The requests of all tables of a statement count together.
  account.server().ClearRequests();
  CHECK_THAT(account.Error("SELECT * FROM infusionsoft_tags, infusionsoft_users, infusionsoft_products"),
             Contains("MaxRequests=2"));
  CHECK(account.server().api_requests() == 2);
}

TEST_CASE("Properties: of two connections in one statement the smaller bound holds", "[sqlite]") {
  Account account;
  account.Run("SELECT infusionsoft_connect('bound', '" + ConnectionString(account.server(), "MaxRequests=2") + "')");
  account.Run("CREATE VIRTUAL TABLE temp.tags USING infusionsoft_tags(Connection=bound)");
  for (const char* others : {"", "MaxRequests=20"}) {
    account.Connect(others);
    for (const char* tables : {"tags CROSS JOIN infusionsoft_users CROSS JOIN infusionsoft_products",
                               "infusionsoft_users CROSS JOIN tags CROSS JOIN infusionsoft_products"}) {
      INFO(tables);
      account.server().ClearRequests();
      CHECK_THAT(account.Error(std::string("SELECT * FROM ") + tables), Contains("MaxRequests=2 "));
      CHECK(account.server().api_requests() == 2);
    }
    CHECK(account.Requests("SELECT count(*) FROM infusionsoft_users, infusionsoft_products, infusionsoft_orders") == 3);
  }
}

TEST_CASE("Properties: a limit that two statements share names the other one", "[sqlite]") {
  Account account("MaxRequests=2;Pagesize=20");
  const std::string sql = "SELECT id FROM infusionsoft_contacts";
  CHECK_THAT(account.Error(sql), !Contains("another statement"));
  sqlite3_stmt* open = nullptr;
  REQUIRE(sqlite3_prepare_v2(account.database().handle(), sql.c_str(), -1, &open, nullptr) == SQLITE_OK);
  CHECK(sqlite3_step(open) == SQLITE_ROW);
  CHECK_THAT(account.Error(sql), Contains("MaxRequests=2 ") && Contains("another statement of this database connection"));
  sqlite3_finalize(open);
  CHECK_THAT(account.Error(sql), !Contains("another statement"));
}

TEST_CASE("Properties: Pagesize is the size of every page", "[sqlite]") {
  Account account("Pagesize=25");
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contacts") == 3);
  CHECK_THAT(account.LastQuery(), Contains("page_size=25"));
  account.Connect("Pagesize=100000");
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_users") == 1);
  CHECK_THAT(account.LastQuery(), Contains("page_size=100"));
  // Also of the pages of parents: 3 of contacts, then one request for the links of each of the 60.
  account.Connect("Pagesize=25");
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contact_links") == 63);
}

TEST_CASE("Properties: Timeout bounds one call", "[sqlite]") {
  RawServer silent([](RawConnection& connection) {
    connection.ReadRequest();
    connection.ReadRequest();  // until the client hangs up
  });
  Database database;
  // QueryTimeout ends the test where Timeout is ignored.
  database.Run("SELECT infusionsoft_connect('OAuthAccessToken=x;Timeout=1;QueryTimeout=5;Other=MaxAttempts=1;URL=" +
               silent.Url("") + "')");
  CHECK_THAT(database.Error("SELECT * FROM infusionsoft_contacts"),
             Contains("within 1 s") && Contains("raise the Timeout property"));
}

TEST_CASE("Properties: nothing can be written", "[sqlite]") {
  for (const bool is_forbidden : {false, true}) {
    Account account(is_forbidden ? "Readonly=true" : "");
    for (const char* sql : {"UPDATE infusionsoft_contacts SET given_name = 'x'", "DELETE FROM infusionsoft_contacts",
                            "INSERT INTO infusionsoft_contacts(given_name) VALUES ('x')",
                            "BEGIN; REPLACE INTO infusionsoft_contacts(id) VALUES (1)"}) {
      INFO(sql);
      CHECK_THAT(account.Error(sql),
                 Catch::Matchers::Equals(std::string("infusionsoft_contacts cannot be written to: ") +
                                         (is_forbidden ? "its connection says Readonly=true"
                                                       : "this version reads the account only. Change a copy: CREATE "
                                                         "TABLE ... AS SELECT")));
    }
    CHECK(account.server().Requests().empty());
  }
}

// How many API requests are in progress at once while `sql` is read on after its first row, whose request goes alone.
uint64_t AtOnce(Account& account, const std::string& sql, const std::string& path, uint64_t awaited) {
  sqlite3_stmt* statement = nullptr;
  REQUIRE(sqlite3_prepare_v2(account.database().handle(), sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
  CHECK(sqlite3_step(statement) == SQLITE_ROW);
  account.server().HoldUntilTogether(awaited, path);
  int code = SQLITE_ROW;
  while (code == SQLITE_ROW) code = sqlite3_step(statement);
  CHECK(code == SQLITE_DONE);
  sqlite3_finalize(statement);
  return account.server().peak_concurrency();
}

TEST_CASE("Properties: MaxConcurrency is how many requests may be under way at once", "[sqlite]") {
  Account account("MaxConcurrency=4");
  const std::string contacts = account.Cell("SELECT group_concat(id) FROM infusionsoft_contacts");
  struct Shape {
    std::string sql;
    std::string path;
  };
  const Shape kShapes[] = {
      {"SELECT * FROM infusionsoft_contact_links", "/links"},
      {"SELECT * FROM infusionsoft_contact_links WHERE contact_id IN (" + contacts + ")", "/links"},
      {"SELECT id, plain_content FROM infusionsoft_emails", "/emails/"},
  };
  for (const auto& [sql, path] : kShapes) {
    INFO(sql);
    account.Connect("MaxConcurrency=1");
    const uint64_t one_by_one = account.Requests(sql);
    const std::vector<std::string> rows = account.last_rows();
    REQUIRE(rows.size() > 8);
    CHECK(AtOnce(account, sql, path, 1) == 1);
    account.Connect("MaxConcurrency=2");
    CHECK(AtOnce(account, sql, path, 2) == 2);
    CHECK(account.Requests(sql) == one_by_one);
    CHECK(account.last_rows() == rows);
    // Beside a bound on requests, which is for those that are needed.
    account.Connect("MaxConcurrency=2;MaxRequests=1000");
    CHECK(AtOnce(account, sql, path, 1) == 1);
  }
}

TEST_CASE("Properties: MaxConcurrency wastes fewer requests than are needed", "[sqlite]") {
  Account account("MaxConcurrency=4");
  // A LIMIT that SQLite keeps to itself, and rows whose details it does not want.
  const std::string limited = "SELECT a.* FROM infusionsoft_contact_links AS a JOIN infusionsoft_tags AS b LIMIT ";
  for (const char* limit : {"1", "100", "200", "500"}) {
    INFO(limit);
    account.Connect("MaxConcurrency=1");
    const uint64_t one_by_one = account.Requests(limited + limit);
    account.Connect("MaxConcurrency=4");
    CHECK(account.Requests(limited + limit) < 2 * one_by_one);
  }
  const std::string some = "SELECT iif(id % 3 = 0, plain_content, 0) FROM infusionsoft_emails";
  account.Connect("MaxConcurrency=1");
  const uint64_t one_by_one = account.Requests(some);
  const std::vector<std::string> rows = account.last_rows();
  account.Connect("MaxConcurrency=4");
  CHECK(account.Requests(some) < 2 * one_by_one);
  CHECK(account.last_rows() == rows);
}

TEST_CASE("Properties: MaxConcurrency sends nothing that a scan beside look-ups will answer", "[sqlite]") {
  const std::string numbers = "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) ";
  const std::string kStatements[] = {
      // Pages of the contacts take turns with the look-ups.
      numbers + "SELECT id FROM infusionsoft_contacts WHERE email IN (SELECT 'nobody' || i || '@example.com' FROM n)",
      // Parents that are not there pay for pages of the contacts, until these say of all others that they are not there.
      numbers + "SELECT * FROM infusionsoft_contact_links WHERE contact_id IN (SELECT 10000000000 + i FROM n)",
      "SELECT * FROM infusionsoft_contact_links WHERE contact_id IN (SELECT 10000000000 UNION SELECT 1 UNION "
      "SELECT id FROM infusionsoft_contacts)"};
  for (const std::string& sql : kStatements) {
    INFO(sql);
    // An account of its own for each, because the sizes of lists are remembered.
    Account one_by_one("Pagesize=10");
    Account at_once("Pagesize=10;MaxConcurrency=8");
    CHECK(at_once.Requests(sql) == one_by_one.Requests(sql));
    CHECK(at_once.last_rows() == one_by_one.last_rows());
  }
}

TEST_CASE("Properties: OrderPushdown=false leaves the order to SQLite", "[sqlite]") {
  Account account("OrderPushdown=false");
  const char* const sql = "SELECT id FROM infusionsoft_contacts ORDER BY update_time DESC LIMIT 10";
  CHECK(account.Requests(sql) == 1);
  CHECK(account.LastQuery() == "fields=id,update_time&page_size=1000");
  const auto own = account.last_rows();
  account.Connect("OrderPushdown=true");
  CHECK(account.Requests(sql) == 1);
  CHECK_THAT(account.LastQuery(), Contains("order_by=update_time desc"));
  CHECK(account.last_rows().size() == own.size());
}

TEST_CASE("Properties: a hidden column is an input of the request and comes back as it was given", "[sqlite]") {
  Account account;
  const std::string all = account.Cell("SELECT count(*) FROM infusionsoft_orders");
  CHECK(account.Requests("SELECT count(*), min(paid), max(paid) FROM infusionsoft_orders WHERE paid = 1") == 1);
  CHECK_THAT(account.LastQuery(), Contains("filter=paid==true"));
  CHECK(account.last_rows()[0].ends_with("|1|1"));
  const std::string paid = account.Cell("SELECT count(*) FROM infusionsoft_orders WHERE paid = 1");
  const std::string unpaid = account.Cell("SELECT count(*) FROM infusionsoft_orders WHERE paid = 0");
  CHECK(std::stoi(paid) > 0);
  CHECK(std::stoi(paid) + std::stoi(unpaid) == std::stoi(all));
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_orders WHERE paid IN (0, 1)") == all);
  CHECK_THAT(account.Error("SELECT count(*) FROM infusionsoft_orders WHERE paid IS NULL"),
             Contains("give it a value with paid = "));
  CHECK_THAT(account.Error("SELECT paid FROM infusionsoft_orders"), Contains("give it a value with paid = "));
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_orders WHERE paid = NULL") == "0");
}

TEST_CASE("Properties: hidden columns do not stand in SELECT *", "[sqlite]") {
  Account account;
  const auto columns = account.Run("SELECT name FROM pragma_table_info('infusionsoft_orders')");
  for (const std::string& name : columns) CHECK((name != "paid" && name != "invoice_xid" && name != "product_id"));
  CHECK(account.Cell("SELECT count(*) FROM pragma_table_xinfo('infusionsoft_orders') WHERE name IN "
                     "('paid', 'invoice_xid', 'product_id') AND hidden = 1") == "3");
}

TEST_CASE("Properties: an input that the API cannot take is an error that names the column", "[sqlite]") {
  Account account;
  account.server().ClearRequests();
  CHECK_THAT(account.Error("SELECT * FROM infusionsoft_orders WHERE paid = 'perhaps'"),
             Contains("column paid") && Contains("0 or 1"));
  CHECK_THAT(account.Error("SELECT * FROM infusionsoft_tasks WHERE since_time = 'yesterday'"),
             Contains("column since_time"));
  CHECK_THAT(account.Error("SELECT * FROM infusionsoft_contacts WHERE lead_source_name = 'a;b'"),
             Contains("column lead_source_name"));
  CHECK(account.server().Requests().empty());
}

TEST_CASE("Properties: a text input under another collation is not given", "[sqlite]") {
  Account account;
  account.server().ClearRequests();
  for (const char* condition : {"lead_source_name = 'Web' COLLATE NOCASE", "lead_source_name COLLATE NOCASE IN ('Web', 'x')",
                                "lead_source_name = 'Web' COLLATE RTRIM"}) {
    CHECK_THAT(account.Error(std::string("SELECT id FROM infusionsoft_contacts WHERE ") + condition),
               Contains("give it a value with lead_source_name = "));
  }
  CHECK(account.server().Requests().size() <= 3);
}

TEST_CASE("Properties: ON of an outer join gives an input no value", "[sqlite]") {
  Account account;
  account.Run("CREATE TABLE local(x); INSERT INTO local VALUES (1)");
  const std::string join = "SELECT count(*) FROM infusionsoft_orders LEFT JOIN local ON paid = 1";
  CHECK_THAT(account.Error(join), Contains("column paid is an input") && Contains("WHERE"));
  CHECK(account.Cell(join + " WHERE paid = 1") == account.Cell("SELECT count(*) FROM infusionsoft_orders WHERE paid = 1"));
}

TEST_CASE("Properties: an input may come from another table", "[sqlite]") {
  Account account;
  account.Run("CREATE TABLE wanted(flag INTEGER); INSERT INTO wanted VALUES (1), (0)");
  CHECK(account.Requests("SELECT count(*) FROM wanted JOIN infusionsoft_orders ON paid = flag") == 2);
  CHECK(account.last_rows() == account.Run("SELECT count(*) FROM infusionsoft_orders"));
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_orders JOIN wanted ON paid = flag") == 2);
}

TEST_CASE("Properties: users are shown with inactive ones only when that is asked for", "[sqlite]") {
  Account account;
  const int some = std::stoi(account.Cell("SELECT count(*) FROM infusionsoft_users"));
  const int all =
      std::stoi(account.Cell("SELECT count(*) FROM infusionsoft_users WHERE include_inactive = 1 AND include_partners = 1"));
  CHECK(some < all);
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
