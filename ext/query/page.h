// SPDX-License-Identifier: MIT
// Page: the rows of one answer.
#pragma once

#include <cstddef>
#include <memory>

#include "json/document.h"
#include "query/answer_cache.h"

namespace infusionsoft {

// Its rows are borrowed from `answer`.
struct Page {
  std::shared_ptr<const ApiAnswer> answer;
  json::Value items;       // an array of rows, or one row
  bool is_object = false;  // one row
  bool was_sent = false;   // false: the statement remembered it
  size_t size() const { return is_object ? 1 : items.Size(); }
  json::Value At(size_t index) const { return is_object ? items : items.At(index); }
};

}  // namespace infusionsoft
