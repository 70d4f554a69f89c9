// SPDX-License-Identifier: MIT
// RowIdentity: which row a row is, and whether the scan has delivered it.
//
// A row is its key. Rows change places while a list is read, and IN batches overlap where the server's filter is wide, so a
// key that comes again is the same row, and is delivered once. The API promises so much where one row can be asked for by
// its key. Elsewhere a row that comes again with other values may be another row, and is an error. (Two rows of one page
// that share a key: page_keys.h.)
//
// A row without a key, or without some part of it, is what its columns say, and how many equal rows came before it in its
// list. A list has as many equal rows as it says, on whatever pages. Another list that has them, of another IN batch or of a
// parent that is read twice, and the same list from its beginning, count them alike, because a filter that takes a row takes
// its equals. Rows nested in an item that comes again have come with it: an item is its part of the key.
//
// The rowid of a whole number that is the key is that number. All others are made by RowIds.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/status.h"
#include "profile/profile.h"
#include "query/row_id_set.h"
#include "query/row_ids.h"
#include "query/row_view.h"

namespace infusionsoft {

class RowIdentity {
 public:
  // Rows of `source` that are shown as rows of `shown_as`. Both, and `ids`, outlive this object.
  RowIdentity(const Entity& source, const Entity& shown_as, RowIds& ids);

  // A list begins, or the same one from its beginning, or rows of a scan that answer a lookup: equal rows without a key are
  // counted from here.
  void BeginList();
  // Of a nested table: the rows that come next are in `item`.
  void BeginItem(const RowView& item);
  // Whether `row`, the next one of its list, is to be delivered; it is then the current row. Errors: of RowIds, and
  // kBadResponse where it is not known which row it is.
  Result<bool> Take(const RowView& row);

  // Of the current row. Where a table's rowid is its key, a row without that number has none that could be looked up by.
  bool has_row_id() const { return has_row_id_; }
  int64_t row_id() const { return row_id_; }
  size_t delivered() const { return delivered_.size(); }

 private:
  enum class Identity { kRow, kNotOfTable, kCameWithItem };

  // Sets the rowid.
  Result<Identity> Identify(const RowView& row);
  Result<Identity> TakeNumber(int64_t number);
  Result<Identity> WithoutPart(size_t part) const;
  Result<int64_t> IdOfContent(const RowView& row);
  // 0 for the first of equal rows in the list, then 1, and so on.
  int64_t EqualRowsBefore(int64_t row_id);
  Result<int64_t> IdOf(const std::string& key);
  std::string ContentOf(const RowView& row) const;

  const Entity& source_;
  const Entity& shown_as_;
  RowIds& ids_;
  std::vector<int> key_columns_;      // of the source
  std::vector<int> item_columns_;     // those that an item has, of a nested table
  std::vector<int> content_columns_;  // of the source, which every scan reads alike
  const bool has_numeric_key_;
  const bool key_is_promised_;
  bool has_row_id_ = true;
  int64_t row_id_ = 0;
  RowIdSet delivered_;
  RowIdSet items_;  // hashes of their parts of the key
  bool item_comes_again_ = false;
  RowIdSet said_;                                  // hashes of what they said, where the key is not promised
  RowIdSet of_list_;                               // rows without a key that the list had
  std::unordered_map<int64_t, int64_t> repeated_;  // how often again
};

}  // namespace infusionsoft
