// SPDX-License-Identifier: MIT
#include "query/custom_field_reader.h"

#include <array>
#include <utility>

#include "query/row_cursor.h"

namespace infusionsoft {
namespace {

// The table that holds the definitions, and where in it the columns of kDefinitionColumns stand.
struct Definitions {
  const Entity* entity = nullptr;
  std::array<int, kDefinitionColumns.size()> columns{};
};

// The validator has checked that they are there.
Definitions FindDefinitions(const Profile& profile) {
  Definitions definitions{profile.Find(kDefinitionsEntity)};
  for (size_t i = 0; i < kDefinitionColumns.size(); ++i)
    definitions.columns[i] = definitions.entity->FindColumn(kDefinitionColumns[i]);
  return definitions;
}

Result<CustomField> ReadRow(const Definitions& definitions, const RowCursor& rows) {
  const auto& [record_type, id, label, field_type, field_name] = definitions.columns;
  const SqlValue number = rows.Column(id);
  if (number.kind != SqlValue::Kind::kInteger || number.integer <= 0) {
    return Status(StatusCode::kBadResponse, "the API defines a custom field without a number");
  }
  return CustomField{.id = number.integer,
                     .column = "",
                     .label = rows.Column(label).text,
                     .field_type = rows.Column(field_type).text,
                     .field_name = rows.Column(field_name).text};
}

}  // namespace

Result<std::vector<CustomField>> ReadCustomFields(const Entity& entity, const Profile& profile, const ScanContext& context) {
  if (entity.custom_fields.empty()) return InvalidArgument("the API has no custom fields for " + entity.name);
  const Definitions definitions = FindDefinitions(profile);
  QueryPlan plan;
  plan.terms.push_back({definitions.columns[0], Op::kEqual, 1, ""});
  RowCursor rows(*definitions.entity, profile, context, ScanOptions());
  std::vector<CustomField> fields;
  Status status = rows.Start(plan, {{SqlValue::Text(entity.custom_fields)}});
  for (; status.ok() && !rows.AtEnd(); status = rows.Next()) {
    Result<CustomField> field = ReadRow(definitions, rows);
    if (!field) return std::move(field).status();
    fields.push_back(*std::move(field));
  }
  if (!status.ok()) return status;
  return fields;
}

}  // namespace infusionsoft
