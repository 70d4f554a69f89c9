// SPDX-License-Identifier: MIT
#include "query/advice.h"

#include <algorithm>
#include <vector>

namespace infusionsoft {
namespace {

constexpr size_t kMostNames = 3;

// "a", "a or b", "a, b or c"
std::string Alternatives(const std::vector<std::string>& names) {
  std::string text;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += names[i];
  }
  return text;
}

template <typename Predicate>
std::string NamesWhere(const Entity& entity, Predicate predicate) {
  std::vector<std::string> names;
  for (const Column& column : entity.columns) {
    if (names.size() < kMostNames && predicate(column)) names.push_back(column.name);
  }
  return Alternatives(names);
}

// The column whose single value the plan sends, and which takes a list: as the inner table of a join, or in a look-up.
std::string SingleValueOfList(const Entity& entity, const QueryPlan& plan) {
  for (const PlanTerm& term : plan.terms) {
    const Column& column = entity.columns[static_cast<size_t>(term.column)];
    if (term.op == Op::kEqual && column.TakesList()) return column.name;
  }
  return "";
}

}  // namespace

std::string AdviceFor(const Entity& entity, const QueryPlan& plan) {
  const auto is_sent = [&](const Column& column) {
    return std::ranges::any_of(
        plan.terms, [&](const PlanTerm& term) { return &entity.columns[static_cast<size_t>(term.column)] == &column; });
  };
  if (plan.FansOut(entity)) {
    const std::string open =
        NamesWhere(entity, [&](const Column& column) { return column.role == ColumnRole::kPath && !is_sent(column); });
    return "a value for " + open + " reads one list instead of one for each value there is";
  }
  if (plan.from_copy) return "a local copy takes the whole list, while without AutoCache a condition goes into the request";
  if (plan.reads_detail) {
    return "without " + NamesWhere(entity, [](const Column& column) { return column.detail; }) +
           " there is no request for each row";
  }
  if (const std::string column = SingleValueOfList(entity, plan); !column.empty()) {
    return column + " IN (SELECT ...) asks for many values at once";
  }
  const std::string pushable = NamesWhere(entity, [&](const Column& column) {
    return !column.pushdowns.empty() && column.role != ColumnRole::kRequest && !is_sent(column);
  });
  if (!pushable.empty()) return "a condition on " + pushable + " goes into the request";
  return "its requests carry no more conditions than these: copy the table once, with CREATE TABLE ... AS SELECT";
}

}  // namespace infusionsoft
