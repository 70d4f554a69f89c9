// SPDX-License-Identifier: MIT
// RowCursor: the rows of one scan, across pages, IN batches and parents.
//
// A failed request is a failed scan, never fewer rows. Every row is delivered once. Used by one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "profile/profile.h"
#include "query/list_request.h"
#include "query/pager.h"
#include "query/query_plan.h"
#include "query/row_id_set.h"
#include "query/sql_value.h"

namespace infusionsoft {

struct ScanOptions {
  int page_size = 0;      // 0 = the endpoint's maximum
  int64_t max_rows = -1;  // more rows than this are an error; -1 = any number
};

class RowCursor {
 public:
  // `entity`, `profile` and what `context` refers to outlive this object.
  RowCursor(const Entity& entity, const Profile& profile, ScanContext context, ScanOptions options);

  // Sends the first request, and stands on the first row or at the end.
  Status Start(const QueryPlan& plan, const std::vector<Argument>& arguments);
  Status Next();
  bool AtEnd() const { return at_end_; }

  // Of the current row.
  SqlValue Column(int index) const;
  // Whether `index` is an input of the request to which the query gave no value: it has none to read.
  bool IsOpenInput(int index) const;
  // A function of the row: its numeric key, or a 63-bit hash of its key with the parents' ids.
  int64_t RowId() const;

 private:
  Status Advance();
  Status FetchObject(const ListRequest& request);
  // Makes the next page the current one; at_end_ when there is none.
  Status NextPage();
  // Opens the list that follows: the next IN batch, the next parent.
  Status OpenNextList();
  Result<bool> NextParent();
  Status CheckRow();
  Status CheckOrder();

  const Entity& entity_;
  const Profile& profile_;
  const ScanContext context_;
  const ScanOptions options_;
  std::vector<int> key_columns_;
  const bool has_numeric_key_ = entity_.HasNumericKey();

  std::optional<OrderTerm> order_;
  RequestSet requests_;
  size_t next_request_ = 0;
  // Fanning out: the rows that are the parents, and the path column that takes their ids.
  std::unique_ptr<RowCursor> parents_;
  int parent_column_ = -1;
  int path_column_ = -1;

  std::optional<Pager> pager_;
  std::optional<Page> page_;
  size_t position_ = 0;
  json::Value row_;
  bool at_end_ = true;
  RowIdSet delivered_;
  std::optional<SqlValue> last_ordered_;
};

}  // namespace infusionsoft
