// SPDX-License-Identifier: MIT
// Value lists: IN lists that the API has no filter for, whose values are looked up one after another. SQLite hands over all
// values of such a list at once, so their number is known before the first is asked for.
#pragma once

#include <vector>

#include "profile/profile.h"
#include "query/query_plan.h"
#include "query/sql_value.h"

namespace infusionsoft {

// Whether `term` is such a list, and not one that a filter takes as a whole.
bool GoesByValue(const Entity& entity, const PlanTerm& term);

// A plan with such lists taken apart. One list is enough: a row must be in each of them, and SQLite checks the others.
struct ValueList {
  QueryPlan plan;    // for one value of the list, which is compared by equality; without the other lists
  int argument = 0;  // ?N of the list; 0: the plan has none, and is as it was
};

// Takes the list that has the fewest values. `arguments[n-1]` is ?n. Pure.
ValueList TakeShortestList(const Entity& entity, const QueryPlan& plan, const std::vector<Argument>& arguments);
// The same for a plan alone, where the values are not known: any of its lists.
ValueList TakeAnyList(const Entity& entity, const QueryPlan& plan);

}  // namespace infusionsoft
