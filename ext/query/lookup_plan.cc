// SPDX-License-Identifier: MIT
#include "query/lookup_plan.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace infusionsoft {
namespace {

enum class Comparison { kAsNumber, kAsText, kUnknown };

Comparison ComparisonOf(const Column& column) {
  switch (column.type) {
    case ColumnType::kInteger:
    case ColumnType::kReal:
    case ColumnType::kBoolean:
    case ColumnType::kMoney:
      return Comparison::kAsNumber;
    case ColumnType::kText:
    case ColumnType::kTime:
    case ColumnType::kDate:
      return Comparison::kAsText;
    default:
      return Comparison::kUnknown;
  }
}

bool IsLookUp(const QueryPlan& plan, const PlanTerm& term, const Column& column) {
  if (column.role != ColumnRole::kValue || term.argument == 0) return false;
  if (plan.access == QueryPlan::Access::kGet) return true;
  return !term.filter.empty() && (term.op == Op::kEqual || term.op == Op::kEqualNoCase);
}

// Whether the rows of a scan with these fields have the column's value.
bool IsShown(const Column& column, const QueryPlan& plan) {
  if (column.detail) return false;
  return column.field.empty() || std::ranges::find(plan.fields, column.field) != plan.fields.end();
}

bool IsUnique(const Entity& entity, const LookupPlan& lookup) {
  const auto is_given = [&](const std::string& name) {
    const int index = entity.FindColumn(name);
    const auto is_sought = [&](const PlanTerm& term) { return term.column == index; };
    if (entity.columns[static_cast<size_t>(index)].type != ColumnType::kInteger) return false;
    return std::ranges::any_of(lookup.sought, is_sought) || lookup.scan.PathTerm(entity, name) != nullptr;
  };
  return !entity.IsNested() && std::ranges::all_of(entity.key, is_given);
}

std::string TextOfNumber(double number) {
  constexpr double kInt64Limit = 9223372036854775808.0;
  const bool is_whole = std::floor(number) == number && std::abs(number) < kInt64Limit;
  return is_whole ? "i" + std::to_string(static_cast<int64_t>(number)) : "r" + FormatDouble(number);
}

}  // namespace

bool NamesLists(const Entity& entity, const QueryPlan& plan, int list_argument) {
  return std::ranges::any_of(plan.terms, [&](const PlanTerm& term) {
    const bool is_path = entity.columns[static_cast<size_t>(term.column)].role == ColumnRole::kPath;
    return list_argument > 0 && term.argument == list_argument && is_path;
  });
}

std::optional<LookupPlan> PlanLookup(const Entity& entity, const QueryPlan& plan, int list_argument) {
  const bool takes_all = list_argument == 0 || NamesLists(entity, plan, list_argument);
  if (entity.key.empty() || entity.IsSingle() || (plan.order && entity.IsNested())) return std::nullopt;
  LookupPlan lookup;
  lookup.scan = plan;
  lookup.scan.access = QueryPlan::Access::kList;
  lookup.scan.terms.clear();
  lookup.scan.picks.clear();
  lookup.sought = plan.picks;
  lookup.scan.order.reset();
  lookup.scan.limit_argument = lookup.scan.offset_argument = 0;
  for (const PlanTerm& term : plan.terms) {
    const Column& column = entity.columns[static_cast<size_t>(term.column)];
    const bool is_taken = takes_all || term.argument == list_argument;
    if (!is_taken || !IsLookUp(plan, term, column)) {
      lookup.scan.terms.push_back(term);
      continue;
    }
    if (!CanBeSought(column, plan)) return std::nullopt;
    // Equality with a time is two bounds of one column. Of two equalities one is enough: SQLite checks the other.
    if (std::ranges::find(lookup.sought, term.column, &PlanTerm::column) == lookup.sought.end())
      lookup.sought.push_back(term);
  }
  if (lookup.sought.empty() || lookup.scan.FansOut(entity) || lookup.scan.ComparesWithParents(entity)) return std::nullopt;
  lookup.is_unique = IsUnique(entity, lookup);
  return lookup;
}

std::optional<ParentLookup> PlanParentLookup(const Entity& entity, const Profile& profile, const QueryPlan& plan) {
  const auto is_path = [](const Column& column) { return column.role == ColumnRole::kPath; };
  const Entity* parent = profile.Find(entity.Parent());
  if (plan.access != QueryPlan::Access::kList || parent == nullptr || parent->HasPathColumn()) return std::nullopt;
  // A list may leave out what is there: that of users, the inactive ones. A parent that it leaves out is not absent.
  if (parent->get_path.empty() || std::ranges::any_of(parent->columns, &Column::widens)) return std::nullopt;
  if (std::ranges::count_if(entity.columns, is_path) != 1 || plan.FansOut(entity) || plan.ComparesWithParents(entity))
    return std::nullopt;
  const auto path_column = std::ranges::find_if(entity.columns, is_path);
  ParentLookup result;
  result.parent = parent;
  result.path_column = static_cast<int>(path_column - entity.columns.begin());
  const int key = parent->FindColumn(path_column->from_column);
  const Column& key_column = parent->columns[static_cast<size_t>(key)];
  QueryPlan parents;
  parents.access = QueryPlan::Access::kGet;  // one parent by its key, of which PlanLookup makes the list of all
  parents.terms.push_back({key, Op::kEqual, 1, ""});
  if (parent->fields_style != FieldsStyle::kNone && !key_column.field.empty()) parents.fields.push_back(key_column.field);
  std::optional<LookupPlan> lookup = PlanLookup(*parent, parents);
  if (!lookup) return std::nullopt;
  result.lookup = *std::move(lookup);
  return result;
}

bool CanBeSought(const Column& column, const QueryPlan& plan) {
  return ComparisonOf(column) != Comparison::kUnknown && IsShown(column, plan);
}

// Where SQLite applies an affinity to the other side of a comparison, ReadValue has done so: what is still text cannot equal
// a number, and what is a number is compared with text columns in more ways than one.
std::optional<std::string> EqualityKey(const Column& column, const SqlValue& value) {
  const Comparison comparison = ComparisonOf(column);
  if (comparison == Comparison::kAsNumber) {
    if (value.kind == SqlValue::Kind::kInteger) return "i" + std::to_string(value.integer);
    if (value.kind == SqlValue::Kind::kReal) return TextOfNumber(value.real);
    return std::nullopt;
  }
  if (comparison == Comparison::kUnknown || value.kind != SqlValue::Kind::kText) return std::nullopt;
  // NOCASE folds ASCII, RTRIM ignores spaces at the end.
  const size_t end = value.text.find_last_not_of(' ');
  return "t" + AsciiLower(std::string_view(value.text).substr(0, end == std::string::npos ? 0 : end + 1));
}

}  // namespace infusionsoft
