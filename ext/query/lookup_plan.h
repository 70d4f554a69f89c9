// SPDX-License-Identifier: MIT
// LookupPlan: what a plan looks rows up by, and the scan whose rows answer all such look-ups.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "profile/profile.h"
#include "query/query_plan.h"
#include "query/sql_value.h"

namespace infusionsoft {

struct LookupPlan {
  QueryPlan scan;                // the plan without what is looked up by, in any order; the same fields
  std::vector<PlanTerm> sought;  // the equalities that were taken away, one for each column
  bool is_unique = false;        // one row at most is equal in all of them, and two whole numbers are equal or not
};

// Of a plan that reads a local copy, what is looked up by are its picks. Nothing where no scan can answer: the plan looks
// nothing up, its list stands below parents that are not given, the rows do not show what they are looked up by, or have no
// key that makes them the same row whichever way they come. Of a list whose values are looked up, ?`list_argument`, only
// these are taken away: what else the plan sends is the same for all of them. Where they name lists, each list has a scan of
// its own, for what is looked up in it. Pure.
std::optional<LookupPlan> PlanLookup(const Entity& entity, const QueryPlan& plan, int list_argument = 0);

// Whether the values of ?`list_argument` are those of a path column: each names another list, and no scan answers for two.
bool NamesLists(const Entity& entity, const QueryPlan& plan, int list_argument);

// Of a list below one parent: the scan of the parents, which tells of each whether it is there. One that is not has no rows.
struct ParentLookup {
  const Entity* parent = nullptr;
  LookupPlan lookup;
  int path_column = 0;  // of the entity, whose value is sought among the parents
};

// Nothing where the list stands below no parent, below several, or below one whose list stands below another. Pure.
std::optional<ParentLookup> PlanParentLookup(const Entity& entity, const Profile& profile, const QueryPlan& plan);

// Whether the rows of a scan with the fields of `plan` can be found by their values of `column`.
bool CanBeSought(const Column& column, const QueryPlan& plan);

// A text that is equal for all values of `column` that SQLite may call equal, under any of its collations. Nothing where
// that is not certain, as of text in a numeric column, and of NULL, which equals nothing.
std::optional<std::string> EqualityKey(const Column& column, const SqlValue& value);

}  // namespace infusionsoft
