// SPDX-License-Identifier: MIT
// Reads what an account has defined of custom fields.
#pragma once

#include <vector>

#include "base/status.h"
#include "profile/custom_field.h"
#include "query/pager.h"

namespace infusionsoft {

// The custom fields of `entity`, still without names of columns; one request. `profile` is the entity's. Errors: those of a
// scan; kInvalidArgument when the entity has no custom fields, kBadResponse when a definition has no usable id.
Result<std::vector<CustomField>> ReadCustomFields(const Entity& entity, const Profile& profile, const ScanContext& context);

}  // namespace infusionsoft
