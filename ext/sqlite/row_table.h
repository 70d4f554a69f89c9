// SPDX-License-Identifier: MIT
// RowTable: a read-only, eponymous table over rows that are in memory already, or that are made of one argument:
// SELECT * FROM infusionsoft_explain('SELECT ...').
#pragma once

#include <memory>
#include <vector>

#include "query/sql_value.h"
#include "sqlite/api.h"
#include "sqlite/database.h"

namespace infusionsoft::sqlite {

using Rows = std::vector<std::vector<SqlValue>>;

// What sqlite3_create_module_v2 keeps for one such table.
struct RowTableModule {
  std::shared_ptr<Database> database;
  const char* declaration = nullptr;      // CREATE TABLE x(...)
  // Called at the start of each scan; as many values as columns.
  Result<Rows> (*read)(const Database&) = nullptr;
  // The same of a table-valued function, whose argument is the last column of its declaration, a HIDDEN one.
  Result<Rows> (*read_for)(const Database&, const std::string& argument) = nullptr;
  int argument_column = -1;
};

const sqlite3_module& RowTableMethods();

}  // namespace infusionsoft::sqlite
