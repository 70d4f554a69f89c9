// SPDX-License-Identifier: MIT
#include "sqlite/field_table.h"

#include <utility>

#include "sqlite/statement.h"

namespace infusionsoft::sqlite {
namespace {

// SQLite stores the text of a CREATE TABLE from the table's name on as it was written, also when the table is renamed.
constexpr const char* kColumns = "(id INTEGER PRIMARY KEY, column_name TEXT, label TEXT, field_type TEXT, field_name TEXT)";
// More columns than this no SQLite takes.
constexpr const char* kMostFields = "32767";

}  // namespace

std::string FieldTable::QualifiedName() const { return QuoteName(schema_) + "." + QuoteName(name_); }

Result<FieldTable::Found> FieldTable::Find() const {
  Result<Statement> lookup =
      Statement::Prepare(handle_, "SELECT sql FROM " + QuoteName(schema_) + ".sqlite_schema WHERE name = ?1 COLLATE NOCASE");
  if (!lookup) return std::move(lookup).status();
  lookup->Bind(1, name_);
  const Result<bool> found = lookup->Step();
  if (!found) return found.status();
  if (!*found) return Found::kNothing;
  return lookup->Text(0) == "CREATE TABLE " + QuoteName(name_) + kColumns ? Found::kOwn : Found::kOther;
}

Result<bool> FieldTable::Exists() const {
  const Result<Found> found = Find();
  if (!found) return found.status();
  if (*found != Found::kOther) return *found == Found::kOwn;
  return InvalidArgument(name_ +
                         ", where the custom fields are kept, is there already as something else; drop or rename it");
}

Result<std::optional<std::vector<CustomField>>> FieldTable::Read() const {
  const Result<bool> exists = Exists();
  if (!exists) return exists.status();
  if (!*exists) return std::optional<std::vector<CustomField>>();
  Result<Statement> rows = Statement::Prepare(handle_, "SELECT id, column_name, label, field_type, field_name FROM " +
                                                           QualifiedName() + " ORDER BY id LIMIT " + kMostFields);
  if (!rows) return std::move(rows).status();
  std::vector<CustomField> fields;
  while (true) {
    const Result<bool> row = rows->Step();
    if (!row) return row.status();
    if (!*row) return std::optional(std::move(fields));
    fields.push_back({rows->Integer(0), rows->Text(1), rows->Text(2), rows->Text(3), rows->Text(4)});
  }
}

Status FieldTable::Write(const std::vector<CustomField>& fields) const {
  const Result<bool> exists = Exists();
  if (!exists) return exists.status();
  // The name is quoted as Exists() expects it.
  Status status =
      Execute(handle_, *exists ? "DELETE FROM " + QualifiedName() : "CREATE TABLE " + QualifiedName() + kColumns);
  if (!status.ok()) return status;
  Result<Statement> insert = Statement::Prepare(handle_, "INSERT INTO " + QualifiedName() + " VALUES (?1, ?2, ?3, ?4, ?5)");
  if (!insert) return std::move(insert).status();
  for (const CustomField& field : fields) {
    insert->Bind(1, field.id);
    insert->Bind(2, field.column);
    insert->Bind(3, field.label);
    insert->Bind(4, field.field_type);
    insert->Bind(5, field.field_name);
    if (status = insert->Step().status(); !status.ok()) return status;
  }
  return Status();
}

Status FieldTable::Drop() const {
  const Result<Found> found = Find();
  if (!found || *found != Found::kOwn) return found.status();
  return Execute(handle_, "DROP TABLE " + QualifiedName());
}

Status FieldTable::RenameFor(const std::string& new_owner) const {
  const Result<Found> found = Find();
  if (!found || *found != Found::kOwn) return found.status();
  return Execute(handle_, "ALTER TABLE " + QualifiedName() + " RENAME TO " + QuoteName(NameFor(new_owner)));
}

}  // namespace infusionsoft::sqlite
