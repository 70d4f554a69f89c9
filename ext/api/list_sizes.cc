// SPDX-License-Identifier: MIT
#include "api/list_sizes.h"

#include <algorithm>

namespace infusionsoft {

void ListSizes::SawAll(const std::string& name, int64_t rows) {
  std::lock_guard lock(mutex_);
  Size* size = FindOrAdd(name);
  if (size == nullptr) return;
  const auto newest = static_cast<double>(rows);
  size->rows = size->is_whole ? (size->rows + newest) / 2 : newest;
  size->newest = newest;
  size->is_whole = true;
}

void ListSizes::SawMoreThan(const std::string& name, int64_t rows) {
  std::lock_guard lock(mutex_);
  Size* size = FindOrAdd(name);
  if (size != nullptr) size->rows = std::max(size->rows, static_cast<double>(rows) + 1);
}

std::optional<ListSizes::Size> ListSizes::Find(const std::string& name) const {
  std::lock_guard lock(mutex_);
  const auto found = sizes_.find(name);
  return found == sizes_.end() ? std::nullopt : std::optional(found->second);
}

ListSizes::Size* ListSizes::FindOrAdd(const std::string& name) {
  const auto found = sizes_.find(name);
  if (found != sizes_.end()) return &found->second;
  return sizes_.size() < kMaxNames ? &sizes_[name] : nullptr;
}

void ListSizes::SawPageToken(size_t bytes) {
  std::lock_guard lock(mutex_);
  longest_page_token_ = std::max(longest_page_token_, bytes);
}

size_t ListSizes::longest_page_token() const {
  std::lock_guard lock(mutex_);
  return longest_page_token_;
}

}  // namespace infusionsoft
