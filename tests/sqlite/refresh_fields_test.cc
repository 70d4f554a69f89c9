// SPDX-License-Identifier: MIT
// infusionsoft_refresh_fields. The sandbox's definitions are always the same; what a table knows of them is made to differ.
#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;
using Rows = std::vector<std::string>;

constexpr const char* kCreate = "CREATE VIRTUAL TABLE contacts USING infusionsoft_contacts(CustomFields=columns)";
constexpr const char* kRefresh = "SELECT infusionsoft_refresh_fields('contacts')";
// As if the account had got the field Score, and lost field 99, since the table was created.
constexpr const char* kAge =
    "; DELETE FROM contacts_fields WHERE id = 3; INSERT INTO contacts_fields VALUES (99, 'gone', 'Gone', 'TEXT', 'Gone')";

// A file whose table `contacts` knows old definitions; connections to it are opened after that.
class AgedFile {
 public:
  explicit AgedFile(Account& account) : account_(account) {
    Open()->Run(kCreate + std::string(kAge));
    account_.server().ClearRequests();
  }
  std::unique_ptr<sqlite_test::Database> Open() const {
    auto database = std::make_unique<sqlite_test::Database>(file_.path());
    database->Run("SELECT infusionsoft_connect('" + ConnectionString(account_.server()) + "')");
    return database;
  }

 private:
  Account& account_;
  TemporaryFile file_;
};

bool HasColumn(Database& database, const char* name, const char* table = "contacts") {
  return database.Try("SELECT " + std::string(table) + "." + name + " FROM " + table + " LIMIT 0").code == SQLITE_OK;
}

TEST_CASE("RefreshFields: one request brings the columns up to date", "[sqlite]") {
  Account account;
  const AgedFile file(account);
  const auto database = file.Open();
  CHECK(HasColumn(*database, "gone"));
  CHECK_FALSE(HasColumn(*database, "score"));
  CHECK(account.server().Requests().empty());
  CHECK(database->Cell(kRefresh) == "32");
  CHECK(account.server().api_requests() == 1);
  CHECK_FALSE(HasColumn(*database, "gone"));
  CHECK(HasColumn(*database, "score"));
  CHECK(database->Cell("SELECT count(*) FROM contacts_fields") == "32");
  CHECK(database->Cell("SELECT count(*) FROM sqlite_schema") == "2");
  // Nothing has changed since: nothing is written.
  const std::string version = database->Cell("PRAGMA schema_version");
  CHECK(database->Cell(kRefresh) == "32");
  CHECK(database->Cell("PRAGMA schema_version") == version);
}

TEST_CASE("RefreshFields: a failed read is an error and changes nothing", "[sqlite]") {
  Account account;
  const AgedFile file(account);
  const auto database = file.Open();
  for (const sandbox::FaultKind kind :
       {sandbox::FaultKind::kTruncatedJson, sandbox::FaultKind::k401, sandbox::FaultKind::kWrongContentType}) {
    account.server().AddFault({.kind = kind, .next = 2, .every = 0, .path = "/model"});
    CHECK_THAT(database->Error(kRefresh), Contains("infusionsoft_refresh_fields: contacts: "));
    account.server().ClearFaults();
    CHECK(HasColumn(*database, "gone"));
    CHECK_FALSE(HasColumn(*database, "score"));
    CHECK(database->Cell("SELECT count(*) FROM contacts_fields WHERE id = 99") == "1");
  }
}

TEST_CASE("RefreshFields: a statement that was prepared before sees the new columns", "[sqlite]") {
  Account account;
  const AgedFile file(account);
  const auto database = file.Open();
  sqlite3_stmt* statement = nullptr;
  REQUIRE(sqlite3_prepare_v2(database->handle(), "SELECT * FROM contacts LIMIT 1", -1, &statement, nullptr) == SQLITE_OK);
  const int before = sqlite3_column_count(statement);
  REQUIRE(sqlite3_step(statement) == SQLITE_ROW);
  CHECK(std::string(sqlite3_column_name(statement, before - 1)) == "gone");
  sqlite3_reset(statement);
  database->Run(kRefresh);
  REQUIRE(sqlite3_step(statement) == SQLITE_ROW);
  CHECK(std::string(sqlite3_column_name(statement, sqlite3_column_count(statement) - 1)) == "dashed");
  CHECK(sqlite3_finalize(statement) == SQLITE_OK);
}

TEST_CASE("RefreshFields: a statement that reads the table meanwhile ends with the columns it began with", "[sqlite]") {
  Account account("Pagesize=20");
  const AgedFile file(account);
  const auto database = file.Open();
  sqlite3_stmt* statement = nullptr;
  REQUIRE(sqlite3_prepare_v2(database->handle(), "SELECT id, interests, gone FROM contacts", -1, &statement, nullptr) ==
          SQLITE_OK);
  REQUIRE(sqlite3_step(statement) == SQLITE_ROW);
  CHECK(database->Cell(kRefresh) == "32");
  int rows = 1;
  int interests = 0;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    ++rows;
    interests += sqlite3_column_type(statement, 1) != SQLITE_NULL ? 1 : 0;
    CHECK(sqlite3_column_type(statement, 2) == SQLITE_NULL);
  }
  CHECK(code == SQLITE_DONE);
  CHECK(rows == 60);
  CHECK(interests > 0);
  sqlite3_finalize(statement);
  CHECK(HasColumn(*database, "score"));
  // In the very statement that reads the table.
  CHECK(database->Run("SELECT infusionsoft_refresh_fields('contacts') FROM contacts LIMIT 2") == Rows{"32", "32"});
}

TEST_CASE("RefreshFields: other connections see the new columns", "[sqlite]") {
  Account account;
  const AgedFile file(account);
  const auto one = file.Open();
  const auto other = file.Open();
  CHECK(HasColumn(*other, "gone"));
  one->Run(kRefresh);
  CHECK_FALSE(HasColumn(*other, "gone"));
  CHECK(HasColumn(*other, "score"));
}

TEST_CASE("RefreshFields: it belongs to the transaction around it", "[sqlite]") {
  Account account;
  const AgedFile file(account);
  const auto database = file.Open();
  for (const auto& [begin, undo] :
       {std::pair("BEGIN", "ROLLBACK"), std::pair("BEGIN IMMEDIATE", "ROLLBACK"),
        std::pair("BEGIN; SAVEPOINT s", "ROLLBACK TO s; COMMIT"), std::pair("SAVEPOINT s", "ROLLBACK TO s; RELEASE s")}) {
    INFO(begin);
    database->Run(begin);
    CHECK(database->Cell(kRefresh) == "32");
    CHECK(HasColumn(*database, "score"));
    database->Run(undo);
    CHECK_FALSE(HasColumn(*database, "score"));
    CHECK(HasColumn(*database, "gone"));
  }
  database->Run(std::string("BEGIN; CREATE TABLE mine(a); ") + kRefresh + "; COMMIT");
  CHECK(HasColumn(*database, "score"));
  CHECK(database->Cell("SELECT count(*) FROM mine") == "0");
}

TEST_CASE("RefreshFields: temp and attached tables are found as SQLite finds them", "[sqlite]") {
  Account account;
  account.Run("ATTACH ':memory:' AS aux");
  for (const char* schema : {"temp", "main", "aux"}) {
    const std::string name(schema);
    account.Run("CREATE VIRTUAL TABLE " + name + ".contacts USING infusionsoft_contacts(CustomFields=columns)");
    account.Run("DELETE FROM " + name + ".contacts_fields WHERE id = 3");
  }
  // What SQLite has declared it keeps until the schema changes: as if the databases were opened anew.
  account.Run("PRAGMA writable_schema=RESET");
  const auto has_score = [&](const char* schema) {
    return HasColumn(account.database(), "score", (std::string(schema) + ".contacts").c_str());
  };
  CHECK((!has_score("temp") && !has_score("main") && !has_score("aux")));
  account.Run(kRefresh);
  CHECK((has_score("temp") && !has_score("main") && !has_score("aux")));
  account.Run("SELECT infusionsoft_refresh_fields('AUX', 'CONTACTS')");
  CHECK((has_score("temp") && !has_score("main") && has_score("aux")));
  account.Run("SELECT infusionsoft_refresh_fields('main', 'contacts')");
  CHECK(has_score("main"));
}

TEST_CASE("RefreshFields: a column keeps its name as long as its field keeps its label", "[sqlite]") {
  Account account;
  const AgedFile file(account);
  const auto database = file.Open();
  // The field that had the plain name is gone; the other one does not take it over. A new label is a new name.
  database->Run("UPDATE contacts_fields SET column_name = 'colour_of_old' WHERE id = 12");
  database->Run("UPDATE contacts_fields SET label = 'Old label', column_name = 'old_label' WHERE id = 5");
  database->Run(kRefresh);
  CHECK(database->Run("SELECT column_name FROM contacts_fields WHERE id IN (5, 12)") == Rows{"member", "colour_of_old"});
}

TEST_CASE("RefreshFields: what it cannot refresh is an error that says why", "[sqlite]") {
  Account account;
  account.Run("CREATE VIRTUAL TABLE plain USING infusionsoft_contacts(CustomFields=json); CREATE TABLE mine(a)");
  CHECK_THAT(account.Error("SELECT infusionsoft_refresh_fields('nothing')"), Contains("there is no table nothing"));
  CHECK_THAT(account.Error("SELECT infusionsoft_refresh_fields('infusionsoft_contacts')"), Contains("there is no table"));
  CHECK_THAT(account.Error("SELECT infusionsoft_refresh_fields('temp', 'plain')"), Contains("there is no table temp.plain"));
  for (const char* table : {"plain", "mine"}) {
    CHECK_THAT(account.Error("SELECT infusionsoft_refresh_fields('" + std::string(table) + "')"),
               Contains("CustomFields=columns"));
  }
  CHECK_THAT(account.Error("SELECT infusionsoft_refresh_fields(7)"), Contains("must be text"));
  account.Run(kCreate);
  account.server().ClearRequests();
  CHECK_THAT(account.Error("INSERT INTO mine SELECT infusionsoft_refresh_fields('contacts')"),
             Contains("a statement that writes is running"));
  CHECK(account.server().Requests().empty());
}

TEST_CASE("RefreshFields: a database that cannot be written keeps its columns", "[sqlite]") {
  Account account;
  const AgedFile file(account);
  const auto database = file.Open();
  database->Run("PRAGMA query_only = 1");
  CHECK_FALSE(database->Error(kRefresh).empty());
  database->Run("PRAGMA query_only = 0");
  CHECK(HasColumn(*database, "gone"));
  const auto writer = file.Open();
  writer->Run("BEGIN IMMEDIATE");
  CHECK_THAT(database->Error(kRefresh), Contains("locked"));
  CHECK(HasColumn(*database, "gone"));
  writer->Run("COMMIT");
  CHECK(database->Cell(kRefresh) == "32");
}

TEST_CASE("RefreshFields: the host's writable_schema stays as it was", "[sqlite]") {
  Account account;
  for (const char* value : {"1", "0"}) {
    account.Run(std::string(kCreate) + "; DELETE FROM contacts_fields; PRAGMA writable_schema=" + value);
    account.Run(kRefresh);
    CHECK(account.Cell("PRAGMA writable_schema") == value);
    account.Run("DROP TABLE contacts");
  }
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
