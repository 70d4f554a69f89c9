// SPDX-License-Identifier: MIT
// System tables: what there is (catalog.h), infusionsoft_requests, what was sent, infusionsoft_connection_properties, how
// each connection is set, and infusionsoft_copies, what is kept of what was read. README.md documents their columns.
#pragma once

#include <span>

#include "sqlite/row_table.h"

namespace infusionsoft::sqlite {

struct SystemTable {
  const char* name;
  const char* declaration;
  Result<Rows> (*read)(const Database&);
};

std::span<const SystemTable> SystemTables();

}  // namespace infusionsoft::sqlite
