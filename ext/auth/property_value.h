// SPDX-License-Identifier: MIT
// From the text of one property to its typed value.
#pragma once

#include <vector>

#include "auth/connection_options.h"
#include "auth/property_table.h"
#include "base/status.h"

namespace infusionsoft {

// Checks the value and stores it in `options`. An empty value means the default. A property that has no effect yet is
// an error unless its value equals the default. No message repeats a value.
Status ApplyProperty(const PropertyRow& row, const PropertyText& pair, ConnectionOptions& options);

// As SplitConnectionString, with the properties that ProfileSettings stands for in its place.
Result<std::vector<PropertyText>> SplitAndExpand(std::string_view text);

// The properties that the settings in `pair` stand for, at its position. No message repeats a value.
Result<std::vector<PropertyText>> ExpandSettings(const PropertyText& pair);

// The value of a secret: `text` itself, or what env:NAME or file:PATH (first line) refers to. Errors name `property`.
Result<Secret> ReadSecret(std::string_view property, std::string_view text);

// Whether `text`, as the value of a secret, is an env:NAME or file:PATH.
bool IsSecretReference(std::string_view text);

}  // namespace infusionsoft
