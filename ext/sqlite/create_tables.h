// SPDX-License-Identifier: MIT
// infusionsoft_create_tables: every table of one connection as a TEMP table with a short name, shop_contacts.
//
// TEMP, because a connection's name lives as long as the SQLite connection does: a stored table would need it again in every
// session, and would be in the way of programs that open the database file without the extension.
#pragma once

#include <cstdint>
#include <string>

#include "base/status.h"
#include "sqlite/database.h"

namespace infusionsoft::sqlite {

// Makes <prefix><entity> for each entity of the profile of `connection`; the number of tables made. All or none: an error
// leaves the database as it was. A name that any table or view of any database has already is an error, because a TEMP table
// would hide it. Sends nothing. Errors: kInvalidArgument; what SQLite says about a statement.
Result<int64_t> CreateTables(Database& database, const std::string& connection, const std::string& prefix);

}  // namespace infusionsoft::sqlite
