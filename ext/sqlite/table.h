// SPDX-License-Identifier: MIT
// Table: the virtual-table module of one entity.
//
// Lifetime of the pieces: a Module belongs to a registration (freed by SQLite with the connection), a Table to a CREATE
// VIRTUAL TABLE or to the eponymous use of a module, a Cursor to a scan.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "profile/profile.h"
#include "query/planner.h"
#include "sqlite/api.h"
#include "sqlite/database.h"
#include "sqlite/field_table.h"

namespace infusionsoft::sqlite {

// What sqlite3_create_module_v2 keeps for one entity.
struct Module {
  std::shared_ptr<Database> database;
  std::string entity;  // its name; "" for the generic module, whose tables name theirs by Table=
};

// The base comes first, because SQLite knows the object by it.
struct Table : sqlite3_vtab {
  Table(const Module& module, std::string schema_name, std::string name)
      : sqlite3_vtab(),
        database(module.database),
        schema(std::move(schema_name)),
        table_name(std::move(name)) {}
  ~Table() { database->RemoveTable(*this); }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  std::shared_ptr<Database> database;
  // What the table was declared as. A connection that is replaced later, with another profile, does not change it.
  std::shared_ptr<const Profile> profile;
  const Entity* entity = nullptr;
  std::string schema;
  std::string table_name;                 // as the user named it: for messages and the request log
  std::optional<TableText> text;          // nothing: the unnamed account, whatever it is when a scan starts
  bool stands_alone = false;              // its connection string builds on no registered connection
  bool is_users = false;                  // whose the text is: see Trust
  // Why the text may not be used, until the user approves it: then the table has its columns and nothing else.
  Status refusal;
  // CustomFields=columns: the entity of the profile, `entity` being that one with a column for each custom field, and where
  // their definitions are stored. Null and nothing without it.
  const Entity* plain_entity = nullptr;
  std::optional<FieldTable> field_table;

  // The account of the next scan. A connection string that stands alone keeps what it resolved to; one that builds on a
  // registered connection, until a connection is registered anew. A text that is not the user's may give an error.
  Result<Account> FindAccount();
  // Sets `profile` and `entity`. `module_entity` is the module's, or "".
  Status ChooseEntity(const std::string& module_entity);
  // Makes the custom fields columns. Of a table that is being created, reads them from the API first: the only request that
  // a table sends before it is queried.
  Status ShowCustomFields(sqlite3* handle);
  // What the API says now of the custom fields, without names of columns.
  Result<std::vector<CustomField>> FetchCustomFields(sqlite3* handle);

 private:
  Result<std::vector<CustomField>> CreateFieldTable(sqlite3* handle);
  Status CheckTrust();

  std::optional<Account> resolved_;
  int resolved_at_ = 0;
  std::optional<Entity> extended_;
};

// The module of one entity: eponymous, and usable in CREATE VIRTUAL TABLE.
const sqlite3_module& EntityModule();
// The module for any entity, also one of a user's profile: CREATE VIRTUAL TABLE only.
const sqlite3_module& GenericModule();

// idxNum of a plan with which SQLite reads a detail column; it is 0 otherwise.
inline constexpr int kReadsDetail = 1;

// xBestIndex: best_index.cc. Sends nothing.
int BestIndex(sqlite3_vtab* table, sqlite3_index_info* info) noexcept;

// Cursor: cursor.cc.
int Open(sqlite3_vtab* table, sqlite3_vtab_cursor** cursor) noexcept;
int Close(sqlite3_vtab_cursor* cursor) noexcept;
int Filter(sqlite3_vtab_cursor* cursor, int plan_number, const char* plan_text, int count, sqlite3_value** values) noexcept;
int Next(sqlite3_vtab_cursor* cursor) noexcept;
int Eof(sqlite3_vtab_cursor* cursor) noexcept;
int ReadColumn(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int column) noexcept;
int ReadRowId(sqlite3_vtab_cursor* cursor, sqlite3_int64* row_id) noexcept;

}  // namespace infusionsoft::sqlite
