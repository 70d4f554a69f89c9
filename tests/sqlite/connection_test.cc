// SPDX-License-Identifier: MIT
// Tables and accounts: how a table finds its account, what a schema may do, and what stays behind.
#include <catch2/catch.hpp>
#include <string>

#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;

std::string CreateContacts(const sandbox::Sandbox& server, const std::string& more = "") {
  return "CREATE VIRTUAL TABLE people USING infusionsoft_contacts('" + ConnectionString(server, more) + "')";
}

TEST_CASE("Connection: without an account the message says what to do", "[sqlite]") {
  Database database;
  CHECK_THAT(database.Error("SELECT * FROM infusionsoft_contacts"),
             Contains("no account is connected") && Contains("infusionsoft_connect"));
  CHECK_THAT(database.Error("CREATE VIRTUAL TABLE t USING infusionsoft_contacts('Connection=work'); SELECT * FROM t"),
             Contains("no connection is registered as 'work'"));
  CHECK_THAT(database.Error("SELECT infusionsoft_connect('Nonsense=1')"), Contains("Nonsense"));
  CHECK_THAT(database.Error("SELECT infusionsoft_connect(NULL)"), Contains("must be text"));
  CHECK_THAT(database.Error("CREATE VIRTUAL TABLE u USING infusionsoft_contacts('Pagesize=many')"),
             Contains("Pagesize"));
}

TEST_CASE("Connection: connecting and creating send nothing", "[sqlite]") {
  Account account;
  account.Run(CreateContacts(account.server()));
  account.Run("SELECT name FROM sqlite_schema; PRAGMA table_info(people); EXPLAIN QUERY PLAN SELECT * FROM people");
  CHECK(account.server().Requests().empty());
}

TEST_CASE("Connection: a table of the database file works after the file is opened again", "[sqlite]") {
  const auto server = sandbox::Sandbox::Start(SmallAccount());
  const TemporaryFile file;
  {
    Database database(file.path());
    database.Run(CreateContacts(*server));
    CHECK(database.Cell("SELECT count(*) FROM people") == "60");
  }
  server->ClearRequests();
  Database database(file.path());
  CHECK(database.Cell("SELECT count(*) FROM sqlite_schema") == "1");
  CHECK(server->Requests().empty());
  CHECK(database.Cell("SELECT count(*) FROM people") == "60");
  CHECK(server->api_requests() == 1);
  // Another connection to the same file, and the same account.
  Database second(file.path());
  CHECK(second.Cell("SELECT count(*) FROM people") == "60");
  database.Run("DROP TABLE people");
  CHECK_THAT(second.Error("SELECT count(*) FROM people"), Contains("no such table"));
}

TEST_CASE("Connection: two SQLite connections share one account's session", "[sqlite]") {
  Account account;
  Database other;
  other.Run("SELECT infusionsoft_connect('" + ConnectionString(account.server(), "Pagesize=30") + "')");
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts") == "60");
  CHECK(other.Cell("SELECT count(*) FROM infusionsoft_contacts") == "60");
  // Both see the requests of both: they are the account's.
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_requests") == "3");
  CHECK(other.Cell("SELECT count(*) FROM infusionsoft_requests") == "3");
}

TEST_CASE("Connection: what is missing is said at once", "[sqlite]") {
  Database database;
  CHECK_THAT(database.Cell("SELECT infusionsoft_connect('')"), Contains("no access token") && Contains("OAuthAccessToken"));
  CHECK_THAT(database.Cell("SELECT infusionsoft_connect('OAuthClientId=a;OAuthClientSecret=b;OAuthRefreshToken=c')"),
             Contains("no access token") && Contains("InitiateOAuth=REFRESH"));
  CHECK(database.Cell("SELECT infusionsoft_connect('OAuthAccessToken=a')") == "connected");
  CHECK(database.Cell("SELECT infusionsoft_connect('InitiateOAuth=REFRESH;OAuthClientId=a;OAuthClientSecret=b')") == "connected");
  CHECK_THAT(database.Error("SELECT infusionsoft_connect('x', 'Connection=nobody')"), Contains("'nobody'"));
}

TEST_CASE("Connection: named connections stand side by side", "[sqlite]") {
  const auto first = sandbox::Sandbox::Start(SmallAccount(20));
  const auto second = sandbox::Sandbox::Start(SmallAccount(30));
  Database database;
  CHECK(database.Cell("SELECT infusionsoft_connect('a', '" + ConnectionString(*first) + "')") == "connected as a");
  CHECK(database.Cell("SELECT infusionsoft_connect('b', '" + ConnectionString(*second) + "')") == "connected as b");
  database.Run("CREATE VIRTUAL TABLE a USING infusionsoft_contacts('Connection=a')");
  database.Run("CREATE VIRTUAL TABLE b USING infusionsoft_contacts('Connection=b;Pagesize=10')");
  CHECK_THAT(database.Error("CREATE VIRTUAL TABLE c USING infusionsoft_contacts('Connection=c'); SELECT * FROM c"),
             Contains("no connection is registered as 'c'") && Contains("'a', 'b'"));
  CHECK(database.Cell("SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b)") == "20|30");
  CHECK(second->api_requests() == 3);
  CHECK_THAT(database.Error("SELECT * FROM infusionsoft_contacts"), Contains("no account is connected"));
  // A table may not send the secrets of a connection elsewhere.
  CHECK_THAT(
      database.Error("CREATE VIRTUAL TABLE d USING infusionsoft_contacts('Connection=a;URL=http://127.0.0.1:9'); "
                     "SELECT * FROM d"),
      Contains("URL cannot be given beside Connection"));
}

TEST_CASE("Connection: a table that names a connection may be created before it is registered", "[sqlite]") {
  const auto server = sandbox::Sandbox::Start(SmallAccount());
  Database database;
  database.Run("CREATE VIRTUAL TABLE people USING infusionsoft_contacts('Connection=late')");
  CHECK_THAT(database.Error("SELECT * FROM people"), Contains("late"));
  database.Run("SELECT infusionsoft_connect('late', '" + ConnectionString(*server) + "')");
  CHECK(database.Cell("SELECT count(*) FROM people") == "60");
}

TEST_CASE("Connection: the unnamed account can be replaced", "[sqlite]") {
  Account account("", SmallAccount(20));
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts") == "20");
  const auto other = sandbox::Sandbox::Start(SmallAccount(30));
  account.Run("SELECT infusionsoft_connect('" + ConnectionString(*other) + "')");
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts") == "30");
}

TEST_CASE("Connection: properties of a table alone go with the unnamed account, whatever it is", "[sqlite]") {
  Account account("", SmallAccount(20));
  account.Run("CREATE VIRTUAL TABLE people USING infusionsoft_contacts(Pagesize=5, OrderPushdown=false)");
  CHECK(account.Requests("SELECT count(*) FROM people") == 4);
  const auto other = sandbox::Sandbox::Start(SmallAccount(30));
  account.Run("SELECT infusionsoft_connect('" + ConnectionString(*other) + "')");
  CHECK(account.Cell("SELECT count(*) FROM people") == "30");
  CHECK(other->api_requests() == 6);
  // Without that account the table is there, and says what is missing; a mistake in it is told at once.
  Database alone;
  alone.Run("CREATE VIRTUAL TABLE people USING infusionsoft_contacts(Pagesize=5)");
  CHECK_THAT(alone.Error("SELECT * FROM people"), Contains("no account is connected"));
  CHECK_THAT(alone.Error("CREATE VIRTUAL TABLE more USING infusionsoft_contacts(Pagesize=many)"), Contains("Pagesize"));
}

TEST_CASE("Connection: only the user's own views may use the tables", "[sqlite]") {
  Account account;
  account.Run("CREATE TEMP VIEW mine AS SELECT count(*) FROM infusionsoft_contacts");
  CHECK(account.Cell("SELECT * FROM mine") == "60");
  account.server().ClearRequests();
  account.Run("CREATE VIEW theirs AS SELECT count(*) FROM infusionsoft_contacts");
  CHECK_THAT(account.Error("SELECT * FROM theirs"), Contains("unsafe use of virtual table"));
  account.Run(
      "CREATE TABLE bait(x); CREATE TRIGGER trap AFTER INSERT ON bait BEGIN "
      "INSERT INTO bait SELECT email FROM infusionsoft_contacts WHERE id = new.x; END");
  CHECK_THAT(account.Error("INSERT INTO bait VALUES (1)"), Contains("unsafe use of virtual table"));
  account.Run("CREATE VIEW requests AS SELECT * FROM infusionsoft_requests");
  CHECK_THAT(account.Error("SELECT * FROM requests"), Contains("unsafe use of virtual table"));
  account.Run("CREATE VIEW connects AS SELECT infusionsoft_connect('URL=http://127.0.0.1:9')");
  CHECK_THAT(account.Error("SELECT * FROM connects"), Contains("unsafe use of infusionsoft_connect"));
  CHECK(account.server().Requests().empty());
}

TEST_CASE("Connection: a table with its own connection string can be signed in to without a browser", "[sqlite]") {
  Database database;
  const std::string create = "(\"OAuthClientId=one;OAuthClientSecret=secret;InitiateOAuth=REFRESH;OAuthSettingsLocation=memory://one\")";
  database.Run("CREATE VIRTUAL TABLE temp.people USING infusionsoft_contacts" + create);
  CHECK_THAT(database.Cell("SELECT infusionsoft_authorize_url()"), Contains("client_id=one"));
  CHECK_THAT(database.Cell("SELECT infusionsoft_authorize_url('people')"), Contains("client_id=one"));
  database.Run("SELECT infusionsoft_connect('other', 'OAuthClientId=two;OAuthAccessToken=token;OAuthSettingsLocation=memory://two')");
  CHECK_THAT(database.Error("SELECT infusionsoft_authorize_url()"), Contains("'other', 'people'"));
  CHECK_THAT(database.Cell("SELECT infusionsoft_authorize_url('other')"), Contains("client_id=two"));
  CHECK_THAT(database.Error("SELECT infusionsoft_authorize_url('nobody')"), Contains("nobody"));
}

TEST_CASE("Connection: a token does not appear in what SQL can see", "[sqlite]") {
  Account account;
  const std::string token = account.server().options().access_token;
  account.Run("SELECT infusionsoft_connect('named', '" + ConnectionString(account.server()) + "')");
  account.Run("SELECT count(*) FROM infusionsoft_contacts WHERE email = 'ann@example.com'");
  for (const char* table : {"infusionsoft_requests", "infusionsoft_tables", "infusionsoft_columns", "sqlite_schema"}) {
    for (const std::string& row : account.Run(std::string("SELECT * FROM ") + table)) CHECK_THAT(row, !Contains(token));
  }
  account.server().ExpireAccessTokens();
  CHECK_THAT(account.Error("SELECT count(*) FROM infusionsoft_contacts"), !Contains(token));
}

TEST_CASE("Connection: nothing stays open after use", "[sqlite]") {
  const auto server = sandbox::Sandbox::Start(SmallAccount());
  Database database;
  database.Run("SELECT infusionsoft_connect('" + ConnectionString(*server, "Pagesize=10") + "')");
  // A statement that is given up in the middle of its pages.
  sqlite3_stmt* statement = nullptr;
  REQUIRE(sqlite3_prepare_v2(database.handle(), "SELECT id FROM infusionsoft_contacts", -1, &statement, nullptr) ==
          SQLITE_OK);
  REQUIRE(sqlite3_step(statement) == SQLITE_ROW);
  sqlite3_finalize(statement);
  database.Run(CreateContacts(*server));
  database.Try("SELECT * FROM people WHERE id = 1; SELECT * FROM nothing");
  database.Run("DROP TABLE people");
  CHECK(database.Close() == SQLITE_OK);
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
