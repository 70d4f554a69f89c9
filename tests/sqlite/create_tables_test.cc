// SPDX-License-Identifier: MIT
// infusionsoft_create_tables: every table of a connection at once, or none.
#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "profile/profile.h"
#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;

const std::string kBuiltIn = std::to_string(Profile::BuiltIn().entities().size());

// A database with the connection `name` to the account's server.
void Register(Account& account, const std::string& name, const std::string& more = "") {
  account.Run("SELECT infusionsoft_connect('" + name + "', '" + ConnectionString(account.server(), more) + "')");
}

std::string CountTemp(Account& account) {
  return account.Cell("SELECT count(*) FROM temp.sqlite_schema WHERE type = 'table'");
}

TEST_CASE("CreateTables: makes a TEMP table for every table, and sends nothing", "[sqlite]") {
  Account account;
  Register(account, "shop");
  CHECK(account.Requests("SELECT infusionsoft_create_tables('shop')") == 0);
  CHECK(account.last_rows() == std::vector<std::string>{kBuiltIn});
  CHECK(CountTemp(account) == kBuiltIn);
  CHECK(account.Cell("SELECT count(*) FROM main.sqlite_schema") == "0");
  CHECK(account.Cell("SELECT (SELECT count(*) FROM contacts) = (SELECT count(*) FROM infusionsoft_contacts)") == "1");
}

TEST_CASE("CreateTables: a prefix keeps the tables of two accounts apart", "[sqlite]") {
  Account account;
  Register(account, "shop", "Scope=shop");
  Register(account, "club", "Scope=club");
  CHECK(account.Cell("SELECT infusionsoft_create_tables('shop', 'shop_')") == kBuiltIn);
  CHECK(account.Cell("SELECT infusionsoft_create_tables('club', 'club_')") == kBuiltIn);
  account.Run("SELECT count(*) FROM shop_tags; SELECT count(*) FROM club_users");
  CHECK(account.Run(
            "SELECT DISTINCT connection, table_name FROM infusionsoft_requests WHERE table_name LIKE '%\\_%' ESCAPE '\\' "
            "ORDER BY 1, 2") == std::vector<std::string>{"club|club_users", "shop|shop_tags"});
}

TEST_CASE("CreateTables: the unnamed connection has short names too", "[sqlite]") {
  Account account;
  CHECK(account.Cell("SELECT infusionsoft_create_tables('')") == kBuiltIn);
  CHECK(account.Cell("SELECT count(*) > 0 FROM tags") == "1");
}

TEST_CASE("CreateTables: any name of a connection can be written", "[sqlite]") {
  Account account;
  for (const std::string name : {"it''s", "a\"b", "a, b; c)", "Table=x", "ü '' \""}) {
    INFO(name);
    Register(account, name);
    CHECK(account.Cell("SELECT infusionsoft_create_tables('" + name + "')") == kBuiltIn);
    CHECK(account.Cell("SELECT count(*) > 0 FROM tags") == "1");
    for (const Entity& entity : Profile::BuiltIn().entities()) account.Run("DROP TABLE temp.\"" + entity.name + "\"");
  }
}

TEST_CASE("CreateTables: a name that is taken makes none of the tables", "[sqlite]") {
  Account account;
  Register(account, "shop");
  account.Run("CREATE TABLE Tasks(id); INSERT INTO tasks VALUES (7)");
  CHECK_THAT(account.Error("SELECT infusionsoft_create_tables('shop')"),
             Contains("infusionsoft_create_tables: there is a main.tasks already, which temp.tasks would hide") &&
                 Contains("prefix"));
  CHECK(CountTemp(account) == "0");
  CHECK(account.Cell("SELECT id FROM tasks") == "7");
  account.Run("DROP TABLE tasks; ATTACH ':memory:' AS \"other \"\" one\"; CREATE VIEW \"other \"\" one\".users AS SELECT 1");
  CHECK_THAT(account.Error("SELECT infusionsoft_create_tables('shop')"), Contains("there is a other \" one.users already"));
  CHECK(account.Cell("SELECT infusionsoft_create_tables('shop', 'shop_')") == kBuiltIn);
  Register(account, "club");
  CHECK_THAT(account.Error("SELECT infusionsoft_create_tables('club', 'shop_')"),
             Contains("there is a temp.shop_account_profile"));
  CHECK(CountTemp(account) == kBuiltIn);
}

TEST_CASE("CreateTables: a second call keeps the tables, and makes those that are missing", "[sqlite]") {
  Account account;
  Register(account, "it''s");
  const std::string create = "SELECT infusionsoft_create_tables('it''s', 'my_')";
  CHECK(account.Cell(create) == kBuiltIn);
  account.Run("DROP TABLE temp.my_tags");
  CHECK(account.Cell(create) == kBuiltIn);
  CHECK(CountTemp(account) == kBuiltIn);
}

// Interrupts the statement at the `countdown`th call, as another thread would.
struct Interrupter {
  sqlite3* handle = nullptr;
  int countdown = 0;
  static int Progress(void* self) {
    auto& interrupter = *static_cast<Interrupter*>(self);
    if (interrupter.countdown-- == 0) sqlite3_interrupt(interrupter.handle);
    return 0;
  }
};

TEST_CASE("CreateTables: an interrupt leaves no transaction open, and the next call completes the tables", "[sqlite]") {
  Account account;
  Register(account, "shop");
  sqlite3* const handle = account.database().handle();
  int interrupted = 0;
  for (int at = 0;; at = at * 5 / 4 + 1) {
    Interrupter interrupter{handle, at};
    sqlite3_progress_handler(handle, 10, Interrupter::Progress, &interrupter);
    const Outcome outcome = account.database().Try("SELECT infusionsoft_create_tables('shop')");
    sqlite3_progress_handler(handle, 0, nullptr, nullptr);
    CHECK(sqlite3_get_autocommit(handle) != 0);
    if (outcome.code == SQLITE_OK) break;
    CHECK_THAT(outcome.error, Contains("interrupted"));  // SQLite's code for a declaration that it cut off is another
    ++interrupted;
  }
  CHECK(interrupted > 5);
  CHECK(account.Cell("SELECT infusionsoft_create_tables('shop')") == kBuiltIn);
  CHECK(CountTemp(account) == kBuiltIn);
}

TEST_CASE("CreateTables: a statement that fails takes the tables before it along", "[sqlite]") {
  Account account;
  Register(account, "shop");
  const auto deny = [](void*, int action, const char* table, const char*, const char*, const char*) {
    return action == SQLITE_CREATE_VTABLE && std::string_view(table) == "users" ? SQLITE_DENY : SQLITE_OK;
  };
  sqlite3_set_authorizer(account.database().handle(), deny, nullptr);
  CHECK_THAT(account.Error("SELECT infusionsoft_create_tables('shop')"), Contains("not authorized"));
  sqlite3_set_authorizer(account.database().handle(), nullptr, nullptr);
  CHECK(CountTemp(account) == "0");
}

TEST_CASE("CreateTables: an error leaves the transaction around it as it was", "[sqlite]") {
  Account account;
  Register(account, "shop");
  account.Run("CREATE TABLE webforms(id); BEGIN; INSERT INTO webforms VALUES (1)");
  CHECK_THAT(account.Error("SELECT infusionsoft_create_tables('shop')"), Contains("main.webforms"));
  CHECK(sqlite3_get_autocommit(account.database().handle()) == 0);
  account.Run("COMMIT");
  CHECK(account.Cell("SELECT count(*) FROM webforms") == "1");
  CHECK(CountTemp(account) == "0");
  account.Run("DROP TABLE webforms; BEGIN; SELECT infusionsoft_create_tables('shop'); ROLLBACK");
  CHECK(CountTemp(account) == "0");
}

TEST_CASE("CreateTables: the connection must be registered, and the prefix a name", "[sqlite]") {
  Account account;
  CHECK_THAT(account.Error("SELECT infusionsoft_create_tables('shop')"),
             Contains("infusionsoft_create_tables: no connection is registered as 'shop'"));
  Register(account, "shop");
  for (const std::string prefix : {"2nd_", "my tables.", "Shop_", "x\"", "_"}) {
    CHECK_THAT(account.Error("SELECT infusionsoft_create_tables('shop', '" + prefix + "')"),
               Contains("the prefix must be lower-case letters, digits and underscores, a letter first: shop_"));
  }
  CHECK_THAT(account.Error("SELECT infusionsoft_create_tables(NULL)"), Contains("the connection's name must be text"));
  CHECK_THAT(account.Error("SELECT infusionsoft_create_tables('shop', 1)"), Contains("the prefix must be text"));
  CHECK(CountTemp(account) == "0");
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
