// SPDX-License-Identifier: MIT
// Breaks: what the documents do not promise to keep. Under a freedom a client must give right answers; under a break, a
// right answer or an error that names the cause.
#pragma once

#include <rapidjson/document.h>

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sandbox.h"

namespace infusionsoft::sandbox {

using BreakSet = std::bitset<kBreaks>;

inline bool Has(const BreakSet& set, Break what) { return set[static_cast<size_t>(what)]; }

// Those of an order that was asked for.
BreakSet OrderBreaks();

// A row as a broken server says it: the same in lists, alone and to filters.
class RowBreaker {
 public:
  // Where two lists of the account say the same, and a client may read either, what they say stays.
  RowBreaker(const BreakSet& breaks, uint64_t seed, uint64_t row, std::string_view entity)
      : breaks_(breaks), seed_(seed), row_(row), entity_(entity) {}

  void Break(rapidjson::Document& row);
  // What was changed.
  const BreakSet& struck() const { return struck_; }

 private:
  using Value = rapidjson::Value;

  bool Strikes(sandbox::Break what, uint64_t place);
  bool MayBeAbsent(std::string_view name, bool is_top) const;
  void BreakObject(Value& object, uint64_t place, bool is_top);
  void BreakElements(Value& array, uint64_t place);
  void BreakValue(Value& value, std::string_view name, uint64_t place);
  void BreakText(Value& value, std::string_view name, uint64_t place);
  void BreakTime(Value& value, int64_t millis, uint64_t place);

  const BreakSet breaks_;
  const uint64_t seed_;
  const uint64_t row_;
  const std::string_view entity_;
  BreakSet struck_;
  rapidjson::Document::AllocatorType* allocator_ = nullptr;
};

// Whether the row that is told by index is the one before it, of a list in which nothing tells rows apart.
bool IsEqualRow(const BreakSet& breaks, uint64_t seed, std::string_view entity, uint64_t row);
// Whether the row has the key of the one before it, in a list that has no single rows.
bool HasRepeatedKey(const BreakSet& breaks, uint64_t seed, uint64_t row);
// Whether something that is no row stands before the row.
bool HasForeignBefore(const BreakSet& breaks, uint64_t seed, uint64_t row, Break what);

}  // namespace infusionsoft::sandbox
