// SPDX-License-Identifier: MIT
#include "query/other_spelling.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "base/time.h"

namespace infusionsoft {
namespace {

constexpr int64_t kMsPerDay = 86'400'000;

const Pushdown* FindOtherwise(const Entity& entity, std::string_view filter) {
  for (const Column& column : entity.columns) {
    for (const Pushdown& pushdown : column.pushdowns) {
      if (pushdown.filter == filter && !pushdown.is_parameter && pushdown.otherwise) return &pushdown;
    }
  }
  return nullptr;
}

// A date has no zone, and may mean its first instant: bounds go outwards, further than any zone is from UTC.
std::string DateOf(Match match, const std::string& time) {
  const auto bound = ParseTimestamp(time);
  if (!bound) return time;
  const int64_t ms = bound->ms + (match == Match::kSince ? -kMsPerDay : 2 * kMsPerDay);
  return FormatTimestamp(Timestamp{ms}).substr(0, std::string_view("2026-01-31").size());
}

std::string RespellClause(const Pushdown& pushdown, const std::string& clause) {
  const size_t name_end = pushdown.filter.size();
  const size_t value_at = std::min(clause.find_first_not_of("=<>!", name_end), clause.size());
  const Pushdown::Otherwise& other = *pushdown.otherwise;
  std::string value = clause.substr(value_at);
  const auto word = std::ranges::find(other.words, value, &std::pair<std::string, std::string>::first);
  if (word != other.words.end()) value = word->second;
  if (other.dates) value = DateOf(pushdown.match, value);
  return (other.filter.empty() ? pushdown.filter : other.filter) + clause.substr(name_end, value_at - name_end) + value;
}

// The filter with each contradicting clause as the other document has it; their names are added to `names`.
std::string RespellFilter(const Entity& entity, const std::string& filter, std::string& names) {
  std::vector<std::string> clauses;
  for (const std::string_view part : Split(filter, ';')) {
    std::string clause(part);
    const std::string name = clause.substr(0, clause.find_first_of("=<>!"));
    if (const Pushdown* pushdown = FindOtherwise(entity, name)) {
      std::string other = RespellClause(*pushdown, clause);
      if (other != clause) names += " " + name;
      clause = std::move(other);
    }
    clauses.push_back(std::move(clause));
  }
  return Join(clauses, ";");
}

bool HasMember(json::Value row, const std::string& field) {
  for (size_t i = 0; i < row.Size(); ++i) {
    if (EqualsIgnoreCase(row.MemberName(i), field)) return true;
  }
  return false;
}

}  // namespace

std::optional<OtherSpelling> Respell(const Entity& entity, const http::QueryParams& params) {
  OtherSpelling other;
  std::string names;
  for (const auto& [name, value] : params) {
    if (name == "filter") {
      other.params.emplace_back(name, RespellFilter(entity, value, names));
    } else if (entity.fields_may_repeat && name == FieldsParameter(entity) && value.find(',') != std::string::npos) {
      for (const std::string_view field : Split(value, ',')) {
        other.fields.emplace_back(field);
        other.params.emplace_back(name, other.fields.back());
      }
      names += " " + name;
    } else {
      other.params.emplace_back(name, value);
    }
  }
  if (names.empty()) return std::nullopt;
  other.name = entity.list_path + names;
  return other;
}

std::optional<size_t> CountMissing(const Entity& entity, const std::vector<std::string>& fields, json::Value answer) {
  std::vector<json::Value> rows;
  if (entity.IsSingle() || (!entity.items.empty() && answer.Member(entity.items).kind() == json::Value::Kind::kAbsent)) {
    rows.push_back(answer);  // an object by its key is one too
  } else {
    const json::Value items = entity.items.empty() ? answer : answer.Member(entity.items);
    for (size_t i = 0; i < items.Size(); ++i) rows.push_back(items.At(i));
  }
  if (rows.empty()) return std::nullopt;
  return static_cast<size_t>(std::ranges::count_if(fields, [&](const std::string& field) {
    return std::ranges::none_of(rows, [&](json::Value row) { return HasMember(row, field); });
  }));
}

}  // namespace infusionsoft
