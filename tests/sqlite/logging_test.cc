// SPDX-License-Identifier: MIT
// Logfile and its companions as a statement sees them, PseudoColumns, QueryTimeout, what there is to know of a connection.
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>

#include "support.h"
#include "support/full_disk.h"
#include "support/raw_server.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;

std::string TextOf(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

size_t Count(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++count;
  return count;
}

TEST_CASE("Logfile: a query is one line with its plan, rows and requests", "[sqlite]") {
  const TemporaryFile file;
  Account account("Pagesize=25;Logfile=" + file.path());
  CHECK_THAT(TextOf(file.path()), Contains("info sqlite \"\"") || Contains("info sqlite - event=connect"));
  account.Run("SELECT id FROM infusionsoft_contacts");
  std::string text = TextOf(file.path());
  INFO(text);
  CHECK(Count(text, " query infusionsoft_contacts ") == 1);
  CHECK_THAT(text, Contains("rows=60 requests=3 plan=\"GET /v2/contacts?fields=id\"") ||
                       Contains("rows=60 requests=3 plan=\"GET /v2/contacts"));
  CHECK_THAT(text, !Contains(" api "));  // Verbosity=1
  // A scan that SQLite ends early has its line too.
  account.Run("SELECT id FROM infusionsoft_contacts WHERE given_name IS NOT 'x' LIMIT 2");
  CHECK(Count(TextOf(file.path()), " query infusionsoft_contacts ") == 2);
  CHECK_THAT(TextOf(file.path()), Contains("rows=2 "));
}

TEST_CASE("Logfile: an error is one line of the query that it ended", "[sqlite]") {
  const TemporaryFile file;
  Account account("MaxRows=3;Logfile=" + file.path());
  account.Error("SELECT id FROM infusionsoft_contacts");
  CHECK_THAT(TextOf(file.path()),
             Contains("error query infusionsoft_contacts ") && Contains("code=\"limit exceeded\"") && Contains("MaxRows=3"));
}

TEST_CASE("Verbosity: each level adds to the one before", "[sqlite]") {
  const char* const kMarks[] = {"info query ", "debug api ", "debug http ", "curl=", "consider="};
  for (int verbosity = 1; verbosity <= 5; ++verbosity) {
    const TemporaryFile file;
    Account account("Verbosity=" + std::to_string(verbosity) + ";Logfile=" + file.path());
    account.Run("SELECT id FROM infusionsoft_contacts LIMIT 1");
    const std::string text = TextOf(file.path());
    INFO(text);
    for (int i = 0; i < 5; ++i) CHECK((text.find(kMarks[i]) != std::string::npos) == (i < verbosity));
  }
}

TEST_CASE("Verbosity: a second connection of the same account logs in its own way", "[sqlite]") {
  const TemporaryFile file;
  Account account("Logfile=" + file.path());
  account.Connect("Verbosity=2;Logfile=" + file.path());
  account.Run("SELECT id FROM infusionsoft_contacts LIMIT 1");
  CHECK(Count(TextOf(file.path()), " debug api ") == 1);
}

TEST_CASE("LogModules: only those that are named are logged", "[sqlite]") {
  const TemporaryFile file;
  Account account("Verbosity=5;LogModules=api;Logfile=" + file.path());
  account.Run("SELECT id FROM infusionsoft_contacts LIMIT 1");
  const std::string text = TextOf(file.path());
  CHECK(Count(text, "\n") == Count(text, " api "));
  CHECK(Count(text, " api ") == 1);
}

TEST_CASE("MaxLogFileSize and MaxLogFileCount bound the files", "[sqlite]") {
  const TemporaryFile file;
  Account account("Verbosity=5;MaxLogFileSize=4KB;MaxLogFileCount=2;Logfile=" + file.path());
  for (int i = 0; i < 20; ++i) account.Run("SELECT id FROM infusionsoft_contacts LIMIT 1");
  CHECK(!TextOf(file.path()).empty());
  CHECK(!TextOf(file.path() + ".1").empty());
  CHECK_FALSE(std::ifstream(file.path() + ".2").is_open());
}

TEST_CASE("Logfile: one that cannot be written is an error of connecting, not of a query", "[sqlite]") {
  Account account;
  CHECK_THAT(account.Error("SELECT infusionsoft_connect('OAuthAccessToken=x;Logfile=/no/such/folder/log')"),
             Contains("/no/such/folder/log") && Contains("cannot be written"));
  account.Run("SELECT infusionsoft_connect('shop', '" + ConnectionString(account.server()) + "')");
  CHECK_THAT(
      account.Error("CREATE VIRTUAL TABLE temp.t USING infusionsoft_contacts(Connection=shop, 'Logfile=/no/such/log')"),
      Contains("cannot be written"));
}

TEST_CASE("Logfile: a folder that goes fails no query", "[sqlite]") {
  auto file = std::make_unique<TemporaryFile>();
  Account account("Logfile=" + file->path());
  file.reset();
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts") == "60");
  CHECK_THAT(account.Cell("SELECT infusionsoft_test_connection()"), Contains("\"log_lines_lost\":1"));
}

TEST_CASE("Logfile: a limit on sizes fails no query, and the lines that are lost are counted", "[sqlite]") {
  const TemporaryFile file;
  Account account("Verbosity=3;Logfile=" + file.path());
  const std::string before = TextOf(file.path());
  Outcome outcome;
  {
    const FileSizeLimit limit(before.size() + 20);
    outcome = account.database().Try("SELECT count(*) FROM infusionsoft_contacts");
  }
  CHECK(outcome.code == SQLITE_OK);
  CHECK(outcome.rows == std::vector<std::string>{"60"});
  CHECK(TextOf(file.path()) == before);
  // What was sent, what was received, the request and the query.
  CHECK_THAT(account.Cell("SELECT infusionsoft_test_connection()"), Contains("\"log_lines_lost\":4"));
  CHECK_THAT(TextOf(file.path()).substr(before.size()), Contains("lost_lines=4 error=\"writing to it: "));
}

TEST_CASE("PseudoColumns: an input is shown in SELECT *, and wants a value as before", "[sqlite]") {
  Account account("PseudoColumns='orders=paid'");
  const std::string shown = "SELECT count(*) FROM pragma_table_info('infusionsoft_orders') WHERE name = ";
  CHECK(account.Cell(shown + "'paid'") == "1");
  CHECK(account.Cell(shown + "'product_id'") == "0");
  CHECK(account.Cell("SELECT hidden FROM infusionsoft_columns WHERE table_name = 'infusionsoft_orders' AND name = 'paid'") ==
        "0");
  CHECK(account.Run("SELECT * FROM infusionsoft_orders WHERE paid = 1").size() ==
        account.Run("SELECT id FROM infusionsoft_orders WHERE paid = 1").size());
  // NULL would lose rows wherever SQLite itself compares.
  CHECK_THAT(account.Error("SELECT * FROM infusionsoft_orders"), Contains("give it a value"));
  CHECK_THAT(account.Error("SELECT id FROM infusionsoft_orders WHERE paid + 0 = 1"), Contains("give it a value"));
}

TEST_CASE("PseudoColumns: names are checked when the connection is made", "[sqlite]") {
  Account account("PseudoColumns='*=*'");
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_columns WHERE role = 'request' AND hidden") == "0");
  const auto error = [&](const std::string& value) {
    return account.Error("SELECT infusionsoft_connect('OAuthAccessToken=x;PseudoColumns=''" + value + "''')");
  };
  CHECK_THAT(error("nothing=paid"), Contains("there is no table nothing"));
  CHECK_THAT(error("infusionsoft_orders=id"), Contains("no hidden input column id") && Contains("paid"));
  CHECK_THAT(error("*=nothing"), Contains("no table has"));
  CHECK_THAT(error("orders"), Contains("PseudoColumns"));
}

TEST_CASE("QueryTimeout: is a bound on a whole statement", "[sqlite]") {
  Account account("QueryTimeout=3600");
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts") == "60");
  CHECK(account.Cell("SELECT value FROM infusionsoft_connection_properties WHERE name = 'QueryTimeout'") == "3600");
  // Each answer asks for a pause of a second, so the first pause is beyond the bound, however the clock stands.
  account.Connect("QueryTimeout=1");
  account.server().AddFault({sandbox::FaultKind::k429RetryAfter, 1, 1, ""});
  CHECK_THAT(account.Error("SELECT count(*) FROM infusionsoft_contacts"), Contains("QueryTimeout=1 seconds are over"));
}

TEST_CASE("Other: settings for support are in force, and unknown ones errors", "[sqlite]") {
  Account account("Other='MaxResponseSize=1KB'");
  CHECK_THAT(account.Error("SELECT * FROM infusionsoft_contacts"), Contains("larger than the limit of 1024 bytes"));
  CHECK_THAT(account.Error("SELECT infusionsoft_connect('Other=''MaxAttemps=3''')"), Contains("did you mean MaxAttempts?"));
}

TEST_CASE("Other: MaxAttempts is how often a request is sent", "[sqlite]") {
  Account account;
  account.server().AddFault({sandbox::FaultKind::k500, 0, 1, ""});
  for (const uint64_t attempts : {1U, 2U}) {
    account.Connect("Other=MaxAttempts=" + std::to_string(attempts));
    account.server().ClearRequests();
    account.Error("SELECT count(*) FROM infusionsoft_contacts");
    CHECK(account.server().api_requests() == attempts);
  }
}

TEST_CASE("Other: ConnectTimeout bounds the way to a connection, TLS included", "[sqlite]") {
  RawServer silent([](RawConnection& connection) { connection.ReadRequest(); });
  Database database;
  database.Run(
      "SELECT infusionsoft_connect('OAuthAccessToken=x;QueryTimeout=5;Other=\"MaxAttempts=1;ConnectTimeout=1\";URL=" +
      std::string("https://127.0.0.1:") + std::to_string(silent.port()) + "')");
  CHECK_THAT(database.Error("SELECT * FROM infusionsoft_contacts"), Contains("could not connect") && Contains("within 1 s"));
}

TEST_CASE("Properties: a table may log and wait in its own way on the unnamed connection", "[sqlite]") {
  const TemporaryFile file;
  Account account;
  account.Run("CREATE VIRTUAL TABLE temp.mine USING infusionsoft_contacts('Timeout=30;Logfile=" + file.path() + "')");
  CHECK(account.Cell("SELECT count(*) FROM mine") == "60");
  CHECK_THAT(TextOf(file.path()), Contains(" query mine "));
}

TEST_CASE("infusionsoft_connection_properties: tells value, source and effect of each, and no secret", "[sqlite]") {
  Account account("MaxRows=500;Readonly=true");
  const std::string of = " FROM infusionsoft_connection_properties WHERE connection = '' AND name = ";
  CHECK(account.Cell("SELECT value || '|' || source" + of + "'MaxRows'") == "500|connection string");
  CHECK(account.Cell("SELECT value || '|' || source || '|' || default_value" + of + "'Readonly'") ==
        "true|connection string|false");
  CHECK(account.Cell("SELECT value || '|' || source" + of + "'MaxLogFileSize'") == "100MB|default");
  CHECK(account.Cell("SELECT value IS NULL" + of + "'OAuthRefreshToken'") == "1");
  CHECK(account.Cell("SELECT value || '|' || secret" + of + "'OAuthAccessToken'") == "***|1");
  account.Run("SELECT infusionsoft_connect('shop', 'Connection=;" + ConnectionString(account.server(), "MaxRows=9") + "')");
  account.Run("CREATE VIRTUAL TABLE temp.built USING infusionsoft_contacts(Connection=shop, 'Pagesize=10')");
  const std::string built = " FROM infusionsoft_connection_properties WHERE connection = 'built' AND name = ";
  CHECK(account.Cell("SELECT value || '|' || source" + built + "'MaxRows'") == "9|connection");
  CHECK(account.Cell("SELECT value || '|' || source" + built + "'Pagesize'") == "10|connection string");
  Database fresh;
  CHECK(fresh.Cell("SELECT count(*) > 60 AND count(connection) = 0 FROM infusionsoft_connection_properties") == "1");
}

TEST_CASE("infusionsoft_connection_properties: tells of env: and file: where they were read", "[sqlite]") {
  const TemporaryFile file;
  std::ofstream(file.path()) << "token-of-a-file\n";
  Database database;
  database.Run("SELECT infusionsoft_connect('OAuthAccessToken=file:" + file.path() + ";OAuthClientSecret=env:HOME')");
  CHECK(database.Run("SELECT value, source FROM infusionsoft_connection_properties WHERE name IN ('OAuthAccessToken', "
                     "'OAuthClientSecret') ORDER BY name") == std::vector<std::string>{"***|file", "***|environment"});
}

TEST_CASE("infusionsoft_test_connection: one request, one object", "[sqlite]") {
  Account account;
  CHECK(account.Requests("SELECT infusionsoft_test_connection()") == 1);
  CHECK(account.server().Requests()[0].path.ends_with("/v2/oauth/connect/userinfo"));
  CHECK(account.Cell("SELECT json_extract(infusionsoft_test_connection(), '$.tenant') IS NOT NULL") == "1");
  CHECK(account.Requests("SELECT infusionsoft_test_connection('')") == 1);
  CHECK_THAT(account.Error("SELECT infusionsoft_test_connection('nobody')"), Contains("infusionsoft_connect('nobody'"));
  account.Run("SELECT infusionsoft_connect('bad', 'OAuthAccessToken=wrong;URL=" + account.server().api_url() + "')");
  const Outcome refused = account.database().Try("SELECT infusionsoft_test_connection('bad')");
  CHECK(refused.code == SQLITE_AUTH);
  CHECK_THAT(refused.error, Contains("infusionsoft_test_connection") && Contains("OAuthAccessToken"));
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
