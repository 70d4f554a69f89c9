// SPDX-License-Identifier: MIT
// ParentCursor: the values of path columns that a query leaves open, one combination after another. They are fixed words, or
// the keys of the table that the columns name as their source.
//
// Used by one thread.
#pragma once

#include <cstddef>
#include <memory>

#include "base/status.h"
#include "profile/profile.h"
#include "query/list_request.h"
#include "query/pager.h"

namespace infusionsoft {

class RowCursor;

class ParentCursor {
 public:
  // `entity`, `profile` and what `context` refers to outlive this object.
  ParentCursor(const Entity& entity, const Profile& profile, const ScanContext& context, int page_size);
  ~ParentCursor();

  // Sets the path columns of `values` to the next combination that agrees with `wanted`. False after the last one.
  Result<bool> Next(const ColumnValues& wanted, ColumnValues& values);
  // Whether parents are known that Next has not given yet.
  bool HasParentsAtHand() const;

 private:
  Status Advance(const ColumnValues& wanted);
  Status Start(const Entity& parent, const ColumnValues& wanted);
  bool NextWord(size_t column, ColumnValues& values);

  const Entity& entity_;
  const Profile& profile_;
  const ScanContext context_;
  const int page_size_;
  size_t next_word_ = 0;
  std::unique_ptr<RowCursor> rows_;
};

}  // namespace infusionsoft
