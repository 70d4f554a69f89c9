// SPDX-License-Identifier: MIT
// Planner: Predicate -> QueryPlan. Pure: the same input gives the same plan, and nothing is sent.
//
// A pushed constraint narrows what the server sends to a superset of what SQLite wants; SQLite checks every row again.
#pragma once

#include <cstdint>
#include <vector>

#include "profile/profile.h"
#include "query/cost_model.h"
#include "query/predicate.h"
#include "query/query_plan.h"

namespace infusionsoft {

struct PlannerOptions {
  bool order_pushdown = true;
  bool from_copies = false;  // see copy_plan.h
  EstimateInputs estimates{};
};

// How the values of an IN list come, all of them together.
enum class ListUse {
  kNone,     // no list, or one whose values SQLite gives one by one, as equalities
  kWhole,    // a filter takes them all
  kByValue,  // each is asked for by itself: value_list.h
};

// What becomes of one constraint.
struct ConstraintUse {
  int argument = 0;      // ?N, from 1; 0 = it has no value to pass, or none is wanted
  bool is_sent = false;  // false: left to SQLite
  ListUse list = ListUse::kNone;
};

struct PlannedQuery {
  // False: SQLite must look for another order of the tables, because a request parameter's value is not known yet.
  bool possible = true;
  QueryPlan plan;
  std::vector<ConstraintUse> uses;  // one for each constraint of the predicate
  bool order_consumed = false;
  bool at_most_one_row = false;  // whatever the server sends: a second row is an error
  Estimate estimate;
};

PlannedQuery PlanQuery(const Entity& entity, const Predicate& predicate, const PlannerOptions& options);

}  // namespace infusionsoft
