// SPDX-License-Identifier: MIT
#include "sqlite/system_tables.h"

#include <array>
#include <set>
#include <string>

#include "base/text.h"
#include "base/time.h"
#include "sqlite/names.h"
#include "sqlite/table.h"

namespace infusionsoft::sqlite {
namespace {

SqlValue TextOrNull(std::string text) { return text.empty() ? SqlValue::Null() : SqlValue::Text(std::move(text)); }

// The path columns: without them a scan goes through all parents.
std::string PathColumns(const Entity& entity) {
  std::vector<std::string> names;
  for (const Column& column : entity.columns) {
    if (column.role == ColumnRole::kPath) names.push_back(column.name);
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

Rows ReadTables(const Database& database) {
  Rows rows;
  const auto profile = database.profile();
  for (const Entity& entity : profile->entities()) {
    rows.push_back({SqlValue::Text(ModuleName(entity)), SqlValue::Text(entity.doc), SqlValue::Text("GET " + entity.list_path),
                    entity.get_path.empty() ? SqlValue::Null() : SqlValue::Text("GET " + entity.get_path),
                    TextOrNull(Join(entity.key, ", ")), TextOrNull(PathColumns(entity)),
                    TextOrNull(ParentColumns(entity)),
                    entity.answer == Answer::kPages ? SqlValue::Integer(entity.page_size_max) : SqlValue::Null(),
                    SqlValue::Integer(static_cast<int64_t>(entity.columns.size()))});
  }
  return rows;
}

void AddColumns(const std::string& table_name, const Entity& entity, Rows& rows) {
  for (size_t i = 0; i < entity.columns.size(); ++i) {
    const Column& column = entity.columns[i];
    rows.push_back({SqlValue::Text(table_name), SqlValue::Text(column.name),
                    SqlValue::Text(std::string(SqlTypeName(column.type))),
                    SqlValue::Text(std::string(ColumnTypeName(column.type))), SqlValue::Integer(static_cast<int64_t>(i)),
                    SqlValue::Integer(column.hidden ? 1 : 0), TextOrNull(DescribePushdowns(entity, column)),
                    SqlValue::Text(column.doc)});
  }
}

Rows ReadColumns(const Database& database) {
  Rows rows;
  const auto profile = database.profile();
  for (const Entity& entity : profile->entities()) AddColumns(ModuleName(entity), entity, rows);
  // Tables whose columns are their own, under their own names.
  for (const Table* table : database.field_tables()) {
    if (database.FindFieldTable(table->schema, table->table_name) == table)
      AddColumns(table->table_name, *table->entity, rows);
  }
  return rows;
}

Rows ReadRequests(const Database& database) {
  Rows rows;
  std::set<const Session*> listed;  // one account may go by several names
  for (const auto& [name, account] : database.accounts_in_use()) {
    if (!listed.insert(account.session.get()).second) continue;
    for (RequestRecord& record : account.session->log().Snapshot()) {
      rows.push_back({SqlValue::Text(name), SqlValue::Integer(record.id),
                      SqlValue::Text(FormatTimestamp({record.time.time_since_epoch().count()})),
                      TextOrNull(std::move(record.table_name)), SqlValue::Text(std::move(record.method)),
                      SqlValue::Text(std::move(record.path)), TextOrNull(std::move(record.query)),
                      record.status == 0 ? SqlValue::Null() : SqlValue::Integer(record.status), SqlValue::Integer(record.ms),
                      SqlValue::Integer(record.bytes), SqlValue::Integer(record.attempt),
                      record.rows < 0 ? SqlValue::Null() : SqlValue::Integer(record.rows), TextOrNull(std::move(record.error))});
    }
  }
  return rows;
}

constexpr std::array<SystemTable, 3> kTables = {{
    {"infusionsoft_tables",
     "CREATE TABLE x(name TEXT, description TEXT, list_request TEXT, get_request TEXT, key TEXT, path_columns TEXT, "
     "parent TEXT, page_size_max INTEGER, columns INTEGER)",
     ReadTables},
    {"infusionsoft_columns",
     "CREATE TABLE x(table_name TEXT, name TEXT, type TEXT, api_type TEXT, position INTEGER, hidden BOOLEAN, pushdown TEXT, "
     "description TEXT)",
     ReadColumns},
    {"infusionsoft_requests",
     "CREATE TABLE x(connection TEXT, id INTEGER, time TEXT, table_name TEXT, method TEXT, path TEXT, query TEXT, "
     "status INTEGER, ms INTEGER, bytes INTEGER, attempt INTEGER, rows INTEGER, error TEXT)",
     ReadRequests},
}};

}  // namespace

std::span<const SystemTable> SystemTables() { return kTables; }

}  // namespace infusionsoft::sqlite
