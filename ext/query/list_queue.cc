// SPDX-License-Identifier: MIT
#include "query/list_queue.h"

#include <utility>

namespace infusionsoft {

ListQueue::ListQueue(const Entity& entity, const Profile& profile, const ScanContext& context, int page_size, RequestSet set)
    : entity_(entity),
      set_(std::move(set)),
      fans_out_(!OpenColumns(entity, set_.echoes).empty()),
      parents_(entity, profile, context, page_size),
      echoes_(set_.echoes),
      next_request_(fans_out_ ? set_.requests.size() : 0) {}

Result<std::optional<ListQueue::List>> ListQueue::Next() {
  if (made_.empty()) return Make();
  Result<std::optional<List>> next = std::move(made_.front());
  made_.pop_front();
  return next;
}

std::vector<const ListQueue::List*> ListQueue::Peek(size_t count) {
  std::vector<const List*> lists;
  for (size_t i = 0; i < count; ++i) {
    if (i == made_.size()) {
      if (next_request_ == set_.requests.size() && fans_out_ && !parents_.HasParentsAtHand()) break;
      made_.push_back(Make());
    }
    if (!made_[i] || !made_[i]->has_value()) break;
    lists.push_back(&**made_[i]);
  }
  return lists;
}

Result<std::optional<ListQueue::List>> ListQueue::Make() {
  if (next_request_ == set_.requests.size()) {
    const Result<bool> found = fans_out_ ? parents_.Next(set_.wanted, echoes_) : false;
    if (!found) return found.status();
    if (!*found) return std::optional<List>();
    next_request_ = 0;
  }
  List list{set_.requests[next_request_++], echoes_};
  for (size_t i = 0; fans_out_ && i < entity_.columns.size(); ++i) {
    if (entity_.columns[i].role == ColumnRole::kPath) FillPath(entity_.columns[i], *echoes_[i], list.request.path);
  }
  return std::optional<List>(std::move(list));
}

}  // namespace infusionsoft
