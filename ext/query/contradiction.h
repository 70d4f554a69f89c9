// SPDX-License-Identifier: MIT
// Contradictions: comparisons of one column that no row can satisfy together, so that nothing need be sent.
#pragma once

#include <vector>

#include "query/predicate.h"
#include "query/sql_value.h"

namespace infusionsoft {

// `column op value`. Text is compared byte by byte: the collation is BINARY, or the column is a number.
struct Comparison {
  Op op = Op::kEqual;
  SqlValue value;  // the column's affinity applied
};

// Whether no value at all satisfies `comparisons`, NULL included: one is with NULL, or two exclude each other. False where
// it is not certain, as of a number and a text, and of operators that are neither = nor bounds.
bool Contradict(const std::vector<Comparison>& comparisons);

}  // namespace infusionsoft
