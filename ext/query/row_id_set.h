// SPDX-License-Identifier: MIT
// RowIdSet: which rows of a scan were delivered already. Pages by cursor may repeat a row (KEAP_FACTS section 4.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace infusionsoft {

// Open addressing at a load of at most a half: 16 to 32 bytes a row, a fifth of a node-based set's.
class RowIdSet {
 public:
  // True when `row_id` was not there.
  bool Insert(int64_t row_id);
  size_t size() const { return size_; }

 private:
  bool InsertInto(std::vector<int64_t>& slots, int64_t row_id) const;
  void Grow();

  std::vector<int64_t> slots_;  // kEmpty or a rowid
  size_t size_ = 0;
  bool has_empty_marker_ = false;  // the one rowid that the marker stands in the way of
};

}  // namespace infusionsoft
