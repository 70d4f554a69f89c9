// SPDX-License-Identifier: MIT
#include "sqlite/patterns.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "base/text.h"
#include "sqlite/sql_words.h"

namespace infusionsoft::sqlite {
namespace {

bool IsOneOf(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view each) { return EqualsIgnoreCase(word, each); });
}

constexpr std::array<std::string_view, 3> kOuter = {"LEFT", "RIGHT", "FULL"};
constexpr std::array<std::string_view, 2> kPatterns = {"LIKE", "GLOB"};
// What ends an ON that it does not stand within. Another join has an ON of its own.
// WINDOW is no reserved word: a column may be called so, and behind a clause of that name a pattern is merely not sent.
constexpr std::array<std::string_view, 8> kAfterOn = {"WHERE", "GROUP", "HAVING", "ORDER",
                                                      "LIMIT", "UNION", "EXCEPT", "INTERSECT"};

bool IsPattern(const PlanTerm& term) { return term.op == Op::kLike || term.op == Op::kGlob; }

// Nothing tells which of several running statements the scan is of, so they are all looked at.
bool ArePatternsCertain(sqlite3* handle) {
  for (sqlite3_stmt* each = sqlite3_next_stmt(handle, nullptr); each != nullptr; each = sqlite3_next_stmt(handle, each)) {
    if (sqlite3_stmt_busy(each) == 0) continue;
    const char* sql = sqlite3_sql(each);
    if (sql == nullptr || PatternsIn(sql) != Patterns::kInWhere) return false;
  }
  return true;
}

}  // namespace

Patterns PatternsIn(const char* sql) {
  SqlWords words(sql);
  bool has_outer_join = false;
  bool has_pattern = false;
  bool has_pattern_in_on = false;
  int depth = 0;
  int on_depth = -1;  // of the ON that goes on; -1: none
  while (!words.AtEnd()) {
    const std::string word = words.Next();
    if (words.was_quoted()) {  // a function's name may be: "like"('a%', x)
      has_pattern_in_on = has_pattern_in_on || (on_depth >= 0 && IsOneOf(word, kPatterns));
      continue;
    }
    if (word == "(") ++depth;
    if (word == ")") --depth;
    const bool ends_on = depth < on_depth || (depth == on_depth && IsOneOf(word, kAfterOn));
    if (ends_on) on_depth = -1;
    if (EqualsIgnoreCase(word, "ON") && on_depth < 0) on_depth = depth;
    has_outer_join = has_outer_join || IsOneOf(word, kOuter);
    if (!IsOneOf(word, kPatterns)) continue;
    has_pattern = true;
    has_pattern_in_on = has_pattern_in_on || on_depth >= 0;
  }
  if (has_outer_join && has_pattern_in_on) return Patterns::kInOuterJoin;
  return has_pattern ? Patterns::kInWhere : Patterns::kNone;
}

void DropUncertainPatterns(sqlite3* handle, QueryPlan& plan) {
  if (std::ranges::none_of(plan.terms, IsPattern) || ArePatternsCertain(handle)) return;
  std::erase_if(plan.terms, IsPattern);
}

}  // namespace infusionsoft::sqlite
