// SPDX-License-Identifier: MIT
// Cost model: what a plan is expected to cost, in requests. Pure; nothing is counted.
#pragma once

#include "api/list_sizes.h"
#include "profile/profile.h"
#include "query/predicate.h"
#include "query/query_plan.h"

namespace infusionsoft {

struct Estimate {
  double requests = 1;
  double rows = 1;
  double cost = 1;  // for SQLite, in its unit: see cost_model.cc
};

// For SQLite, in its unit.
double CostOf(double requests, double rows);

// What is known beside the plan.
struct EstimateInputs {
  const ListSizes* sizes = nullptr;  // what lists had that were read, borrowed; null: only what is usual is known
  int page_size = 0;                 // the property Pagesize
  // Whether SQLite knows the sizes of local tables, from ANALYZE. Otherwise it takes each for a million rows.
  bool local_sizes_are_known = true;
};

Estimate EstimateCost(const Entity& entity, const Predicate& predicate, const QueryPlan& plan,
                      const EstimateInputs& inputs = {});

// How many pages a scan of the lists of `plan` is expected to have.
struct ScanLength {
  double pages = 0;       // 0: nothing is expected
  bool is_known = false;  // it was that long when it was last read; otherwise it is a guess
};
ScanLength ExpectedScan(const Entity& entity, const QueryPlan& plan, const ListSizes* sizes, int page_size);

}  // namespace infusionsoft
