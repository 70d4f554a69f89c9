// SPDX-License-Identifier: MIT
#include "query/row_spool.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

namespace infusionsoft {
namespace {

struct Row {
  int64_t id = 0;
  std::vector<SqlValue> cells;
  friend bool operator==(const Row&, const Row&) = default;
};

// A row of every kind of value, told from others by `number`.
Row RowOf(int64_t number) {
  const std::string text = std::to_string(number) + std::string(1, '\0') + "\xc3\xa9'";
  return {number * 7 - 3,
          {SqlValue::Null(), SqlValue::Integer(-number), SqlValue::Integer(std::numeric_limits<int64_t>::min()),
           SqlValue::Real(static_cast<double>(number) / 3), SqlValue::Text(text), SqlValue::Text(""),
           SqlValue::Blob("\xff" + text)}};
}

void Add(RowSpool& spool, const Row& row) { REQUIRE(spool.Add(row.id, row.cells).ok()); }

Row Take(RowSpool& spool) {
  const Result<bool> has_row = spool.Next();
  REQUIRE(has_row.ok());
  REQUIRE(*has_row);
  return {spool.row_id(), spool.cells()};
}

bool IsEmpty(RowSpool& spool) {
  const Result<bool> has_row = spool.Next();
  REQUIRE(has_row.ok());
  return !*has_row;
}

TEST_CASE("RowSpool: gives what it got, from memory and from the file", "[query]") {
  for (const size_t max_bytes : {size_t{0}, size_t{1000}, size_t{1} << 20}) {
    INFO(max_bytes);
    RowSpool spool(max_bytes, 300);
    CHECK(IsEmpty(spool));
    for (int64_t i = 0; i < 200; ++i) Add(spool, RowOf(i));
    for (int64_t i = 0; i < 200; ++i) CHECK(Take(spool) == RowOf(i));
    CHECK(IsEmpty(spool));
    CHECK(IsEmpty(spool));
  }
}

TEST_CASE("RowSpool: rows may be added while others are taken", "[query]") {
  RowSpool spool(500, 100);
  int64_t added = 0;
  int64_t taken = 0;
  for (int round = 1; round < 30; ++round) {
    for (int i = 0; i < round; ++i) Add(spool, RowOf(added++));
    for (int i = 0; i < 30 - round && taken < added; ++i) CHECK(Take(spool) == RowOf(taken++));
  }
  while (taken < added) CHECK(Take(spool) == RowOf(taken++));
  CHECK(IsEmpty(spool));
}

TEST_CASE("RowSpool: a row without columns is one", "[query]") {
  RowSpool spool(0, 1);
  Add(spool, {42, {}});
  CHECK(Take(spool) == Row{42, {}});
  CHECK(IsEmpty(spool));
}

TEST_CASE("RowSpool: a file that cannot be made is an error", "[query]") {
  const char* const before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  setenv("TMPDIR", "/nowhere/at/all", 1);
  RowSpool spool(0, 1);
  const Status status = spool.Add(1, {SqlValue::Integer(1)});
  before == nullptr ? unsetenv("TMPDIR") : setenv("TMPDIR", kept.c_str(), 1);
  CHECK(status.code() == StatusCode::kInvalidArgument);
  CHECK(status.message().find("/nowhere/at/all") != std::string::npos);
}

}  // namespace
}  // namespace infusionsoft
