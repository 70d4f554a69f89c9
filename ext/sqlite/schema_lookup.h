// SPDX-License-Identifier: MIT
// Tables of the databases of one connection, as SQLite finds them by name, and what it has read of their schemas.
#pragma once

#include <string>

#include "base/status.h"
#include "sqlite/api.h"

namespace infusionsoft::sqlite {

struct QualifiedName {
  std::string schema;
  std::string table;
};

// Both names as the database spells them. Without a schema, `table` may be "main.contacts". kInvalidArgument: there is none.
Result<QualifiedName> FindTable(sqlite3* handle, const std::string& schema, const std::string& table);

// Has SQLite read the schemas of this connection again, and so connect their tables again. No statement that writes may run.
Status ForgetSchema(sqlite3* handle);

}  // namespace infusionsoft::sqlite
