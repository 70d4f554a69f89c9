// SPDX-License-Identifier: MIT
// Answers made from the vendor's schemas alone: every property has a value.
#pragma once

#include <string>
#include <vector>

#include "official_api.h"

namespace infusionsoft::official {

// The documents declare most ids and numbers as strings and show numbers in their examples: a client must read both.
enum class NumberStyle { kAsStrings, kAsNumbers };

struct AnswerOptions {
  NumberStyle numbers = NumberStyle::kAsStrings;
  std::vector<std::string> fields;  // what the request names; the other fields that it may name are left out
  std::string next_page_token;      // of a paged list
  bool has_rows = true;             // false: of a page behind the last row
};

// The body of the answer: JSON, or the bare text where the content type is another.
std::string ExampleAnswer(const Operation& operation, const AnswerOptions& options);

}  // namespace infusionsoft::official
