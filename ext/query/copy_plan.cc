// SPDX-License-Identifier: MIT
#include "query/copy_plan.h"

#include <algorithm>

#include "query/copied_list.h"
#include "query/list_request.h"
#include "query/lookup_plan.h"

namespace infusionsoft {
namespace {

constexpr double kShareOfPick = 1e-3;  // of the rows, that one equality leaves: an assumption

// What says which list is meant. Other constraints keep their places, but are of no kind that is sent.
Predicate RequestPart(const Entity& entity, const Predicate& predicate) {
  Predicate part = predicate;
  part.order_by.clear();
  for (Constraint& constraint : part.constraints) {
    const bool has_column = constraint.op != Op::kLimit && constraint.op != Op::kOffset && constraint.column >= 0;
    const bool is_value = has_column && entity.columns[static_cast<size_t>(constraint.column)].role == ColumnRole::kValue;
    if (!has_column || is_value) constraint.op = Op::kOther;
  }
  return part;
}

int SoughtColumn(const Entity& entity, const Constraint& constraint) {
  if (constraint.op != Op::kEqual || !constraint.usable || constraint.collation == Collation::kOther) return -1;
  if (constraint.column != kRowIdColumn) return constraint.column;
  return entity.HasNumericKey() ? entity.FindColumn(entity.key[0]) : -1;
}

// Takes equalities for a look-up in the copy, one of each column.
void AddPicks(const Entity& entity, const Predicate& predicate, PlannedQuery& planned) {
  QueryPlan& plan = planned.plan;
  PlannedQuery picked = planned;
  int arguments = 0;
  for (const ConstraintUse& use : planned.uses) arguments = std::max(arguments, use.argument);
  for (size_t i = 0; i < predicate.constraints.size(); ++i) {
    const int index = SoughtColumn(entity, predicate.constraints[i]);
    if (index < 0) continue;
    const Column& column = entity.columns[static_cast<size_t>(index)];
    if (column.role != ColumnRole::kValue || !CanBeSought(column, plan)) continue;
    if (std::ranges::find(picked.plan.picks, index, &PlanTerm::column) != picked.plan.picks.end()) continue;
    picked.uses[i] = {.argument = ++arguments, .is_sent = true};
    picked.plan.picks.push_back({index, Op::kEqual, arguments, ""});
    const bool is_row_id = entity.HasNumericKey() && entity.IsInKey(column);
    if (is_row_id && predicate.constraints[i].collation == Collation::kBinary) picked.at_most_one_row = true;
  }
  if (PlanLookup(entity, picked.plan)) planned = std::move(picked);
}

// A list that is no parent's is copied once, however often it is scanned; lists of parents are as many as their values.
void EstimateCopy(const Entity& entity, PlannedQuery& planned) {
  Estimate& estimate = planned.estimate;
  const double weight = estimate.cost / CostOf(estimate.requests, estimate.rows);  // of what makes a plan undesirable
  const bool is_one_list = planned.plan.access == QueryPlan::Access::kList && planned.plan.terms.empty() &&
                           !planned.plan.FansOut(entity) && !planned.plan.reads_detail;
  for (const PlanTerm& pick : planned.plan.picks) {
    const bool is_key = entity.HasNumericKey() && entity.FindColumn(entity.key[0]) == pick.column;
    estimate.rows = is_key ? 1 : std::max(1.0, estimate.rows * kShareOfPick);
  }
  estimate.cost = weight * CostOf(is_one_list ? 0 : estimate.requests, estimate.rows);
}

}  // namespace

PlannedQuery PlanCopyQuery(const Entity& entity, const Predicate& predicate) {
  constexpr PlannerOptions kNoOrder{.order_pushdown = false};
  PlannedQuery planned = PlanQuery(entity, predicate, kNoOrder);
  if (!planned.possible || planned.plan.access == QueryPlan::Access::kNone) return planned;
  planned = PlanQuery(entity, RequestPart(entity, predicate), kNoOrder);
  planned.plan.from_copy = true;
  planned.plan.fields = AllFields(entity);
  AddPicks(entity, predicate, planned);
  EstimateCopy(entity, planned);
  return planned;
}

bool IsCopied(const Entity& entity, const QueryPlan& plan, const LocalCopies& copies) {
  if (copies.offline) return true;
  const bool is_known = plan.terms.empty() && !plan.FansOut(entity) && !plan.reads_detail;
  if (plan.access != QueryPlan::Access::kList || !is_known) return plan.access == QueryPlan::Access::kNone;
  const Result<RequestSet> lists = BuildRequests(entity, plan, {}, entity.page_size_max);
  return lists && !lists->requests.empty() && CopiedList::IsThere(copies, lists->requests[0], nullptr);
}

}  // namespace infusionsoft
