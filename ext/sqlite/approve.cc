// SPDX-License-Identifier: MIT
#include "sqlite/approve.h"

#include <utility>

#include "auth/property_powers.h"
#include "sqlite/schema_lookup.h"
#include "sqlite/statement.h"
#include "sqlite/table.h"

namespace infusionsoft::sqlite {
namespace {

// The text of a table, which is connected for it: this sends nothing, whatever the text says.
Result<TableText> TextOf(Database& database, const QualifiedName& name) {
  Result<Statement> columns = Statement::Prepare(
      database.handle(), "PRAGMA " + QuoteName(name.schema) + ".table_info(" + QuoteName(name.table) + ")");
  if (!columns) return std::move(columns).status();
  const Table* table = database.FindTable(name.schema, name.table);
  if (table != nullptr && table->text) return *table->text;
  return InvalidArgument("it is no table of this extension with properties of its own, so there is nothing to approve");
}

}  // namespace

Result<std::string> Approve(Database& database, const std::string& schema, const std::string& table) {
  const Result<QualifiedName> name = FindTable(database.handle(), schema, table);
  if (!name) return name.status();
  if (IsWriting(database.handle())) {
    return InvalidArgument("a statement that writes is running; call this in a SELECT of its own");
  }
  const Result<TableText> text = TextOf(database, *name);
  if (!text) return text.status().WithContext(name->table);
  Result<std::string> properties = MaskedText(text->connection);
  if (!properties) return std::move(properties).status().WithContext(name->table);
  Status status = database.trust().Approve(*text);
  if (status.ok()) status = ForgetSchema(database.handle());
  if (!status.ok()) return status.WithContext(name->table);
  return properties;
}

}  // namespace infusionsoft::sqlite
