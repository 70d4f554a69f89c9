// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "filter.h"
#include "match.h"
#include "row_index.h"

namespace infusionsoft::sandbox {

// The rows that may pass a filter, in the order in which the list shows them, addressed by
// position: a page token holds just the position where the next page begins.
class RowSequence {
 public:
  uint64_t size() const { return size_; }
  // Whether the order is another one than was asked for.
  bool is_broken() const { return is_broken_; }
  // Nothing if the row at that position is known not to pass.
  std::optional<uint64_t> At(uint64_t position) const;

 private:
  friend class SequenceBuilder;

  uint64_t OrderedAt(uint64_t position) const;

  uint64_t size_ = 0;
  // The rows [low_, high_) in their natural order, or just those of an order that lie in it.
  uint64_t low_ = 0;
  uint64_t high_ = 0;
  std::shared_ptr<const OrderedRows> ordered_;
  bool descending_ = false;
  bool nulls_last_ = false;
  // Coprime to size_: position -> position * stride mod size is a permutation.
  uint64_t stride_ = 0;
  bool is_broken_ = false;
};

struct Ordering {
  const OrderSpec* spec = nullptr;  // null: the server's own order
  bool descending = false;
};

class SequenceBuilder {
 public:
  SequenceBuilder(const World& world, RowIndexes& indexes) : world_(world), indexes_(indexes) {}

  // `scope` are the parent's rows, if the list has a parent.
  RowSequence Build(const ListSpec& list, const std::vector<Clause>& clauses, std::optional<std::vector<uint32_t>> scope,
                    uint64_t parent, const Ordering& ordering, const FreedomSet& freedoms, const BreakSet& breaks);

 private:
  void Narrow(const ListSpec& list, const Clause& clause);
  void NarrowToIds(const Entity& entity, const Clause& clause);
  void Intersect(std::vector<uint32_t> rows);
  void BreakOrder(const Entity& entity, bool by_id, const BreakSet& breaks, RowSequence& out) const;

  const World& world_;
  RowIndexes& indexes_;
  uint64_t low_ = 0;
  uint64_t high_ = 0;
  std::optional<std::vector<uint32_t>> rows_;
};

}  // namespace infusionsoft::sandbox
