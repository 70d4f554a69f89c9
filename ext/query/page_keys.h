// SPDX-License-Identifier: MIT
// PageKeys: what the keys of a list's rows may not do.
//
// Two rows of one page with one key are an error: one of them would be taken for the other. No server sends a row twice in
// one page; over pages it does, when rows change places between two requests. Pages are compared as well, by their keys
// alone: a page with the very rows of an earlier one says that the server does not know how it was asked for the next, and
// would go on for ever, whatever else in it changes. Rows without a key may be equal on any number of pages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/status.h"
#include "json/document.h"
#include "profile/profile.h"
#include "query/page.h"

namespace infusionsoft {

class PageKeys {
 public:
  // `entity` outlives this object.
  explicit PageKeys(const Entity& entity);

  void BeginList() { seen_.clear(); }
  // Takes the next page of the list. Errors: kBadResponse.
  Status Check(const Page& page);
  // Of a list by offset: whether the last page has rows without a key, and says the same as the one before.
  bool MayBeRepeated() const { return may_be_repeated_; }

 private:
  using Keys = std::unordered_set<std::string>;

  Status CheckItem(json::Value item, Keys& keys) const;

  const Entity& entity_;
  std::optional<json::Path> nested_;
  std::vector<int> row_columns_;       // the parts of the key that a row has
  std::vector<int> item_columns_;      // of a nested table: those that its item has
  std::unordered_set<uint64_t> seen_;  // hashes of the pages' keys
  uint64_t last_content_ = 0;
  bool may_be_repeated_ = false;
};

}  // namespace infusionsoft
