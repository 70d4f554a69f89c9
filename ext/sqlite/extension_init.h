// SPDX-License-Identifier: MIT
// Registers every module and function with one SQLite connection.
#pragma once

#include "sqlite/api.h"

namespace infusionsoft::sqlite {

// Returns a result code; `error` as for a loadable extension's entry point.
int RegisterExtension(sqlite3* database, char** error) noexcept;

}  // namespace infusionsoft::sqlite
