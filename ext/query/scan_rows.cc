// SPDX-License-Identifier: MIT
#include "query/scan_rows.h"

#include <algorithm>
#include <utility>

#include "query/list_request.h"

namespace infusionsoft {

Status ScanRows::Start(const QueryPlan& plan, const std::vector<Argument>& arguments, Delivery delivery) {
  if (Status status = rows_.Start(plan, arguments); !status.ok() || !delivery.reads_first) return status;
  spool_.emplace();
  places_.assign(entity_.columns.size(), -1);
  for (size_t i = 0; i < entity_.columns.size(); ++i) {
    if (entity_.columns[i].detail && !delivery.reads_details) continue;
    places_[i] = static_cast<int>(kept_columns_.size());
    kept_columns_.push_back(static_cast<int>(i));
  }
  const std::optional<int64_t> wanted = RowsWanted(plan, arguments);
  return ReadFirst(wanted ? std::max<int64_t>(*wanted, 1) : -1);
}

Status ScanRows::Next() {
  if (!spool_) return rows_.Next();
  const Result<bool> has_row = spool_->Next();
  if (!has_row || *has_row) return has_row.status();
  at_end_ = rows_.AtEnd();
  if (at_end_) return Status();
  // The current row of `rows_` is the last one that was kept.
  if (Status status = rows_.Next(); !status.ok()) return status;
  return ReadFirst(-1);
}

Status ScanRows::ReadFirst(int64_t count) {
  while (!rows_.AtEnd()) {
    if (Status status = KeepRow(); !status.ok()) return status;
    if (--count == 0) break;
    if (Status status = rows_.Next(); !status.ok()) return status;
  }
  const Result<bool> has_row = spool_->Next();
  at_end_ = has_row && !*has_row;
  return has_row.status();
}

Status ScanRows::KeepRow() {
  for (size_t i = open_inputs_.size(); i < entity_.columns.size(); ++i) {
    open_inputs_.push_back(rows_.IsOpenInput(static_cast<int>(i)));
  }
  std::vector<SqlValue> cells;
  cells.reserve(kept_columns_.size() + 1);
  for (const int column : kept_columns_) {
    Result<SqlValue> value = rows_.Read(column);
    if (!value) return std::move(value).status();
    cells.push_back(*std::move(value));
  }
  cells.push_back(SqlValue::Integer(rows_.HasRowId() ? 1 : 0));
  return spool_->Add(rows_.RowId(), cells);
}

Result<SqlValue> ScanRows::Read(int index) {
  if (!spool_) return rows_.Read(index);
  const int place = places_[static_cast<size_t>(index)];
  if (place < 0) return Status(StatusCode::kInternal, "a plan without the detail that is read");
  return spool_->cells()[static_cast<size_t>(place)];
}

}  // namespace infusionsoft
