// SPDX-License-Identifier: MIT
// Shrinking: the queries that are one step smaller than one that fails.
#pragma once

#include <string>
#include <vector>

#include "query.h"

namespace infusionsoft::differential {

// The boldest steps first. Some of them may not be valid SQL, which no database then answers.
std::vector<Query> SmallerQueries(const Query& query);

// SQL without one of its parts, or with a simpler value in it: shorter lists, no COLLATE, no NOT, fewer conditions of a
// sub-query, shorter texts, smaller numbers.
std::vector<std::string> SmallerTexts(const std::string& sql);

}  // namespace infusionsoft::differential
