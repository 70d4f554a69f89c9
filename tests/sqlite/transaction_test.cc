// SPDX-License-Identifier: MIT
// Statements that write what they read: one that fails leaves none of its rows behind, or says that it may.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;
using sandbox::FaultKind;

using Strings = std::vector<std::string>;

constexpr const char* kNote = "SAVEPOINT";

// Page 2 and all after it fail, as the list is read: 60 contacts are three pages.
void BreakSecondPage(Account& account) { account.server().AddFault({FaultKind::kTruncatedJson, 0, 2, "/contacts"}); }

struct Write {
  const char* setup;
  const char* sql;
};

// Each writes in its own way to `t`, and SQLite keeps a journal for few of them.
constexpr Write kWrites[] = {
    {"CREATE TABLE t(a)", "INSERT INTO t SELECT id FROM infusionsoft_contacts"},
    {"CREATE TABLE t(a)", "INSERT INTO t SELECT id FROM infusionsoft_contacts ORDER BY id"},
    {"CREATE TABLE t(a)", "INSERT INTO t SELECT id FROM infusionsoft_contacts RETURNING a"},
    {"CREATE TABLE t(a)", "INSERT INTO t SELECT count(*) FROM infusionsoft_contacts GROUP BY id"},
    {"CREATE TABLE t(a)", "INSERT INTO t VALUES ((SELECT id FROM infusionsoft_contacts WHERE id + 0 < 0))"},
    {"CREATE TABLE t(a)", "INSERT INTO t WITH c AS MATERIALIZED (SELECT id FROM infusionsoft_contacts) SELECT id FROM c"},
    {"CREATE TABLE t(a)", "INSERT INTO t SELECT id FROM infusionsoft_contacts LIMIT 40"},
    {"CREATE TABLE t(a)", "INSERT INTO t SELECT id FROM infusionsoft_contacts LIMIT 2 OFFSET 40"},
    {"CREATE TABLE t(a UNIQUE)", "INSERT INTO t SELECT id FROM infusionsoft_contacts"},
    {"CREATE TABLE t(a UNIQUE)", "INSERT OR IGNORE INTO t SELECT id FROM infusionsoft_contacts"},
    {"CREATE TABLE t(a UNIQUE)", "INSERT OR REPLACE INTO t SELECT id FROM infusionsoft_contacts"},
    {"CREATE TABLE t(a UNIQUE)", "INSERT OR FAIL INTO t SELECT id FROM infusionsoft_contacts"},
    {"CREATE TABLE t(a UNIQUE, b)",
     "INSERT INTO t SELECT id, 1 FROM infusionsoft_contacts WHERE true ON CONFLICT(a) DO UPDATE SET b = 2"},
    {"CREATE TABLE t(a); CREATE TABLE log(x); CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END",
     "INSERT INTO t SELECT id FROM infusionsoft_contacts"},
    {"CREATE TABLE t(a); CREATE VIEW v AS SELECT a FROM t; "
     "CREATE TRIGGER r INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.a); END",
     "INSERT INTO v SELECT id FROM infusionsoft_contacts"},
    {"CREATE TABLE t(a); INSERT INTO t VALUES (1), (2)",
     "UPDATE t SET a = (SELECT id FROM infusionsoft_contacts WHERE id + 0 < 0)"},
    {"CREATE TABLE t(a); INSERT INTO t SELECT id FROM infusionsoft_contacts",
     "UPDATE t SET a = -c.id FROM infusionsoft_contacts AS c WHERE +c.id = t.a"},
    {"CREATE TABLE t(a); INSERT INTO t SELECT id FROM infusionsoft_contacts",
     "DELETE FROM t WHERE a IN (SELECT id FROM infusionsoft_contacts)"},
    {"CREATE TABLE t(a)", "CREATE TABLE u AS SELECT id FROM infusionsoft_contacts"},
    {"CREATE VIRTUAL TABLE t USING fts5(a)", "INSERT INTO t SELECT id FROM infusionsoft_contacts"},
    {"CREATE TEMP TABLE t(a)", "INSERT INTO t SELECT id FROM infusionsoft_contacts"},
};

TEST_CASE("Transaction: a scan that fails leaves no row of its statement behind", "[sqlite]") {
  for (const Write& write : kWrites) {
    for (const char* begin : {"BEGIN; INSERT INTO other VALUES (1)", "SAVEPOINT s", ""}) {
      INFO(write.setup << "; " << begin << "; " << write.sql);
      Account account("Pagesize=25;OrderPushdown=false");
      account.Run("CREATE TABLE other(x); " + std::string(write.setup));
      const Strings before = account.Run("SELECT a FROM t");
      account.Run(begin);
      BreakSecondPage(account);
      const Outcome outcome = account.database().Try(write.sql);
      CHECK(outcome.code == SQLITE_ERROR);
      CHECK(outcome.rows.empty());
      // Autocommit undoes everything.
      if (*begin == '\0') CHECK_THAT(outcome.error, !Contains(kNote));
      CHECK(account.Run("SELECT a FROM t") == before);
      CHECK(account.Cell("SELECT count(*) FROM sqlite_schema WHERE name = 'u'") == "0");
      // The transaction goes on, and with a server that works the statement does.
      CHECK((sqlite3_get_autocommit(account.database().handle()) != 0) == (*begin == '\0'));
      account.server().ClearFaults();
      account.Run(write.sql);
      CHECK(account.Cell("SELECT count(*) FROM other") == (std::string(begin).starts_with("BEGIN") ? "1" : "0"));
    }
  }
}

TEST_CASE("Transaction: where two statements write at once, autocommit undoes none", "[sqlite]") {
  Account account("Pagesize=25;OrderPushdown=false");
  account.Run("CREATE TABLE t(a); CREATE TABLE u(a)");
  sqlite3_stmt* first = nullptr;
  sqlite3* const handle = account.database().handle();
  REQUIRE(sqlite3_prepare_v2(handle, "INSERT INTO u VALUES (1), (2) RETURNING a", -1, &first, nullptr) == SQLITE_OK);
  REQUIRE(sqlite3_step(first) == SQLITE_ROW);
  BreakSecondPage(account);
  CHECK(account.database().Try("INSERT INTO t SELECT id FROM infusionsoft_contacts").code == SQLITE_ERROR);
  CHECK(sqlite3_finalize(first) == SQLITE_OK);
  CHECK(account.Cell("SELECT (SELECT count(*) FROM t) || ' ' || (SELECT count(*) FROM u)") == "0 2");
}

TEST_CASE("Transaction: rows that are read first are the rows", "[sqlite]") {
  Account account("Pagesize=25;OrderPushdown=false");
  for (const char* select :
       {"SELECT rowid, * FROM infusionsoft_contacts", "SELECT * FROM infusionsoft_contacts WHERE id IN (101, 106, 107, 112)",
        "SELECT id, tag_ids, custom_fields, email FROM infusionsoft_contacts ORDER BY id DESC",
        "SELECT * FROM infusionsoft_contact_tags", "SELECT * FROM infusionsoft_order_items",
        "SELECT * FROM infusionsoft_contacts WHERE email IN (SELECT email FROM infusionsoft_contacts LIMIT 9)",
        "SELECT id FROM infusionsoft_contacts LIMIT 7 OFFSET 30"}) {
    INFO(select);
    account.Run("CREATE TABLE plain AS " + std::string(select));
    account.Run("BEGIN; CREATE TABLE read_first AS " + std::string(select) + "; COMMIT");
    CHECK(account.Cell("SELECT count(*) > 0 FROM plain") == "1");
    CHECK(account.Run("SELECT * FROM read_first") == account.Run("SELECT * FROM plain"));
    account.Run("DROP TABLE plain; DROP TABLE read_first");
  }
}

TEST_CASE("Transaction: details are read first where they are wanted, and only there", "[sqlite]") {
  Account account("Pagesize=25;OrderPushdown=false");
  const std::string with = "INSERT INTO t SELECT html_content FROM infusionsoft_emails LIMIT 8";
  const std::string without = "INSERT INTO t SELECT subject FROM infusionsoft_emails LIMIT 8";
  account.Run("CREATE TABLE t(a); BEGIN");
  CHECK(account.Requests(without) == 1);
  CHECK(account.Requests(with) == 9);
  account.Run("ROLLBACK; BEGIN");
  account.server().ClearRequests();
  account.server().AddFault({FaultKind::kTruncatedJson, 0, 5, "/emails/"});
  const Outcome outcome = account.database().Try(with);
  CHECK(outcome.code == SQLITE_ERROR);
  CHECK(account.Cell("SELECT count(*) FROM t") == "0");
}

TEST_CASE("Transaction: it costs the requests of the list's end, and those only where SQLite would stop before",
          "[sqlite]") {
  Account account("Pagesize=10");
  account.Run("CREATE TABLE t(a)");
  const auto requests = [&](const std::string& begin, const std::string& sql) {
    account.Run(begin);
    const uint64_t sent = account.Requests(sql);
    account.Run("ROLLBACK");
    return sent;
  };
  for (const char* all :
       {"INSERT INTO t SELECT id FROM infusionsoft_contacts", "INSERT INTO t SELECT count(*) FROM infusionsoft_contacts"}) {
    CHECK(requests("BEGIN", all) == 6);
  }
  CHECK(requests("BEGIN", "INSERT INTO t SELECT id FROM infusionsoft_contacts LIMIT 15") == 2);
  CHECK(requests("BEGIN", "INSERT INTO t SELECT EXISTS (SELECT 1 FROM infusionsoft_contacts WHERE id + 0 > 0)") == 6);
  // What does not write is read as ever.
  CHECK(requests("BEGIN; INSERT INTO t VALUES (1)",
                 "SELECT EXISTS (SELECT 1 FROM infusionsoft_contacts WHERE id + 0 > 0)") == 1);
  CHECK(requests("BEGIN", "SELECT id FROM infusionsoft_contacts LIMIT 1") == 1);
}

// Which keys are looked up, and what other rows the statement has, shows only while rows are written.
TEST_CASE("Transaction: what fails after rows were written says that they stay", "[sqlite]") {
  const char* const kJoins[] = {
      "INSERT INTO t VALUES ('first'), ((SELECT email FROM infusionsoft_contacts WHERE id + 0 < 0))",
      "INSERT INTO t SELECT 'first' UNION ALL SELECT email FROM infusionsoft_contacts",
      "INSERT INTO t SELECT c.email FROM few CROSS JOIN infusionsoft_contacts AS c USING (id)",
      "INSERT INTO t SELECT 'first' UNION ALL SELECT c.email FROM few CROSS JOIN infusionsoft_contacts AS c USING (id)",
  };
  for (const char* join : kJoins) {
    INFO(join);
    Account account("Pagesize=10");
    account.Run(
        "CREATE TABLE t(a); CREATE TABLE few AS SELECT max(id) AS id FROM infusionsoft_contacts GROUP BY id % 5; ANALYZE; BEGIN; INSERT INTO t "
        "VALUES ('before'); SAVEPOINT here");
    account.server().ClearRequests();
    account.server().AddFault({FaultKind::kTruncatedJson, 0, 3, "/contacts"});
    const Outcome outcome = account.database().Try(join);
    CHECK(outcome.code == SQLITE_ERROR);
    CHECK_THAT(outcome.error, Contains(kNote) && Contains("ROLLBACK"));
    CHECK(account.Cell("SELECT count(*) > 1 FROM t") == "1");
    account.Run("ROLLBACK TO here; COMMIT");
    CHECK(account.Run("SELECT a FROM t") == Strings{"before"});
    // In autocommit nothing stays, and nothing is said.
    const Outcome alone = account.database().Try(join);
    CHECK(alone.code == SQLITE_ERROR);
    CHECK_THAT(alone.error, !Contains(kNote));
    CHECK(account.Cell("SELECT count(*) FROM t") == "1");
  }
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
