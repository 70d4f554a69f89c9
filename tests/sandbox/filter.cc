// SPDX-License-Identifier: MIT
#include "filter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "iso_time.h"

namespace infusionsoft::sandbox {
namespace {

bool IsNameChar(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// Two-character operators come first, so that ">=" is not read as ">".
constexpr std::array<std::pair<std::string_view, Op>, 6> kOperators = {{
    {"==", Op::kEqual},
    {"!=", Op::kNotEqual},
    {">=", Op::kGreaterEqual},
    {"<=", Op::kLessEqual},
    {">", Op::kGreater},
    {"<", Op::kLess},
}};

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> out;
  while (true) {
    const size_t end = text.find(separator);
    out.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

bool Fail(std::string* error, std::string message) {
  *error = std::move(message);
  return false;
}

bool ReadText(Clause* clause, std::string* error) {
  const std::string& name = clause->spec->name;
  if (clause->text.ends_with('*')) {
    if (!clause->spec->wildcard) return Fail(error, name + " does not allow a wildcard");
    clause->prefix = true;
    clause->text.pop_back();
    if (clause->text.empty()) return Fail(error, name + " needs a text before the wildcard");
  }
  if (clause->text.find('*') != std::string::npos) {
    return Fail(error, "a wildcard may only end the value of " + name);
  }
  const bool control = std::any_of(clause->text.begin(), clause->text.end(), [](char c) { return c >= 0 && c < ' '; });
  return control ? Fail(error, "control character in " + name) : true;
}

bool ReadIds(Clause* clause, std::string* error) {
  const FilterSpec& spec = *clause->spec;
  for (const std::string& item : Split(clause->text, ',')) {
    uint64_t id = 0;
    if (!ParseId(item, &id)) return Fail(error, "'" + item + "' is not an id for " + spec.name);
    clause->ids.push_back(id);
  }
  if (spec.max_items != 0 && clause->ids.size() > spec.max_items) {
    return Fail(error, spec.name + " takes at most " + std::to_string(spec.max_items) + " ids");
  }
  return true;
}

bool ReadChoices(Clause* clause, bool several, std::string* error) {
  const FilterSpec& spec = *clause->spec;
  clause->choices = several ? Split(clause->text, ',') : std::vector{clause->text};
  for (const std::string& choice : clause->choices) {
    if (std::find(spec.choices.begin(), spec.choices.end(), choice) == spec.choices.end()) {
      return Fail(error, "'" + choice + "' is not a value of " + spec.name);
    }
  }
  return true;
}

bool ReadNumber(Clause* clause, std::string* error) {
  const std::string& text = clause->text;
  const auto [end, problem] =
      std::from_chars(text.data(), text.data() + text.size(), clause->number, std::chars_format::fixed);
  if (problem != std::errc() || end != text.data() + text.size()) {
    return Fail(error, "'" + text + "' is not a number for " + clause->spec->name);
  }
  return true;
}

bool ReadValue(Clause* clause, std::string* error) {
  const FilterSpec& spec = *clause->spec;
  if (clause->text.empty()) return Fail(error, spec.name + " has no value");
  if (!spec.sentinel.empty() && clause->text == spec.sentinel) {
    clause->sentinel = true;
    return true;
  }
  switch (spec.type) {
    case ValueType::kString:
      return ReadText(clause, error);
    case ValueType::kId: {
      if (!ReadIds(clause, error)) return false;
      return clause->ids.size() == 1 ? true : Fail(error, spec.name + " takes one id");
    }
    case ValueType::kIdList:
      return ReadIds(clause, error);
    case ValueType::kNumber:
      return ReadNumber(clause, error);
    case ValueType::kBoolean: {
      clause->truth = clause->text == "true";
      if (clause->truth || clause->text == "false") return true;
      return Fail(error, spec.name + " takes true or false");
    }
    case ValueType::kFlag: {
      clause->truth = clause->text == "1";
      if (clause->truth || clause->text == "0") return true;
      return Fail(error, spec.name + " takes 1 or 0");
    }
    case ValueType::kDateTime: {
      const std::optional<int64_t> millis = ParseFilterTime(clause->text);
      if (!millis) {
        return Fail(error, spec.name + " takes a time such as 2025-04-16T20:33:02.321Z");
      }
      clause->millis = *millis;
      return true;
    }
    case ValueType::kEnum:
      return ReadChoices(clause, false, error);
    case ValueType::kEnumList:
      return ReadChoices(clause, true, error);
    case ValueType::kStringList:
      clause->choices = Split(clause->text, ',');
      return true;
  }
  return false;
}

bool ReadClause(const ListSpec& list, std::string_view text, bool is_parameter, Clause* clause, std::string* error) {
  size_t end = 0;
  while (end < text.size() && IsNameChar(text[end])) ++end;
  const std::string name(text.substr(0, end));
  if (name.empty()) return Fail(error, "a clause has no field name");
  clause->spec = list.FindFilter(name);
  if (clause->spec == nullptr || clause->spec->is_parameter != is_parameter) {
    return Fail(error, "'" + name + "' is not a filter field");
  }
  text.remove_prefix(end);
  for (const auto& [symbol, op] : kOperators) {
    if (!text.starts_with(symbol)) continue;
    const auto& allowed = clause->spec->operators;
    if (std::find(allowed.begin(), allowed.end(), symbol) == allowed.end()) {
      return Fail(error, name + " does not allow " + std::string(symbol));
    }
    clause->op = op;
    clause->text = std::string(text.substr(symbol.size()));
    return ReadValue(clause, error);
  }
  return Fail(error, "no operator after " + name);
}

bool Uses(const std::vector<Clause>& clauses, const std::string& name) {
  return std::any_of(clauses.begin(), clauses.end(), [&name](const Clause& clause) { return clause.spec->name == name; });
}

// A field may occur again only as another bound of a comparison.
bool CheckRepeats(const std::vector<Clause>& clauses, std::string* error) {
  for (size_t i = 0; i < clauses.size(); ++i) {
    for (size_t j = i + 1; j < clauses.size(); ++j) {
      if (clauses[i].spec != clauses[j].spec) continue;
      const bool bounds =
          clauses[i].spec->matching == Matching::kCompare && clauses[i].op != Op::kEqual && clauses[j].op != Op::kEqual;
      if (!bounds) return Fail(error, clauses[i].spec->name + " occurs more than once");
    }
  }
  return true;
}

bool CheckCompany(const ListSpec& list, const std::vector<Clause>& clauses, std::string* error) {
  for (const std::vector<std::string>& group : list.exclusive) {
    const auto used =
        std::count_if(group.begin(), group.end(), [&clauses](const std::string& name) { return Uses(clauses, name); });
    if (used > 1) return Fail(error, group.front() + " and " + group.back() + " exclude each other");
  }
  for (const auto& [name, companions] : list.required) {
    if (!Uses(clauses, name)) continue;
    for (const std::string& companion : companions) {
      if (!Uses(clauses, companion)) return Fail(error, name + " requires " + companion);
    }
  }
  return true;
}

}  // namespace

bool ParseId(std::string_view text, uint64_t* id) {
  if (text.empty() || text.size() > 18) return false;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), *id);
  return problem == std::errc() && end == text.data() + text.size();
}

bool ParseFilter(const ListSpec& list, std::string_view text, std::vector<Clause>* clauses, std::string* error) {
  if (text.ends_with(';')) text.remove_suffix(1);
  for (const std::string& part : Split(text, ';')) {
    if (part.empty()) return Fail(error, "the filter has an empty clause");
    Clause clause;
    if (!ReadClause(list, part, false, &clause, error)) return false;
    clauses->push_back(std::move(clause));
  }
  return CheckRepeats(*clauses, error) && CheckCompany(list, *clauses, error);
}

bool ParseParameterClause(const ListSpec& list, std::string_view name, std::string_view value, std::vector<Clause>* clauses,
                          std::string* error) {
  Clause clause;
  if (!ReadClause(list, std::string(name) + "==" + std::string(value), true, &clause, error)) return false;
  clauses->push_back(std::move(clause));
  return true;
}

}  // namespace infusionsoft::sandbox
