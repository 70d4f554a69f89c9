// SPDX-License-Identifier: MIT
#include "sqlite/catalog.h"

#include <utility>

#include "base/text.h"
#include "profile/sendable.h"
#include "sqlite/table.h"

namespace infusionsoft::sqlite {
namespace {

SqlValue Boolean(bool value) { return SqlValue::Integer(value ? 1 : 0); }
SqlValue Count(size_t value) { return SqlValue::Integer(static_cast<int64_t>(value)); }
SqlValue Text(std::string_view text) { return SqlValue::Text(std::string(text)); }

template <typename Condition>
std::string NamesOf(const Entity& entity, Condition&& condition) {
  std::vector<std::string> names;
  for (const Column& column : entity.columns) {
    if (condition(column)) names.push_back(column.name);
  }
  return Join(names, ", ");
}

// Where the values of the path columns come from when a query does not give them.
std::string ParentColumns(const Entity& entity) {
  std::vector<std::string> sources;
  for (const Column& column : entity.columns) {
    if (!column.from_table.empty()) sources.push_back("infusionsoft_" + column.from_table + "." + column.from_column);
  }
  return Join(sources, ", ");
}

// The tables whose requests may answer instead.
std::string AccessPaths(const Entity& entity) {
  std::vector<std::string> tables;
  for (const AccessPath& path : entity.access_paths) tables.push_back(ModuleName(path.table));
  return Join(tables, ", ");
}

// "/v2/contacts" -> "v2"; nothing for a path of another shape, which a user's profile may have.
std::string ApiVersion(const Entity& entity) {
  const std::string_view path(entity.list_path);
  return path.starts_with("/v1/") || path.starts_with("/v2/") ? std::string(path.substr(1, 2)) : "";
}

void AddColumns(const std::string& table_name, const Entity& entity, Rows& rows) {
  for (size_t i = 0; i < entity.columns.size(); ++i) {
    const Column& column = entity.columns[i];
    rows.push_back({Text(table_name), Text(column.name), Text(SqlTypeName(column.type)), Text(ColumnTypeName(column.type)),
                    Count(i), Boolean(column.hidden), TextOrNull(DescribePushdowns(entity, column)), Text(column.doc),
                    Text(ColumnRoleName(column.role)), Boolean(entity.MayBeNull(column)), Boolean(column.IsRequired()),
                    Boolean(column.detail)});
  }
}

}  // namespace

SqlValue TextOrNull(std::string text) { return text.empty() ? SqlValue::Null() : SqlValue::Text(std::move(text)); }

Result<Rows> ReadTables(const Database& database) {
  Rows rows;
  const auto profile = database.profile();
  for (const Entity& entity : profile->entities()) {
    const auto is_path = [](const Column& column) { return column.role == ColumnRole::kPath; };
    const auto is_required = [](const Column& column) { return column.IsRequired(); };
    rows.push_back({Text(ModuleName(entity)), Text(entity.doc), Text("GET " + entity.list_path),
                    entity.get_path.empty() ? SqlValue::Null() : Text("GET " + entity.get_path),
                    TextOrNull(Join(entity.key, ", ")), TextOrNull(NamesOf(entity, is_path)),
                    TextOrNull(ParentColumns(entity)),
                    entity.IsPaged() ? SqlValue::Integer(entity.page_size_max) : SqlValue::Null(),
                    Count(entity.columns.size()), TextOrNull(ApiVersion(entity)), TextOrNull(NamesOf(entity, is_required)),
                    Boolean(false), entity.detail_path.empty() ? SqlValue::Null() : Text("GET " + entity.detail_path),
                    TextOrNull(AccessPaths(entity))});
  }
  return rows;
}

Result<Rows> ReadColumns(const Database& database) {
  Rows rows;
  const auto profile = database.profile();
  for (const Entity& entity : profile->entities()) AddColumns(ModuleName(entity), entity, rows);
  // Tables whose columns are their own, under their own names.
  for (const Table* table : database.tables()) {
    if (!table->field_table || database.FindTable(table->schema, table->table_name) != table) continue;
    AddColumns(table->table_name, *table->entity, rows);
  }
  return rows;
}

Result<Rows> ReadKeys(const Database& database) {
  Rows rows;
  const auto profile = database.profile();
  for (const Entity& entity : profile->entities()) {
    for (size_t i = 0; i < entity.key.size(); ++i) {
      rows.push_back({Text(ModuleName(entity)), Text("PRIMARY"), Count(i + 1), Text(entity.key[i]), SqlValue::Null(),
                      SqlValue::Null()});
    }
    size_t path_columns = 0;
    for (const Column& column : entity.columns) {
      if (column.references_table.empty()) continue;
      const size_t position = column.role == ColumnRole::kPath ? ++path_columns : 1;
      rows.push_back({Text(ModuleName(entity)), Text("FOREIGN"), Count(position), Text(column.name),
                      Text("infusionsoft_" + column.references_table), Text(column.references_column)});
    }
  }
  return rows;
}

namespace {

// What else to know about a condition that is sent.
std::string NoteOf(const Entity& entity, const Column& column, const Sendable& sendable) {
  std::vector<std::string> notes;
  if (!sendable.path.empty() && !column.IsSentInPath()) {
    notes.push_back("compared with infusionsoft_" + column.from_table + "." + column.from_column +
                    ", which is listed first");
  }
  if (column.role == ColumnRole::kValue && !sendable.path.empty() && entity.key.size() > 1) {
    notes.push_back("only together with all columns of the key: " + Join(entity.key, ", "));
  }
  if (sendable.op == "LIKE") notes.push_back("only the beginning: 'x%'");
  if (sendable.op == "GLOB") notes.push_back("only the beginning: 'x*'");
  if (!sendable.order_by.empty() && entity.MayBeNull(column)) {
    notes.push_back("descending, or beside a condition that no NULL meets");
  }
  for (const Pushdown* pushdown : sendable.pushdowns) {
    if (sendable.op == "IS NULL") notes.push_back("sent as " + pushdown->null_word);
    for (const auto& [filter, word] : pushdown->with) notes.push_back("sent with " + filter + "==" + word);
    for (const std::vector<std::string>& group : entity.exclusive) {
      std::vector<std::string> others(group);
      if (std::erase(others, pushdown->filter) > 0) notes.push_back("not together with the filter " + Join(others, ", "));
    }
  }
  return Join(notes, "; ");
}

std::vector<SqlValue> PushdownRow(const Entity& entity, const Column& column, const Sendable& sendable) {
  std::vector<std::string> filters;
  std::vector<std::string> parameters;
  std::vector<std::string> words;
  if (!sendable.path.empty()) {
    for (const auto& [word, segment] : column.words) words.push_back(word);
  }
  size_t max_items = 0;
  for (const Pushdown* pushdown : sendable.pushdowns) {
    (pushdown->is_parameter ? parameters : filters).push_back(pushdown->filter);
    words = pushdown->values;
    max_items = pushdown->max_items;
  }
  return {Text(ModuleName(entity)),
          Text(column.name),
          Text(sendable.op),
          TextOrNull(sendable.path),
          TextOrNull(Join(filters, ", ")),
          TextOrNull(Join(parameters, ", ")),
          TextOrNull(sendable.order_by),
          TextOrNull(Join(words, ", ")),
          sendable.op == "IN" && max_items > 0 ? Count(max_items) : SqlValue::Null(),
          Boolean(column.role == ColumnRole::kRequest),
          TextOrNull(NoteOf(entity, column, sendable))};
}

}  // namespace

Result<Rows> ReadPushdowns(const Database& database) {
  Rows rows;
  const auto profile = database.profile();
  for (const Entity& entity : profile->entities()) {
    for (const Column& column : entity.columns) {
      for (const Sendable& sendable : ListSendable(entity, column)) rows.push_back(PushdownRow(entity, column, sendable));
    }
  }
  return rows;
}

}  // namespace infusionsoft::sqlite
