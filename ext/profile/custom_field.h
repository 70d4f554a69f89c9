// SPDX-License-Identifier: MIT
// Custom fields: what an account adds to its records, as columns of a table.
//
// Source: KEAP_FACTS section 7 (definitions, and how values stand in rows) and section 5.3 (what each type can be filtered
// by). Pure functions. What they are given may come from a database file that is a stranger's: no text of it is trusted.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "profile/profile.h"

namespace infusionsoft {

// The table that lists the definitions, and its columns that are read. The first of them is a path column with words.
inline constexpr std::string_view kDefinitionsEntity = "custom_field_definitions";
inline constexpr auto kDefinitionColumns =
    std::to_array<std::string_view>({"record_type", "id", "label", "field_type", "field_name"});

struct CustomField {
  int64_t id = 0;
  std::string column;      // the name of its column; "" = not named yet
  std::string label;       // what people see
  std::string field_type;  // the API's word: WHOLE_NUMBER
  std::string field_name;  // the API's name in filters
  friend bool operator==(const CustomField&, const CustomField&) = default;
};

// `label` as the name of a column: letters and digits, with one underscore for each run of anything else; ASCII letters in
// lower case, the others as they are, because SQLite ignores the case of ASCII only. "" when nothing is left of it.
std::string IdentifierOf(std::string_view label);

// Sorts `fields` by id and names those that have no name, or one that IdentifierOf would not make or that is taken. Of
// fields with the same label the one with the smallest id gets the plain name, the others the name and their id: colour,
// colour_9. A field that is added later, which has a larger id, changes no name.
void NameColumns(const Entity& entity, std::vector<CustomField>& fields);

// `entity` with a column for each of `fields`, which NameColumns has named.
Entity WithCustomFields(const Entity& entity, std::span<const CustomField> fields);

}  // namespace infusionsoft
