// SPDX-License-Identifier: MIT
// Cost model: what a plan is expected to cost, in requests. Pure; nothing is counted or remembered.
#pragma once

#include "profile/profile.h"
#include "query/predicate.h"
#include "query/query_plan.h"

namespace infusionsoft {

struct Estimate {
  double requests = 1;
  double rows = 1;
  double cost = 1;      // for SQLite, in its unit: see cost_model.cc
  bool unique = false;  // at most one row
};

// For SQLite, in its unit.
double CostOf(double requests, double rows);

Estimate EstimateCost(const Entity& entity, const Predicate& predicate, const QueryPlan& plan);

}  // namespace infusionsoft
