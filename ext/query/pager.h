// SPDX-License-Identifier: MIT
// Pager: the pages of one list, one request each, until the token runs out.
//
// Source: KEAP_FACTS section 4.1. The end is an absent, null or empty token; a token may be a whole URL; a page may be empty
// and still have a token. A token that comes back is an error, because rows would repeat for ever.
//
// Lists of the first version of the API (section 4.2) are asked for by offset, and say how many rows there are. A page that
// is not full is the last one unless that count says otherwise: a server may send fewer rows than `limit`. The links to
// other pages are not followed, because the last page may have one. The same page again is an error as well.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>

#include "base/status.h"
#include "json/document.h"
#include "profile/profile.h"
#include "query/copied_list.h"
#include "query/fetch.h"
#include "query/list_request.h"

namespace infusionsoft {

// One page. Its rows are borrowed from `answer`.
struct Page {
  std::shared_ptr<const ApiAnswer> answer;
  json::Value items;       // an array of rows, or one row
  bool is_object = false;  // one row
  bool was_sent = false;   // false: the statement remembered it
  size_t size() const { return is_object ? 1 : items.Size(); }
  json::Value At(size_t index) const { return is_object ? items : items.At(index); }
};

class Pager {
 public:
  // `entity` outlives this object.
  Pager(const Entity& entity, ListRequest request, Keep keep = Keep::kYes);

  // The next page, or nothing after the last one. After an error the list is over.
  Result<std::optional<Page>> Next(const ScanContext& context);
  bool has_more() const { return has_more_; }
  bool parent_is_missing() const { return parent_is_missing_; }  // the list stands below a row that there is not
  // Whether the next page would be sent for.
  bool NextIsRemembered(const ScanContext& context) const;
  // The request that Next makes. There is a next page.
  FetchRequest NextRequest() const;
  bool IsAtFirstPage() const { return page_number_ == 0 && has_more_; }
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
  Status TakeToken(json::Value root);
  Status AdvanceOffset(json::Value root, size_t rows, uint64_t page_hash);

  const Entity& entity_;
  ListRequest request_;
  const Keep keep_;
  std::optional<CopiedList> copy_;  // where pages come from a local copy, once the first one is asked for
  std::string token_;
  std::unordered_set<std::string> seen_tokens_;
  int64_t offset_ = 0;
  uint64_t last_page_hash_ = 0;
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
