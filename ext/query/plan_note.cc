// SPDX-License-Identifier: MIT
#include "query/plan_note.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace infusionsoft {
namespace {

// No path, filter or column name holds it.
constexpr std::string_view kNote = " -- ";
constexpr std::string_view kLocal = "only SQLite checks ";
constexpr std::string_view kAbout = "about ";
constexpr std::string_view kPartEnd = "; ";

std::string ConditionText(const Entity& entity, const Constraint& constraint) {
  const std::string name = constraint.column < 0 ? "rowid" : entity.columns[static_cast<size_t>(constraint.column)].name;
  return constraint.op == Op::kOther ? name : name + " " + std::string(OpText(constraint.op));
}

// SQLite makes the bounds of its own for email LIKE 'ann%': >= 'ANN' and < 'ano'.
bool IsBoundOfPrefix(const Predicate& predicate, const Constraint& bound) {
  if (bound.op != Op::kGreaterOrEqual && bound.op != Op::kLess) return false;
  return std::ranges::any_of(predicate.constraints, [&](const Constraint& other) {
    return other.column == bound.column && (other.op == Op::kLike || other.op == Op::kGlob);
  });
}

std::string LocalText(const Entity& entity, const Predicate& predicate, const PlannedQuery& planned) {
  std::string text;
  for (size_t i = 0; i < predicate.constraints.size(); ++i) {
    const Constraint& constraint = predicate.constraints[i];
    if (constraint.op == Op::kLimit || constraint.op == Op::kOffset) continue;
    // What is not known when this table is scanned is checked with the table that makes it known.
    if (planned.uses[i].is_sent || !constraint.usable || IsBoundOfPrefix(predicate, constraint)) continue;
    text += (text.empty() ? "" : ", ") + ConditionText(entity, constraint);
  }
  return text;
}

std::string RequestsText(const Predicate& predicate, const PlannedQuery& planned) {
  const auto requests = static_cast<int64_t>(std::ceil(planned.estimate.requests));
  std::string text = std::string(kAbout) + std::to_string(requests) + (requests == 1 ? " request" : " requests");
  for (size_t i = 0; i < predicate.constraints.size(); ++i) {
    const bool goes_by_value = planned.uses[i].is_sent && planned.uses[i].list != ListUse::kWhole;
    if (predicate.constraints[i].op != Op::kIn || !goes_by_value) continue;
    text += " for each value of the list";
    break;
  }
  return planned.plan.from_copy && requests > 0 ? text + ", where there is no copy" : text;
}

void Add(std::string& list, std::string_view item) {
  if (!list.empty()) list += ", ";
  list += item;
}

// "email LIKE ?2" -> "email LIKE"; "LIMIT ?3 OFFSET ?4" -> "LIMIT, OFFSET". Nothing of what is no condition: "each
// contacts.id".
std::string PushedText(std::string_view braces) {
  if (braces.ends_with(OpText(Op::kIsNull))) return std::string(braces);
  std::string text;
  size_t argument = braces.find(" ?");
  while (argument != std::string_view::npos) {
    Add(text, braces.substr(0, argument));
    const size_t next = braces.find(' ', argument + 1);
    braces = next == std::string_view::npos ? "" : braces.substr(next + 1);
    argument = braces.find(" ?");
  }
  return text;
}

std::string PushedOf(std::string_view request) {
  std::string pushed;
  constexpr std::string_view kOrder = "order_by=";
  for (size_t at = 0; at < request.size(); ++at) {
    if (request.substr(at).starts_with(kOrder)) {
      const std::string_view order = request.substr(at + kOrder.size());
      Add(pushed, "ORDER BY " + std::string(order.substr(0, order.find_first_of("& "))) +
                      (order.substr(0, order.find('&')).ends_with(" desc") ? " DESC" : ""));
    }
    if (request[at] != '{') continue;
    const size_t end = request.find('}', at);
    const std::string text = PushedText(request.substr(at + 1, end - at - 1));
    if (!text.empty()) Add(pushed, text);
    at = end;
  }
  return pushed;
}

}  // namespace

std::string PrintNote(const Entity& entity, const Predicate& predicate, const PlannedQuery& planned) {
  if (planned.plan.access == QueryPlan::Access::kNone) return "";
  const std::string local = LocalText(entity, predicate, planned);
  std::string note(kNote);
  if (!local.empty()) note += std::string(kLocal) + local + std::string(kPartEnd);
  return note + RequestsText(predicate, planned);
}

std::string_view WithoutNote(std::string_view text) { return text.substr(0, text.find(kNote)); }

std::optional<PlanSummary> SummarizePlan(std::string_view text) {
  PlanSummary summary;
  const std::string_view request = WithoutNote(text);
  const auto names = [&](std::string_view start) {
    return request.starts_with(start) || request.find(": " + std::string(start)) != std::string_view::npos;
  };
  const bool sends = names("GET /") || names("local copy of GET /");
  if (!sends && !request.starts_with(kNoRequest)) return std::nullopt;
  summary.request = sends ? request : kNoRequest;
  summary.pushed = PushedOf(request);
  std::string_view note = text.substr(request.size());
  if (note.starts_with(kNote)) note.remove_prefix(kNote.size());
  if (note.starts_with(kLocal)) {
    note.remove_prefix(kLocal.size());
    const size_t end = note.find(kPartEnd);
    summary.local = note.substr(0, end);
    note = end == std::string_view::npos ? "" : note.substr(end + kPartEnd.size());
  }
  if (note.starts_with(kAbout)) {
    note.remove_prefix(kAbout.size());
    summary.requests = ParseInt64(note.substr(0, note.find(' '))).value_or(0);
  }
  return summary;
}

}  // namespace infusionsoft
