// SPDX-License-Identifier: MIT
#include "api/request_log.h"

#include <utility>

namespace infusionsoft {

int64_t RequestLog::Add(RequestRecord record) {
  std::lock_guard lock(mutex_);
  record.id = next_id_++;
  records_.push_back(std::move(record));
  if (records_.size() > kCapacity) records_.pop_front();
  return next_id_ - 1;
}

void RequestLog::SetRows(int64_t id, int64_t rows) {
  std::lock_guard lock(mutex_);
  // The ids of the records that are still here follow each other without a gap.
  if (records_.empty() || id < records_.front().id || id > records_.back().id) return;
  records_[static_cast<size_t>(id - records_.front().id)].rows = rows;
}

std::vector<RequestRecord> RequestLog::Snapshot() const {
  std::lock_guard lock(mutex_);
  return {records_.begin(), records_.end()};
}

}  // namespace infusionsoft
