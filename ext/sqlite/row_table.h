// SPDX-License-Identifier: MIT
// RowTable: a read-only, eponymous table over rows that are in memory already.
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
  Rows (*read)(const Database&) = nullptr;  // called at the start of each scan; as many values as columns
};

const sqlite3_module& RowTableMethods();

}  // namespace infusionsoft::sqlite
