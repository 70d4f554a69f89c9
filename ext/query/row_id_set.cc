// SPDX-License-Identifier: MIT
#include "query/row_id_set.h"

#include <limits>

namespace infusionsoft {
namespace {

constexpr int64_t kEmpty = std::numeric_limits<int64_t>::min();

// Ids are often consecutive; multiplication by an odd constant spreads them over the table.
size_t SlotOf(int64_t row_id, size_t slots) {
  const uint64_t hash = static_cast<uint64_t>(row_id) * 0x9E3779B97F4A7C15u;
  return static_cast<size_t>(hash >> 32) & (slots - 1);
}

}  // namespace

bool RowIdSet::Insert(int64_t row_id) {
  if (row_id == kEmpty) {
    const bool is_new = !has_empty_marker_;
    has_empty_marker_ = true;
    size_ += is_new ? 1 : 0;
    return is_new;
  }
  if ((size_ + 1) * 2 > slots_.size()) Grow();
  if (!InsertInto(slots_, row_id)) return false;
  ++size_;
  return true;
}

bool RowIdSet::InsertInto(std::vector<int64_t>& slots, int64_t row_id) const {
  size_t slot = SlotOf(row_id, slots.size());
  while (slots[slot] != kEmpty) {
    if (slots[slot] == row_id) return false;
    slot = (slot + 1) & (slots.size() - 1);
  }
  slots[slot] = row_id;
  return true;
}

void RowIdSet::Grow() {
  std::vector<int64_t> larger(slots_.empty() ? 64 : slots_.size() * 2, kEmpty);
  for (int64_t row_id : slots_) {
    if (row_id != kEmpty) InsertInto(larger, row_id);
  }
  slots_ = std::move(larger);
}

}  // namespace infusionsoft
