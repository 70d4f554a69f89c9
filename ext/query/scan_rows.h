// SPDX-License-Identifier: MIT
// ScanRows: the rows of one scan as they are delivered: each as it comes, or the first when the last has come.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/status.h"
#include "query/row_cursor.h"
#include "query/row_spool.h"

namespace infusionsoft {

struct Delivery {
  // Reads the list to its end before its first row is delivered, so that a request that fails does so before. Of a plan with
  // a LIMIT, so many rows; when more are wanted after all, the rest, before the next row is delivered.
  bool reads_first = false;
  // Then also what a second request for each row brings. Without it, no detail column may be read.
  bool reads_details = false;
};

class ScanRows {
 public:
  // As for RowCursor.
  ScanRows(const Entity& entity, const Profile& profile, const ScanContext& context, ScanOptions options)
      : entity_(entity), rows_(entity, profile, context, options) {}

  Status Start(const QueryPlan& plan, const std::vector<Argument>& arguments, Delivery delivery);
  Status Next();
  bool AtEnd() const { return spool_ ? at_end_ : rows_.AtEnd(); }
  Result<SqlValue> Read(int index);
  bool IsOpenInput(int index) const { return spool_ ? open_inputs_[static_cast<size_t>(index)] : rows_.IsOpenInput(index); }
  bool HasRowId() const { return spool_ ? spool_->cells().back().integer != 0 : rows_.HasRowId(); }
  int64_t RowId() const { return spool_ ? spool_->row_id() : rows_.RowId(); }

 private:
  // At most `count` rows, and then to the next of them; a negative count is no bound.
  Status ReadFirst(int64_t count);
  Status KeepRow();

  const Entity& entity_;
  RowCursor rows_;
  std::optional<RowSpool> spool_;  // where rows are read first
  std::vector<int> kept_columns_;
  std::vector<int> places_;        // of the entity's columns among those; -1: it is not kept
  std::vector<bool> open_inputs_;  // the same for all rows
  bool at_end_ = true;
};

}  // namespace infusionsoft
