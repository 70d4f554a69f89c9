// SPDX-License-Identifier: MIT
// Where the LIKE and GLOB of a statement stand.
//
// SQLite 3.40 offers LIKE and GLOB in ON of a LEFT JOIN to the left table as if they stood in WHERE,
// while it offers no other comparison so: a table that leaves rows out for them loses rows that the join keeps. Nothing that
// xBestIndex is given tells the two apart, so the text of the statement does, when it runs. (By its source, 3.53 does so no
// more; there it costs a prefix that is not sent.)
#pragma once

#include "query/query_plan.h"
#include "sqlite/api.h"

namespace infusionsoft::sqlite {

// Whether a LIKE or GLOB of `sql` stands in ON of an outer join; kNone: there is none in the text.
enum class Patterns { kNone, kInWhere, kInOuterJoin };
Patterns PatternsIn(const char* sql);

// Takes the patterns out of the plan of a scan that starts, unless it is certain that they stand in no such ON: they do not
// where the text that runs has patterns elsewhere only. Without a pattern in it, they come from a view.
void DropUncertainPatterns(sqlite3* handle, QueryPlan& plan);

}  // namespace infusionsoft::sqlite
