// SPDX-License-Identifier: MIT
// sql/schema.sql and sql/create_tables.sql, as SQLite understands them.
#include <catch2/catch.hpp>
#include <string>

#include "profile/schema_sql.h"
#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

const std::string kColumns =
    "SELECT t.name, x.cid, x.name, x.type FROM (SELECT value AS name FROM json_each(%s)) AS t, pragma_table_xinfo(t.name) "
    "AS x "
    "ORDER BY 1, 2";

std::string ColumnsOf(const std::string& tables) {
  std::string sql = kColumns;
  return sql.replace(sql.find("%s"), 2, "'" + tables + "'");
}

TEST_CASE("SchemaSql: makes ordinary tables with the columns and types of the virtual ones", "[sqlite]") {
  Account account;
  const std::string tables = account.Cell("SELECT json_group_array(name) FROM infusionsoft_tables");
  const auto expected = account.Run(ColumnsOf(tables));
  Database plain(Database::Plain::kPlain);
  plain.Run(SchemaSql(Profile::BuiltIn()));
  CHECK(plain.Run(ColumnsOf(tables)) == expected);
  CHECK(plain.Run("SELECT count(*) FROM sqlite_schema WHERE type = 'table'") ==
        account.Run("SELECT count(*) FROM infusionsoft_tables"));
}

TEST_CASE("SchemaSql: its keys are those of infusionsoft_keys", "[sqlite]") {
  Account account;
  const std::string tables = account.Cell("SELECT json_group_array(name) FROM infusionsoft_tables");
  Database plain(Database::Plain::kPlain);
  plain.Run(SchemaSql(Profile::BuiltIn()));
  const std::string from = " FROM json_each('" + tables + "') AS t, ";
  CHECK(plain.Run("SELECT t.value, x.pk, x.name" + from + "pragma_table_xinfo(t.value) AS x WHERE x.pk > 0 ORDER BY 1, 2") ==
        account.Run(
            "SELECT table_name, position, column_name FROM infusionsoft_keys WHERE key_type = 'PRIMARY' ORDER BY 1, 2"));
  CHECK(plain.Run("SELECT t.value, f.seq + 1, f.\"from\", f.\"table\", f.\"to\"" + from +
                  "pragma_foreign_key_list(t.value) AS f ORDER BY 1, 3, 2") ==
        account.Run(
            "SELECT table_name, position, column_name, referenced_table, referenced_column FROM infusionsoft_keys WHERE "
            "key_type = 'FOREIGN' ORDER BY 1, 3, 2"));
}

TEST_CASE("CreateTablesSql: makes what infusionsoft_create_tables makes", "[sqlite]") {
  Account account;
  account.Run("SELECT infusionsoft_connect('account', '" + ConnectionString(account.server()) + "')");
  CHECK(account.Requests(CreateTablesSql(Profile::BuiltIn())) == 0);
  const std::string names = "SELECT name FROM temp.sqlite_schema ORDER BY name";
  const auto made = account.Run(names);
  account.Run(CreateTablesSql(Profile::BuiltIn()));  // again: they are there already
  CHECK(account.Run(names) == made);
  for (const std::string& name : made) account.Run("DROP TABLE temp.\"" + name + "\"");
  account.Run("SELECT infusionsoft_create_tables('account')");
  CHECK(account.Run(names) == made);
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
