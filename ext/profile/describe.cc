// SPDX-License-Identifier: MIT
// What a profile says about itself: to SQLite as a declaration, to people as words.
#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "profile/profile.h"
#include "profile/vocabulary.h"

namespace infusionsoft {
namespace {

// The order in which people read operators.
constexpr std::array<std::string_view, 10> kOperators = {"=",  "IN",        ">",         ">=",      "<",
                                                         "<=", "LIKE 'x%'", "GLOB 'x*'", "IS NULL", "ORDER BY"};

// Adds what one filter can take to `operators`.
void AddOperators(const Pushdown& pushdown, std::vector<std::string_view>& operators) {
  const auto add = [&](std::initializer_list<std::string_view> more) { operators.insert(operators.end(), more); };
  add({"="});
  if (pushdown.match == Match::kSet) add({"IN"});
  const bool compares = Compares(pushdown.match);
  if (pushdown.match == Match::kSince || compares) add({">", ">="});
  if (pushdown.match == Match::kUntil || compares) add({"<", "<="});
  if (pushdown.prefix) add({"LIKE 'x%'", "GLOB 'x*'"});
  if (!pushdown.null_word.empty()) add({"IS NULL"});
}

// Text order is the server's own (which letters come first, where accents go), so it is never taken over.
bool CanOrder(const Column& column) {
  const bool sorts_alike = column.type == ColumnType::kInteger || column.type == ColumnType::kTime;
  return !column.order_by.empty() && column.never_null && sorts_alike;
}

std::string JoinInOrder(const std::vector<std::string_view>& operators) {
  std::vector<std::string> present;
  for (std::string_view known : kOperators) {
    if (std::ranges::find(operators, known) != operators.end()) present.emplace_back(known);
  }
  return Join(present, ", ");
}

}  // namespace

std::string_view ColumnTypeName(ColumnType type) { return FindWord(kColumnTypeWords, type); }

std::string_view MatchName(Match match) { return FindWord(kMatchWords, match); }

std::string_view SqlTypeName(ColumnType type) {
  switch (type) {
    case ColumnType::kInteger:
      return "INTEGER";
    case ColumnType::kReal:
    case ColumnType::kMoney:
      return "REAL";
    case ColumnType::kBoolean:
      return "BOOLEAN";
    case ColumnType::kText:
    case ColumnType::kTime:
    case ColumnType::kDate:
    case ColumnType::kJson:
      return "TEXT";
  }
  return "TEXT";
}

std::string Entity::DeclareTable() const {
  std::string sql = "CREATE TABLE x(";
  for (const Column& column : columns) {
    if (&column != &columns.front()) sql += ", ";
    // Quoted always: "order" is a keyword, and so may be what SQLite adds next. Names are snake_case, or made like it of the
    // label of a custom field, so no quote is in them.
    sql += "\"" + column.name + "\" ";
    sql += SqlTypeName(column.type);
    if (column.hidden) sql += " HIDDEN";
  }
  return sql + ")";
}

std::string DescribePushdowns(const Column& column) {
  std::vector<std::string_view> operators;
  for (const Pushdown& pushdown : column.pushdowns) AddOperators(pushdown, operators);
  if (column.role == ColumnRole::kPath) operators.push_back("=");
  if (CanOrder(column)) operators.push_back("ORDER BY");
  return JoinInOrder(operators);
}

std::string DescribePushdowns(const Entity& entity, const Column& column) {
  const std::string words = DescribePushdowns(column);
  const bool is_key = std::ranges::find(entity.key, column.name) != entity.key.end();
  // A look-up by the key needs no filter.
  if (!is_key || entity.get_path.empty() || words.starts_with('=')) return words;
  return words.empty() ? "=" : "=, " + words;
}

}  // namespace infusionsoft
