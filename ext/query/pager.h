// SPDX-License-Identifier: MIT
// Pager: the pages of one list, one request each, until it ends. Where that is, token_pages.h and offset_pages.h say; what
// its rows may not do, page_keys.h. A list that is not read to its end is an error, never a shorter list.
//
// A first page that is not there (404) says that the parent is not there, where the list stands below one: it has no rows. A
// later page that is not there is an error, as the rows before it were.
//
// A server that does not know `offset` sends the same page for ever. Where rows have a key, that shows in their keys. A list
// without keys may have equal pages, so then a page is asked for that no list has: a server that sends rows for it does not
// know `offset`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/status.h"
#include "json/document.h"
#include "profile/profile.h"
#include "query/copied_list.h"
#include "query/fetch.h"
#include "query/list_request.h"
#include "query/offset_pages.h"
#include "query/page.h"
#include "query/page_keys.h"
#include "query/token_pages.h"

namespace infusionsoft {

class Pager {
 public:
  // `entity` outlives this object.
  Pager(const Entity& entity, ListRequest request, Keep keep = Keep::kYes);

  // The next page, or nothing after the last one. After an error the list is over.
  Result<std::optional<Page>> Next(const ScanContext& context);
  bool has_more() const { return has_more_; }
  bool parent_is_missing() const { return parent_is_missing_; }  // the list stands below a row that there is not
  // The page that Next gave last, sent for again; nothing where the list is not there any more.
  Result<std::optional<Page>> ReadAgain(const ScanContext& context) const;
  // Whether the next page would be sent for.
  bool NextIsRemembered(const ScanContext& context) const;
  // The request that Next makes. There is a next page.
  FetchRequest NextRequest() const;
  bool IsAtFirstPage() const { return page_number_ == 0 && has_more_; }
  // Whether the next page is the first one of the list, also when it begins again.
  bool IsAtBeginning() const { return rows_ == 0; }
  // SQLite wants more rows than its LIMIT said: from here on pages are as large as `page_size`. A page size may not change
  // between the pages of a token, so such a list starts again.
  bool WantsWholePages() const { return page_number_ > 0 && has_more_ && request_.page_size_is_hint; }
  void UseWholePages(int page_size);

 private:
  ApiRequest::Accepts Accepts() const;
  Result<std::optional<Page>> NextOfCopy(const ScanContext& context);
  Result<std::optional<Page>> EndWithoutList();
  Result<Page> PageOf(std::shared_ptr<const ApiAnswer> answer) const;
  void TeachSize(const ScanContext& context, const Page& page);
  Result<std::optional<Page>> ReadPage(const ScanContext& context, Fetched fetched);
  // Whether there is another page.
  Result<bool> Advance(json::Value root, size_t rows);
  Status CheckOffsetIsKnown(const ScanContext& context);

  const Entity& entity_;
  ListRequest request_;
  const Keep keep_;
  FetchRequest sent_;               // the last one
  std::optional<CopiedList> copy_;  // where pages come from a local copy, once the first one is asked for
  TokenPages tokens_;
  OffsetPages offsets_;
  PageKeys keys_;
  bool offset_is_known_ = false;
  int64_t page_number_ = 0;  // pages read
  int64_t rows_ = 0;         // on them
  bool has_more_ = true;
  bool parent_is_missing_ = false;
};

// The request of GetObject.
FetchRequest ObjectRequest(const Entity& entity, const ListRequest& request);
// One object of `entity` by its key; an answer that is not found when there is none.
Result<Fetched> GetObject(const ScanContext& context, const Entity& entity, const ListRequest& request);

}  // namespace infusionsoft
