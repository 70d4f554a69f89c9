// SPDX-License-Identifier: MIT
// Vocabulary: the words that profile files use for the enumerations of profile.h.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "profile/profile.h"

namespace infusionsoft {

template <typename Meaning>
using Word = std::pair<std::string_view, Meaning>;

inline constexpr auto kColumnTypeWords = std::to_array<Word<ColumnType>>({
    {"integer", ColumnType::kInteger},
    {"text", ColumnType::kText},
    {"real", ColumnType::kReal},
    {"boolean", ColumnType::kBoolean},
    {"time", ColumnType::kTime},
    {"date", ColumnType::kDate},
    {"json", ColumnType::kJson},
    {"money", ColumnType::kMoney},
    {"bytes", ColumnType::kBytes},
});

inline constexpr auto kColumnRoleWords = std::to_array<Word<ColumnRole>>({
    {"value", ColumnRole::kValue},
    {"path", ColumnRole::kPath},
    {"request", ColumnRole::kRequest},
});

inline constexpr auto kMatchWords = std::to_array<Word<Match>>({
    {"equals", Match::kEquals},
    {"set", Match::kSet},
    {"since", Match::kSince},
    {"until", Match::kUntil},
    {"compare", Match::kCompare},
    {"compare_time", Match::kCompareTime},
    {"enum", Match::kEnum},
    {"boolean", Match::kBoolean},
    {"flag", Match::kFlag},
});

inline constexpr auto kAnswerWords = std::to_array<Word<Answer>>({
    {"pages", Answer::kPages},
    {"array", Answer::kArray},
    {"object", Answer::kObject},
    {"offset", Answer::kOffset},
    {"text", Answer::kText},
});

inline constexpr auto kFieldsStyleWords = std::to_array<Word<FieldsStyle>>({
    {"none", FieldsStyle::kNone},
    {"exact", FieldsStyle::kExact},
    {"additive", FieldsStyle::kAdditive},
    {"optional", FieldsStyle::kOptional},
});

template <typename Words>
constexpr auto FindMeaning(const Words& words, std::string_view text) {
  std::optional<typename Words::value_type::second_type> found;
  for (const auto& [word, meaning] : words) {
    if (word == text) found = meaning;
  }
  return found;
}

template <typename Words>
constexpr std::string_view FindWord(const Words& words, typename Words::value_type::second_type meaning) {
  for (const auto& [word, known] : words) {
    if (known == meaning) return word;
  }
  return "unknown";
}

// "integer, text, real": what a message lists as allowed.
template <typename Words>
std::string ListWords(const Words& words) {
  std::string list;
  for (const auto& [word, meaning] : words) {
    if (!list.empty()) list += ", ";
    list += word;
  }
  return list;
}

}  // namespace infusionsoft
