// SPDX-License-Identifier: MIT
#include "query/row_spool.h"

#include <cstring>
#include <string_view>
#include <utility>

namespace infusionsoft {
namespace {

// Written and read by one process, so in its own order of bytes.
template <typename Number>
void Write(std::string& block, Number value) {
  char bytes[sizeof(value)];
  std::memcpy(bytes, &value, sizeof(value));
  block.append(bytes, sizeof(value));
}

template <typename Number>
Number Read(const std::string& block, size_t& position) {
  Number value;
  std::memcpy(&value, block.data() + position, sizeof(value));
  position += sizeof(value);
  return value;
}

// The kind, and of the three ways to hold a value the one that it uses.
void WriteCell(std::string& block, const SqlValue& cell) {
  block += static_cast<char>(cell.kind);
  switch (cell.kind) {
    case SqlValue::Kind::kNull:
      break;
    case SqlValue::Kind::kInteger:
      Write(block, cell.integer);
      break;
    case SqlValue::Kind::kReal:
      Write(block, cell.real);
      break;
    default:
      Write(block, cell.text.size());
      block += cell.text;
  }
}

SqlValue ReadCellOf(const std::string& block, size_t& position) {
  SqlValue cell;
  cell.kind = static_cast<SqlValue::Kind>(block[position++]);
  switch (cell.kind) {
    case SqlValue::Kind::kNull:
      break;
    case SqlValue::Kind::kInteger:
      cell.integer = Read<int64_t>(block, position);
      break;
    case SqlValue::Kind::kReal:
      cell.real = Read<double>(block, position);
      break;
    default: {
      const auto size = Read<size_t>(block, position);
      cell.text = block.substr(position, size);
      position += size;
    }
  }
  return cell;
}

}  // namespace

Status RowSpool::Add(int64_t row_id, const std::vector<SqlValue>& cells) {
  Write(newest_, row_id);
  Write(newest_, cells.size());
  for (const SqlValue& cell : cells) WriteCell(newest_, cell);
  return newest_.size() < block_bytes_ ? Status() : PutAway(std::exchange(newest_, std::string()));
}

Status RowSpool::PutAway(std::string block) {
  if (spilled_.empty() && bytes_ + block.size() <= max_bytes_) {
    bytes_ += block.size();
    blocks_.push_back(std::move(block));
    return Status();
  }
  if (!file_) {
    Result<SpillFile> made = SpillFile::Make();
    if (!made) return std::move(made).status();
    file_.emplace(*std::move(made));
  }
  const Result<int64_t> begin = file_->Append(block);
  if (!begin) return begin.status();
  spilled_.push_back({*begin, block.size()});
  return Status();
}

Result<bool> RowSpool::NextBlock() {
  current_.clear();
  position_ = 0;
  if (!blocks_.empty()) {
    current_ = std::move(blocks_.front());
    blocks_.pop_front();
    bytes_ -= current_.size();
  } else if (!spilled_.empty()) {
    const Spilled spilled = spilled_.front();
    if (Status status = file_->Read(spilled.offset, spilled.size, current_); !status.ok()) return status;
    spilled_.pop_front();
  } else {
    current_ = std::exchange(newest_, std::string());
  }
  return !current_.empty();
}

Result<bool> RowSpool::Next() {
  if (position_ == current_.size()) {
    const Result<bool> has_block = NextBlock();
    if (!has_block || !*has_block) return has_block;
  }
  row_id_ = Read<int64_t>(current_, position_);
  cells_.resize(Read<size_t>(current_, position_));
  for (SqlValue& cell : cells_) cell = ReadCellOf(current_, position_);
  return true;
}

}  // namespace infusionsoft
