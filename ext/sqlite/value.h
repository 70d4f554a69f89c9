// SPDX-License-Identifier: MIT
// Values across SQLite's edge.
#pragma once

#include "base/status.h"
#include "profile/profile.h"
#include "query/sql_value.h"
#include "sqlite/api.h"

namespace infusionsoft::sqlite {

// Which affinity SQLite applies to the other side of a comparison with a column; the value that xFilter gets did not see it.
enum class Affinity { kText, kNumeric };
Affinity AffinityOf(const Column& column);

SqlValue ReadValue(sqlite3_value* value, Affinity affinity);

// All values of an IN list that xBestIndex asked for at once.
Result<Argument> ReadList(sqlite3_value* list, Affinity affinity);

void ReturnValue(sqlite3_context* context, const SqlValue& value);

}  // namespace infusionsoft::sqlite
