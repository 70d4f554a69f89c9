// SPDX-License-Identifier: MIT
// ListQueue: the lists of one look-up, in the order in which they are read: each IN batch, below each parent where the
// query names none. They can be looked at before it is their turn.
//
// Used by one thread.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

#include "base/status.h"
#include "profile/profile.h"
#include "query/fetch.h"
#include "query/list_request.h"
#include "query/parent_cursor.h"

namespace infusionsoft {

class ListQueue {
 public:
  struct List {
    ListRequest request;  // complete
    ColumnValues echoes;  // what path and request columns show in its rows
  };

  // `entity`, `profile` and what `context` refers to outlive this object. `set` is of lists.
  ListQueue(const Entity& entity, const Profile& profile, const ScanContext& context, int page_size, RequestSet set);

  // Takes the next list; nothing after the last one. Sends for the parents where they are open; errors are those requests'.
  Result<std::optional<List>> Next();
  // The lists that Next will give, at most `count`; fewer at the end, and before an error, which Next gives in its turn.
  // Only those below parents that are at hand: how many requests the next parent takes, nobody knows.
  std::vector<const List*> Peek(size_t count);
  // Whether the lists are below parents that were listed for it.
  bool fans_out() const { return fans_out_; }

 private:
  Result<std::optional<List>> Make();

  const Entity& entity_;
  const RequestSet set_;
  const bool fans_out_;
  ParentCursor parents_;
  ColumnValues echoes_;      // of the parent
  size_t next_request_ = 0;  // of that parent
  std::deque<Result<std::optional<List>>> made_;
};

}  // namespace infusionsoft
