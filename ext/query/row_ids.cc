// SPDX-License-Identifier: MIT
#include "query/row_ids.h"

#include <cstring>
#include <utility>

#include "auth/crypto.h"

namespace infusionsoft {
namespace {

constexpr size_t kRecord = RowIds::kMaxKey + 1;  // its first byte tells the length, or kIsDigest
constexpr char kIsDigest = static_cast<char>(RowIds::kMaxKey + 1);

std::string RecordOf(std::string_view key) {
  std::string record;
  if (key.size() <= RowIds::kMaxKey) {
    record += static_cast<char>(key.size());
    record += key;
  } else {
    record += kIsDigest;
    record += Sha256Base64Url(key);
  }
  return record;
}

// Hashed rowids are spread evenly, by their lowest bits too.
size_t FirstSlot(int64_t row_id, size_t slots) {
  return static_cast<size_t>((static_cast<uint64_t>(row_id) * 0x9E3779B97F4A7C15u) >> 32) & (slots - 1);
}

}  // namespace

Status RowIds::Claim(int64_t row_id, std::string_view key) {
  if ((size_ + 1) * 2 > slots_.size()) Grow();
  Slot& slot = FindSlot(slots_, row_id);
  const std::string record = RecordOf(key);
  if (slot.place == 0) {
    const Result<uint64_t> place = Store(record);
    if (!place) return place.status();
    slot = {row_id, *place};
    ++size_;
    return Status();
  }
  const Result<bool> is_same = HasKey(slot, record);
  if (!is_same) return is_same.status();
  if (*is_same) return Status();
  return Status(StatusCode::kInternal,
                "two rows with different keys have the same rowid by chance; rowids are drawn when the program starts, so "
                "start it again");
}

RowIds::Slot& RowIds::FindSlot(std::vector<Slot>& slots, int64_t row_id) {
  size_t index = FirstSlot(row_id, slots.size());
  while (slots[index].place != 0 && slots[index].row_id != row_id) index = (index + 1) & (slots.size() - 1);
  return slots[index];
}

void RowIds::Grow() {
  std::vector<Slot> larger(slots_.empty() ? 64 : slots_.size() * 2);
  for (const Slot& slot : slots_) {
    if (slot.place != 0) FindSlot(larger, slot.row_id) = slot;
  }
  slots_ = std::move(larger);
}

// Places are odd in memory and even, from 2, in the file.
Result<uint64_t> RowIds::Store(const std::string& record) {
  if (used_ + record.size() > kChunk && (chunks_.size() + 1) * kChunk > max_bytes_) {
    if (!spill_) {
      Result<SpillFile> made = SpillFile::Make();
      if (!made) return std::move(made).status();
      spill_.emplace(*std::move(made));
    }
    std::string padded = record;
    padded.resize(kRecord);
    const Result<int64_t> begin = spill_->Append(padded);
    if (!begin) return begin.status();
    return static_cast<uint64_t>(*begin) * 2 + 2;
  }
  if (used_ + record.size() > kChunk) {
    chunks_.push_back(std::make_unique<char[]>(kChunk));
    used_ = 0;
  }
  std::memcpy(chunks_.back().get() + used_, record.data(), record.size());
  const uint64_t place = (chunks_.size() - 1) * kChunk + used_;
  used_ += record.size();
  return place * 2 + 1;
}

Result<bool> RowIds::HasKey(const Slot& slot, const std::string& record) const {
  if (slot.place % 2 == 1) {
    const uint64_t place = slot.place / 2;
    const char* stored = chunks_[place / kChunk].get() + place % kChunk;
    // A record of another length differs in its first byte, and is not read beyond it.
    return stored[0] == record[0] && std::memcmp(stored, record.data(), record.size()) == 0;
  }
  std::string stored;
  if (Status status = spill_->Read(static_cast<int64_t>((slot.place - 2) / 2), kRecord, stored); !status.ok()) return status;
  return stored[0] == record[0] && stored.compare(0, record.size(), record) == 0;
}

}  // namespace infusionsoft
