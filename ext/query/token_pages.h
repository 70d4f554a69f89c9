// SPDX-License-Identifier: MIT
// TokenPages: where a list that is asked for by page token stands.
//
// The end is an absent, null or empty token, whatever the page has: the documents tell no other. A token may be a whole URL.
// A page may be empty and still have a token, as filters leave some out, but kMaxEmptyPages of them one after another say
// that the tokens lead nowhere. A token that comes back would repeat the rows for ever. Both are errors.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_set>

#include "base/status.h"
#include "http/url.h"
#include "json/document.h"

namespace infusionsoft {

class TokenPages {
 public:
  static constexpr int kMaxEmptyPages = 3;

  // Adds what asks for the next page.
  void AddTo(http::QueryParams& page) const;
  // `root` is the page with so many rows. Whether there is another one. Errors: kBadResponse.
  Result<bool> Advance(json::Value root, size_t rows);
  // What AddTo adds; "" for the first page.
  const std::string& token() const { return token_; }

 private:
  std::string token_;
  std::unordered_set<std::string> seen_;
  int empty_pages_ = 0;  // one after another
};

}  // namespace infusionsoft
