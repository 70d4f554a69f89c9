// SPDX-License-Identifier: MIT
#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "filter.h"
#include "row_reader.h"
#include "sandbox.h"

namespace infusionsoft::sandbox {

using FreedomSet = std::bitset<kFreedoms>;

inline bool Has(const FreedomSet& set, Freedom freedom) { return set[static_cast<size_t>(freedom)]; }

// Case folding of ASCII and of the Latin-1 letters, in UTF-8.
std::string FoldCase(std::string_view text);

// Decides whether rows pass a filter, by looking at just the properties that it tests, in the same
// JSON that the list sends.
// What a value shows as a time: a text, or seconds since 1970.
std::optional<int64_t> InstantOf(const rapidjson::Value& value);
// A number, or a text that holds one.
std::optional<double> NumberOf(const rapidjson::Value& value);
// A text, or a number as it is written.
std::optional<std::string> WrittenText(const rapidjson::Value& value);

class RowMatcher {
 public:
  RowMatcher(const ListSpec& list, const std::vector<Clause>& clauses, const FreedomSet& freedoms);

  bool MatchesAll() const { return tests_.empty() && exclusions_.empty(); }
  bool Matches(const World& world, const RowRef& row);

 private:
  struct Test {
    const Clause* clause;
    JsonPath path;
  };
  struct Exclusion {
    JsonPath path;
    const rapidjson::Value* value;
  };
  bool Passes(const Test& test, const rapidjson::Value& row);
  bool PassesOne(const Clause& clause, const rapidjson::Value& value) const;
  bool TextMatches(const Clause& clause, std::string_view stored) const;

  FreedomSet freedoms_;
  std::vector<Test> tests_;
  std::vector<Exclusion> exclusions_;
  RowReader reader_;
  std::vector<const rapidjson::Value*> found_;
};

}  // namespace infusionsoft::sandbox
