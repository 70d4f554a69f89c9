// SPDX-License-Identifier: MIT
// infusionsoft_refresh_fields: the custom fields of a table, read anew.
#pragma once

#include <cstdint>
#include <string>

#include "base/status.h"
#include "sqlite/database.h"

namespace infusionsoft::sqlite {

// Reads the definitions of the custom fields of `table`, which was created with CustomFields=columns, stores them, and has
// SQLite declare the table by them, here and in other connections to its database. `schema` may be "": then it is looked for
// as SQLite looks for a table. The number of custom fields. After an error everything is as it was.
Result<int64_t> RefreshFields(Database& database, const std::string& schema, const std::string& table);

}  // namespace infusionsoft::sqlite
