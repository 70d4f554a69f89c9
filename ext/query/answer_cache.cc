// SPDX-License-Identifier: MIT
#include "query/answer_cache.h"

#include <utility>

namespace infusionsoft {
namespace {

// The nodes of the maps and the objects in them, roughly.
constexpr size_t kBytesOfEntry = 200;

}  // namespace

std::shared_ptr<const ApiAnswer> AnswerCache::Find(const std::string& list, const std::string& page) const {
  const auto found = lists_.find(list);
  if (found == lists_.end()) return nullptr;
  const auto answer = found->second.pages.find(page);
  return answer == found->second.pages.end() ? nullptr : answer->second;
}

void AnswerCache::Insert(const std::string& list, const std::string& page, std::shared_ptr<const ApiAnswer> answer) {
  const auto known = lists_.find(list);
  if (known != lists_.end() && known->second.is_forgotten) return;
  const size_t list_bytes = known == lists_.end() ? list.size() + kBytesOfEntry : 0;
  if (bytes_ + list_bytes > max_bytes_) return;  // not even for the mark that a list is forgotten
  List& entry = lists_[list];
  entry.bytes += list_bytes;
  bytes_ += list_bytes;
  const size_t added = answer->document.memory_bytes() + answer->text.size() + page.size() + kBytesOfEntry;
  if (bytes_ + added > max_bytes_) {
    const size_t kept = list.size() + kBytesOfEntry;
    bytes_ -= entry.bytes - kept;
    entry = {.pages = {}, .bytes = kept, .is_forgotten = true};
    return;
  }
  if (!entry.pages.emplace(page, std::move(answer)).second) return;
  entry.bytes += added;
  bytes_ += added;
}

}  // namespace infusionsoft
