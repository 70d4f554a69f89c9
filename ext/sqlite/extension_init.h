// SPDX-License-Identifier: MIT
// Registers every module and function with one SQLite connection.
#pragma once

#include "sqlite/api.h"

namespace infusionsoft::sqlite {

// Returns a result code; `error` as for a loadable extension's entry point. Again on one connection it registers what is
// missing, so that the accounts that are connected stay. After an error, what was registered works or says why it does not.
int RegisterExtension(sqlite3* database, char** error) noexcept;
// Whether a connection is open that this library was registered with.
bool HasConnections() noexcept;

}  // namespace infusionsoft::sqlite
