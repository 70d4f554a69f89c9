// SPDX-License-Identifier: MIT
// FieldTable: the shadow table "<table>_fields", in which a table that was created with CustomFields=columns keeps the
// definitions of its custom fields, so that opening the database sends nothing.
//
// It stands in the database file, which may be a stranger's: only a table with the very columns of this class is read (not a
// view, nor a virtual table, which could call the network), and NameColumns checks the names in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "profile/custom_field.h"
#include "sqlite/api.h"

namespace infusionsoft::sqlite {

class FieldTable {
 public:
  static constexpr std::string_view kSuffix = "fields";  // for xShadowName; SQLite wants no underscore in it

  // The shadow table of the table `owner`. `handle` outlives this object.
  FieldTable(sqlite3* handle, const std::string& schema, const std::string& owner)
      : handle_(handle), schema_(schema), name_(NameFor(owner)) {}

  const std::string& name() const { return name_; }
  // The definitions, by id, or nothing when there is no such table. kInvalidArgument when something else has its name.
  Result<std::optional<std::vector<CustomField>>> Read() const;
  // Makes the table if there is none, and `fields` its rows.
  Status Write(const std::vector<CustomField>& fields) const;
  // Both leave alone what the user has put in its place.
  Status Drop() const;
  Status RenameFor(const std::string& new_owner) const;

 private:
  static std::string NameFor(const std::string& owner) { return owner + "_" + std::string(kSuffix); }
  std::string QualifiedName() const;
  enum class Found { kNothing, kOwn, kOther };
  // What has its name.
  Result<Found> Find() const;
  // Whether the table is there; kInvalidArgument when something else has its name.
  Result<bool> Exists() const;

  sqlite3* const handle_;
  const std::string schema_;
  const std::string name_;
};

}  // namespace infusionsoft::sqlite
