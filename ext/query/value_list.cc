// SPDX-License-Identifier: MIT
#include "query/value_list.h"

#include <algorithm>

namespace infusionsoft {
namespace {

ValueList Take(const Entity& entity, const QueryPlan& plan, int argument) {
  ValueList list{plan, argument};
  std::erase_if(list.plan.terms,
                [&](const PlanTerm& term) { return GoesByValue(entity, term) && term.argument != argument; });
  for (PlanTerm& term : list.plan.terms) {
    if (GoesByValue(entity, term)) term.op = Op::kEqual;
  }
  return list;
}

}  // namespace

bool GoesByValue(const Entity& entity, const PlanTerm& term) {
  if (term.op != Op::kIn) return false;
  const Pushdown* pushdown = FindPushdown(entity.columns[static_cast<size_t>(term.column)], term.filter);
  return pushdown == nullptr || pushdown->match != Match::kSet;
}

ValueList TakeShortestList(const Entity& entity, const QueryPlan& plan, const std::vector<Argument>& arguments) {
  int shortest = 0;
  const auto size = [&](int argument) { return arguments[static_cast<size_t>(argument) - 1].size(); };
  for (const PlanTerm& term : plan.terms) {
    if (GoesByValue(entity, term) && (shortest == 0 || size(term.argument) < size(shortest))) shortest = term.argument;
  }
  return Take(entity, plan, shortest);
}

ValueList TakeAnyList(const Entity& entity, const QueryPlan& plan) {
  const auto found = std::ranges::find_if(plan.terms, [&](const PlanTerm& term) { return GoesByValue(entity, term); });
  return Take(entity, plan, found == plan.terms.end() ? 0 : found->argument);
}

}  // namespace infusionsoft
