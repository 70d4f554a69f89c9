// SPDX-License-Identifier: MIT
// Catalog: the rows of the system tables that tell what there is, from the profile of the unnamed connection or, without
// one, the built-in profile. They send nothing. system_tables.cc declares their columns.
#pragma once

#include <string>

#include "sqlite/row_table.h"

namespace infusionsoft::sqlite {

Result<Rows> ReadTables(const Database& database);   // infusionsoft_tables: one row for each table
Result<Rows> ReadColumns(const Database& database);  // infusionsoft_columns: one row for each column
// infusionsoft_keys: one row for each column of a key. The path columns of a table are one foreign key, because their values
// are listed together; every other column with a reference is one by itself.
Result<Rows> ReadKeys(const Database& database);
Result<Rows> ReadPushdowns(const Database& database);  // infusionsoft_pushdowns: one row for each column and operator

SqlValue TextOrNull(std::string text);  // NULL for ""

}  // namespace infusionsoft::sqlite
