// SPDX-License-Identifier: MIT
// Registers every module and function with one SQLite connection.
#pragma once

#include "profile/profile.h"
#include "sqlite/api.h"

namespace infusionsoft::sqlite {

// Returns a result code; `error` as for a loadable extension's entry point. `profile` lives as long as the process.
int RegisterExtension(sqlite3* database, const Profile& profile, char** error) noexcept;

}  // namespace infusionsoft::sqlite
