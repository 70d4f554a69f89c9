// SPDX-License-Identifier: MIT
// That the queries are about every table of the product: one that nothing asks about would be right for ever.
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "account.h"
#include "generator.h"
#include "profile/profile.h"

namespace infusionsoft::differential {
namespace {

// The rarest tables are in one query of a thousand.
constexpr int kQueries = 20'000;

// The entities' tables that no query is about.
std::set<std::string> LeftOut(const Account& account, bool json_allowed) {
  std::set<std::string> left_out;
  for (const Entity& entity : Profile::BuiltIn().entities()) left_out.insert(ModuleName(entity));
  Random random(1);
  Generator generator(account.tables(), random);
  generator.set_json_allowed(json_allowed);
  for (int i = 0; i < kQueries && !left_out.empty(); ++i) {
    const std::string sql = Render(generator.Next());
    std::erase_if(left_out, [&](const std::string& name) { return sql.find(" " + name + " AS ") != std::string::npos; });
  }
  return left_out;
}

// "table.column" of all that a row holds and no query can ask for.
std::set<std::string> ColumnsLeftOut(const Account& account) {
  std::set<std::string> left_out;
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    for (const Column& column : entity.columns) {
      if (column.role != ColumnRole::kRequest) left_out.insert(ModuleName(entity) + "." + column.name);
    }
  }
  for (const TableInfo& table : account.tables()) {
    for (const ColumnInfo& column : table.columns) left_out.erase(table.name + "." + column.name);
  }
  return left_out;
}

// ."column" of the names that only columns of JSON have.
std::set<std::string> JsonColumns(const Account& account) {
  std::set<std::string> json;
  std::set<std::string> others;
  for (const TableInfo& table : account.tables()) {
    for (const ColumnInfo& column : table.columns) {
      (column.type == ColumnType::kJson ? json : others).insert(".\"" + column.name + "\"");
    }
  }
  std::erase_if(json, [&](const std::string& name) { return others.contains(name); });
  return json;
}

}  // namespace

TEST_CASE("Differential: every table is asked about, with every column that a row has") {
  const Account account(1);
  CHECK(LeftOut(account, true) == std::set<std::string>{});
  CHECK(ColumnsLeftOut(account) == std::set<std::string>{});
  for (const TableInfo& table : account.tables()) {
    INFO(table.name);
    CHECK(table.rows > 0);
  }
}

TEST_CASE("Differential: where the server's nulls change the text of JSON, tables of nothing else are left out") {
  const std::set<std::string> only_json = {
      "infusionsoft_application_configuration",  // a JSON object for each group of settings
      "infusionsoft_locale_default_options",     // a JSON array for each kind of words
  };
  CHECK(LeftOut(Account(1), false) == only_json);
}

TEST_CASE("Differential: where the server's nulls change the text of JSON, no column of it is asked for") {
  const Account account(1);
  const std::set<std::string> json = JsonColumns(account);
  REQUIRE_FALSE(json.empty());
  Random random(1);
  Generator generator(account.tables(), random);
  generator.set_json_allowed(false);
  std::set<std::string> asked;
  for (int i = 0; i < kQueries; ++i) {
    const std::string sql = Render(generator.Next());
    for (const std::string& name : json) {
      if (sql.find(name) != std::string::npos) asked.insert(name);
    }
  }
  CHECK(asked == std::set<std::string>{});
}

}  // namespace infusionsoft::differential
