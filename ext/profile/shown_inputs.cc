// SPDX-License-Identifier: MIT
// Profile::WithShownInputs: which of the hidden input columns are declared as ordinary ones.
#include <algorithm>

#include "base/text.h"
#include "profile/profile.h"

namespace infusionsoft {
namespace {

bool IsNamed(std::string_view name, std::string_view given) { return given == "*" || EqualsIgnoreCase(name, given); }

bool IsTableNamed(const Entity& entity, std::string_view given) {
  return IsNamed(entity.name, given) || EqualsIgnoreCase(ModuleName(entity), given);
}

std::string InputNames(const Entity& entity) {
  std::vector<std::string> names;
  for (const Column& column : entity.columns) {
    if (column.role == ColumnRole::kRequest) names.push_back(column.name);
  }
  return names.empty() ? "it has none" : "it has " + Join(names, ", ");
}

Status NoSuchInput(const Profile& profile, const std::string& table, const std::string& column) {
  for (const Entity& entity : profile.entities()) {
    if (table == "*" || !IsTableNamed(entity, table)) continue;
    return InvalidArgument(ModuleName(entity) + " has no hidden input column " + Excerpt(column, 60) + "; " +
                           InputNames(entity));
  }
  if (table == "*") return InvalidArgument("no table has a hidden input column " + Excerpt(column, 60));
  return InvalidArgument("there is no table " + Excerpt(table, 60) + "; infusionsoft_tables lists them");
}

}  // namespace

Result<Profile> Profile::WithShownInputs(std::span<const std::pair<std::string, std::string>> names) const {
  Profile profile = *this;
  for (const auto& [table, column_name] : names) {
    bool found = false;
    for (Entity& entity : profile.entities_) {
      if (!IsTableNamed(entity, table)) continue;
      for (Column& column : entity.columns) {
        if (column.role != ColumnRole::kRequest || !IsNamed(column.name, column_name)) continue;
        column.hidden = false;
        found = true;
      }
    }
    if (!found) return NoSuchInput(*this, table, column_name).WithContext("PseudoColumns");
  }
  return profile;
}

}  // namespace infusionsoft
