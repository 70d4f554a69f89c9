// SPDX-License-Identifier: MIT
// OffsetPages: where a list that is asked for by `limit` and `offset` stands, as the first version of the API has them.
//
// The documents promise `count`, the number of all rows. A page that is not full is the last one when the count agrees: a
// server may send fewer rows than `limit`. A full page is followed by another request, because rows may have been added
// since the count was taken. Where there is no count, or one below the rows that were read, only an empty page is the end,
// which costs a request more. The links to other pages are not followed: the last page may have one.
//
// A list that ends before its count, or whose count falls while it is read, has lost rows: those after a deleted row move
// up, and the next page begins behind one that nobody read. Rows that are added move others onto the next page, where they
// are known again by their keys; of rows without keys some would be counted twice. All three are errors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/status.h"
#include "http/url.h"
#include "json/document.h"

namespace infusionsoft {

// How many rows the whole list says it has, as a number or as its text; nothing where it does not say.
std::optional<int64_t> CountOf(json::Value root);

class OffsetPages {
 public:
  explicit OffsetPages(bool rows_have_keys) : rows_have_keys_(rows_have_keys) {}
  // Adds what asks for the next page.
  void AddTo(http::QueryParams& page) const;
  // `root` is the page with so many rows, of `page_size` that were asked for. Whether there is another one. Errors:
  // kBadResponse.
  Result<bool> Advance(json::Value root, size_t rows, int page_size);

 private:
  Status TakeCount(std::optional<int64_t> count);

  const bool rows_have_keys_;
  int64_t offset_ = 0;
  std::optional<int64_t> count_;  // of the newest page that said it
};

}  // namespace infusionsoft
