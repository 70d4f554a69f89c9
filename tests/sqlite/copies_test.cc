// SPDX-License-Identifier: MIT
// AutoCache, CacheTolerance, CacheLocation, Offline: what is sent, when a copy is made, and that answers stay what they are.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "copies_support.h"
#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;

TEST_CASE("AutoCache: a list is copied whole by the first query, and answers all that follow", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file) + ";Pagesize=25");
  const std::string id = account.Cell("SELECT max(id) FROM infusionsoft_companies");
  // Whatever the query wants of it: 60 rows in pages of 25.
  CHECK(account.Requests(
            "SELECT email FROM infusionsoft_contacts WHERE given_name LIKE 'a%' ORDER BY update_time DESC LIMIT 3") == 3);
  for (const char* sql :
       {"SELECT * FROM infusionsoft_contacts", "SELECT count(*) FROM infusionsoft_contacts WHERE id > 5",
        "SELECT id FROM infusionsoft_contacts WHERE email = 'shared@example.com'",
        "SELECT max(update_time) FROM infusionsoft_contacts",
        "SELECT id FROM infusionsoft_contacts WHERE id IN (1, 2, 131) OR given_name = 'Ann'",
        "SELECT a.id FROM infusionsoft_contacts AS a LEFT JOIN infusionsoft_contacts AS b ON a.id = b.id + 1"}) {
    INFO(sql);
    CHECK(account.Requests(sql) == 0);
  }
  CHECK(account.Requests("SELECT id FROM infusionsoft_companies WHERE id = " + id) == 0);
  CHECK(account.last_rows() == std::vector<std::string>{id});
}

TEST_CASE("CacheTolerance: a copy that is older is made anew, one that is not is read", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file) + ";CacheTolerance=100");
  const std::string query = "SELECT count(*) FROM infusionsoft_contacts";
  CHECK(account.Requests(query) == 1);
  Age(file, 90);
  CHECK(account.Requests(query) == 0);
  Age(file, 11);
  CHECK(account.Requests(query) == 1);
  CHECK(account.Requests(query) == 0);
  // Of the future: a clock was wrong.
  Age(file, -1000);
  CHECK(account.Requests(query) == 1);
  account.Connect(Caching(file) + ";CacheTolerance=0");
  Age(file, 1);
  CHECK(account.Requests("SELECT (SELECT count(*) FROM infusionsoft_contacts) FROM infusionsoft_contacts LIMIT 1") == 1);
  account.Connect(Caching(file));  // 600
  Age(file, 590);
  CHECK(account.Requests(query) == 0);
  Age(file, 20);
  CHECK(account.Requests(query) == 1);
}

TEST_CASE("AutoCache: without it nothing is copied, and nothing is read from copies", "[sqlite]") {
  const TemporaryFile file;
  Account account("CacheLocation=" + CopiesOf(file) + ";CacheTolerance=1000");
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contacts") == 1);
  CHECK_FALSE(std::filesystem::exists(CopiesOf(file)));
  account.Connect(Caching(file));
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contacts") == 1);
  account.Connect("AutoCache=false;CacheLocation=" + CopiesOf(file));
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contacts") == 1);
}

TEST_CASE("AutoCache: every kind of list has its copy", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file));
  const std::string contact = account.Cell("SELECT max(contact_id) FROM infusionsoft_contact_tags");
  account.Run("SELECT count(*) FROM infusionsoft_orders");
  struct Case {
    std::string sql;
    uint64_t requests;
  };
  const std::vector<Case> cases = {
      {"SELECT name FROM infusionsoft_contact_tags WHERE contact_id = " + contact, 1},    // below a parent
      {"SELECT name FROM infusionsoft_contact_tags WHERE contact_id = 424242424242", 1},  // that there is not
      {"SELECT count(name) FROM infusionsoft_contact_tags",
       60},                                                  // below all 60: the contacts, and the 59 that are not there
      {"SELECT count(*) FROM infusionsoft_contacts", 0},     // which were the parents
      {"SELECT count(*) FROM infusionsoft_order_items", 0},  // nested in orders, which were read
      {"SELECT count(*) FROM infusionsoft_contact_custom_fields", 1},
      {"SELECT plain_content FROM infusionsoft_emails ORDER BY id LIMIT 2", 3},  // with details of two rows
      {"SELECT count(*) FROM infusionsoft_business_profile", 1},                 // an object
      {"SELECT count(*) FROM infusionsoft_users", 1},
      {"SELECT count(*) FROM infusionsoft_appointments", 1},  // by offset
  };
  for (const Case& each : cases) {
    INFO(each.sql);
    CHECK(account.Requests(each.sql) == each.requests);
    const auto rows = account.last_rows();
    CHECK(account.Requests(each.sql) == 0);
    CHECK(account.last_rows() == rows);
  }
}

TEST_CASE("AutoCache: each value of an input is a list of its own", "[sqlite]") {
  const TemporaryFile file;
  Account plain;
  Account account(Caching(file));
  for (const char* sql :
       {"SELECT count(*) FROM infusionsoft_orders WHERE paid = 1", "SELECT count(*) FROM infusionsoft_orders WHERE paid = 0",
        "SELECT count(*) FROM infusionsoft_orders"}) {
    INFO(sql);
    CHECK(account.Requests(sql) == 1);
    CHECK(account.last_rows() == plain.Run(sql));
    CHECK(account.Requests(sql) == 0);
  }
}

TEST_CASE("AutoCache: a join finds rows in a copy, and does not read it for each row", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file), SmallAccount(1000));
  account.Run("CREATE TABLE local(id INTEGER, email TEXT)");
  account.Run("INSERT INTO local SELECT id, email FROM infusionsoft_contacts");
  for (const char* sql : {"SELECT count(c.email) FROM local LEFT JOIN infusionsoft_contacts AS c ON c.id = local.id",
                          "SELECT count(c.id) FROM local LEFT JOIN infusionsoft_contacts AS c ON c.email = local.email",
                          "SELECT count(c.id) FROM local LEFT JOIN infusionsoft_contacts AS c ON c.rowid = local.id"}) {
    INFO(sql);
    sqlite3_stmt* statement = nullptr;
    REQUIRE(sqlite3_prepare_v2(account.database().handle(), sql, -1, &statement, nullptr) == SQLITE_OK);
    CHECK(sqlite3_step(statement) == SQLITE_ROW);
    CHECK(sqlite3_column_int(statement, 0) > 800);
    // A million steps and more would be a scan for each row.
    CHECK(sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 0) < 100'000);
    sqlite3_finalize(statement);
  }
}

TEST_CASE("AutoCache: connections and programs share the copies of an account, and of no other", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file));
  account.Run("SELECT count(*) FROM infusionsoft_contacts");
  Database second;
  second.Run("SELECT infusionsoft_connect('" + ConnectionString(account.server(), Caching(file)) + "')");
  account.server().ClearRequests();
  CHECK(second.Cell("SELECT count(*) FROM infusionsoft_contacts") == "60");
  CHECK(account.server().api_requests() == 0);
  // Another key of the same server: whose data it opens is not known.
  second.Run("SELECT infusionsoft_connect('URL=" + account.server().api_url() + ";AuthScheme=APIKEY;APIKey=KeapAK-sandbox;" +
             Caching(file) + "')");
  CHECK(second.Cell("SELECT count(*) FROM infusionsoft_contacts") == "60");
  CHECK(account.server().api_requests() == 1);
  CHECK(second.Cell("SELECT count(*) FROM infusionsoft_copies") == "1");
  CHECK(RunOnCopies(file, "SELECT count(*), count(DISTINCT account) FROM copies") == std::vector<std::string>{"2|2"});
}

TEST_CASE("AutoCache: a copy that does not come to its end leaves the older one as it was", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file) + ";Pagesize=25");
  const std::string query = "SELECT count(*) FROM infusionsoft_contacts";
  account.Run(query);
  Age(file, 1234);
  const auto before = RunOnCopies(file, "SELECT id, copied_at, pages, bytes FROM copies");
  account.Connect(Caching(file) + ";Pagesize=25;MaxRequests=2");
  CHECK_THAT(account.Error(query),
             Contains("MaxRequests=2") && Contains("there is a local copy of 1234 seconds ago, which Offline=true reads"));
  account.Connect(Caching(file) + ";Pagesize=25;Other=MaxAttempts=1");
  account.server().AddFault({sandbox::FaultKind::k500, 0, 2, "/v2/contacts"});
  CHECK_THAT(account.Error(query), Contains("500") && Contains("local copy of 123"));
  CHECK(RunOnCopies(file, "SELECT id, copied_at, pages, bytes FROM copies") == before);
  CHECK(RunOnCopies(file, "SELECT count(*) FROM pages") == std::vector<std::string>{"3"});
  account.server().ClearFaults();
  CHECK(account.Requests(query) == 3);
  // Without an older one there is nothing to say of it.
  account.server().AddFault({sandbox::FaultKind::k500, 1, 0, "/v2/tags"});
  CHECK_THAT(account.Error("SELECT * FROM infusionsoft_tags"), Contains("500") && !Contains("copy"));
}

TEST_CASE("AutoCache: bounds are those of the whole list, and their errors say so", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file) + ";Pagesize=25;MaxRequests=2");
  const std::string query = "SELECT id FROM infusionsoft_contacts WHERE email LIKE 'a%'";
  CHECK_THAT(account.Error(query),
             Contains("MaxRequests=2") && Contains("without AutoCache a condition goes into the request"));
  account.Connect(Caching(file) + ";MaxRows=59");
  CHECK_THAT(account.Error(query), Contains("more than MaxRows=59 rows in the local copy, which is scanned as a whole"));
  account.Connect(Caching(file) + ";MaxRows=60");
  CHECK_FALSE(account.Run(query).empty());
}

TEST_CASE("AutoCache: a reader sees one copy to its end, whoever replaces it", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file) + ";Pagesize=10");
  account.Run("SELECT count(*) FROM infusionsoft_contacts");
  sqlite3_stmt* statement = nullptr;
  REQUIRE(sqlite3_prepare_v2(account.database().handle(), "SELECT id FROM infusionsoft_contacts", -1, &statement, nullptr) ==
          SQLITE_OK);
  CHECK(sqlite3_step(statement) == SQLITE_ROW);
  // One that waits for no reader: another copy, of one empty page.
  RunOnCopies(file,
              "BEGIN; DELETE FROM pages; UPDATE copies SET pages = 1; INSERT INTO pages SELECT id, 0, 1, "
              "'{\"contacts\":[]}' FROM copies; COMMIT");
  int rows = 1;
  while (sqlite3_step(statement) == SQLITE_ROW) ++rows;
  CHECK(rows == 60);
  sqlite3_finalize(statement);
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts") == "0");
}

TEST_CASE("AutoCache: EXPLAIN says what is read from a copy, and what making it costs", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file));
  const std::string explain =
      "SELECT request, pushed, local, requests FROM infusionsoft_explain('"
      "SELECT id FROM infusionsoft_contacts WHERE email = ''a'' AND given_name > ''b'' ORDER BY id')";
  CHECK(account.Run(explain)[0] == "local copy of GET /v2/contacts where {email = ?1}|email =|given_name >|10");
  account.Run("SELECT count(*) FROM infusionsoft_contacts");
  CHECK(account.Run(explain)[0] == "local copy of GET /v2/contacts where {email = ?1}|email =|given_name >|0");
  CHECK_THAT(account.Run("EXPLAIN QUERY PLAN SELECT * FROM infusionsoft_notes")[0],
             Contains("local copy of GET /v2/notes -- about") && Contains(", where there is no copy"));
  account.Connect(Offline(file));
  CHECK(account.Cell("SELECT requests FROM infusionsoft_explain('SELECT * FROM infusionsoft_notes')") == "0");
}

TEST_CASE("infusionsoft_copies: lists what there is, and sends nothing", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file) + ";Pagesize=25");
  CHECK(account.Run("SELECT * FROM infusionsoft_copies").empty());
  const std::string id = account.Cell("SELECT max(contact_id) FROM infusionsoft_contact_tag_ids");
  account.Run("SELECT name FROM infusionsoft_contact_tags WHERE contact_id = " + id);
  Age(file, 100);
  CHECK(account.Requests("SELECT connection, table_name, request, pages, bytes > 0, age_seconds BETWEEN 100 AND 130, "
                         "round((julianday('now') - julianday(copied_at)) * 86400 / 100) FROM infusionsoft_copies") == 0);
  CHECK(account.last_rows() ==
        std::vector<std::string>{"|infusionsoft_contact_tag_ids|GET /v2/contacts?fields=id,tag_ids,update_time|3|1|1|1.0",
                                 "|infusionsoft_contact_tags|GET /v2/contacts/" + id + "/tags|1|1|1|1.0"});
}

TEST_CASE("AutoCache: a statement that was prepared for another way of reading says so", "[sqlite]") {
  const TemporaryFile file;
  Account account;
  sqlite3_stmt* statement = nullptr;
  REQUIRE(sqlite3_prepare_v2(account.database().handle(), "SELECT id FROM infusionsoft_contacts ORDER BY id", -1, &statement,
                             nullptr) == SQLITE_OK);
  CHECK(sqlite3_step(statement) == SQLITE_ROW);
  sqlite3_reset(statement);
  account.Connect(Caching(file));
  account.server().ClearRequests();
  CHECK(sqlite3_step(statement) == SQLITE_ERROR);
  CHECK_THAT(sqlite3_errmsg(account.database().handle()), Contains("reads local copies now; prepare the statement again"));
  CHECK(account.server().api_requests() == 0);
  sqlite3_finalize(statement);
}

TEST_CASE("AutoCache: the log says when a copy is made and when it is used", "[sqlite]") {
  const TemporaryFile file;
  const std::string log = file.path() + ".log";
  Account account(Caching(file) + ";Pagesize=25;Verbosity=2;LogModules=query;Logfile=" + log);
  for (int i = 0; i < 2; ++i) account.Run("SELECT a.id FROM infusionsoft_tags AS a, infusionsoft_tags AS b");
  std::string events;
  for (const std::string& each : LinesOf(log)) {
    if (each.find(" copy=") != std::string::npos) events += each.substr(each.find(" copy=")) + "\n";
  }
  CHECK_THAT(events, Catch::StartsWith(" copy=made request=\"GET /v2/tags\" age_ms=") && Contains("pages="));
  CHECK_THAT(events, Contains("\n copy=used request=\"GET /v2/tags\""));
  CHECK(std::count(events.begin(), events.end(), '\n') == 2);  // once a statement
}

TEST_CASE("AutoCache: no secret is in the file of copies", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file) + ";OAuthClientId=the-client;OAuthClientSecret=the-client-secret;TokenKey=the-token-key");
  account.Run("SELECT count(*) FROM infusionsoft_contacts");
  account.Run("SELECT plain_content FROM infusionsoft_emails");
  std::string bytes;
  for (const char* part : {"", "-wal"}) bytes += TextOfFile(CopiesOf(file) + part);
  CHECK_THAT(bytes, Contains("shared@example.com"));
  for (const std::string& secret : {account.server().options().access_token, std::string("the-client"),
                                    std::string("the-token-key"), account.server().options().refresh_token}) {
    INFO(secret);
    CHECK(bytes.find(secret) == std::string::npos);
  }
}

TEST_CASE("AutoCache: disconnecting deletes the copies of a table that makes its own", "[sqlite]") {
  const TemporaryFile file;
  Account account;
  account.Run("CREATE VIRTUAL TABLE temp.kept USING infusionsoft_tags('" + Caching(file) + "')");
  account.Run("SELECT count(*) FROM temp.kept");
  REQUIRE(RunOnCopies(file, "SELECT count(*) FROM copies") == std::vector<std::string>{"1"});
  account.Run("SELECT infusionsoft_disconnect()");
  CHECK(RunOnCopies(file, "SELECT count(*) FROM copies") == std::vector<std::string>{"0"});
}

TEST_CASE("AutoCache: disconnecting deletes the copies", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file));
  account.Run("SELECT count(*) FROM infusionsoft_contacts");
  account.Run("SELECT infusionsoft_disconnect()");
  CHECK(RunOnCopies(file, "SELECT (SELECT count(*) FROM copies) + (SELECT count(*) FROM pages)") ==
        std::vector<std::string>{"0"});
  account.Connect(Offline(file));
  CHECK_THAT(account.Error("SELECT * FROM infusionsoft_contacts"), Contains("no local copy"));
}

TEST_CASE("AutoCache: a table of the user's own may have copies of its own", "[sqlite]") {
  for (const char* schema : {"main", "temp"}) {
    const TemporaryFile file;
    Account account;
    account.Run(std::string("CREATE VIRTUAL TABLE ") + schema + ".own USING infusionsoft_contacts('" + Caching(file) + "')");
    CHECK(account.Requests("SELECT count(*) FROM own") == 1);
    CHECK(account.Requests("SELECT count(*) FROM own") == 0);
    CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contacts") == 1);
  }
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
