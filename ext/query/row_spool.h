// SPDX-License-Identifier: MIT
// RowSpool: rows that wait to be delivered, first in, first out. What does not fit memory waits in a temporary file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/spill_file.h"
#include "base/status.h"
#include "query/sql_value.h"

namespace infusionsoft {

// Errors are those of SpillFile. Used by one thread.
class RowSpool {
 public:
  static constexpr size_t kMaxBytes = size_t{16} << 20;
  static constexpr size_t kBlockBytes = size_t{256} << 10;

  // Holds `max_bytes` in memory, and at most three blocks more, each of `block_bytes` or one larger row.
  explicit RowSpool(size_t max_bytes = kMaxBytes, size_t block_bytes = kBlockBytes)
      : max_bytes_(max_bytes), block_bytes_(block_bytes) {}

  Status Add(int64_t row_id, const std::vector<SqlValue>& cells);
  // Makes the next row the current one; false when every row that was added has been it.
  Result<bool> Next();

  // Of the current row.
  int64_t row_id() const { return row_id_; }
  const std::vector<SqlValue>& cells() const { return cells_; }

 private:
  struct Spilled {
    int64_t offset = 0;
    size_t size = 0;
  };

  Status PutAway(std::string block);
  // False when there is none.
  Result<bool> NextBlock();

  const size_t max_bytes_;
  const size_t block_bytes_;
  std::string newest_;              // the block that rows are added to
  std::deque<std::string> blocks_;  // the oldest ones
  size_t bytes_ = 0;                // of blocks_
  std::deque<Spilled> spilled_;     // those after them
  std::optional<SpillFile> file_;

  std::string current_;  // the block that is read
  size_t position_ = 0;
  int64_t row_id_ = 0;
  std::vector<SqlValue> cells_;
};

}  // namespace infusionsoft
