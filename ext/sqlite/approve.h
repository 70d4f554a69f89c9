// SPDX-License-Identifier: MIT
// infusionsoft_approve: the user agrees to the text of a table that stands in a database file.
#pragma once

#include <string>

#include "base/status.h"
#include "sqlite/database.h"

namespace infusionsoft::sqlite {

// Approves the properties of `table`, for this user and whatever file they stand in, and has SQLite connect the table by
// them. `schema` may be "": then it is looked for as SQLite looks for a table, and "main.contacts" names both. The
// properties, secrets masked. kInvalidArgument: there is no such table, or it is another extension's.
Result<std::string> Approve(Database& database, const std::string& schema, const std::string& table);

}  // namespace infusionsoft::sqlite
