// SPDX-License-Identifier: MIT
// Contradictions: comparisons of one column that no row can satisfy together, so that nothing need be sent.
#pragma once

#include <vector>

#include "profile/profile.h"
#include "query/predicate.h"
#include "query/sql_value.h"

namespace infusionsoft {

// `column op value`. Text is compared byte by byte: the collation is BINARY, or the column is a number.
struct Comparison {
  Op op = Op::kEqual;
  SqlValue value;
};

// Whether SQLite compares `value` with the column as it stands. A number becomes a text beside a text column, or the column
// a number: '10' < '9', and 10 > 9.
bool IsComparedAsIs(const Column& column, const SqlValue& value);

// Whether no value at all satisfies `comparisons`, NULL included: one is with NULL, or two exclude each other. False where
// it is not certain, as of a number and a text or of texts that are not ASCII, and of operators that are neither = nor
// bounds.
bool Contradict(const std::vector<Comparison>& comparisons);

}  // namespace infusionsoft
