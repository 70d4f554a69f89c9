// SPDX-License-Identifier: MIT
// Every table against a server made from the vendor's documents, in both spellings of numbers: a row, each of its columns,
// and the same row by its key. Prints how much was asked and read.
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>

#include "mock_account.h"

namespace infusionsoft::official {
namespace {

// Columns that no answer fills, and why.
struct Unfilled {
  const char* column;
  const char* reason;
};

constexpr Unfilled kUnfilled[] = {
    {"contacts.notes", "`fields` may name it, and the schema of an answer lacks it"},
};

bool IsUnfilled(const std::string& column) {
  return std::ranges::any_of(kUnfilled, [&](const Unfilled& known) { return known.column == column; });
}

std::string ExpectedType(ColumnType type) {
  switch (type) {
    case ColumnType::kInteger:
    case ColumnType::kBoolean:
      return "integer";
    case ColumnType::kReal:
    case ColumnType::kMoney:
      return "real";
    case ColumnType::kBytes:
      return "blob";
    case ColumnType::kText:
    case ColumnType::kTime:
    case ColumnType::kDate:
    case ColumnType::kJson:
      return "text";
  }
  return "";
}

// The columns that a row has; the others are inputs.
std::vector<const Column*> ColumnsOf(const Entity& entity) {
  std::vector<const Column*> columns;
  for (const Column& column : entity.columns) {
    if (column.role != ColumnRole::kRequest) columns.push_back(&column);
  }
  return columns;
}

std::string SelectAll(const Entity& entity) {
  std::string names;
  for (const Column* column : ColumnsOf(entity)) names += (names.empty() ? "" : ", ") + Quoted(column->name);
  return "SELECT " + names + " FROM " + TableName(entity);
}

// Reads every table in one spelling of numbers.
class Reader {
 public:
  Reader(NumberStyle numbers, std::string name) : account_(numbers), name_(std::move(name)) {}

  std::vector<MockCell> Read(const Entity& entity) {
    CHECK_FALSE(account_.FirstRow("SELECT * FROM " + TableName(entity) + " LIMIT 1").empty());
    const std::vector<MockCell> cells = account_.FirstRow(SelectAll(entity) + " LIMIT 1");
    INFO(account_.error());
    CHECK(account_.error().empty());
    const std::vector<const Column*> columns = ColumnsOf(entity);
    REQUIRE(cells.size() == columns.size());
    ++tables_;
    for (size_t i = 0; i < cells.size(); ++i) Check(entity, *columns[i], cells[i]);
    if (!entity.get_path.empty()) CheckGet(entity, columns, cells);
    return cells;
  }

  void Finish() {
    std::cout << name_ << ": " << tables_ << " tables, " << account_.sent() << " requests, " << account_.refused().size()
              << " refused, " << filled_ << " of " << columns_ << " columns with a value, " << looked_up_
              << " rows by their key\n";
    for (const std::string& refused : account_.refused()) UNSCOPED_INFO(refused);
    CHECK(account_.refused().empty());
    CHECK(account_.respelled() == std::set<std::string>{"/v2/opportunities", "/v2/settings/applications:getConfiguration"});
    CHECK(filled_ + std::size(kUnfilled) == columns_);
  }

 private:
  void Check(const Entity& entity, const Column& column, const MockCell& cell) {
    const std::string name = entity.name + "." + column.name;
    INFO(name << ": " << cell.text);
    ++columns_;
    filled_ += cell.type != "null" ? 1 : 0;
    CHECK(cell.type == (IsUnfilled(name) ? "null" : ExpectedType(column.type)));
  }

  // Looked up, the row says what it says in the list.
  void CheckGet(const Entity& entity, const std::vector<const Column*>& columns, const std::vector<MockCell>& cells) {
    std::string where;
    for (size_t i = 0; i < columns.size(); ++i) {
      if (std::ranges::find(entity.key, columns[i]->name) == entity.key.end()) continue;
      const std::string value = cells[i].type == "integer" ? cells[i].text : "'" + cells[i].text + "'";
      where += (where.empty() ? " WHERE " : " AND ") + Quoted(columns[i]->name) + " = " + value;
    }
    const std::vector<MockCell> found = account_.FirstRow(SelectAll(entity) + where);
    INFO(where << account_.error());
    CHECK(found == cells);
    REQUIRE(account_.requests().size() == 1);
    CHECK(account_.requests()[0].operation->kind == Operation::Kind::kGet);
    ++looked_up_;
  }

  MockAccount account_;
  const std::string name_;
  size_t tables_ = 0;
  size_t columns_ = 0;
  size_t filled_ = 0;
  size_t looked_up_ = 0;
};

TEST_CASE("Mock: every column of every table has a value, however numbers are spelled", "[official]") {
  Reader strings(NumberStyle::kAsStrings, "numbers as strings");
  Reader numbers(NumberStyle::kAsNumbers, "numbers as numbers");
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    INFO(entity.name);
    const std::vector<MockCell> from_strings = strings.Read(entity);
    const std::vector<MockCell> from_numbers = numbers.Read(entity);
    const std::vector<const Column*> columns = ColumnsOf(entity);
    for (size_t i = 0; i < columns.size(); ++i) {
      INFO(columns[i]->name);
      // JSON is shown as it came.
      if (columns[i]->type != ColumnType::kJson) CHECK(from_strings[i] == from_numbers[i]);
    }
  }
  strings.Finish();
  numbers.Finish();
}

}  // namespace
}  // namespace infusionsoft::official
