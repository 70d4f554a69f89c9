// SPDX-License-Identifier: MIT
// AnswerCache: what the requests of one statement were answered, so that the same request is not sent twice.
//
// SQLite reads an inner table of a join anew for each outer row, and cannot say beforehand whether it will read a list
// again. So the pages of a list are kept as they pass, up to a bound. A list that does not fit is forgotten as a whole and
// never kept again: of a list, half the pages save no request, because the page tokens of another run differ. Used by one
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "json/document.h"

namespace infusionsoft {

// What one request was answered. Immutable; a failed request is no answer.
struct ApiAnswer {
  bool found = true;  // false: the API's own 404
  json::Document document;
  std::string text;  // of an answer that is no JSON object: the value itself
};

class AnswerCache {
 public:
  // For the parsed answers of one statement, their texts included. Beside it a statement holds the page that it reads.
  static constexpr size_t kMaxBytes = size_t{64} << 20;

  explicit AnswerCache(size_t max_bytes = kMaxBytes) : max_bytes_(max_bytes) {}

  // `list` is the request as its first page is asked for, `page` what is added to it for a further one. Null: not known.
  std::shared_ptr<const ApiAnswer> Find(const std::string& list, const std::string& page) const;
  // Keeps the answer if there is room for it.
  void Insert(const std::string& list, const std::string& page, std::shared_ptr<const ApiAnswer> answer);

  size_t bytes() const { return bytes_; }

 private:
  struct List {
    std::map<std::string, std::shared_ptr<const ApiAnswer>> pages;
    size_t bytes = 0;
    bool is_forgotten = false;
  };

  const size_t max_bytes_;
  size_t bytes_ = 0;
  std::unordered_map<std::string, List> lists_;
};

}  // namespace infusionsoft
