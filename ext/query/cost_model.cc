// SPDX-License-Identifier: MIT
#include "query/cost_model.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace infusionsoft {
namespace {

// Costs are in SQLite's unit, about one row of a local table. A request takes some 100 ms to 1 s, a local row well under a
// microsecond, so that a plan with one request fewer wins over any number of local rows that people join with.
constexpr double kRequestCost = 1e6;
constexpr double kRowCost = 2;
constexpr double kCostOfOpenInput = 1000;
// What is assumed of values nobody has counted.
constexpr double kShareOfEquality = 1e-3;  // of the rows that an equality leaves
constexpr double kShareOfRange = 0.25;
constexpr double kShareOfPrefix = 0.05;
constexpr double kValuesOfInList = 25;

double ShareOf(Op op) {
  switch (op) {
    case Op::kEqual:
    case Op::kEqualNoCase:
    case Op::kIsNull:
      return kShareOfEquality;
    case Op::kIn:
      return kShareOfEquality * kValuesOfInList;
    case Op::kLike:
    case Op::kGlob:
      return kShareOfPrefix;
    default:
      return kShareOfRange;
  }
}

// Rows of one list: of the table, or below one parent.
double RowsOfList(const Entity& entity, const QueryPlan& plan) {
  double rows = entity.typical_rows;
  std::set<int> narrowed;  // a range's second bound, or both bounds of an equality, narrow once
  for (const PlanTerm& term : plan.terms) {
    const Column& target = entity.columns[static_cast<size_t>(term.column)];
    const bool is_key = entity.key.size() == 1 && entity.key[0] == target.name;
    if (term.filter.empty() || target.role == ColumnRole::kRequest) continue;
    if (is_key && term.op == Op::kEqual) rows = std::min(rows, 1.0);
    if (is_key && term.op == Op::kIn) rows = std::min(rows, kValuesOfInList);
    if (narrowed.insert(term.column).second) rows *= ShareOf(term.op);
  }
  return std::max(rows, 1.0);
}

Estimate EstimateList(const Entity& entity, const QueryPlan& plan) {
  Estimate estimate;
  estimate.rows = RowsOfList(entity, plan);
  estimate.requests = entity.IsPaged() ? std::max(1.0, estimate.rows / entity.page_size_max) : 1;
  if (plan.ComparesWithParents(entity)) ++estimate.requests;
  if (plan.FansOut(entity)) {
    const double pages_of_parents = std::ceil(entity.typical_parents / entity.page_size_max);
    estimate.requests = entity.typical_parents * estimate.requests + (entity.Parent().empty() ? 0 : pages_of_parents);
    estimate.rows *= entity.typical_parents;
  }
  if (plan.limit_argument > 0) estimate.requests = 1;
  return estimate;
}

// An input without a value cannot be read. Under `paid = 1 OR id = 5` SQLite then prefers to ask for each side by itself.
bool ReadsOpenInput(const Entity& entity, const Predicate& predicate, const QueryPlan& plan) {
  for (size_t i = 0; i < entity.columns.size(); ++i) {
    const int index = static_cast<int>(i);
    if (entity.columns[i].role != ColumnRole::kRequest || !predicate.Uses(index)) continue;
    const auto is_given = [&](const PlanTerm& term) { return term.column == index; };
    // Columns from the 64th on are told apart by their constraints only.
    if (i < 63 && std::ranges::none_of(plan.terms, is_given)) return true;
  }
  return false;
}

}  // namespace

double CostOf(double requests, double rows) { return requests * kRequestCost + rows * kRowCost; }

Estimate EstimateCost(const Entity& entity, const Predicate& predicate, const QueryPlan& plan) {
  Estimate estimate;
  if (plan.access == QueryPlan::Access::kNone) {
    estimate.requests = 0;
    estimate.unique = true;
  } else if (plan.access == QueryPlan::Access::kGet) {
    estimate.unique = true;
  } else {
    estimate = EstimateList(entity, plan);
  }
  if (plan.reads_detail) estimate.requests += estimate.rows;
  estimate.cost = CostOf(estimate.requests, estimate.rows);
  if (ReadsOpenInput(entity, predicate, plan)) estimate.cost *= kCostOfOpenInput;
  return estimate;
}

}  // namespace infusionsoft
