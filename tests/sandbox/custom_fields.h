// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>

#include "row_writer.h"

namespace infusionsoft::sandbox {

struct FilterSpec;

// The custom fields of the account. Every type of record has the same ones, of every type of field, and all rows that carry
// custom fields have values for most of them.

// `custom_fields` of a row. `bits` decide the content, its spelling, and which fields the row has no value for.
void WriteCustomFields(JsonWriter& writer, uint64_t bits);

// The array of definitions that /v2/{records}/model answers with.
void WriteCustomFieldModel(JsonWriter& writer, std::string_view records);

// What each field can be filtered by.
std::deque<FilterSpec> CustomFieldFilters();

}  // namespace infusionsoft::sandbox
