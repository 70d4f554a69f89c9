// SPDX-License-Identifier: MIT
// What a profile says about itself: to SQLite as a declaration, to people as names.
#include <string>

#include "profile/profile.h"
#include "profile/vocabulary.h"

namespace infusionsoft {
std::string ModuleName(std::string_view entity) { return "infusionsoft_" + std::string(entity); }

std::string ModuleName(const Entity& entity) { return ModuleName(entity.name); }

std::string_view ColumnTypeName(ColumnType type) { return FindWord(kColumnTypeWords, type); }

std::string_view ColumnRoleName(ColumnRole role) { return FindWord(kColumnRoleWords, role); }

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
    case ColumnType::kBytes:
      return "BLOB";
  }
  return "TEXT";
}

std::string_view FieldsParameter(const Entity& entity) {
  return entity.fields_style == FieldsStyle::kOptional ? "optional_properties" : "fields";
}

std::string_view PageSizeParameter(const Entity& entity) { return entity.answer == Answer::kOffset ? "limit" : "page_size"; }

namespace {

// For tools that ask for a table's key. Of one number SQLite makes nothing of it. Of several columns it makes an index, by
// which it takes a DISTINCT away where the columns are NOT NULL or compared with one value. What a server sends need not be
// unique, so the index has a collation under which nobody compares.
std::string KeyClause(const Entity& entity) {
  std::string columns;
  for (const std::string& name : entity.key) {
    columns += (columns.empty() ? "\"" : ", \"") + name + "\"" + (entity.HasNumericKey() ? "" : " COLLATE RTRIM");
  }
  return columns.empty() ? "" : ", PRIMARY KEY(" + columns + ")";
}

}  // namespace

std::string Entity::DeclareTable() const {
  std::string sql = "CREATE TABLE x(";
  for (const Column& column : columns) {
    if (&column != &columns.front()) sql += ", ";
    // Quoted always: "order" is a keyword, and so may be what SQLite adds next. Names are snake_case, or made like it of the
    // label of a custom field, so no quote is in them.
    sql += "\"" + column.name + "\" ";
    sql += SqlTypeName(column.type);
    if (column.hidden) sql += " HIDDEN";
    // SQLite relies on it: min() takes the first row of the order, `IS NULL` is false without a request, and a join does not
    // look for NULL. Nobody sees to it but for the key that is the rowid.
    if (HasNumericKey() && IsInKey(column)) sql += " NOT NULL";
  }
  return sql + KeyClause(*this) + ")";
}

}  // namespace infusionsoft
