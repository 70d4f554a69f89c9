// SPDX-License-Identifier: MIT
#include "query/access_path.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "query/copy_plan.h"
#include "query/plan_note.h"

namespace infusionsoft {
namespace {

// What separates the name of another table from the plan. No path holds it.
constexpr std::string_view kSeparator = ": ";

// How many values an IN list has that are asked for one by one: an assumption.
constexpr double kRoundsOfInList = 25;

// Whether `other` needs fewer requests than `own`. One that takes a whole list is compared with all the rounds that the list
// takes otherwise; without such a list a scan of the other table could be any number of times longer than the rounds.
bool IsCheaper(const PlannedQuery& other, const PlannedQuery& own) {
  if (!other.possible || !own.possible) return other.possible;
  double own_requests = own.estimate.requests;
  for (size_t i = 0; i < own.uses.size(); ++i) {
    const ConstraintUse& use = own.uses[i];
    if (other.uses[i].list == ListUse::kWhole && use.argument != 0 && use.list != ListUse::kWhole)
      own_requests *= kRoundsOfInList;
  }
  return other.estimate.requests < own_requests;
}

// `predicate` in terms of another table's columns, or nothing when it uses one that is not there.
std::optional<Predicate> Translate(const Predicate& predicate, const std::vector<int>& columns) {
  Predicate translated = predicate;
  translated.columns_used = 0;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (!predicate.Uses(static_cast<int>(i))) continue;
    if (columns[i] < 0) return std::nullopt;
    translated.columns_used |= uint64_t{1} << std::min(columns[i], 63);
  }
  // The rowid is made of another key than the source's own.
  for (Constraint& constraint : translated.constraints) {
    if (constraint.op == Op::kLimit || constraint.op == Op::kOffset) continue;
    if (constraint.column == kRowIdColumn) return std::nullopt;
    constraint.column = columns[static_cast<size_t>(constraint.column)];
    if (constraint.column < 0) return std::nullopt;
  }
  for (OrderTerm& term : translated.order_by) {
    if (term.column == kRowIdColumn) return std::nullopt;
    term.column = columns[static_cast<size_t>(term.column)];
    if (term.column < 0) return std::nullopt;
  }
  return translated;
}

}  // namespace

std::vector<int> ColumnsIn(const Entity& source, const Entity& entity) {
  std::vector<int> columns(entity.columns.size(), -1);
  const auto path = std::ranges::find(entity.access_paths, source.name, &AccessPath::table);
  for (size_t i = 0; i < columns.size(); ++i) {
    const std::string& name = entity.columns[i].name;
    if (&source == &entity) {
      columns[i] = static_cast<int>(i);
    } else if (path != entity.access_paths.end() && std::ranges::find(path->columns, name) != path->columns.end()) {
      columns[i] = source.FindColumn(name);
    }
  }
  return columns;
}

PlannedAccess PlanAccess(const Entity& entity, const Profile& profile, const Predicate& predicate,
                         const PlannerOptions& options) {
  const auto plan = [&](const Entity& of, const Predicate& what) {
    return options.from_copies ? PlanCopyQuery(of, what) : PlanQuery(of, what, options);
  };
  PlannedAccess best{&entity, plan(entity, predicate)};
  for (const AccessPath& path : entity.access_paths) {
    const Entity* source = profile.Find(path.table);
    if (source == nullptr) continue;
    const std::optional<Predicate> translated = Translate(predicate, ColumnsIn(*source, entity));
    if (!translated) continue;
    PlannedQuery planned = plan(*source, *translated);
    if (IsCheaper(planned, best.planned)) best = {source, std::move(planned)};
  }
  return best;
}

std::string PrintAccess(const Entity& entity, const Entity& source, const QueryPlan& plan) {
  const std::string text = PrintPlan(source, plan);
  return source.name == entity.name ? text : source.name + std::string(kSeparator) + text;
}

Result<Access> ParseAccess(const Entity& entity, const Profile& profile, std::string_view text) {
  const Entity* source = &entity;
  text = WithoutNote(text);
  const size_t colon = text.find(kSeparator);
  if (!text.starts_with("GET ") && colon != std::string_view::npos) {
    source = profile.Find(text.substr(0, colon));
    text.remove_prefix(colon + kSeparator.size());
  }
  if (source == nullptr) return Status(StatusCode::kInternal, "a plan for an unknown table");
  Result<QueryPlan> plan = ParsePlan(*source, text);
  if (!plan) return std::move(plan).status();
  return Access{source, *std::move(plan)};
}

}  // namespace infusionsoft
