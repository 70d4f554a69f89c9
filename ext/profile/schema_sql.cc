// SPDX-License-Identifier: MIT
#include "profile/schema_sql.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "profile/sendable.h"

namespace infusionsoft {
namespace {

constexpr std::string_view kNotice =
    "-- SPDX-License-Identifier: MIT\n"
    "-- Written from ext/profile/entities by `cmake --build --preset release --target write_sql`. Do not edit.\n";

// Always quoted: "order" is a keyword. Names are snake_case, so no quote is in them.
std::string Quoted(const std::string& name) { return "\"" + name + "\""; }

std::string QuotedList(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + Quoted(name);
  return list;
}

// How many rows a request brings.
std::string PageOf(const Entity& entity) {
  if (entity.answer == Answer::kObject) return "one row";
  if (entity.answer == Answer::kArray) return "all rows in one request";
  const std::string size = std::to_string(entity.page_size_max);
  if (!entity.IsNested()) return "up to " + size + " rows a request";
  return "up to " + size + " " + entity.items + " a request, whose " + entity.nested + " are the rows";
}

// What a query costs that leaves a path column open.
std::string OpenPathOf(const Entity& entity) {
  std::vector<std::string> open;
  std::string lists;
  for (const Column& column : entity.columns) {
    if (column.role != ColumnRole::kPath) continue;
    open.push_back(column.name);
    if (!column.from_table.empty()) lists = "once for each row of infusionsoft_" + column.from_table;
    if (!column.words.empty()) lists = "once for each of the " + std::to_string(column.words.size()) + " values there are";
  }
  if (open.empty()) return "";
  const std::string names = Join(open, " and ");
  return lists.empty() ? "; a query must give " + names : "; without " + names + ", " + lists;
}

std::string TableComment(const Entity& entity) {
  std::string text =
      "-- " + entity.doc + "\n-- GET " + entity.list_path + ": " + PageOf(entity) + OpenPathOf(entity) + ".\n";
  if (!entity.get_path.empty()) text += "-- GET " + entity.get_path + ": one row by its key.\n";
  return text;
}

// What SQLite's type does not tell.
std::string KindOf(const Column& column) {
  switch (column.type) {
    case ColumnType::kTime:
    case ColumnType::kDate:
    case ColumnType::kJson:
    case ColumnType::kMoney:
      return "[" + std::string(ColumnTypeName(column.type)) + "] ";
    default:
      return "";
  }
}

std::string ColumnComment(const Entity& entity, const Column& column) {
  std::string text = " -- " + KindOf(column);
  if (column.role == ColumnRole::kRequest) text += "[input] ";
  text += column.doc;
  const std::string pushdowns = DescribePushdowns(entity, column);
  return pushdowns.empty() ? text : text + " Sent: " + pushdowns + ".";
}

// PRIMARY KEY and FOREIGN KEY clauses. The path columns are one foreign key: their values are listed together.
std::vector<std::string> Constraints(const Entity& entity) {
  std::vector<std::string> clauses;
  if (!entity.key.empty()) clauses.push_back("PRIMARY KEY (" + QuotedList(entity.key) + ")");
  std::vector<std::string> path_columns;
  std::vector<std::string> parent_columns;
  std::vector<std::string> others;
  for (const Column& column : entity.columns) {
    if (column.references_table.empty()) continue;
    if (column.role == ColumnRole::kPath) {
      path_columns.push_back(column.name);
      parent_columns.push_back(column.references_column);
    } else {
      others.push_back("FOREIGN KEY (" + Quoted(column.name) + ") REFERENCES infusionsoft_" + column.references_table + "(" +
                       Quoted(column.references_column) + ")");
    }
  }
  if (!path_columns.empty()) {
    clauses.push_back("FOREIGN KEY (" + QuotedList(path_columns) + ") REFERENCES infusionsoft_" +
                      std::string(entity.Parent()) + "(" + QuotedList(parent_columns) + ")");
  }
  clauses.insert(clauses.end(), others.begin(), others.end());
  return clauses;
}

std::string CreateTable(const Entity& entity) {
  const std::vector<std::string> constraints = Constraints(entity);
  std::string sql = TableComment(entity) + "CREATE TABLE " + ModuleName(entity) + "(\n";
  for (const Column& column : entity.columns) {
    const bool is_last = &column == &entity.columns.back() && constraints.empty();
    sql += "  " + Quoted(column.name) + " " + std::string(SqlTypeName(column.type));
    if (!entity.MayBeNull(column)) sql += " NOT NULL";
    sql += (is_last ? "" : ",") + ColumnComment(entity, column) + "\n";
  }
  for (const std::string& clause : constraints) sql += "  " + clause + (&clause == &constraints.back() ? "\n" : ",\n");
  return sql + ");\n";
}

// Words with commas between them, in comment lines of a readable length; `first` and `next` begin the lines.
std::string Wrap(const std::string& first, const std::string& next, const std::vector<std::string>& words) {
  constexpr size_t kLineLength = 125;
  std::string text;
  std::string line = first;
  for (const std::string& word : words) {
    const std::string piece = word + (&word == &words.back() ? "" : ",");
    if (line.size() + piece.size() + 1 > kLineLength) {
      text += line + "\n";
      line = next;
    }
    line += " " + piece;
  }
  return text + line + "\n";
}

// Columns with the same operators stand together: "--   =, LIKE 'x%': given_name, family_name".
std::string SentConditions(const Entity& entity) {
  std::vector<std::string> operators;  // each once, in the order of the columns
  for (const Column& column : entity.columns) {
    const std::string pushdowns = DescribePushdowns(entity, column);
    if (!pushdowns.empty() && std::ranges::find(operators, pushdowns) == operators.end()) operators.push_back(pushdowns);
  }
  if (operators.empty()) return "-- No condition is sent: SQLite filters the rows.\n";
  std::string text = "-- Conditions that are sent, so that fewer rows come:\n";
  for (const std::string& pushdowns : operators) {
    std::vector<std::string> columns;
    for (const Column& column : entity.columns) {
      if (DescribePushdowns(entity, column) != pushdowns) continue;
      columns.push_back(column.name + (column.role == ColumnRole::kRequest ? " (hidden input)" : ""));
    }
    text += Wrap("--   " + pushdowns + ":", "--    ", columns);
  }
  return text;
}

constexpr std::string_view kHeaderEnd = "-- (Down to here: written by the target write_sql.)\n";

}  // namespace

std::string SchemaSql(const Profile& profile) {
  std::string sql(kNotice);
  sql +=
      "--\n"
      "-- What the tables of the extension look like, for people and for tools that read CREATE TABLE. Executed by itself "
      "it makes\n"
      "-- empty tables of the same names, columns and types; the extension needs none of it.\n"
      "--\n"
      "-- Sent: the SQL operators on the column that become part of a request, so that fewer rows come; "
      "infusionsoft_pushdowns says\n"
      "-- under which name. [input]: a hidden column that is given with = and read from no row. [time]: text in UTC,\n"
      "-- 2026-01-31T08:00:00.000Z. [date]: text, 2026-01-31. [money]: an amount in major units. [json]: text for json_each "
      "and ->>.\n"
      "-- NOT NULL: every row has a value.\n";
  for (const Entity& entity : profile.entities()) sql += "\n" + CreateTable(entity);
  return sql;
}

std::string WithTableHeader(const Entity& entity, std::string_view text) {
  const size_t end = text.find(kHeaderEnd);
  if (end != std::string_view::npos) text.remove_prefix(end + kHeaderEnd.size());
  return "-- SPDX-License-Identifier: MIT\n-- " + ModuleName(entity) + "; sql/schema.sql has all columns.\n" +
         TableComment(entity) + SentConditions(entity) + std::string(kHeaderEnd) + std::string(text);
}

std::string CreateTablesSql(const Profile& profile) {
  std::string sql(kNotice);
  sql +=
      "--\n"
      "-- All tables of one account under short names, for this session: SELECT * FROM contacts. First register the "
      "account:\n"
      "--   SELECT infusionsoft_connect('account', 'OAuthAccessToken=env:KEAP_TOKEN');\n"
      "-- SELECT infusionsoft_create_tables('account') does the same for any connection, and takes a prefix for the names. "
      "Without\n"
      "-- temp. the tables stay in the database file; each session then registers the account before it uses them.\n\n";
  for (const Entity& entity : profile.entities()) {
    sql += "CREATE VIRTUAL TABLE IF NOT EXISTS temp." + Quoted(entity.name) + " USING " + ModuleName(entity) +
           "(Connection=account);\n";
  }
  return sql;
}

}  // namespace infusionsoft
