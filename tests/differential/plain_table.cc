// SPDX-License-Identifier: MIT
#include "plain_table.h"

#include <string_view>
#include <vector>

#include "answer.h"

namespace infusionsoft::differential {
namespace {

struct Table : sqlite3_vtab {
  sqlite3* database;
  const PlainTableOptions* options;
  std::string name;
  std::vector<std::string> columns;
};

struct Cursor : sqlite3_vtab_cursor {
  sqlite3_stmt* rows = nullptr;
  bool at_end = false;
};

int Connect(sqlite3* database, void* options, int /*count*/, const char* const* arguments, sqlite3_vtab** made,
            char** /*error*/) {
  const std::string name = arguments[2];
  const std::string of_name = " FROM main.sqlite_schema WHERE name = " + Quote(name);
  sqlite3_declare_vtab(database, ReadTexts(database, "SELECT sql" + of_name)[0].c_str());
  const std::vector<std::string> columns =
      ReadTexts(database, "SELECT name FROM pragma_table_info(" + Quote(name) + ", 'main')");
  *made = new Table{{}, database, static_cast<const PlainTableOptions*>(options), name, columns};
  return SQLITE_OK;
}

int Disconnect(sqlite3_vtab* table) {
  delete static_cast<Table*>(table);
  return SQLITE_OK;
}

// A superset of the rows with `column` = `value`, whatever affinity the comparison has: a text may equal a number.
std::string Equality(const std::string& column, const std::string& value) {
  return "(" + column + " = " + value + " OR (typeof(" + column + ") <> typeof(" + value + ") AND CAST(" + column +
         " AS NUMERIC) = CAST(" + value + " AS NUMERIC)))";
}

// idxStr is the condition of the statement that reads the rows.
int BestIndex(sqlite3_vtab* base, sqlite3_index_info* info) {
  const Table& table = *static_cast<Table*>(base);
  std::string condition = "1";
  std::set<std::string> equalities;
  int values = 0;
  for (int k = 0; k < info->nConstraint; ++k) {
    const int i = table.options->last ? info->nConstraint - 1 - k : k;
    const auto& constraint = info->aConstraint[i];
    if (constraint.usable == 0 || constraint.iColumn < 0 || constraint.op > SQLITE_INDEX_CONSTRAINT_IS) continue;
    const std::string& column = table.columns[static_cast<size_t>(constraint.iColumn)];
    if (table.options->refused.contains(column)) continue;
    const bool is_equality = constraint.op == SQLITE_INDEX_CONSTRAINT_EQ;
    const bool is_lookup = is_equality && std::string_view(sqlite3_vtab_collation(info, i)) == "BINARY";
    if (is_equality && (!is_lookup || !equalities.insert(column).second)) continue;
    info->aConstraintUsage[i].argvIndex = ++values;
    if (is_lookup) condition += " AND " + Equality("\"" + column + "\"", "?" + std::to_string(values));
  }
  info->estimatedCost = !equalities.empty() ? 10 : values > 0 ? 5000 : 10000;
  info->estimatedRows = !equalities.empty() ? 2 : values > 0 ? 500 : 1000;
  info->idxStr = sqlite3_mprintf("%s", condition.c_str());
  info->needToFreeIdxStr = 1;
  return SQLITE_OK;
}

int Open(sqlite3_vtab* /*table*/, sqlite3_vtab_cursor** cursor) {
  *cursor = new Cursor{};
  return SQLITE_OK;
}

int Close(sqlite3_vtab_cursor* cursor) {
  sqlite3_finalize(static_cast<Cursor*>(cursor)->rows);
  delete static_cast<Cursor*>(cursor);
  return SQLITE_OK;
}

int Next(sqlite3_vtab_cursor* base) {
  Cursor& cursor = *static_cast<Cursor*>(base);
  const int code = sqlite3_step(cursor.rows);
  cursor.at_end = code != SQLITE_ROW;
  return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

int Filter(sqlite3_vtab_cursor* base, int /*number*/, const char* condition, int count, sqlite3_value** values) {
  Cursor& cursor = *static_cast<Cursor*>(base);
  const Table& table = *static_cast<Table*>(base->pVtab);
  sqlite3_finalize(cursor.rows);
  const std::string sql = "SELECT *, rowid FROM main." + table.name + " WHERE " + condition;
  const int code = sqlite3_prepare_v2(table.database, sql.c_str(), -1, &cursor.rows, nullptr);
  if (code != SQLITE_OK) return code;
  const int parameters = sqlite3_bind_parameter_count(cursor.rows);
  for (int i = 0; i < count && i < parameters; ++i) sqlite3_bind_value(cursor.rows, i + 1, values[i]);
  return Next(base);
}

int Eof(sqlite3_vtab_cursor* cursor) { return static_cast<Cursor*>(cursor)->at_end ? 1 : 0; }

int Column(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int column) {
  sqlite3_result_value(context, sqlite3_column_value(static_cast<Cursor*>(cursor)->rows, column));
  return SQLITE_OK;
}

int Rowid(sqlite3_vtab_cursor* base, sqlite3_int64* rowid) {
  sqlite3_stmt* const rows = static_cast<Cursor*>(base)->rows;
  *rowid = sqlite3_column_int64(rows, sqlite3_column_count(rows) - 1);
  return SQLITE_OK;
}

sqlite3_module Module() {
  sqlite3_module module{};
  module.xCreate = module.xConnect = Connect;
  module.xDestroy = module.xDisconnect = Disconnect;
  module.xBestIndex = BestIndex;
  module.xOpen = Open;
  module.xClose = Close;
  module.xFilter = Filter;
  module.xNext = Next;
  module.xEof = Eof;
  module.xColumn = Column;
  module.xRowid = Rowid;
  return module;
}

}  // namespace

PlainTable::PlainTable(sqlite3* database, const std::string& name, const PlainTableOptions& options)
    : database_(database), name_(name) {
  static const sqlite3_module kModule = Module();
  sqlite3_create_module(database, "plain_table", &kModule, const_cast<PlainTableOptions*>(&options));
  MustRun(database, "CREATE VIRTUAL TABLE temp." + name + " USING plain_table");
}

PlainTable::~PlainTable() { MustRun(database_, "DROP TABLE temp." + name_); }

}  // namespace infusionsoft::differential
