// SPDX-License-Identifier: MIT
#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "json/document.h"

namespace infusionsoft::json {
namespace {

Status BadPath(std::string_view path, const char* what) {
  return InvalidArgument("JSON path \"" + Excerpt(path, 100) + "\": " + what);
}

bool IsNumber(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool EqualsSelector(Value value, const std::string& text, const std::optional<int64_t>& integer) {
  switch (value.kind()) {
    case Value::Kind::kString:
      return value.String() == text;
    case Value::Kind::kInteger:
      return integer && value.Integer() == *integer;
    case Value::Kind::kReal: {
      const auto number = integer ? ParseNumber(value.Text()) : std::nullopt;
      return number && number->is_integer && number->integer == *integer;
    }
    default:
      return false;
  }
}

}  // namespace

Result<Path> Path::Compile(std::string_view text) {
  Path path;
  path.text_ = text;
  std::string_view rest = text;
  while (!rest.empty()) {
    const bool first = rest.size() == text.size();
    if (rest.front() == '[') {
      const size_t close = rest.find(']');
      if (close == std::string_view::npos) return BadPath(text, "a '[' has no ']'");
      auto step = CompileSelector(text, rest.substr(1, close - 1));
      if (!step) return std::move(step).status();
      path.steps_.push_back(*std::move(step));
      rest.remove_prefix(close + 1);
      if (!rest.empty() && rest.front() != '.' && rest.front() != '[')
        return BadPath(text, "after ']' comes '.', '[' or the end");
      continue;
    }
    if (!first) rest.remove_prefix(1);  // the dot: a member ends only there or at '['
    Step step;
    step.member = rest.substr(0, rest.find_first_of(".["));
    if (step.member.empty()) return BadPath(text, "a member name is empty");
    if (step.member.find(']') != std::string::npos) return BadPath(text, "a ']' has no '['");
    rest.remove_prefix(step.member.size());
    path.steps_.push_back(std::move(step));
  }
  return path;
}

Result<Path::Step> Path::CompileSelector(std::string_view path, std::string_view selector) {
  Step step;
  const size_t equals = selector.find('=');
  if (equals == std::string_view::npos) {
    const auto index = IsNumber(selector) ? ParseInt64(selector) : std::nullopt;
    if (!index) return BadPath(path, "between '[' and ']' stands a number or member=text");
    step.index = static_cast<size_t>(*index);
    return step;
  }
  step.selector_member = selector.substr(0, equals);
  step.selector_text = selector.substr(equals + 1);
  if (step.selector_member.empty() || step.selector_text.empty()) {
    return BadPath(path, "a selector needs a member and a text: [field=EMAIL1]");
  }
  // 007 is a text only: the number 7 is never written so.
  const auto integer = ParseInt64(step.selector_text);
  if (integer && std::to_string(*integer) == step.selector_text) step.selector_integer = integer;
  return step;
}

Value Path::Find(Value from) const {
  for (const Step& step : steps_) {
    if (!step.member.empty()) {
      from = from.Member(step.member);
    } else if (step.selector_member.empty()) {
      from = from.At(step.index);
    } else {
      from = FindSelected(from, step);
    }
  }
  return from;
}

Value Path::FindSelected(Value from, const Step& step) {
  if (from.kind() != Value::Kind::kArray) return Value();
  const size_t size = from.Size();
  for (size_t i = 0; i < size; ++i) {
    const Value element = from.At(i);
    if (EqualsSelector(element.Member(step.selector_member), step.selector_text, step.selector_integer)) return element;
  }
  return Value();
}

std::string_view Path::head() const { return steps_.empty() ? "" : std::string_view(steps_.front().member); }

}  // namespace infusionsoft::json
