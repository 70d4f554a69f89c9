// SPDX-License-Identifier: MIT
// RowIds: which key has which rowid, of one table's rows, in all scans of a statement.
//
// SQLite tells rows apart by their rowids: in OR, in joins by rowid, in right and full joins. A hash may give two keys one
// rowid, and then a row would be lost unseen. So every key that was given a hashed rowid is kept, and a second key that gets
// the same one is an error. A rowid is then as good as the key itself.
//
// Up to kMaxBytes of keys are in memory, the others in a temporary file; beside them a row takes 32 to 64 bytes. A key that
// is longer than kMaxKey is kept as its SHA-256, of which nobody knows two texts that share it. Used by one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/spill_file.h"
#include "base/status.h"
#include "query/row_hash.h"

namespace infusionsoft {

class RowIds {
 public:
  static constexpr size_t kMaxBytes = size_t{64} << 20;
  static constexpr size_t kMaxKey = 64;

  explicit RowIds(const RowHash& hash = RowHash::OfProcess(), size_t max_bytes = kMaxBytes)
      : hash_(hash), max_bytes_(max_bytes) {}

  int64_t HashOf(std::string_view key) const { return hash_.Of(key); }
  // Gives `key` the rowid `row_id`. Errors: kInternal when another key has it, and those of SpillFile.
  Status Claim(int64_t row_id, std::string_view key);

  size_t bytes_in_memory() const { return chunks_.size() * kChunk + slots_.size() * sizeof(Slot); }

 private:
  static constexpr size_t kChunk = size_t{64} << 10;

  struct Slot {
    int64_t row_id = 0;
    uint64_t place = 0;  // of the key's record; 0: the slot is empty
  };

  // The slot of `row_id`, or the empty one where it belongs. There are empty ones.
  static Slot& FindSlot(std::vector<Slot>& slots, int64_t row_id);
  void Grow();
  Result<uint64_t> Store(const std::string& record);
  Result<bool> HasKey(const Slot& slot, const std::string& record) const;

  const RowHash hash_;
  const size_t max_bytes_;
  std::vector<Slot> slots_;
  size_t size_ = 0;
  std::vector<std::unique_ptr<char[]>> chunks_;
  size_t used_ = kChunk;  // of the last chunk
  std::optional<SpillFile> spill_;
};

// Those of each table that a statement reads.
class RowIdsOfTables {
 public:
  explicit RowIdsOfTables(const RowHash& hash = RowHash::OfProcess()) : hash_(hash) {}
  RowIds& Of(const std::string& table) { return tables_.try_emplace(table, hash_).first->second; }

 private:
  const RowHash hash_;
  std::map<std::string, RowIds> tables_;
};

}  // namespace infusionsoft
