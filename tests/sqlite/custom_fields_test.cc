// SPDX-License-Identifier: MIT
// CustomFields=columns: what is sent and stored when a table is created, opened, renamed and dropped.
#include <catch2/catch.hpp>
#include <string>

#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;
using Rows = std::vector<std::string>;

constexpr const char* kCreate = "CREATE VIRTUAL TABLE contacts USING infusionsoft_contacts(CustomFields=columns)";
constexpr const char* kCustomColumns = "SELECT count(*) FROM pragma_table_info('contacts')";
constexpr const char* kObjects = "SELECT name FROM sqlite_schema ORDER BY name";

// A database file, opened anew with a connection of its own.
std::unique_ptr<Database> Open(const std::string& path, const sandbox::Sandbox& server) {
  auto database = std::make_unique<Database>(path);
  database->Run("SELECT infusionsoft_connect('" + ConnectionString(server) + "')");
  return database;
}

TEST_CASE("CustomFields: creation reads the definitions once", "[sqlite]") {
  Account account;
  CHECK(account.Requests(kCreate) == 1);
  CHECK(account.server().Requests()[0].path == "/crm/rest/v2/contacts/model");
  CHECK(account.Cell(kCustomColumns) == "128");
  CHECK(account.Cell("SELECT count(*) FROM contacts_fields") == "32");
  CHECK(account.Run(
            "SELECT id, column_name, label, field_type, field_name FROM contacts_fields WHERE id IN (1, 12, 33, 35)") ==
        Rows{"1|favourite_colour|Favourite colour|DROPDOWN|FavouriteColour",
             "12|favourite_colour_12|Favourite Colour|RADIO|FavouriteColour2", "33|title|Title|TEXT|TITLE",
             "35|custom_field_35||TEXT|Nameless"});
  // Nothing is asked for again; the JSON is still there.
  CHECK(account.Requests("SELECT favourite_colour, custom_fields FROM contacts LIMIT 1") == 1);
  CHECK(account.server().Requests()[0].path == "/crm/rest/v2/contacts");
}

TEST_CASE("CustomFields: CREATE VIRTUAL TABLE is known however it is written", "[sqlite]") {
  Account account;
  for (const char* create :
       {"create virtual table", "\n ; -- CREATE TABLE\n/* a */CREATE/*b*/ViRTUAL--c\n\tTABLE IF NOT EXISTS",
        "CREATE VIRTUAL/**/TABLE"}) {
    CHECK(account.Requests(std::string(create) + " t USING infusionsoft_contacts(CustomFields=columns)") == 1);
    account.Run("DROP TABLE t");
  }
}

TEST_CASE("CustomFields: without the property nothing is sent and nothing is added", "[sqlite]") {
  Account account;
  CHECK(account.Requests("CREATE VIRTUAL TABLE contacts USING infusionsoft_contacts(CustomFields=json)") == 0);
  CHECK(account.Cell(kCustomColumns) == "96");
  CHECK(account.Run(kObjects) == Rows{"contacts"});
  account.Run("DROP TABLE contacts");
}

TEST_CASE("CustomFields: all eight types of record have them", "[sqlite]") {
  Account account;
  for (const char* records :
       {"affiliates", "companies", "contacts", "notes", "opportunities", "orders", "subscriptions", "tasks"}) {
    const std::string name(records);
    INFO(name);
    CHECK(account.Requests("CREATE VIRTUAL TABLE t USING infusionsoft_" + name + "(CustomFields=columns)") == 1);
    CHECK(account.server().Requests()[0].path == "/crm/rest/v2/" + name + "/model");
    CHECK(std::stoi(account.Cell("SELECT count(*) FROM t WHERE score IS NOT NULL")) > 0);
    CHECK(account.Cell("SELECT count(*) FROM t WHERE score > 50") ==
          account.Cell("SELECT count(*) FROM t WHERE +score > 50"));
    account.Run("DROP TABLE t");
  }
  CHECK_THAT(account.Error("CREATE VIRTUAL TABLE t USING infusionsoft_tags(CustomFields=columns)"),
             Contains("t: CustomFields=columns: the API has no custom fields for tags"));
  CHECK(account.Requests("CREATE VIRTUAL TABLE g USING infusionsoft(Table=orders, CustomFields=columns)") == 1);
  CHECK(account.Cell("SELECT count(*) FROM g_fields") == "32");
}

TEST_CASE("CustomFields: opening the database again sends nothing", "[sqlite]") {
  Account account;
  const TemporaryFile file;
  Open(file.path(), account.server())->Run(kCreate);
  account.server().ClearRequests();
  const auto again = Open(file.path(), account.server());
  CHECK(again->Cell(kCustomColumns) == "128");
  CHECK(again->Run("EXPLAIN QUERY PLAN SELECT id FROM contacts WHERE score > 7")[0].find("Score>{score > ?1}") !=
        std::string::npos);
  CHECK(again->Cell("SELECT count(*) FROM contacts_fields") == "32");
  CHECK(account.server().Requests().empty());
  again->Run("DROP TABLE contacts");
  CHECK(account.server().Requests().empty());
  CHECK(again->Run(kObjects).empty());
}

TEST_CASE("CustomFields: a table in temp or in an attached database has its own", "[sqlite]") {
  Account account;
  account.Run("ATTACH ':memory:' AS \"other \"\"db\"");
  for (const char* schema : {"temp", "\"other \"\"db\""}) {
    const std::string name(schema);
    CHECK(account.Requests("CREATE VIRTUAL TABLE " + name + ".people USING infusionsoft_contacts(CustomFields=columns)") ==
          1);
    CHECK(account.Cell("SELECT count(*) FROM " + name + ".people_fields") == "32");
    CHECK(account.Cell("SELECT count(favourite_colour) > 0 FROM " + name + ".people") == "1");
    CHECK(account.Run(kObjects).empty());
    account.Run("DROP TABLE " + name + ".people");
    CHECK(account.Cell("SELECT count(*) FROM " + name + ".sqlite_schema") == "0");
  }
}

TEST_CASE("CustomFields: a failure while reading makes creation fail and leaves nothing", "[sqlite]") {
  Account account;
  for (const char* begin : {"SELECT 1", "BEGIN", "BEGIN; CREATE TABLE mine(a)"}) {
    account.Run(begin);
    account.server().AddFault({.kind = sandbox::FaultKind::kTruncatedJson, .next = 1, .every = 0, .path = "/model"});
    CHECK_THAT(account.Error(kCreate), Contains("contacts: "));
    CHECK(account.Cell("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'contacts%'") == "0");
    if (std::string(begin) != "SELECT 1") account.Run("COMMIT");
  }
  CHECK(account.Run(kObjects) == Rows{"mine"});
  account.Run(kCreate);
}

TEST_CASE("CustomFields: a rollback takes the creation back", "[sqlite]") {
  Account account;
  account.Run(std::string("BEGIN; ") + kCreate + "; SELECT count(score) FROM contacts; ROLLBACK");
  CHECK(account.Run(kObjects).empty());
  account.Run(kCreate);
  account.Run("BEGIN; DROP TABLE contacts; ROLLBACK");
  CHECK(account.Cell(kCustomColumns) == "128");
  CHECK(account.Cell("SELECT count(score) > 0 FROM contacts") == "1");
}

TEST_CASE("CustomFields: a name that is taken is an error that says so", "[sqlite]") {
  Account account;
  account.Run("CREATE TABLE contacts_fields(mine)");
  account.server().ClearRequests();
  CHECK_THAT(account.Error(kCreate), Contains("contacts_fields, where the custom fields are kept, is there already"));
  CHECK(account.server().Requests().empty());
  CHECK(account.Run(kObjects) == Rows{"contacts_fields"});
}

TEST_CASE("CustomFields: a renamed table keeps its fields", "[sqlite]") {
  Account account;
  account.Run(kCreate);
  account.server().ClearRequests();
  account.Run("ALTER TABLE contacts RENAME TO \"my \"\"people\"");
  CHECK(account.Run(kObjects) == Rows{"my \"people", "my \"people_fields"});
  CHECK(account.server().Requests().empty());
  CHECK(account.Cell("SELECT count(score) > 0 FROM \"my \"\"people\"") == "1");
  account.Run("DROP TABLE \"my \"\"people\"");
  CHECK(account.Run(kObjects).empty());
  // A table without custom fields as columns has nothing to rename.
  account.Run(
      "CREATE VIRTUAL TABLE a USING infusionsoft_contacts(CustomFields=json); ALTER TABLE a RENAME TO b; SELECT id FROM b "
      "LIMIT 1");
}

TEST_CASE("CustomFields: what the user has put in the place of the definitions is neither dropped nor renamed", "[sqlite]") {
  Account account;
  for (const char* own : {"CREATE TABLE contacts_fields(mine)", "CREATE VIEW contacts_fields AS SELECT 1 mine",
                          "CREATE TABLE contacts_FIELDS(mine)", "CREATE VIRTUAL TABLE contacts_fields USING infusionsoft_tags"}) {
    INFO(own);
    account.Run(std::string(kCreate) + "; DROP TABLE contacts_fields; " + own);
    account.Run("ALTER TABLE contacts RENAME TO people");
    CHECK(account.Cell("SELECT count(*) FROM sqlite_schema WHERE lower(name) = 'contacts_fields'") == "1");
    CHECK_THAT(account.Error("SELECT id FROM people"), Contains("people_fields"));
    const std::string drop = std::string(own).starts_with("CREATE VIEW") ? "DROP VIEW" : "DROP TABLE";
    account.Run("SELECT infusionsoft_refresh_fields('people'); DROP TABLE people; " + drop + " contacts_fields; " + kCreate +
                "; DROP TABLE contacts_fields; " + own + "; DROP TABLE contacts");
    CHECK(account.Cell("SELECT count(*) FROM sqlite_schema WHERE lower(name) = 'contacts_fields'") == "1");
    account.Run(drop + " contacts_fields");
    CHECK(account.Run(kObjects).empty());
  }
}

TEST_CASE("CustomFields: a defensive connection protects the definitions, and can still create and refresh", "[sqlite]") {
  Account account;
  sqlite3_db_config(account.database().handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  account.Run(kCreate);
  CHECK_THAT(account.Error("UPDATE contacts_fields SET label = 'x'"), Contains("may not be modified"));
  CHECK_THAT(account.Error("DROP TABLE contacts_fields"), Contains("may not be dropped"));
  account.Run("SELECT infusionsoft_refresh_fields('contacts'); ALTER TABLE contacts RENAME TO people; DROP TABLE people");
  CHECK(account.Run(kObjects).empty());
}

TEST_CASE("CustomFields: a table whose definitions are missing says how to make them anew", "[sqlite]") {
  Account account;
  const TemporaryFile file;
  Open(file.path(), account.server())->Run(std::string(kCreate) + "; DROP TABLE contacts_fields");
  account.server().ClearRequests();
  const auto database = Open(file.path(), account.server());
  // Also inside of a transaction that writes, and of a statement that does.
  for (const char* sql :
       {"SELECT * FROM contacts", "BEGIN IMMEDIATE; SELECT * FROM contacts", "CREATE TABLE copy AS SELECT * FROM contacts",
        "DROP TABLE contacts", "PRAGMA table_info(contacts)"}) {
    INFO(sql);
    CHECK_THAT(database->Error(sql), Contains("infusionsoft_refresh_fields('main', 'contacts')"));
    database->Try("ROLLBACK");
  }
  // ALTER TABLE looks into all views of the schema while it runs.
  database->Run("CREATE VIEW looks AS SELECT * FROM contacts; CREATE TABLE mine(a)");
  CHECK_FALSE(database->Error("ALTER TABLE mine RENAME TO yours").empty());
  database->Run("DROP VIEW looks");
  CHECK(account.server().Requests().empty());
  CHECK(database->Cell("SELECT infusionsoft_refresh_fields('main', 'contacts')") == "32");
  CHECK(database->Cell(kCustomColumns) == "128");
}

TEST_CASE("CustomFields: the file cannot put something else in the place of the definitions", "[sqlite]") {
  Account account;
  const TemporaryFile file;
  Open(file.path(), account.server())->Run(kCreate);
  for (const char* other :
       {"CREATE VIEW contacts_fields AS SELECT 1 id, 'a' column_name, 'b' label, 'TEXT' field_type, 'c' field_name",
        "CREATE VIRTUAL TABLE contacts_fields USING infusionsoft_contacts", "CREATE TABLE contacts_fields(id)"}) {
    INFO(other);
    Open(file.path(), account.server())
        ->Run(std::string("DROP TABLE IF EXISTS contacts_fields; DROP VIEW IF EXISTS contacts_fields; ") + other);
    account.server().ClearRequests();
    CHECK_THAT(Open(file.path(), account.server())->Error("SELECT * FROM contacts"),
               Contains("is there already as something else"));
    CHECK(account.server().Requests().empty());
    const std::string drop = std::string(other).starts_with("CREATE VIEW") ? "DROP VIEW" : "DROP TABLE";
    Open(file.path(), account.server())->Run(drop + " contacts_fields");
  }
}

TEST_CASE("CustomFields: definitions that a stranger wrote are only names", "[sqlite]") {
  Account account;
  const TemporaryFile file;
  const auto database = Open(file.path(), account.server());
  database->Run(kCreate);
  database->Run(
      "UPDATE contacts_fields SET column_name = 'x\" TEXT); DROP TABLE y; --', label = 'L\"x', field_name = 'a==b;id', "
      "field_type = 'T' WHERE id = 1; UPDATE contacts_fields SET column_name = 'given_name', label = NULL WHERE id = 3");
  const auto again = Open(file.path(), account.server());
  CHECK(again->Run("SELECT name FROM pragma_table_info('contacts') WHERE cid IN (96, 97)") == Rows{"l_x", "custom_field_3"});
  again->Run("SELECT l_x, custom_field_3 FROM contacts WHERE l_x = 'Red'");
}

TEST_CASE("CustomFields: the columns are documented where all columns are", "[sqlite]") {
  Account account;
  account.Run(kCreate);
  CHECK(account.Run("SELECT name, type, pushdown, description FROM infusionsoft_columns WHERE table_name = 'contacts' AND "
                    "name LIKE 'last_c%'") ==
        Rows{"last_call|TEXT|=, >, >=, <, <=|Custom field 18, in filters LastCall, of the type DATE_TIME: Last call."});
  account.Run("DROP TABLE contacts");
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_columns WHERE table_name = 'contacts'") == "0");
}

TEST_CASE("CustomFields: a connection by itself cannot have them", "[sqlite]") {
  Account account;
  CHECK_THAT(account.Error("SELECT infusionsoft_connect('a', 'OAuthAccessToken=x;CustomFields=columns')"),
             Contains("CustomFields=columns is for CREATE VIRTUAL TABLE"));
  account.Run("SELECT infusionsoft_connect('a', '" + ConnectionString(account.server()) + "')");
  CHECK(account.Requests("CREATE VIRTUAL TABLE t USING infusionsoft_contacts(Connection=a, CustomFields=columns)") == 1);
  CHECK_THAT(account.Error("CREATE VIRTUAL TABLE u USING infusionsoft_contacts(Connection=nobody, CustomFields=columns)"),
             Contains("nobody"));
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
