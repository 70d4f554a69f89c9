// SPDX-License-Identifier: MIT
#include "query/row_id_set.h"

#include <catch2/catch.hpp>
#include <limits>
#include <random>
#include <set>

namespace infusionsoft {

TEST_CASE("RowIdSet: says what std::set says", "[query]") {
  const auto seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  RowIdSet set;
  std::set<int64_t> reference;
  for (int i = 0; i < 20000; ++i) {
    int64_t id = static_cast<int64_t>(random() % 5000) - 100;
    if (i % 1000 == 0) id = std::numeric_limits<int64_t>::min() + (i / 1000) % 2;
    REQUIRE(set.Insert(id) == reference.insert(id).second);
  }
  CHECK(set.size() == reference.size());
}

}  // namespace infusionsoft
