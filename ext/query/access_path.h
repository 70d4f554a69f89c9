// SPDX-License-Identifier: MIT
// Access paths: from which table's requests a query is answered. Mostly its own; another one that has the same rows where
// that takes fewer requests: all tags of all contacts stand in the contacts' pages.
//
// A row has the same rowid whichever way it comes, because SQLite may read one table in several ways in one statement.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "profile/profile.h"
#include "query/planner.h"
#include "query/predicate.h"
#include "query/query_plan.h"

namespace infusionsoft {

// `source` is of the profile, or the entity itself; the plan is in terms of its columns.
struct PlannedAccess {
  const Entity* source = nullptr;
  PlannedQuery planned;
};

// The cheapest way to answer `predicate`, which is in terms of the columns of `entity`. The uses of its constraints hold for
// any source. Pure, as PlanQuery is.
PlannedAccess PlanAccess(const Entity& entity, const Profile& profile, const Predicate& predicate,
                         const PlannerOptions& options);

// For each column of `entity` the one of `source`, or -1: then the source is not chosen when it is read.
std::vector<int> ColumnsIn(const Entity& source, const Entity& entity);

// As idxStr carries it: the plan, after the table's name where it is another one's:
//   contact_tag_ids: GET /v2/contacts?fields=id,tag_ids
// What plan_note.h puts behind it is for people.
std::string PrintAccess(const Entity& entity, const Entity& source, const QueryPlan& plan);

struct Access {
  const Entity* source = nullptr;
  QueryPlan plan;
};
// The inverse of PrintAccess; a note behind it is passed over. kInternal for anything that it did not write.
Result<Access> ParseAccess(const Entity& entity, const Profile& profile, std::string_view text);

}  // namespace infusionsoft
