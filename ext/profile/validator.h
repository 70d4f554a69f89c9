// SPDX-License-Identifier: MIT
// Validator: what an entity must be so that the planner may trust it. Each rule has one sentence and one test.
#pragma once

#include <span>
#include <string_view>

#include "base/status.h"
#include "profile/profile.h"

namespace infusionsoft {

// Errors: kInvalidArgument, "contacts.email: what is wrong and what is allowed".
Status ValidateEntity(const Entity& entity);

// What one entity says about others; `entities` holds all of them.
Status ValidateReferences(const Entity& entity, std::span<const Entity> entities);

// The rules of one column, for validator.cc.
Status ValidateColumn(const Column& column);

// What may stand left of an operator in a filter: letters, digits and underscores.
bool IsFilterName(std::string_view name);
// Whether `name` is snake_case: lower-case letters, digits and underscores, a letter first.
bool IsSnakeCase(std::string_view name);
// One sentence, or more, in one line.
bool IsDoc(std::string_view doc);

}  // namespace infusionsoft
