// SPDX-License-Identifier: MIT
#include "query/row_ids.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

namespace infusionsoft {
namespace {

RowHash Weak(int bits) { return RowHash(KeyedHash(std::string(KeyedHash::kKeyBytes, 'k')), bits); }

}  // namespace

TEST_CASE("RowIds: a rowid belongs to one key, however often it is claimed", "[query]") {
  RowIds ids(Weak(63));
  const std::string longest(RowIds::kMaxKey, 'a');
  for (const std::string& key :
       {std::string(), std::string("a"), std::string("a\0b", 3), longest, longest + "a", longest + "b"}) {
    const int64_t id = ids.HashOf(key);
    CHECK(id >= 0);
    CHECK(ids.Claim(id, key).ok());
    CHECK(ids.Claim(id, key).ok());
    CHECK(ids.Claim(id, key + "x").code() == StatusCode::kInternal);
    CHECK(ids.Claim(id, key + longest + "x").code() == StatusCode::kInternal);
  }
}

TEST_CASE("RowIds: two keys with one rowid are found among many, in memory and in the file", "[query]") {
  for (const size_t max_bytes : {RowIds::kMaxBytes, size_t{0}, size_t{70000}}) {
    RowIds ids(Weak(63), max_bytes);
    const auto key = [](int64_t i) { return "key " + std::to_string(i) + std::string(static_cast<size_t>(i) % 80, 'x'); };
    for (int64_t i = 0; i < 5000; ++i) REQUIRE(ids.Claim(i - 100, key(i)).ok());
    for (int64_t i = 0; i < 5000; ++i) {
      REQUIRE(ids.Claim(i - 100, key(i)).ok());
      REQUIRE(ids.Claim(i - 100, key(i + 1)).code() == StatusCode::kInternal);
    }
  }
}

TEST_CASE("RowIds: what it holds in memory is bounded but for the table of rowids", "[query]") {
  RowIds ids(Weak(63), size_t{128} << 10);
  for (int64_t i = 0; i < 30000; ++i) REQUIRE(ids.Claim(i, std::to_string(i) + std::string(50, 'x')).ok());
  CHECK(ids.bytes_in_memory() <= (size_t{128} << 10) + 64 * size_t{30000} + 4096);
  CHECK(ids.Claim(29999, "29999" + std::string(50, 'x')).ok());
}

TEST_CASE("RowHash: a key of the process, and as few bits as a test wants", "[query]") {
  CHECK(RowHash::OfProcess().Of("a") == RowHash::OfProcess().Of("a"));
  CHECK(RowHash::OfProcess().Of("a") != Weak(63).Of("a"));
  int64_t most = 0;
  for (int i = 0; i < 1000; ++i) most = std::max(most, Weak(3).Of(std::to_string(i)));
  CHECK(most == 7);
}

}  // namespace infusionsoft
