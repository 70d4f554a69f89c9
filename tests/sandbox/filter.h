// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api_description.h"
#include "json_path.h"

namespace infusionsoft::sandbox {

enum class Op : uint8_t { kEqual, kNotEqual, kGreater, kLess, kGreaterEqual, kLessEqual };

// One clause of a filter, with its value read as the filter's type.
struct Clause {
  const FilterSpec* spec = nullptr;
  Op op = Op::kEqual;
  std::string text;
  bool prefix = false;    // ended with "*"; `text` is without it
  bool sentinel = false;  // asks for rows without the property
  std::vector<uint64_t> ids;
  double number = 0;
  int64_t millis = 0;
  bool truth = false;
  std::vector<std::string> choices;
};

// Reads a filter by the letter of the documents. On anything they do not allow, returns false and
// says why in `error`.
bool ParseFilter(const ListSpec& list, std::string_view text, std::vector<Clause>* clauses, std::string* error);
// A filter that stands in the query by itself: tab_id=5.
bool ParseParameterClause(const ListSpec& list, std::string_view name, std::string_view value, std::vector<Clause>* clauses,
                          std::string* error);

// Digits only, without a sign or surrounding spaces, at most 18 of them.
bool ParseId(std::string_view text, uint64_t* id);

}  // namespace infusionsoft::sandbox
