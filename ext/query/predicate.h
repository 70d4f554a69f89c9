// SPDX-License-Identifier: MIT
// Predicate: what SQLite tells xBestIndex about a query, without SQLite's headers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "query/sql_value.h"

namespace infusionsoft {

inline constexpr int kRowIdColumn = -1;

enum class Op {
  kEqual,
  kEqualNoCase,  // equality under COLLATE NOCASE; only in plans
  kIn,           // an IN list that may be taken as a whole; each of its values alone is an equality
  kGreater,
  kGreaterOrEqual,
  kLess,
  kLessOrEqual,
  kLike,
  kGlob,
  kIsNull,
  kNotEqual,  // these four are never sent
  kIs,
  kIsNot,
  kIsNotNull,
  kLimit,   // of no column
  kOffset,  // of no column
  kOther,   // of a name that is not told: MATCH, REGEXP, a function
};

// As people and plans write it: "=", "IN", ">=", "LIKE", "IS NULL", ...
std::string_view OpText(Op op);
std::optional<Op> ParseOp(std::string_view text);

enum class Collation { kBinary, kNoCase, kRtrim, kOther };

struct Constraint {
  int column = 0;  // the entity's column, or kRowIdColumn
  Op op = Op::kOther;
  bool usable = true;  // false: its right side is not known when this table is scanned
  Collation collation = Collation::kBinary;
  // Its right side where that is a literal; beside a numeric column, text that looks like a number is one.
  std::optional<SqlValue> literal{};
};

struct OrderTerm {
  int column = 0;
  bool descending = false;
  friend bool operator==(const OrderTerm&, const OrderTerm&) = default;
};

struct Predicate {
  std::vector<Constraint> constraints;  // in SQLite's order: the position is SQLite's constraint number
  std::vector<OrderTerm> order_by;
  // Bit i: column i is read. SQLite folds all columns from the 64th on into bit 63.
  uint64_t columns_used = ~uint64_t{0};

  bool Uses(int column) const { return (columns_used >> (column < 63 ? column : 63)) & 1; }
};

}  // namespace infusionsoft
