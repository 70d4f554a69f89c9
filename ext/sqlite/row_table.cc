// SPDX-License-Identifier: MIT
#include "sqlite/row_table.h"

#include "sqlite/guard.h"
#include "sqlite/statement.h"
#include "sqlite/value.h"

namespace infusionsoft::sqlite {
namespace {

struct RowTable : sqlite3_vtab {
  explicit RowTable(const RowTableModule& owner) : sqlite3_vtab(), module(owner) {}
  const RowTableModule& module;
};

struct RowTableCursor : sqlite3_vtab_cursor {
  explicit RowTableCursor(const RowTableModule& owner) : sqlite3_vtab_cursor(), module(owner) {}
  const RowTableModule& module;
  SqlValue argument;
  Rows rows;
  size_t position = 0;
};

int Connect(sqlite3* handle, void* data, int, const char* const*, sqlite3_vtab** out, char** error) noexcept {
  return Guard(error, [&]() -> Status {
    const auto& module = *static_cast<const RowTableModule*>(data);
    auto table = std::make_unique<RowTable>(module);
    if (const int code = sqlite3_declare_vtab(handle, module.declaration); code != SQLITE_OK) {
      return StatusOf(handle, code).WithContext("declaring the table");
    }
    sqlite3_vtab_config(handle, SQLITE_VTAB_DIRECTONLY);  // it tells of the user's account
    *out = table.release();
    return Status();
  });
}

int Disconnect(sqlite3_vtab* table) noexcept {
  delete static_cast<RowTable*>(table);
  return SQLITE_OK;
}

// The constraint that gives the argument; SQLITE_CONSTRAINT: in another order of the tables it is known.
int TakeArgument(RowTable& table, sqlite3_index_info* info) {
  for (int i = 0; i < info->nConstraint; ++i) {
    const auto& constraint = info->aConstraint[i];
    if (constraint.iColumn != table.module.argument_column || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
    if (constraint.usable == 0) return SQLITE_CONSTRAINT;
    info->aConstraintUsage[i].argvIndex = 1;
    return SQLITE_OK;
  }
  return Guard(&table.zErrMsg, [] { return InvalidArgument("give an argument in parentheses: a text"); });
}

int BestIndex(sqlite3_vtab* base, sqlite3_index_info* info) noexcept {
  auto& table = *static_cast<RowTable*>(base);
  info->estimatedCost = 1000;
  info->estimatedRows = 1000;
  return table.module.read_for == nullptr ? SQLITE_OK : TakeArgument(table, info);
}

int Open(sqlite3_vtab* base, sqlite3_vtab_cursor** out) noexcept {
  return Guard(&base->zErrMsg, [&] {
    *out = std::make_unique<RowTableCursor>(static_cast<RowTable*>(base)->module).release();
    return Status();
  });
}

int Close(sqlite3_vtab_cursor* cursor) noexcept {
  delete static_cast<RowTableCursor*>(cursor);
  return SQLITE_OK;
}

int Filter(sqlite3_vtab_cursor* base, int, const char*, int count, sqlite3_value** values) noexcept {
  auto& cursor = *static_cast<RowTableCursor*>(base);
  return Guard(&base->pVtab->zErrMsg, [&]() -> Status {
    cursor.position = 0;
    cursor.argument = count == 0 ? SqlValue::Null() : ReadValue(values[0], Affinity::kText);
    if (count > 0 && cursor.argument.kind != SqlValue::Kind::kText) return InvalidArgument("the argument must be a text");
    Database& database = *cursor.module.database;
    if (Status status = database.CheckProcess(); !status.ok()) return status;
    if (Status status = database.ConnectDefault(); !status.ok()) return status;
    Result<Rows> rows = count == 0 ? cursor.module.read(database) : cursor.module.read_for(database, cursor.argument.text);
    if (!rows) return std::move(rows).status();
    cursor.rows = *std::move(rows);
    return Status();
  });
}

int Next(sqlite3_vtab_cursor* cursor) noexcept {
  ++static_cast<RowTableCursor*>(cursor)->position;
  return SQLITE_OK;
}

int Eof(sqlite3_vtab_cursor* base) noexcept {
  const auto& cursor = *static_cast<RowTableCursor*>(base);
  return cursor.position >= cursor.rows.size() ? 1 : 0;
}

int ReadColumn(sqlite3_vtab_cursor* base, sqlite3_context* context, int column) noexcept {
  const auto& cursor = *static_cast<RowTableCursor*>(base);
  return Guard(&base->pVtab->zErrMsg, [&] {
    // SQLite may compare the argument again.
    ReturnValue(context, column == cursor.module.argument_column
                             ? cursor.argument
                             : cursor.rows[cursor.position][static_cast<size_t>(column)]);
    return Status();
  });
}

int ReadRowId(sqlite3_vtab_cursor* cursor, sqlite3_int64* row_id) noexcept {
  *row_id = static_cast<sqlite3_int64>(static_cast<RowTableCursor*>(cursor)->position) + 1;
  return SQLITE_OK;
}

}  // namespace

const sqlite3_module& RowTableMethods() {
  static const sqlite3_module kModule = [] {
    sqlite3_module module{};
    module.iVersion = 2;
    module.xConnect = Connect;  // no xCreate: there is one of each
    module.xBestIndex = BestIndex;
    module.xDisconnect = Disconnect;
    module.xDestroy = Disconnect;
    module.xOpen = Open;
    module.xClose = Close;
    module.xFilter = Filter;
    module.xNext = Next;
    module.xEof = Eof;
    module.xColumn = ReadColumn;
    module.xRowid = ReadRowId;
    return module;
  }();
  return kModule;
}

}  // namespace infusionsoft::sqlite
