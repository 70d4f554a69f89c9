// SPDX-License-Identifier: MIT
#include "auth/structured_value.h"

#include <array>
#include <limits>
#include <set>
#include <vector>

#include "base/text.h"

namespace infusionsoft {
namespace {

struct Unit {
  std::string_view name;  // in lower case
  int shift;
};
constexpr std::array<Unit, 4> kUnits = {{{"gb", 30}, {"mb", 20}, {"kb", 10}, {"b", 0}}};

constexpr std::array<std::string_view, 3> kSupportNames = {"MaxAttempts", "ConnectTimeout", "MaxResponseSize"};
constexpr int kMostAttempts = 20;
constexpr int kLongestConnect = 3600;
constexpr int64_t kSmallestResponse = 1024;

std::string NameList(std::span<const std::string_view> names) {
  std::string list;
  for (const std::string_view name : names) list.append(list.empty() ? "" : ", ").append(name);
  return list;
}

std::string DidYouMean(std::string_view name, std::span<const std::string_view> names) {
  const std::string_view nearest = NearestName(name, names);
  return nearest.empty() ? "" : "; did you mean " + std::string(nearest) + "?";
}

Status ReadBounded(std::string_view name, std::string_view text, int64_t min, int64_t max, int64_t& value) {
  const auto number = ParseInt64(text);
  if (!number || *number < min || *number > max) {
    return InvalidArgument(std::string(name) + " must be a whole number from " + std::to_string(min) + " to " +
                           std::to_string(max));
  }
  value = *number;
  return Status();
}

Status ReadSupportSetting(std::string_view name, std::string_view text, SupportSettings& settings) {
  int64_t number = 0;
  if (EqualsIgnoreCase(name, "MaxAttempts")) {
    Status status = ReadBounded(kSupportNames[0], text, 1, kMostAttempts, number);
    if (status.ok()) settings.max_attempts = static_cast<int>(number);
    return status;
  }
  if (EqualsIgnoreCase(name, "ConnectTimeout")) {
    Status status = ReadBounded(kSupportNames[1], text, 1, kLongestConnect, number);
    if (status.ok()) settings.connect_timeout = std::chrono::seconds(number);
    return status;
  }
  return ReadSize(text, kSmallestResponse, settings.max_response_bytes).WithContext(kSupportNames[2]);
}

}  // namespace

Status ReadSize(std::string_view text, int64_t min, int64_t& bytes) {
  int shift = 0;
  const std::string lower = AsciiLower(text);
  std::string_view digits = lower;
  for (const Unit& unit : kUnits) {
    if (!digits.ends_with(unit.name)) continue;
    digits = Trim(digits.substr(0, digits.size() - unit.name.size()));
    shift = unit.shift;
    break;
  }
  const auto number = ParseInt64(digits);
  if (!number || *number < 0 || *number > (std::numeric_limits<int64_t>::max() >> shift)) {
    return InvalidArgument("the value must be a size: a number of bytes, or one with KB, MB or GB behind it, such as 100MB");
  }
  if (*number << shift < min) return InvalidArgument("the value must not be less than " + std::to_string(min) + " bytes");
  bytes = *number << shift;
  return Status();
}

std::string FormatSize(int64_t bytes) {
  for (const Unit& unit : kUnits) {
    if (unit.shift == 0 || bytes == 0 || bytes % (int64_t{1} << unit.shift) != 0) continue;
    std::string name(unit.name);
    for (char& c : name) c = static_cast<char>(c - 'a' + 'A');
    return std::to_string(bytes >> unit.shift) + name;
  }
  return std::to_string(bytes);
}

Status ReadLogModules(std::string_view text, int64_t& modules) {
  modules = 0;
  for (const std::string_view part : Split(text, ',')) {
    const std::string_view name = Trim(part);
    if (name.empty()) continue;
    int64_t found = EqualsIgnoreCase(name, "all") ? kAllLogModules : 0;
    for (size_t i = 0; i < kLogModules.size(); ++i) {
      if (EqualsIgnoreCase(name, kLogModules[i])) found = int64_t{1} << i;
    }
    if (found == 0) {
      return InvalidArgument("there is no such module; the value must be all, or a list of " + NameList(kLogModules) +
                             DidYouMean(name, kLogModules));
    }
    modules |= found;
  }
  if (modules != 0) return Status();
  return InvalidArgument("the value must be all, or a list of " + NameList(kLogModules));
}

std::string FormatLogModules(int64_t modules) {
  if (modules == kAllLogModules) return "all";
  std::vector<std::string_view> names;
  for (size_t i = 0; i < kLogModules.size(); ++i) {
    if ((modules >> i & 1) != 0) names.push_back(kLogModules[i]);
  }
  return NameList(names);
}

Status ReadPseudoColumns(std::string_view text, PseudoColumns& columns) {
  const auto pairs = SplitConnectionString(text);
  if (!pairs) return pairs.status();
  for (const PropertyText& pair : *pairs) {
    for (const std::string_view part : Split(pair.value, ',')) {
      if (Trim(part).empty()) return InvalidArgument("a column is missing behind a table; write Table=Column, or *=*");
      columns.emplace_back(pair.name, Trim(part));
    }
  }
  return Status();
}

std::string FormatPseudoColumns(const PseudoColumns& columns) {
  std::string text;
  for (const auto& [table, column] : columns) text.append(text.empty() ? "" : ";").append(table + "=" + column);
  return text;
}

Status ReadSupportSettings(std::string_view text, SupportSettings& settings) {
  const auto pairs = SplitConnectionString(text);
  if (!pairs) return pairs.status();
  std::set<std::string> seen;
  for (const PropertyText& pair : *pairs) {
    bool known = false;
    for (const std::string_view name : kSupportNames) known = known || EqualsIgnoreCase(pair.name, name);
    if (!known) {
      return InvalidArgument("there is no such setting; known are " + NameList(kSupportNames) +
                             DidYouMean(pair.name, kSupportNames));
    }
    if (!seen.insert(AsciiLower(pair.name)).second) return InvalidArgument("a setting is given twice");
    if (Status status = ReadSupportSetting(pair.name, pair.value, settings); !status.ok()) return status;
  }
  return Status();
}

std::string FormatSupportSettings(const SupportSettings& settings) {
  const SupportSettings usual;
  std::string text;
  const auto add = [&](std::string_view name, const std::string& value) {
    text.append(text.empty() ? "" : ";").append(name).append("=").append(value);
  };
  if (settings.max_attempts != usual.max_attempts) add(kSupportNames[0], std::to_string(settings.max_attempts));
  if (settings.connect_timeout != usual.connect_timeout) {
    add(kSupportNames[1], std::to_string(settings.connect_timeout.count()));
  }
  if (settings.max_response_bytes != usual.max_response_bytes) {
    add(kSupportNames[2], FormatSize(settings.max_response_bytes));
  }
  return text;
}

}  // namespace infusionsoft
