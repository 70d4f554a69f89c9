// SPDX-License-Identifier: MIT
// INFUSIONSOFT_SQL=restricted, for SQL that others send, and INFUSIONSOFT_CONNECTION, the connection that comes from outside
// SQL.
#include <catch2/catch.hpp>

#include "auth/connection_options.h"
#include "strange_file.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;

const std::string kCount = "SELECT count(*) FROM infusionsoft_contacts";

TEST_CASE("INFUSIONSOFT_CONNECTION: the unnamed connection where none was made", "[sqlite]") {
  const auto server = sandbox::Sandbox::Start(SmallAccount(3));
  const Variable connection("INFUSIONSOFT_CONNECTION", ConnectionString(*server, "Pagesize=2"));
  {
    Database database;
    CHECK(database.Cell(kCount) == "3");
    CHECK(server->api_requests() == 2);
    database.Run("CREATE VIRTUAL TABLE t USING infusionsoft_contacts(MaxRows=5)");
    CHECK(database.Cell("SELECT count(*) FROM t") == "3");
    CHECK(database.Cell("SELECT infusionsoft_create_tables('')") != "0");
    CHECK_THAT(database.Cell("SELECT infusionsoft_test_connection()"), Contains("\"tenant\""));
  }
  // It is there before anything was asked, for a host that opens a connection for each statement.
  CHECK(Database().Cell("SELECT value FROM infusionsoft_connection_properties WHERE name = 'Pagesize'") == "2");
  // A connection of one's own comes before it.
  const auto other = sandbox::Sandbox::Start(SmallAccount(5));
  Database database;
  database.Run("SELECT infusionsoft_connect('" + ConnectionString(*other) + "')");
  CHECK(database.Cell(kCount) == "5");
}

TEST_CASE("INFUSIONSOFT_CONNECTION: from a file, and what is wrong with it is said where it is used", "[sqlite]") {
  const auto server = sandbox::Sandbox::Start(SmallAccount(3));
  Victim victim;
  std::ofstream(victim.Path("text")) << ConnectionString(*server) << "\n";
  {
    const Variable connection("INFUSIONSOFT_CONNECTION", "file:" + victim.Path("text"));
    CHECK(Database().Cell(kCount) == "3");
  }
  const Variable connection("INFUSIONSOFT_CONNECTION", "Nonsense=1;OAuthAccessToken=hunter2");
  Database database;
  CHECK_THAT(database.Error(kCount), Contains("INFUSIONSOFT_CONNECTION: Nonsense") && !Contains("hunter2"));
  database.Run("SELECT infusionsoft_connect('" + ConnectionString(*server) + "')");
  CHECK(database.Cell(kCount) == "3");
}

TEST_CASE("INFUSIONSOFT_SQL=restricted: SQL may name no property that is the user's only, and approve nothing", "[sqlite]") {
  Victim victim;
  const auto server = sandbox::Sandbox::Start(SmallAccount(3));
  const Variable connection("INFUSIONSOFT_CONNECTION", ConnectionString(*server));
  const TemporaryFile file;
  RunPlain(file.path(), InsertTable("stored", "'Logfile=" + victim.Path("made") + "'"));
  const Variable restricted("INFUSIONSOFT_SQL", "restricted");
  const Variable trusted("INFUSIONSOFT_TRUSTED", file.path());
  Database database(file.path());
  const std::string before = victim.Listing();
  int checked = 0;
  for (const PropertyInfo& info : ConnectionProperties()) {
    if (info.power == PropertyPower::kNone || info.power == PropertyPower::kLimit) continue;
    const std::string name(info.name);
    const bool settings = name == "ProfileSettings";
    const std::string text = name + "=" +
                             (settings      ? "\"APIKey=file:"
                              : info.secret ? "file:"
                                            : "") +
                             (info.values.find("URL") == 0 ? "http://127.0.0.1:9" : victim.Path("secret")) +
                             (settings ? "\"" : "");
    for (const std::string& sql :
         {"SELECT infusionsoft_connect('" + text + "')", "SELECT infusionsoft_connect('a', '" + text + "')",
          "CREATE VIRTUAL TABLE t USING infusionsoft_contacts('" + text + "')",
          "CREATE VIRTUAL TABLE temp.t USING infusionsoft_contacts('" + text + "')",
          "CREATE VIRTUAL TABLE t USING infusionsoft(Table=contacts, '" + text + "')"}) {
      INFO(sql);
      const Outcome outcome = database.Try(sql);
      CHECK(outcome.code == SQLITE_AUTH);
      CHECK_THAT(outcome.error,
                 Contains(settings ? "APIKey" : name) && Contains("INFUSIONSOFT_SQL") && !Contains("secret-of"));
      ++checked;
    }
  }
  CHECK(checked > 200);
  // Nor does a text in a file that the environment trusts: SQL could have put it there.
  CHECK_THAT(database.Error("SELECT * FROM stored"), Contains("INFUSIONSOFT_SQL"));
  for (const char* sql : {"SELECT infusionsoft_approve('stored')", "SELECT infusionsoft_disconnect()",
                          "SELECT infusionsoft_exchange_code('code')", "SELECT infusionsoft_authorize_url()"}) {
    INFO(sql);
    const Outcome outcome = database.Try(sql);
    CHECK(outcome.code == SQLITE_AUTH);
    CHECK_THAT(outcome.error, Contains("INFUSIONSOFT_SQL"));
  }
  CHECK(victim.Listing() == before);
  CHECK(server->Requests().empty());
}

TEST_CASE("INFUSIONSOFT_SQL=restricted: connections that there are, columns and tighter limits work", "[sqlite]") {
  const auto server = sandbox::Sandbox::Start(SmallAccount(3));
  const auto second = sandbox::Sandbox::Start(SmallAccount(5));
  const Variable connection("INFUSIONSOFT_CONNECTION", ConnectionString(*server, "MaxRequests=4"));
  Database database;
  database.Run("SELECT infusionsoft_connect('shop', '" + ConnectionString(*second) + "')");
  const Variable restricted("INFUSIONSOFT_SQL", "restricted");
  CHECK(database.Cell(kCount) == "3");
  database.Run("CREATE VIRTUAL TABLE t USING infusionsoft_contacts(Connection=shop, Pagesize=2, MaxRows=9)");
  CHECK(database.Cell("SELECT count(*) FROM t") == "5");
  CHECK(database.Cell("SELECT infusionsoft_connect('small', 'MaxRequests=1;Pagesize=1')") == "connected as small");
  database.Run("CREATE VIRTUAL TABLE u USING infusionsoft_contacts(Connection=small)");
  CHECK_THAT(database.Error("SELECT * FROM u"), Contains("MaxRequests=1"));
  CHECK_THAT(database.Error("SELECT infusionsoft_connect('large', 'MaxRequests=0')"), Contains("would loosen the limit"));
  CHECK_THAT(database.Error("CREATE VIRTUAL TABLE v USING infusionsoft_contacts(MaxRequests=5); SELECT * FROM v"),
             Contains("would loosen the limit"));
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
