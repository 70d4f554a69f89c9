// SPDX-License-Identifier: MIT
// What a RowCursor expects to need next. Nothing here is certain, and nothing depends on it but the time it takes.
#include <algorithm>

#include "query/row_cursor.h"

namespace infusionsoft {
namespace {

FetchRequest FirstPageOf(const Entity& entity, const ListRequest& request) { return Pager(entity, request).NextRequest(); }

}  // namespace

// The lists of this look-up, or those of the next ones.
std::vector<FetchRequest> RowCursor::NextLists(size_t count) {
  std::vector<FetchRequest> requests;
  for (const ListQueue::List* list : lists_->Peek(count)) requests.push_back(FirstPageOf(entity_, list->request));
  return requests.empty() ? NextLookUps(count) : requests;
}

std::vector<FetchRequest> RowCursor::NextLookUps(size_t count) const {
  // What the scans of other lists know, and whether they will be read, this one does not say.
  if (scan_ != nullptr && NamesLists(entity_, plan_, list_argument_)) return {};
  const int64_t keys = KeysToCome();
  int64_t due = std::min(keys, static_cast<int64_t>(count) + 1);
  if (scan_ != nullptr) due = scan_->LookupsDue(keys, due);
  // Of lists below parents only those that were not there have paid for pages of the parents. Once there was one, there may
  // be more, and asking for them one by one is what bounds their number.
  if (parent_scan_ != nullptr && parent_scan_->IsUnderWay()) return {};
  std::vector<FetchRequest> requests;
  std::vector<Argument> arguments = arguments_;
  for (size_t i = next_look_up_; i < values_.size() && static_cast<int64_t>(requests.size()) + 1 < due; ++i) {
    arguments[static_cast<size_t>(list_argument_) - 1] = {values_[i]};
    const Result<RequestSet> set = BuildRequests(entity_, plan_, arguments, PageSizeMax(entity_, options_.page_size),
                                                TokenBytes(context_.sizes));
    if (!set || set->requests.size() > 1 || !OpenColumns(entity_, set->echoes).empty()) break;
    if (set->requests.empty() || IsAnsweredByScan(arguments, *set)) continue;
    const ListRequest& request = set->requests[0];
    requests.push_back(set->is_object ? ObjectRequest(entity_, request) : FirstPageOf(entity_, request));
  }
  return requests;
}

bool RowCursor::IsAnsweredByScan(const std::vector<Argument>& arguments, const RequestSet& set) const {
  if (parent_scan_ != nullptr) {
    const auto& parent = set.echoes[static_cast<size_t>(parent_lookup_->path_column)];
    if (parent && parent_scan_->WhatIsKnown({*parent}) == LookupScan::Known::kAbsent) return true;
  }
  return scan_ != nullptr && scan_->WhatIsKnown(SoughtValues(arguments)) != LookupScan::Known::kNothing;
}

}  // namespace infusionsoft
