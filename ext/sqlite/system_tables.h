// SPDX-License-Identifier: MIT
// System tables: what there is (catalog.h), infusionsoft_requests, what was sent, and infusionsoft_connection_properties, how
// each connection is set. README.md documents their columns.
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
