// SPDX-License-Identifier: MIT
#include "sqlite/refresh_fields.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "sqlite/schema_lookup.h"
#include "sqlite/statement.h"
#include "sqlite/table.h"

namespace infusionsoft::sqlite {
namespace {

// Keeps a table connected, and so in being, while its fields are read.
class ConnectedTable {
 public:
  ConnectedTable(Database& database, const QualifiedName& name) : database_(database) {
    database.BeginRefresh(name.schema, name.table);
    statement_.emplace(
        Statement::Prepare(database.handle(), "SELECT 1 FROM " + QuoteName(name.schema) + "." + QuoteName(name.table)));
    Table* const found = statement_->ok() ? database.FindTable(name.schema, name.table) : nullptr;
    if (found != nullptr && found->field_table) table_ = found;
  }
  ConnectedTable(const ConnectedTable&) = delete;
  ConnectedTable& operator=(const ConnectedTable&) = delete;
  ~ConnectedTable() { database_.EndRefresh(); }

  Status status() const {
    if (!statement_->ok() || table_ != nullptr) return statement_->status();
    return InvalidArgument("the table was not created with CustomFields=columns");
  }
  Table& operator*() const { return *table_; }

 private:
  Database& database_;
  std::optional<Result<Statement>> statement_;
  Table* table_ = nullptr;
};

// A field whose label is the same keeps its column, whatever became of others.
void KeepNames(const std::vector<CustomField>& known, std::vector<CustomField>& fields) {
  for (CustomField& field : fields) {
    const auto old = std::ranges::find(known, field.id, &CustomField::id);
    if (old != known.end() && old->label == field.label) field.column = old->column;
  }
}

// The schema's cookie, which tells every connection and every prepared statement that a schema has changed, moves when
// something is created; a view needs no page of the database, so that it can be dropped while statements run.
Status ChangeSchemaCookie(sqlite3* handle, const std::string& schema, const FieldTable& field_table) {
  const std::string view = QuoteName(schema) + "." + QuoteName(field_table.name() + "_refresh");
  if (Status status = Execute(handle, "CREATE VIEW " + view + " AS SELECT 1"); !status.ok()) return status;
  return Execute(handle, "DROP VIEW " + view);
}

// The cookie moves last: a rollback then finds a schema that was changed, and forgets it.
Status Store(sqlite3* handle, const std::string& schema, const FieldTable& field_table,
             const std::vector<CustomField>& fields) {
  Status status = Execute(handle, "SAVEPOINT infusionsoft_refresh_fields");
  if (!status.ok()) return status;
  status = field_table.Write(fields);
  // This connection keeps what it knows of its own schema changes.
  if (status.ok()) status = ForgetSchema(handle);
  if (status.ok()) status = ChangeSchemaCookie(handle, schema, field_table);
  if (status.ok()) status = Execute(handle, "RELEASE infusionsoft_refresh_fields");
  if (status.ok()) return status;
  (void)Execute(handle, "ROLLBACK TO infusionsoft_refresh_fields");  // the first error is the one to tell
  (void)Execute(handle, "RELEASE infusionsoft_refresh_fields");
  return status;
}

Status CheckColumns(sqlite3* handle, const Entity& entity, size_t fields) {
  const auto most = static_cast<size_t>(sqlite3_limit(handle, SQLITE_LIMIT_COLUMN, -1));
  if (entity.columns.size() + fields <= most) return Status();
  return InvalidArgument("there are " + std::to_string(fields) + " custom fields, and SQLite takes " + std::to_string(most) +
                         " columns in all");
}

Result<int64_t> Refresh(Database& database, const QualifiedName& name) {
  sqlite3* handle = database.handle();
  std::optional<FieldTable> field_table;
  std::vector<CustomField> fields;
  {
    const ConnectedTable table(database, name);
    if (Status status = table.status(); !status.ok()) return status;
    field_table.emplace(*(*table).field_table);
    const Result<std::optional<std::vector<CustomField>>> known = field_table->Read();
    if (!known) return known.status();
    Result<std::vector<CustomField>> fetched = (*table).FetchCustomFields(handle);
    if (!fetched) return std::move(fetched).status();
    fields = *std::move(fetched);
    if (*known) KeepNames(**known, fields);
    NameColumns(*(*table).plain_entity, fields);
    if (Status status = CheckColumns(handle, *(*table).plain_entity, fields.size()); !status.ok()) return status;
    if (*known && **known == fields) return static_cast<int64_t>(fields.size());
  }
  if (Status status = Store(handle, name.schema, *field_table, fields); !status.ok()) return status;
  return static_cast<int64_t>(fields.size());
}

}  // namespace

Result<int64_t> RefreshFields(Database& database, const std::string& schema, const std::string& table) {
  const Result<QualifiedName> name = FindTable(database.handle(), schema, table);
  if (!name) return name.status();
  // SQLite keeps pointers into the schema while it writes.
  Result<int64_t> count =
      IsWriting(database.handle())
          ? Result<int64_t>(InvalidArgument("a statement that writes is running; call this in a SELECT of its own"))
          : Refresh(database, *name);
  if (!count) return count.status().WithContext(name->table);
  return count;
}

}  // namespace infusionsoft::sqlite
