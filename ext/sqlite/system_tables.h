// SPDX-License-Identifier: MIT
// System tables: infusionsoft_tables, infusionsoft_columns, infusionsoft_requests. README.md documents their columns.
#pragma once

#include <span>

#include "sqlite/row_table.h"

namespace infusionsoft::sqlite {

struct SystemTable {
  const char* name;
  const char* declaration;
  Rows (*read)(const Database&);
};

std::span<const SystemTable> SystemTables();

}  // namespace infusionsoft::sqlite
