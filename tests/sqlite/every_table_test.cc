// SPDX-License-Identifier: MIT
// Every table of the built-in profile against a server that refuses what its description does not offer: as a whole, by key, by
// every pushdown and in every order. What comes is what a copy of the table answers.
#include <catch2/catch.hpp>
#include <algorithm>
#include <string>
#include <vector>

#include "profile/profile.h"
#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

std::string Quoted(const std::string& name) { return "\"" + name + "\""; }

class TableCheck {
 public:
  TableCheck(Account& account, const Entity& entity) : account_(account), entity_(entity), table_("infusionsoft_" + entity.name) {
    account_.Run("CREATE TEMP TABLE copy AS SELECT * FROM " + table_);
  }
  ~TableCheck() { account_.Run("DROP TABLE copy"); }
  TableCheck(const TableCheck&) = delete;
  TableCheck& operator=(const TableCheck&) = delete;

  std::string rows() { return account_.Cell("SELECT count(*) FROM copy"); }

  void CheckAll() {
    CHECK(account_.Run("SELECT * FROM " + table_ + " LIMIT 1").size() == 1);
    for (const Column& column : entity_.columns) {
      if (column.hidden || column.role == ColumnRole::kRequest) continue;
      INFO(column.name);
      if (!column.order_by.empty()) CheckOrder(column.name);
      const bool is_key = std::ranges::find(entity_.key, column.name) != entity_.key.end();
      if (is_key || !column.pushdowns.empty()) CheckFilters(column);
    }
    CheckKey();
  }

 private:
  // The rows of the table and of its copy under one condition.
  void Same(const std::string& condition) {
    INFO(condition);
    const std::string where = " WHERE " + condition;
    account_.Run("CREATE TEMP TABLE came AS SELECT * FROM " + table_ + where);
    CHECK(account_.Cell("SELECT count(*) FROM came") == account_.Cell("SELECT count(*) FROM copy" + where));
    CHECK(account_.Cell("SELECT count(*) FROM (SELECT * FROM came EXCEPT SELECT * FROM copy" + where + ")") == "0");
    account_.Run("DROP TABLE came");
  }

  // Children are asked for below one parent: all of them were read once.
  std::string OfOneParent(const std::string& value_row) {
    std::string condition;
    for (const Column& column : entity_.columns) {
      if (column.role != ColumnRole::kPath) continue;
      condition += " AND " + Quoted(column.name) + " = " + Value(column.name, value_row);
    }
    return condition;
  }

  std::string Value(const std::string& column, const std::string& row) {
    return account_.Cell("SELECT quote(" + Quoted(column) + ") FROM copy WHERE rowid = " + row);
  }

  void CheckFilters(const Column& column) {
    const std::string name = Quoted(column.name);
    const auto rows = account_.Run("SELECT min(rowid) FROM copy WHERE " + name + " IS NOT NULL GROUP BY " + name + " LIMIT 2");
    std::string list;
    std::string parent;
    for (const std::string& row : rows) {
      const std::string value = Value(column.name, row);
      parent = OfOneParent(row);
      Same(name + " = " + value + parent);
      Same(name + " >= " + value + parent);
      Same(name + " < " + value + parent);
      if (column.type == ColumnType::kText) Same(name + " LIKE substr(" + value + ", 1, 2) || '%'" + parent);
      list += (list.empty() ? "" : ", ") + value;
    }
    if (!list.empty()) Same(name + " IN (" + list + ")" + parent);
    Same(name + " IS NULL" + parent);
  }

  void CheckOrder(const std::string& column) {
    const std::string order = "SELECT " + Quoted(column) + " FROM %s ORDER BY " + Quoted(column);
    for (const char* direction : {"", " DESC"}) {
      const auto ordered = [&](const std::string& table) {
        std::string sql = order;
        sql.replace(sql.find("%s"), 2, table);
        return account_.Run(sql + direction + " LIMIT 5");
      };
      CHECK(ordered(table_) == ordered("copy"));
    }
  }

  void CheckKey() {
    if (entity_.key.empty()) return;
    for (const std::string& row : account_.Run("SELECT rowid FROM copy LIMIT 2")) {
      std::string condition;
      for (const std::string& name : entity_.key) {
        condition += (condition.empty() ? "" : " AND ") + Quoted(name) + " = " + Value(name, row);
      }
      Same(condition);
    }
  }

  Account& account_;
  const Entity& entity_;
  const std::string table_;
};

TEST_CASE("EveryTable: answers as a copy of it does, whole, by key, filtered and ordered", "[sqlite][wide]") {
  sandbox::SandboxOptions options = SmallAccount(12);
  options.sizes.companies = 40;  // as many as a tag is on at most
  options.rate_per_minute = 10'000'000;
  Account account("", options);
  size_t tables = 0;
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    INFO(entity.name);
    TableCheck check(account, entity);
    CHECK(check.rows() != "0");
    check.CheckAll();
    ++tables;
  }
  CHECK(tables == Profile::BuiltIn().entities().size());
  const auto requests = account.server().Requests();
  CHECK(std::ranges::none_of(requests, [](const sandbox::SeenRequest& request) { return request.status == 400; }));
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
