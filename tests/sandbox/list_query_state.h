// SPDX-License-Identifier: MIT
// What the two halves of ListQuery share: reading a request (list_query.cc) and writing its answer (list_answers.cc).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "list_query.h"
#include "page_token.h"

namespace infusionsoft::sandbox {

constexpr int kDefaultPageSize = 100;

struct ListQuery::Query {
  std::vector<Clause> clauses;
  Ordering ordering;
  int page_size = kDefaultPageSize;
  int offset = 0;
  std::vector<std::string> fields;
  std::string page_token;
  // Everything that a page token belongs to.
  std::string identity;
  PagePosition start;
  std::optional<std::vector<uint32_t>> scope;
  uint64_t parent = 0;
};

// The properties of the answer. `single`: of one row, which may have more of them than a list's.
std::vector<const Property*> Select(const Entity& entity, const std::optional<FieldsSpec>& spec,
                                    const std::vector<std::string>& asked, const FreedomSet& freedoms, bool single);

Nulls NullsOf(const FreedomSet& freedoms);

HttpReply ReplyOf(const rapidjson::StringBuffer& buffer, const BreakSet& struck);
inline uint32_t BitOf(Break what) { return uint32_t{1} << static_cast<size_t>(what); }

}  // namespace infusionsoft::sandbox
