// SPDX-License-Identifier: MIT
#include "sqlite/system_tables.h"

#include <array>
#include <set>
#include <string>
#include <utility>

#include "base/time.h"
#include "query/copied_list.h"
#include "sqlite/catalog.h"

namespace infusionsoft::sqlite {
namespace {

Result<Rows> ReadRequests(const Database& database) {
  Rows rows;
  std::set<const Session*> listed;  // one account may go by several names
  for (const auto& [owner, account] : database.accounts_in_use()) {
    if (!listed.insert(account.session.get()).second) continue;
    for (RequestRecord& record : account.session->log().Snapshot()) {
      rows.push_back({SqlValue::Text(account.name), SqlValue::Integer(record.id),
                      SqlValue::Text(FormatTimestamp({record.time.time_since_epoch().count()})),
                      TextOrNull(std::move(record.table_name)), TextOrNull(std::move(record.method)),
                      SqlValue::Text(std::move(record.path)), TextOrNull(std::move(record.query)),
                      record.status == 0 ? SqlValue::Null() : SqlValue::Integer(record.status), SqlValue::Integer(record.ms),
                      SqlValue::Integer(record.bytes), SqlValue::Integer(record.attempt),
                      record.rows < 0 ? SqlValue::Null() : SqlValue::Integer(record.rows),
                      TextOrNull(std::move(record.error)),
                      record.statement == 0 ? SqlValue::Null() : SqlValue::Integer(record.statement)});
    }
  }
  return rows;
}

void AddProperties(const SqlValue& connection, const ConnectionOptions& options, Rows& rows) {
  for (const PropertyInfo& info : ConnectionProperties()) {
    const auto given = options.given.find(info.name);
    const PropertySource source = given == options.given.end() ? PropertySource::kDefault : given->second;
    rows.push_back({connection, SqlValue::Text(std::string(info.name)), SqlValue::Text(std::string(info.values)),
                    TextOrNull(std::string(info.default_value)), TextOrNull(PropertyValue(info.name, options).value_or("")),
                    SqlValue::Text(std::string(PropertySourceName(source))), SqlValue::Integer(info.secret),
                    SqlValue::Text(std::string(info.doc))});
  }
}

// Of each connection and each table with properties of its own; where there is none, what a connection could say.
Result<Rows> ReadProperties(const Database& database) {
  Rows rows;
  for (const auto& [owner, account] : database.accounts_in_use()) AddProperties(SqlValue::Text(owner), account.options, rows);
  if (rows.empty()) AddProperties(SqlValue::Null(), ConnectionOptions(), rows);
  return rows;
}

// Of each connection that reads copies.
Result<Rows> ReadCopies(const Database& database) {
  Rows rows;
  std::set<std::pair<const CopyStore*, std::string>> listed;  // one account may go by several names
  for (const auto& [owner, account] : database.accounts_in_use()) {
    const LocalCopies* copies = account.copies.get();
    if (copies == nullptr || !listed.emplace(copies->store.get(), copies->owner).second) continue;
    const Result<std::optional<std::string>> grant = copies->grant();
    if (!grant) return grant.status().WithContext("infusionsoft_copies");
    const Result<std::vector<CopyInfo>> known = copies->store->List(copies->owner, grant->value_or(""));
    if (!known) return known.status().WithContext("infusionsoft_copies");
    for (const CopyInfo& copy : *known) {
      rows.push_back({SqlValue::Text(account.name), SqlValue::Text(copy.table_name), SqlValue::Text(ReadableRequest(copy)),
                      SqlValue::Text(FormatTimestamp({copy.copied_at.time_since_epoch().count()})),
                      SqlValue::Integer(copies->AgeOf(copy).count() / 1000), SqlValue::Integer(copy.pages),
                      SqlValue::Integer(copy.bytes)});
    }
  }
  return rows;
}

constexpr std::array<SystemTable, 7> kTables = {{
    {"infusionsoft_tables",
     "CREATE TABLE x(name TEXT, description TEXT, list_request TEXT, get_request TEXT, key TEXT, path_columns TEXT, "
     "parent TEXT, page_size_max INTEGER, columns INTEGER, api_version TEXT, required_columns TEXT, writable BOOLEAN, "
     "detail_request TEXT, access_paths TEXT)",
     ReadTables},
    {"infusionsoft_columns",
     "CREATE TABLE x(table_name TEXT, name TEXT, type TEXT, api_type TEXT, position INTEGER, hidden BOOLEAN, pushdown TEXT, "
     "description TEXT, role TEXT, nullable BOOLEAN, required BOOLEAN, detail BOOLEAN)",
     ReadColumns},
    {"infusionsoft_keys",
     "CREATE TABLE x(table_name TEXT, key_type TEXT, position INTEGER, column_name TEXT, referenced_table TEXT, "
     "referenced_column TEXT)",
     ReadKeys},
    {"infusionsoft_pushdowns",
     "CREATE TABLE x(table_name TEXT, column_name TEXT, operator TEXT, path TEXT, filter TEXT, parameter TEXT, "
     "order_by TEXT, words TEXT, max_items INTEGER, input BOOLEAN, note TEXT)",
     ReadPushdowns},
    {"infusionsoft_requests",
     "CREATE TABLE x(connection TEXT, id INTEGER, time TEXT, table_name TEXT, method TEXT, path TEXT, query TEXT, "
     "status INTEGER, ms INTEGER, bytes INTEGER, attempt INTEGER, rows INTEGER, error TEXT, statement INTEGER)",
     ReadRequests},
    {"infusionsoft_connection_properties",
     "CREATE TABLE x(connection TEXT, name TEXT, allowed_values TEXT, default_value TEXT, value TEXT, source TEXT, "
     "secret BOOLEAN, description TEXT)",
     ReadProperties},
    {"infusionsoft_copies",
     "CREATE TABLE x(connection TEXT, table_name TEXT, request TEXT, copied_at TEXT, age_seconds INTEGER, pages INTEGER, "
     "bytes INTEGER)",
     ReadCopies},
}};

}  // namespace

std::span<const SystemTable> SystemTables() { return kTables; }

}  // namespace infusionsoft::sqlite
