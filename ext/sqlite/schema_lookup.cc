// SPDX-License-Identifier: MIT
#include "sqlite/schema_lookup.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "sqlite/statement.h"

namespace infusionsoft::sqlite {
namespace {

// The schemas in the order in which SQLite looks for a table.
Result<std::vector<std::string>> Schemas(sqlite3* handle) {
  Result<Statement> list = Statement::Prepare(handle, "PRAGMA database_list");
  if (!list) return std::move(list).status();
  std::vector<std::string> schemas;
  while (true) {
    const Result<bool> row = list->Step();
    if (!row) return row.status();
    if (!*row) break;
    schemas.push_back(list->Text(1));
  }
  std::stable_partition(schemas.begin(), schemas.end(), [](const std::string& name) { return name == "temp"; });
  return schemas;
}

Result<std::optional<QualifiedName>> Find(sqlite3* handle, const std::vector<std::string>& schemas, std::string_view schema,
                                          const std::string& table) {
  for (const std::string& candidate : schemas) {
    if (!schema.empty() && !EqualsIgnoreCase(schema, candidate)) continue;
    Result<Statement> lookup =
        Statement::Prepare(handle, "SELECT name FROM " + QuoteName(candidate) +
                                       ".sqlite_schema WHERE type = 'table' AND name = ?1 COLLATE NOCASE");
    if (!lookup) return std::move(lookup).status();
    lookup->Bind(1, table);
    const Result<bool> found = lookup->Step();
    if (!found) return found.status();
    if (*found) return std::optional(QualifiedName{candidate, lookup->Text(0)});
  }
  return std::optional<QualifiedName>();
}

}  // namespace

Result<QualifiedName> FindTable(sqlite3* handle, const std::string& schema, const std::string& table) {
  const Result<std::vector<std::string>> schemas = Schemas(handle);
  if (!schemas) return schemas.status();
  Result<std::optional<QualifiedName>> found = Find(handle, *schemas, schema, table);
  const size_t dot = table.find('.');
  if (found && !*found && schema.empty() && dot != std::string::npos) {
    found = Find(handle, *schemas, std::string_view(table).substr(0, dot), table.substr(dot + 1));
  }
  if (!found) return std::move(found).status();
  if (*found) return **std::move(found);
  return InvalidArgument("there is no table " + (schema.empty() ? "" : schema + ".") + table);
}

Status ForgetSchema(sqlite3* handle) {
  int is_writable = 0;
  sqlite3_db_config(handle, SQLITE_DBCONFIG_WRITABLE_SCHEMA, -1, &is_writable);
  // RESET also turns writable_schema off, which is the host's affair.
  const Status status = Execute(handle, "PRAGMA writable_schema=RESET");
  sqlite3_db_config(handle, SQLITE_DBCONFIG_WRITABLE_SCHEMA, is_writable, nullptr);
  return status;
}

}  // namespace infusionsoft::sqlite
