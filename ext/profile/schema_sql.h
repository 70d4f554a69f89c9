// SPDX-License-Identifier: MIT
// The SQL files that are written from a profile: sql/schema.sql, sql/create_tables.sql, and the beginnings of
// sql/tables/*.sql.
//
// Pure: the same profile gives the same text. tests/layers compares the committed files with it, and
// `cmake --build --preset release --target write_sql` writes them anew.
#pragma once

#include <string>
#include <string_view>

#include "profile/profile.h"

namespace infusionsoft {

// Every table as CREATE TABLE with its keys, and what a person wants to know of it in comments. SQLite can execute it: it
// makes empty ordinary tables with the names, the columns and the types of the virtual ones.
std::string SchemaSql(const Profile& profile);

// Every table as CREATE VIRTUAL TABLE temp.<name>, for a connection that is registered as `account`.
std::string CreateTablesSql(const Profile& profile);

// The text of sql/tables/<entity>.sql with its beginning written anew: what the table is, what a request brings, and which
// conditions on which columns are sent. What stands below it is a person's.
std::string WithTableHeader(const Entity& entity, std::string_view text);

}  // namespace infusionsoft
