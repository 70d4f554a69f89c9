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
#include "query/list_queue.h"
#include "query/list_request.h"
#include "query/lookup_scan.h"
#include "query/order_check.h"
#include "query/pager.h"
#include "query/query_plan.h"
#include "query/read_ahead.h"
#include "query/row_identity.h"
#include "query/sql_value.h"

namespace infusionsoft {

struct ScanOptions {
  int page_size = 0;        // 0 = the endpoint's maximum
  int64_t max_rows = -1;    // more rows than this are an error; -1 = any number
  int max_concurrency = 1;  // requests at once, where it is known which are needed next
  // The table that the rows are shown as, whose key makes their rowid; null: the entity that they are read from.
  const Entity* shown_as = nullptr;
};

class RowCursor {
 public:
  // `entity`, `profile` and what `context` refers to outlive this object.
  RowCursor(const Entity& entity, const Profile& profile, const ScanContext& context, ScanOptions options);
  RowCursor(const RowCursor&) = delete;
  RowCursor& operator=(const RowCursor&) = delete;

  // Sends the first request, and stands on the first row or at the end.
  Status Start(const QueryPlan& plan, const std::vector<Argument>& arguments);
  Status Next();
  bool AtEnd() const { return at_end_; }
  // Whether the page has more rows. Next then sends nothing, unless all of them were delivered before.
  bool HasRowsAtHand() const { return page_ && (position_ < page_->size() || (nested_ && element_ < elements_.Size())); }

  // Of the current row. A detail column sends the row's second request, once for all of them; errors are that request's.
  Result<SqlValue> Read(int index);
  // The same of a column that is no detail.
  SqlValue Column(int index) const;
  // Whether `index` is an input of the request to which the query gave no value: it has none to read.
  bool IsOpenInput(int index) const;
  // See row_identity.h. A row that lacks the number which its table's rowids are has none.
  bool HasRowId() const { return identity_.has_row_id(); }
  int64_t RowId() const { return identity_.row_id(); }

 private:
  RowView ViewOf(json::Value row, json::Value outer_row) const;
  Status FetchDetail();
  // After a 404 for the current row's detail: an error when its list still has the row.
  Status CheckRowIsGone() const;
  // Nothing where a part of the row's key is missing, or no path can carry it.
  std::optional<ListRequest> DetailOf(const RowView& row) const;
  Status Advance();
  // As many as the values of the IN list that goes by value; without such a list there is one.
  size_t LookUpCount() const;
  Status MakeRequests(const QueryPlan& plan);
  // A list of many values takes several requests: where the whole table is known to take fewer, it is read instead.
  Status DropLongLists();
  // Makes the requests of the next one, or finds its rows.
  Status BeginLookUp();
  // How many look-ups are certain to come, this one among them; 0: nobody knows.
  int64_t KeysToCome() const;
  // Takes the rows that a scan knows for the look-up, when one does.
  Status FindInScan();
  Status SortFound();
  Result<Page> ReadFound();
  // Of a list below one parent: whether it is known that there is no such parent.
  Result<bool> ParentIsMissing();
  bool FirstIsRemembered() const;
  Status FetchObject(const ListRequest& request);
  // Makes the next page of the look-up the current one; page_ is empty when there is none.
  Status NextPage();
  void NotePage();
  std::vector<SqlValue> ParentValues() const;  // the parent of the list below one
  // After a 404 for the list that is open.
  Status NoteMissingParent();
  // Opens the list that follows: the next IN batch, the next parent. False when there is none.
  Result<bool> OpenNextList();
  // What is expected to be needed after the current request, in that order; at most `count`.
  std::vector<FetchRequest> NextLists(size_t count);
  std::vector<FetchRequest> NextLookUps(size_t count) const;
  std::vector<FetchRequest> NextDetails(size_t count) const;
  bool IsAnsweredByScan(const std::vector<Argument>& arguments, const RequestSet& set) const;
  std::vector<SqlValue> SoughtValues(const std::vector<Argument>& arguments) const;
  // Makes the next row of the page the current one; false when there is none.
  bool NextRowOfPage();
  Status CheckRow();
  Status CheckComparedValues() const;

  const Entity& entity_;
  const Profile& profile_;
  ReadAhead ahead_;
  ReadAhead details_ahead_;
  const ScanContext context_;
  const ScanContext detail_context_;
  const ScanOptions options_;
  std::optional<RowIds> own_row_ids_;  // where there is no memory of the statement
  RowIdentity identity_;

  QueryPlan plan_;  // of one look-up
  std::vector<Argument> arguments_;
  int list_argument_ = 0;  // ?N of the IN list that goes by value; 0: there is none
  Argument values_;        // of that list
  size_t next_look_up_ = 0;
  // How memory may answer look-ups of the plan; nothing where it cannot.
  std::optional<LookupPlan> lookup_;
  std::optional<ParentLookup> parent_lookup_;

  RequestSet requests_;
  LookupScan* scan_ = nullptr;                  // of a look-up: the scan that may answer it and others like it
  LookupScan* parent_scan_ = nullptr;           // of a list below one parent: the scan that may tell whether there is one
  std::optional<std::vector<uint32_t>> found_;  // the rows of the scan that answer it
  size_t next_found_ = 0;
  std::optional<ListQueue> lists_;            // nothing: an object or the scan answers, or no row can match
  bool some_list_is_known_ = false;           // of those
  std::optional<ColumnValues> missing_list_;  // what the last one's rows would show that was not there

  std::optional<Pager> pager_;
  std::optional<Page> page_;
  size_t position_ = 0;
  json::Value row_;
  // Of a nested table: the item that holds the row, and the array that is left of it.
  std::optional<json::Path> nested_;
  json::Value outer_row_;
  json::Value elements_;
  size_t element_ = 0;
  bool at_end_ = true;
  std::shared_ptr<const ApiAnswer> detail_;  // what the second request said of the current row; null: it was not sent yet
  bool some_detail_is_known_ = false;        // of this scan
  bool row_is_detail_ = false;               // the row itself comes from `detail_path`
  std::optional<OrderCheck> order_check_;    // nothing: the rows may come in any order
};

}  // namespace infusionsoft
