// SPDX-License-Identifier: MIT
#include "request_check.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>

#include "base/text.h"
#include "base/time.h"

namespace infusionsoft::official {
namespace {

using Refusal = std::optional<std::string>;

bool Contains(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool IsDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool IsDecimal(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  return error == std::errc() && end == text.data() + text.size();
}

// Every sound example is a whole timestamp: date-only values are refused where the document says what is.
bool IsTime(std::string_view text) { return text.find('T') != std::string_view::npos && ParseTimestamp(text).has_value(); }

bool IsNumeric(const Filter& filter) {
  return filter.Allows("<") || filter.type == "Long" || filter.type == "Integer" || filter.type == "Double" ||
         filter.type == "Number";
}

Refusal RefuseMember(const Filter& filter, std::string_view value) {
  if (value.empty()) return "an empty value";
  if (!filter.words.empty() && !Contains(filter.words, value)) return "a word that is not listed";
  if (filter.is_set && filter.name.ends_with("ids") && !IsDigits(value)) return "an id that is no number";
  return std::nullopt;
}

Refusal RefuseValue(const Filter& filter, std::string_view value) {
  if (value == "NONE" || value == "UNASSIGNED") {
    return value == filter.none ? std::nullopt : Refusal("a word for rows without a value that is not documented");
  }
  if (filter.is_set) {
    const std::vector<std::string> members = SplitList(value, ',');
    if (filter.max_items > 0 && members.size() > filter.max_items) return "more members than the list may have";
    for (const std::string& member : members) {
      if (Refusal refusal = RefuseMember(filter, member)) return refusal;
    }
    return std::nullopt;
  }
  if (const size_t star = value.find('*'); star != std::string_view::npos) {
    if (!filter.takes_prefix || star + 1 != value.size() || star == 0) return "a wildcard that is not documented";
  }
  if (filter.is_boolean && value != "true" && value != "false") return "neither true nor false";
  if (filter.name.ends_with("_time") && !IsTime(value)) return "no timestamp";
  if (IsNumeric(filter) && !IsDecimal(value)) return "no number";
  if ((filter.name == "id" || filter.name.ends_with("_id")) && !IsDigits(value)) return "an id that is no number";
  return RefuseMember(filter, value);
}

// A filter may stand twice only as two bounds.
bool AreBounds(const std::string& a, const std::string& b) { return a.front() != b.front() && a != "==" && b != "=="; }

Refusal RefuseFilter(const Operation& operation, std::string_view text) {
  std::map<std::string, std::string> operators;
  for (const Clause& clause : SplitFilter(text)) {
    const std::string what = "filter " + clause.name + ": ";
    const Filter* filter = operation.FindFilter(clause.name);
    if (filter == nullptr) return what + "not documented";
    if (!filter->Allows(clause.op)) return what + "operator " + clause.op;
    if (const Refusal refusal = RefuseValue(*filter, clause.value)) return what + *refusal;
    const auto [known, is_first] = operators.emplace(clause.name, clause.op);
    if (!is_first && !AreBounds(known->second, clause.op)) return what + "stands twice";
  }
  for (const auto& [name, op] : operators) {
    for (const std::string& required : operation.FindFilter(name)->required) {
      if (!operators.contains(required)) return "filter " + name + " without " + required;
    }
  }
  for (const std::vector<std::string>& group : operation.exclusive) {
    const auto stands = [&](const std::string& name) { return operators.contains(name); };
    if (std::ranges::all_of(group, stands)) return "filters that exclude each other";
  }
  return std::nullopt;
}

Refusal RefuseOrder(const Operation& operation, const std::string& text) {
  const std::vector<std::string> words = SplitList(text, ' ');
  const bool is_order =
      words.size() == 2 && Contains(operation.order_by, words[0]) && (words[1] == "asc" || words[1] == "desc");
  return is_order ? std::nullopt : Refusal("order_by " + text);
}

Refusal RefuseFields(const Operation& operation, const std::string& text) {
  for (const std::string& name : SplitList(text, ',')) {
    if (!Contains(operation.fields, name)) return "fields " + name;
  }
  return std::nullopt;
}

Refusal RefuseParameter(const Parameter& parameter, const std::string& value) {
  if (value.empty()) return parameter.name + ": empty";
  if (parameter.type == "integer") {
    if (!IsDigits(value)) return parameter.name + ": no number";
    const int64_t number = ParseInt64(value).value_or(-1);
    if (number < parameter.min.value_or(0) || number > parameter.max.value_or(INT64_MAX))
      return parameter.name + ": out of bounds";
  }
  if (parameter.type == "boolean" && value != "true" && value != "false") return parameter.name + ": neither true nor false";
  if (parameter.type != "array" && !parameter.words.empty() && !Contains(parameter.words, value))
    return parameter.name + ": " + value;
  return std::nullopt;
}

// {x} of a segment is filled by anything but nothing: {file_id}:data matches 7:data.
bool MatchesSegment(std::string_view pattern, std::string_view segment) {
  const size_t open = pattern.find('{');
  if (open == std::string_view::npos) return pattern == segment;
  const std::string_view before = pattern.substr(0, open);
  const std::string_view after = pattern.substr(pattern.find('}') + 1);
  return segment.size() > before.size() + after.size() && segment.starts_with(before) && segment.ends_with(after);
}

bool Matches(const std::string& pattern, std::string_view path) {
  const std::vector<std::string> wanted = SplitList(pattern, '/');
  const std::vector<std::string> given = SplitList(path, '/');
  return std::ranges::equal(wanted, given, [](const std::string& a, const std::string& b) { return MatchesSegment(a, b); });
}

}  // namespace

const Operation* MatchPath(std::string_view path) {
  const Operation* best = nullptr;
  size_t best_literal = 0;
  for (const Operation& operation : Operations()) {
    if (!Matches(operation.path, path)) continue;
    // model is a path of its own, not the contact with the number "model".
    const std::string bare = WithoutNames(operation.path);
    const size_t literal = bare.size() - 2 * static_cast<size_t>(std::ranges::count(bare, '{'));
    if (best == nullptr || literal > best_literal) {
      best = &operation;
      best_literal = literal;
    }
  }
  return best;
}

std::optional<std::string> WhyRefused(const Operation& operation, const http::QueryParams& params) {
  std::map<std::string, std::string> seen;
  for (const auto& [name, value] : params) {
    const Parameter* parameter = operation.FindParameter(name);
    if (parameter == nullptr) return "parameter " + name + ": not documented";
    if (!seen.emplace(name, value).second && !parameter->repeats) return "parameter " + name + ": stands twice";
    if (parameter->repeats && value.find(',') != std::string::npos) return std::string(kSpelling) + name;
    Refusal refusal = RefuseParameter(*parameter, value);
    if (!refusal && name == "filter") refusal = RefuseFilter(operation, value);
    if (!refusal && name == "order_by") refusal = RefuseOrder(operation, value);
    if (!refusal && name == "fields") refusal = RefuseFields(operation, value);
    if (refusal) return refusal;
  }
  return std::nullopt;
}

std::vector<Clause> SplitFilter(std::string_view filter) {
  std::vector<Clause> clauses;
  for (const std::string& text : SplitList(filter, ';')) {
    const size_t at = text.find_first_of("=!<>");
    if (at == std::string::npos) {
      clauses.push_back({text, "", ""});
      continue;
    }
    const size_t length = at + 1 < text.size() && text[at + 1] == '=' ? 2 : 1;
    clauses.push_back({text.substr(0, at), text.substr(at, length), text.substr(at + length)});
  }
  return clauses;
}

std::vector<std::string> SplitList(std::string_view list, char separator) {
  std::vector<std::string> parts;
  for (size_t end = 0; end != std::string_view::npos; list.remove_prefix(std::min(list.size(), end + 1))) {
    end = list.find(separator);
    parts.emplace_back(list.substr(0, end));
  }
  return parts;
}

}  // namespace infusionsoft::official
