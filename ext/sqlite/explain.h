// SPDX-License-Identifier: MIT
// infusionsoft_explain(sql): what a statement would send, without sending it.
#pragma once

#include <string>

#include "sqlite/row_table.h"

namespace infusionsoft::sqlite {

inline constexpr const char* kExplainDeclaration =
    "CREATE TABLE x(table_name TEXT, request TEXT, pushed TEXT, local TEXT, requests INTEGER, sql TEXT HIDDEN)";
inline constexpr int kExplainArgument = 5;

// One row for each scan of a table of this extension, in SQLite's order, from its EXPLAIN QUERY PLAN; rows without a table
// say what SQLite sorts itself. Errors: kInvalidArgument for more than one statement, for one whose preparation has effects
// (PRAGMA), and with SQLite's message for one that it refuses.
Result<Rows> Explain(const Database& database, const std::string& sql);

}  // namespace infusionsoft::sqlite
