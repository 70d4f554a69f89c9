// SPDX-License-Identifier: MIT
// Cells: a value of the API's JSON as the SQL value of its column.
//
// What does not fit its declared type is passed as it is, never as zero or ''. Source of the shapes: KEAP_FACTS section 8.
#pragma once

#include "json/document.h"
#include "profile/profile.h"
#include "query/sql_value.h"

namespace infusionsoft {

// `row` is one item of a list.
SqlValue ReadCell(const Column& column, json::Value row);

// The whole answer as the value of the only column that reads it. Bytes that are no text leave as BLOB.
SqlValue ReadText(const Column& column, std::string_view text);

// Minor units of a currency to major ones: 2 digits for most, none for JPY, three for KWD (ISO 4217).
double MajorUnits(int64_t minor_units, std::string_view currency_code);

}  // namespace infusionsoft
