// SPDX-License-Identifier: MIT
// What one entity says about others.
#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "profile/custom_field.h"
#include "profile/validator.h"

namespace infusionsoft {
namespace {

// A table that is listed through itself would be asked for ever.
Status CheckAncestors(const Entity& entity, std::span<const Entity> entities) {
  const Entity* ancestor = &entity;
  for (size_t i = 0; i <= entities.size(); ++i) {
    const auto parent = std::ranges::find(entities, ancestor->Parent(), &Entity::name);
    if (parent == entities.end()) return Status();
    ancestor = &*parent;
  }
  return InvalidArgument("\"from\" leads back to the table itself").WithContext(entity.name);
}

// Only values of a key are listed, and only to one row of a key a value can belong. A table may refer to itself (users are
// created by users), but is not listed through itself.
Status CheckOtherColumn(const Entity& entity, const Column& column, std::span<const Entity> entities) {
  const bool is_source = !column.from_table.empty();
  const std::string key = is_source ? "\"from\"" : "\"references\"";
  const auto other = std::ranges::find(entities, column.references_table, &Entity::name);
  if (other == entities.end()) return InvalidArgument(key + " names " + column.references_table + ", which is no entity");
  const Column* named = other->ColumnNamed(column.references_column);
  const bool fits = named != nullptr && named->type == column.type && other->IsInKey(*named);
  if (fits && !(is_source && other->name == entity.name)) return Status();
  return InvalidArgument(key + " must name a column of " + (is_source ? "another" : "an") +
                         " entity's \"key\", of the same type, which " + column.references_table + "." +
                         column.references_column + " is not");
}

// The same row must have the same key, whichever table it is read from.
Status CheckAccessPath(const Entity& entity, const AccessPath& path, std::span<const Entity> entities) {
  const auto other = std::ranges::find(entities, path.table, &Entity::name);
  if (other == entities.end() || other->name == entity.name) return InvalidArgument("\"table\" must name another entity");
  for (const std::string& name : path.columns) {
    const Column* own = entity.ColumnNamed(name);
    const Column* same = other->ColumnNamed(name);
    if (own != nullptr && same != nullptr && own->type == same->type && !own->detail && !same->detail) continue;
    return InvalidArgument("\"columns\" names " + name + ", which must be a column of both tables, of the same type");
  }
  for (const std::string& name : entity.key) {
    if (std::ranges::find(path.columns, name) == path.columns.end()) {
      return InvalidArgument("\"columns\" must name the columns of \"key\": " + Join(entity.key, ", "));
    }
  }
  return entity.key.empty() ? InvalidArgument("a table without a \"key\" has no \"access_paths\"") : Status();
}

// Where the definitions of custom fields are read from.
Status CheckDefinitions(const Entity& entity, std::span<const Entity> entities) {
  if (entity.custom_fields.empty()) return Status();
  const auto definitions = std::ranges::find(entities, kDefinitionsEntity, &Entity::name);
  const bool complete = definitions != entities.end() && std::ranges::all_of(kDefinitionColumns, [&](std::string_view name) {
                          return definitions->ColumnNamed(name) != nullptr;
                        });
  const Column* types = complete ? definitions->ColumnNamed(kDefinitionColumns[0]) : nullptr;
  if (types != nullptr && types->role == ColumnRole::kPath &&
      std::ranges::any_of(types->words, [&](const auto& word) { return word.first == entity.custom_fields; })) {
    return Status();
  }
  return InvalidArgument(
             "\"custom_fields\" must be one of the words of custom_field_definitions.record_type, and that table must "
             "have the columns " +
             Join(std::vector<std::string>(kDefinitionColumns.begin(), kDefinitionColumns.end()), ", "))
      .WithContext(entity.name);
}

}  // namespace

Status ValidateReferences(const Entity& entity, std::span<const Entity> entities) {
  for (const AccessPath& path : entity.access_paths) {
    const Status status = CheckAccessPath(entity, path, entities);
    if (!status.ok()) return status.WithContext(entity.name + ": access path " + path.table);
  }
  for (const Column& column : entity.columns) {
    if (column.references_table.empty()) continue;
    if (Status status = CheckOtherColumn(entity, column, entities); !status.ok()) {
      return status.WithContext(entity.name + "." + column.name);
    }
  }
  if (Status status = CheckAncestors(entity, entities); !status.ok()) return status;
  return CheckDefinitions(entity, entities);
}

}  // namespace infusionsoft
