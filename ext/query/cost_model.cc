// SPDX-License-Identifier: MIT
#include "query/cost_model.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "query/list_request.h"
#include "query/lookup_plan.h"
#include "query/value_list.h"

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

// Rows of a list without a filter, of which so many are usual.
double RowsOfWholeList(const std::string& path, double typical_rows, const EstimateInputs& inputs) {
  const auto size = inputs.sizes != nullptr ? inputs.sizes->Find(path) : std::nullopt;
  if (!size) return typical_rows;
  return size->is_whole ? size->rows : std::max(size->rows, typical_rows);
}

// What the terms leave of `rows`.
double Narrow(const Entity& entity, const QueryPlan& plan, double rows) {
  std::set<int> narrowed;  // a range's second bound, or both bounds of an equality, narrow once
  for (const PlanTerm& term : plan.terms) {
    const Column& target = entity.columns[static_cast<size_t>(term.column)];
    const bool is_key = entity.key.size() == 1 && entity.key[0] == target.name;
    if (term.filter.empty() || target.role == ColumnRole::kRequest) continue;
    if (is_key && term.op == Op::kEqual) rows = std::min(rows, 1.0);
    if (is_key && term.op == Op::kIn) rows = std::min(rows, kValuesOfInList);
    if (narrowed.insert(term.column).second) rows *= ShareOf(term.op);
  }
  return rows;
}

// Rows of one list: of the table, or below one parent.
double RowsOfList(const Entity& entity, const QueryPlan& plan, const EstimateInputs& inputs) {
  const double guess = Narrow(entity, plan, RowsOfWholeList(entity.list_path, entity.typical_rows, inputs));
  const auto size = inputs.sizes != nullptr ? inputs.sizes->Find(ListKind(entity, plan)) : std::nullopt;
  if (!size) return std::max(guess, 1.0);
  return std::max(size->is_whole ? size->rows : std::max(size->rows, guess), 1.0);
}

double PagesOf(double rows, int page_size) { return std::max(1.0, std::ceil(rows / page_size)); }

double PagesOf(const Entity& entity, double rows, int page_size) {
  return entity.IsPaged() ? PagesOf(rows, PageSizeMax(entity, page_size)) : 1;
}

// What a list that stands below every parent is multiplied by.
struct Parents {
  double count = 1;
  double requests = 0;  // to list them
};

Parents ParentsOf(const Entity& entity, const EstimateInputs& inputs) {
  Parents parents;
  for (const Column& column : entity.columns) {
    if (!column.words.empty()) parents.count = static_cast<double>(column.words.size());
  }
  for (size_t i = entity.parent_lists.size(); i-- > 0;) {
    const ParentList& list = entity.parent_lists[i];
    const double rows = RowsOfWholeList(list.path, list.typical_rows, inputs);
    parents.requests += parents.count * PagesOf(rows, list.page_size_max);
    parents.count *= rows;
  }
  return parents;
}

Estimate EstimateList(const Entity& entity, const QueryPlan& plan, const EstimateInputs& inputs) {
  Estimate estimate;
  estimate.rows = RowsOfList(entity, plan, inputs);
  estimate.requests = PagesOf(entity, estimate.rows, inputs.page_size);
  if (plan.ComparesWithParents(entity)) ++estimate.requests;
  if (plan.FansOut(entity)) {
    const Parents parents = ParentsOf(entity, inputs);
    estimate.requests = parents.count * estimate.requests + parents.requests;
    estimate.rows *= parents.count;
  }
  if (plan.limit_argument > 0) estimate.requests = 1;
  return estimate;
}

// Whether the requests stay few however often the plan is run: look-ups that a scan can answer are never more than twice
// that scan (lookup_policy.h), and a list stands for its values in one request. Where the scan is short, it is the better.
bool IsBounded(const Entity& entity, const QueryPlan& plan, const EstimateInputs& inputs) {
  constexpr double kShortScan = 2;
  const auto is_bounded_list = [&](const PlanTerm& term) {
    return term.op == Op::kIn && entity.columns[static_cast<size_t>(term.column)].role != ColumnRole::kPath;
  };
  if (std::ranges::any_of(plan.terms, is_bounded_list)) return true;
  const std::optional<LookupPlan> lookup = PlanLookup(entity, plan);
  return lookup && EstimateList(entity, lookup->scan, inputs).requests > kShortScan;
}

// What one request of the plan costs. Where SQLite guesses how many rows a local table has, it takes it for a million, and
// so many look-ups for more than any scan. There a million bounded ones cost half a page, and requests so much that the
// local work which SQLite makes up does not count.
double CostOfRequest(const Entity& entity, const QueryPlan& plan, const EstimateInputs& inputs) {
  if (inputs.local_sizes_are_known) return kRequestCost;
  constexpr double kMoreThanGuessedRows = 1e3;
  constexpr double kGuessedRows = 1 << 20;
  const double cost = kRequestCost * kMoreThanGuessedRows;
  return IsBounded(entity, plan, inputs) ? cost / (2 * kGuessedRows) : cost;
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

// As often as a list has values, and at most what a scan of the same rows takes, where there is one for all of them.
double RequestsOfAllValues(const Entity& entity, const ValueList& list, double requests, const EstimateInputs& inputs) {
  const double all = requests * kValuesOfInList;
  if (NamesLists(entity, list.plan, list.argument)) return all;
  const std::optional<LookupPlan> lookup = PlanLookup(entity, list.plan, list.argument);
  return lookup ? std::min(all, EstimateList(entity, lookup->scan, inputs).requests) : all;
}

}  // namespace

double CostOf(double requests, double rows) { return requests * kRequestCost + rows * kRowCost; }

Estimate EstimateCost(const Entity& entity, const Predicate& predicate, const QueryPlan& plan,
                      const EstimateInputs& inputs) {
  Estimate estimate;
  const ValueList list = TakeAnyList(entity, plan);
  if (plan.access == QueryPlan::Access::kNone) {
    estimate.requests = 0;
  } else if (plan.access == QueryPlan::Access::kList) {
    estimate = EstimateList(entity, list.plan, inputs);
  }
  double requests = estimate.requests;
  if (list.argument > 0) {
    requests = RequestsOfAllValues(entity, list, requests, inputs);
    estimate.rows *= kValuesOfInList;
  }
  if (plan.reads_detail) {
    estimate.requests += estimate.rows;
    requests += estimate.rows;
  }
  estimate.cost = requests * CostOfRequest(entity, plan, inputs) + estimate.rows * kRowCost;
  if (ReadsOpenInput(entity, predicate, plan)) estimate.cost *= kCostOfOpenInput;
  return estimate;
}

ScanLength ExpectedScan(const Entity& entity, const QueryPlan& plan, const ListSizes* sizes, int page_size) {
  ScanLength length;
  if (sizes == nullptr) return length;
  const std::string kind = ListKind(entity, plan);
  const auto size = sizes->Find(kind);
  // Lists of one kind that stand below different parents, or are filtered by different values, are of different sizes.
  const bool is_one_list = kind == entity.list_path && kind.find('{') == std::string::npos;
  length.is_known = size && size->is_whole && is_one_list;
  length.pages = length.is_known ? PagesOf(entity, size->newest, page_size)
                                 : EstimateList(entity, plan, {.sizes = sizes, .page_size = page_size}).requests;
  return length;
}

}  // namespace infusionsoft
