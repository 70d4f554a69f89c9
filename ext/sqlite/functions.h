// SPDX-License-Identifier: MIT
// SQL functions: infusionsoft_connect, infusionsoft_authorize_url, infusionsoft_exchange_code, infusionsoft_profile,
// infusionsoft_refresh_fields, infusionsoft_version.
// README.md documents them.
#pragma once

#include <memory>

#include "base/status.h"
#include "sqlite/database.h"

namespace infusionsoft::sqlite {

// Registers them all. They are SQLITE_DIRECTONLY: no view, trigger or default value of a database file may call them.
Status RegisterFunctions(const std::shared_ptr<Database>& database);

}  // namespace infusionsoft::sqlite
