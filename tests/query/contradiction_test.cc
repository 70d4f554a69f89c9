// SPDX-License-Identifier: MIT
#include "query/contradiction.h"

#include <catch2/catch.hpp>

namespace infusionsoft {
namespace {

SqlValue Int(int64_t value) { return SqlValue::Integer(value); }
SqlValue Text(const char* value) { return SqlValue::Text(value); }

}  // namespace

TEST_CASE("Contradiction: bounds that leave nothing between them", "[query]") {
  CHECK(Contradict({{Op::kGreater, Int(10)}, {Op::kLess, Int(5)}}));
  CHECK(Contradict({{Op::kGreaterOrEqual, Text("2026")}, {Op::kLessOrEqual, Text("2025")}}));
  CHECK(Contradict({{Op::kLess, Int(5)}, {Op::kGreaterOrEqual, Int(5)}}));
  CHECK(Contradict({{Op::kGreater, SqlValue::Real(5.5)}, {Op::kEqual, Int(5)}}));
  CHECK_FALSE(Contradict({{Op::kGreaterOrEqual, Int(5)}, {Op::kLessOrEqual, Int(5)}}));
  CHECK_FALSE(Contradict({{Op::kGreater, Int(5)}, {Op::kLess, Int(6)}}));  // 5.5 is between
  CHECK_FALSE(Contradict({{Op::kGreater, Int(5)}, {Op::kGreater, Int(10)}, {Op::kLess, Int(11)}}));
}

TEST_CASE("Contradiction: two values of one column", "[query]") {
  CHECK(Contradict({{Op::kEqual, Int(1)}, {Op::kEqual, Int(2)}}));
  CHECK(Contradict({{Op::kEqual, Text("a")}, {Op::kEqual, Text("A")}}));
  CHECK_FALSE(Contradict({{Op::kEqual, Int(1)}, {Op::kEqual, SqlValue::Real(1)}}));
  CHECK_FALSE(Contradict({{Op::kEqual, Text("a")}}));
  CHECK_FALSE(Contradict({}));
}

TEST_CASE("Contradiction: a comparison with NULL is never true", "[query]") {
  for (Op op : {Op::kEqual, Op::kLess, Op::kLessOrEqual, Op::kGreater, Op::kGreaterOrEqual}) {
    CHECK(Contradict({{op, SqlValue::Null()}}));
  }
  CHECK_FALSE(Contradict({{Op::kOther, SqlValue::Null()}}));  // IS NULL is true of some
  CHECK_FALSE(Contradict({{Op::kLike, Text("a%")}, {Op::kEqual, Text("b")}}));
}

TEST_CASE("Contradiction: numbers that are equal when rounded, and values of two kinds, prove nothing", "[query]") {
  const int64_t large = 9007199254740993;  // 2^53 + 1 has no double of its own
  CHECK_FALSE(Contradict({{Op::kGreater, Int(large)}, {Op::kEqual, SqlValue::Real(9007199254740992.0)}}));
  CHECK(Contradict({{Op::kGreater, Int(large)}, {Op::kEqual, Int(large)}}));
  CHECK_FALSE(Contradict({{Op::kGreater, Text("5")}, {Op::kLess, Int(3)}}));
  CHECK_FALSE(Contradict({{Op::kGreater, Text("\u0141")}, {Op::kLess, Text("\u00ff")}}));  // UTF-16LE has them the other way
  CHECK_FALSE(Contradict({{Op::kEqual, SqlValue::Blob()}, {Op::kEqual, SqlValue::Blob()}}));
}

}  // namespace infusionsoft
