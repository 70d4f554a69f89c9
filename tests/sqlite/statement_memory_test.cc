// SPDX-License-Identifier: MIT
// The same request twice in one statement is sent once; another statement asks anew.
#include <catch2/catch.hpp>
#include <string>

#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

// A statement that is stepped by hand.
class Stepped {
 public:
  Stepped(Account& account, const std::string& sql) {
    REQUIRE(sqlite3_prepare_v2(account.database().handle(), sql.c_str(), -1, &statement_, nullptr) == SQLITE_OK);
  }
  ~Stepped() { sqlite3_finalize(statement_); }
  Stepped(const Stepped&) = delete;
  Stepped& operator=(const Stepped&) = delete;

  bool Step() {
    const int code = sqlite3_step(statement_);
    REQUIRE((code == SQLITE_ROW || code == SQLITE_DONE));
    return code == SQLITE_ROW;
  }
  void Reset() { REQUIRE(sqlite3_reset(statement_) == SQLITE_OK); }
  std::string Cell() { return reinterpret_cast<const char*>(sqlite3_column_text(statement_, 0)); }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

TEST_CASE("Statement memory: a list that a statement reads again is sent once", "[sqlite]") {
  Account account("Pagesize=25;OrderPushdown=false");  // 60 contacts: 3 pages, also for what SQLite wants in order
  account.Run("CREATE TEMP TABLE c AS SELECT * FROM infusionsoft_contacts");
  for (const char* sql : {
           // An inner loop whose condition cannot be sent.
           "SELECT count(*) FROM %s AS a JOIN %s AS b ON a.id + 0 = b.id + 1",
           "SELECT count(*) FROM %s AS a JOIN %s AS b ON length(a.given_name) = length(b.family_name)",
           "SELECT id, email FROM %s UNION SELECT id, email FROM %s ORDER BY 1",
           "SELECT id, email FROM %s UNION ALL SELECT id, email FROM %s ORDER BY 1, 2",
           "SELECT (SELECT count(given_name) FROM %s) + (SELECT count(given_name) FROM %s)",
           "SELECT id FROM %s AS a WHERE EXISTS (SELECT 1 FROM %s AS b WHERE b.id + 0 = a.id + 1) ORDER BY +a.id",
           "SELECT id, (SELECT count(*) FROM %s AS b WHERE b.id + 0 < a.id + 0) FROM %s AS a ORDER BY +a.id",
           "SELECT count(*) FROM %s AS a LEFT JOIN %s AS b ON b.id + 0 = a.id + 1",
       }) {
    INFO(sql);
    const auto with = [&](const std::string& table) {
      std::string text = sql;
      for (size_t at = text.find("%s"); at != std::string::npos; at = text.find("%s")) text.replace(at, 2, table);
      return text;
    };
    const auto expected = account.Run(with("c"));
    const uint64_t requests = account.Requests(with("infusionsoft_contacts"));
    CHECK(account.last_rows() == expected);
    // Two scans that ask for other fields are two requests a page.
    CHECK(requests == (std::string(sql).find("family_name") == std::string::npos ? 3 : 6));
    CHECK(
        account.Cell("SELECT count(*) FROM (SELECT path, query FROM infusionsoft_requests ORDER BY id DESC LIMIT " +
                     std::to_string(requests) + ")") ==
        account.Cell("SELECT count(*) FROM (SELECT DISTINCT path, query FROM (SELECT path, query FROM infusionsoft_requests "
                     "ORDER BY id DESC LIMIT " +
                     std::to_string(requests) + "))"));
  }
}

TEST_CASE("Statement memory: another statement and the next run ask anew", "[sqlite]") {
  Account account;
  const std::string sql = "SELECT count(*) FROM infusionsoft_contacts";
  CHECK(account.Requests(sql) == 1);
  CHECK(account.Requests(sql + ";" + sql) == 2);
  Stepped statement(account, sql);
  for (int run = 0; run < 3; ++run) {
    account.server().ClearRequests();
    CHECK(statement.Step());
    statement.Reset();
    CHECK(account.server().api_requests() == 1);
  }
}

TEST_CASE("Statement memory: a statement does not see what an older one was told", "[sqlite]") {
  Account account;
  Stepped older(account, "SELECT id FROM infusionsoft_contacts");
  CHECK(older.Step());
  CHECK(account.Requests("SELECT count(id) FROM infusionsoft_contacts") == 1);
  // Nor one that goes on alone after the older one is over.
  Stepped younger(account, "SELECT id FROM infusionsoft_contacts UNION ALL SELECT id FROM infusionsoft_contacts");
  account.server().ClearRequests();
  CHECK(younger.Step());
  CHECK(account.server().api_requests() == 1);
  older.Reset();
  int rows = 1;
  while (younger.Step()) ++rows;
  CHECK(rows == 120);
  CHECK(account.server().api_requests() == 2);
}

TEST_CASE("Statement memory: a statement that begins again while another runs asks anew", "[sqlite]") {
  Account account;
  const std::string sql =
      "SELECT a.id FROM infusionsoft_contacts AS a JOIN infusionsoft_contacts AS b ON a.id + 0 = b.id + 0";
  Stepped first(account, sql);
  CHECK(first.Step());
  Stepped second(account, sql);
  CHECK(second.Step());
  first.Reset();
  account.server().ClearRequests();
  CHECK(first.Step());
  CHECK(account.server().api_requests() >= 1);
}

TEST_CASE("Statement memory: two accounts of one statement do not answer for each other", "[sqlite]") {
  Account account("", SmallAccount(60));
  Account other("", SmallAccount(20));
  account.Run("SELECT infusionsoft_connect('other', '" + ConnectionString(other.server()) + "')");
  account.Run("CREATE VIRTUAL TABLE temp.others USING infusionsoft_contacts(Connection=other)");
  CHECK(account.Cell("SELECT (SELECT count(*) FROM infusionsoft_contacts) || ' ' || (SELECT count(*) FROM temp.others)") ==
        "60 20");
}

TEST_CASE("Statement memory: the details of a row are sent for once", "[sqlite]") {
  Account account;
  account.Run("CREATE TEMP TABLE three(n); INSERT INTO three VALUES (1), (2), (3)");
  account.Run("CREATE TEMP TABLE e AS SELECT id FROM infusionsoft_emails");
  const auto rows = static_cast<uint64_t>(std::stoul(account.Cell("SELECT count(*) FROM e")));
  REQUIRE(rows > 0);
  CHECK(account.Requests("SELECT count(*) FROM three CROSS JOIN infusionsoft_emails WHERE length(plain_content) + n > 0") <=
        1 + rows);
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
