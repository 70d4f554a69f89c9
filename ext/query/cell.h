// SPDX-License-Identifier: MIT
// Cells: a value of the API's JSON as the SQL value of its column.
//
// A cell is what an ordinary column of the declared type would hold after the value was inserted: storing it there once more
// changes nothing. What means the same as a value of the type becomes that value: 12.0 and " 12 " in an INTEGER column, a
// time with another zone. Anything else is passed as it is, never as zero or ''. Source of the shapes: KEAP_FACTS section 8.
#pragma once

#include "json/document.h"
#include "profile/profile.h"
#include "query/sql_value.h"

namespace infusionsoft {

// `row` is one item of a list.
SqlValue ReadCell(const Column& column, json::Value row);

// Whether `value`, a cell of the column, sorts among the values of the column's type as the server would sort what it stands
// for. Text among numbers does not, nor does a time that was passed as it came, nor in a date's place what begins with none.
bool IsComparable(const Column& column, const SqlValue& value);

// The whole answer as the value of the only column that reads it. Bytes that are no text leave as BLOB.
SqlValue ReadText(const Column& column, std::string_view text);

// Minor units of a currency to major ones: 2 digits for most, none for JPY, three for KWD (ISO 4217). Case is ignored.
double MajorUnits(double minor_units, std::string_view currency_code);

}  // namespace infusionsoft
