// SPDX-License-Identifier: MIT
// SQL functions: what is called infusionsoft_<name>(...). README.md documents them.
#pragma once

#include <cstddef>
#include <memory>

#include "base/status.h"
#include "sqlite/database.h"

namespace infusionsoft::sqlite {

// Registers those that are not yet, and counts them in `registered`. They are SQLITE_DIRECTONLY: no view, trigger or default
// value of a database file may call them.
Status RegisterFunctions(const std::shared_ptr<Database>& database, size_t& registered);

}  // namespace infusionsoft::sqlite
