// SPDX-License-Identifier: MIT
// The SQL files that are written from a profile: sql/schema.sql and sql/create_tables.sql.
//
// Pure: the same profile gives the same text. tests/layers compares the committed files with it, and
// `cmake --build --preset release --target write_sql` writes them anew.
#pragma once

#include <string>

#include "profile/profile.h"

namespace infusionsoft {

// Every table as CREATE TABLE with its keys, and what a person wants to know of it in comments. SQLite can execute it: it
// makes empty ordinary tables with the names, the columns and the types of the virtual ones.
std::string SchemaSql(const Profile& profile);

// Every table as CREATE VIRTUAL TABLE temp.<name>, for a connection that is registered as `account`.
std::string CreateTablesSql(const Profile& profile);

}  // namespace infusionsoft
