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

// Makes <prefix><entity> for each entity of the profile of `connection`; the number of these tables. Those that the same
// call has made before are kept. A name that any other table or view of any database has is an error, because a TEMP table
// would hide it. An error leaves none of the tables that it made; only an interrupt or a lack of memory may leave some,
// which the next call completes. Sends nothing. Errors: kInvalidArgument; what SQLite says about a statement.
Result<int64_t> CreateTables(Database& database, const std::string& connection, const std::string& prefix);

}  // namespace infusionsoft::sqlite
