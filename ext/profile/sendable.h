// SPDX-License-Identifier: MIT
// Sendable: which SQL operators on a column can become part of a request, and what the API calls them there.
//
// It says what the planner may do with one condition by itself, to people and tools; which conditions of a query fit into
// one request is the planner's decision.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "profile/profile.h"

namespace infusionsoft {

// Just one of `path`, `pushdowns` and `order_by` is not empty.
struct Sendable {
  std::string_view op;                     // "=", "IN", ">", ">=", "<", "<=", "LIKE", "GLOB", "IS NULL" or "ORDER BY"
  std::string path;                        // the value stands in this path: "/v2/contacts/{id}"
  std::vector<const Pushdown*> pushdowns;  // of the column; two for an equality with a time, which is both of its bounds
  std::string order_by;                    // the API's name for ordering by the column
};

// In the order in which people read operators, each once: where there are several ways, the one that is tried first. IN
// stands for a list that is sent as a whole; where = can be sent, other IN lists are sent value by value.
std::vector<Sendable> ListSendable(const Entity& entity, const Column& column);

// The same in words: "=, IN, >, >=, <, <=, LIKE 'x%', ORDER BY".
std::string DescribePushdowns(const Entity& entity, const Column& column);

}  // namespace infusionsoft
