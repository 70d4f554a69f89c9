// SPDX-License-Identifier: MIT
// Pager: the pages of one list, one request each, until the token runs out.
//
// Source: KEAP_FACTS section 4.1. The end is an absent, null or empty token; a token may be a whole URL; a page may be empty
// and still have a token. A token that comes back is an error, because rows would repeat for ever.
//
// Lists of the first version of the API (section 4.2) are asked for by offset, and say how many rows there are. A page that
// is not full is the last one unless that count says otherwise: a server may send fewer rows than `limit`. The links to other
// pages are not followed, because the last page may have one. The same page again is an error as well.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>

#include "api/api_client.h"
#include "base/cancellation.h"
#include "base/status.h"
#include "json/document.h"
#include "profile/profile.h"
#include "query/list_request.h"

namespace infusionsoft {

// What a scan sends its requests through. All references outlive the scan; used by one thread.
struct ScanContext {
  ApiClient& client;
  RequestBudget& budget;
  Cancellation cancellation;
  std::string table_name;  // for messages and the log
};

// One page. Its rows are borrowed from `document`.
struct Page {
  json::Document document;
  json::Value items;        // an array of rows, or one row
  bool is_object = false;   // one row
  std::string text;         // of an answer that is no JSON object: the value itself
  size_t size() const { return is_object ? 1 : items.Size(); }
  json::Value At(size_t index) const { return is_object ? items : items.At(index); }
};

class Pager {
 public:
  // `entity` and `context` outlive this object.
  Pager(const Entity& entity, const ScanContext& context, ListRequest request);

  // The next page, or nothing after the last one. After an error the list is over.
  Result<std::optional<Page>> Next();
  // SQLite wants more rows than its LIMIT said: from here on pages are as large as `page_size`. A page size may not change
  // between the pages of a token, so such a list starts again.
  bool WantsWholePages() const { return page_number_ > 0 && has_more_ && request_.page_size_is_hint; }
  void UseWholePages(int page_size);

 private:
  Result<ApiResponse> SendRequest();
  Result<std::optional<Page>> ReadPage(ApiResponse response);
  Status TakeToken(json::Value root);
  Status AdvanceOffset(json::Value root, size_t rows, uint64_t page_hash);

  const Entity& entity_;
  const ScanContext& context_;
  ListRequest request_;
  std::string token_;
  std::unordered_set<std::string> seen_tokens_;
  int64_t offset_ = 0;
  uint64_t last_page_hash_ = 0;
  int64_t page_number_ = 0;  // pages read
  bool has_more_ = true;
};

// One object by its key: the item itself, or nothing when there is none.
Result<std::optional<json::Document>> GetObject(const ScanContext& context, const ListRequest& request);

}  // namespace infusionsoft
