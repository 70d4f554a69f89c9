// SPDX-License-Identifier: MIT
// Pager: the pages of one list, one request each, until the token runs out.
//
// Source: KEAP_FACTS section 4.1. The end is an absent, null or empty token; a token may be a whole URL; a page may be empty
// and still have a token. A token that comes back is an error, because rows would repeat for ever.
#pragma once

#include <cstddef>
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
  json::Value items;         // an array of rows, or one row
  bool is_object = false;    // one row
  size_t size() const { return is_object ? 1 : items.Size(); }
  json::Value At(size_t index) const { return is_object ? items : items.At(index); }
};

class Pager {
 public:
  // `entity` and `context` outlive this object.
  Pager(const Entity& entity, const ScanContext& context, ListRequest request);

  // The next page, or nothing after the last one. After an error the list is over.
  Result<std::optional<Page>> Next();
  // Whether a page was read and another one follows.
  bool HasFollowingPage() const { return !token_.empty() && has_more_; }
  const ListRequest& request() const { return request_; }

 private:
  Result<std::optional<Page>> ReadPage(ApiResponse response);
  Status TakeToken(json::Value root);

  const Entity& entity_;
  const ScanContext& context_;
  ListRequest request_;
  std::string token_;
  std::unordered_set<std::string> seen_tokens_;
  bool has_more_ = true;
};

// One object by its key: the item itself, or nothing when there is none.
Result<std::optional<json::Document>> GetObject(const ScanContext& context, const ListRequest& request);

}  // namespace infusionsoft
