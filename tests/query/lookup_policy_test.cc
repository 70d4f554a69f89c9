// SPDX-License-Identifier: MIT
// The bound of LookupPolicy, over every size: the requests of a simulated join are at most twice the better of one for each
// distinct key and one for each page of a scan.
#include "query/lookup_policy.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <random>
#include <vector>

namespace infusionsoft {
namespace {

struct Join {
  int64_t rows = 0;   // of the outer table
  int64_t pages = 0;  // of the table that is looked up
  int64_t rows_of_page = 10;
  double distinct = 1;    // the share of the rows whose key is new
  double absent = 0;      // the share of the keys that the table does not have
  bool is_unique = true;  // a page that was read answers for the keys in it
  bool is_list = false;   // the number of keys is known
  double expected = 0;    // pages
  bool is_known = false;  // as many pages as are expected there were before
};

struct Spent {
  int64_t keys = 0;
  int64_t requests = 0;
};

// What LookupScan and the memory of answers do, with numbers for pages: key k stands in page k / rows_of_page.
Spent Simulate(const Join& join, std::mt19937& random) {
  const int64_t present = join.pages * join.rows_of_page;
  const auto keys = std::max<int64_t>(1, static_cast<int64_t>(static_cast<double>(join.rows) * join.distinct));
  std::vector<int64_t> known_keys;
  for (int64_t i = 0; i < keys; ++i) {
    const bool is_absent = std::uniform_real_distribution<>(0, 1)(random) < join.absent || i >= present;
    known_keys.push_back(is_absent ? present + i : i);
  }
  std::ranges::shuffle(known_keys, random);
  std::vector<bool> is_answered(static_cast<size_t>(std::max(present, int64_t{1}) + keys + present), false);
  LookupPolicy policy;
  Spent spent{.keys = keys};
  int64_t read = 0;
  for (int64_t row = 0; row < join.rows; ++row) {
    const int64_t key =
        known_keys[static_cast<size_t>(row < keys ? row : std::uniform_int_distribution<int64_t>(0, keys - 1)(random))];
    const auto is_known = [&] {
      const bool is_read = key < present && key / join.rows_of_page < read;
      return is_answered[static_cast<size_t>(key)] || read == join.pages || (join.is_unique && is_read);
    };
    LookupOutlook outlook{.keys = 0, .pages = join.expected, .pages_are_known = join.is_known};
    if (join.is_list) outlook.keys = keys - row;
    while (!is_known() && policy.ShouldScan(outlook)) {
      policy.PageSent();
      ++read;
      ++spent.requests;
    }
    if (is_known()) continue;
    policy.LookupSent();
    ++spent.requests;
    is_answered[static_cast<size_t>(key)] = true;
  }
  return spent;
}

}  // namespace

TEST_CASE("LookupPolicy: one key is one request, and the scan begins with the second miss", "[query]") {
  LookupPolicy policy;
  CHECK_FALSE(policy.ShouldScan({}));
  policy.LookupSent();
  CHECK(policy.ShouldScan({}));
  policy.PageSent();
  CHECK_FALSE(policy.ShouldScan({}));
}

TEST_CASE("LookupPolicy: at most twice the better of keys and pages, whatever the sizes", "[query]") {
  std::mt19937 random(1);
  double worst = 0;
  for (const int64_t rows : {1, 2, 3, 4, 7, 10, 30, 100, 300, 1000, 10'000, 100'000}) {
    for (const int64_t pages : {1, 2, 3, 4, 5, 10, 30, 100, 300, 1000}) {
      for (const double distinct : {1.0, 0.9, 0.5, 0.1, 0.01}) {
        for (const double absent : {0.0, 0.5, 1.0}) {
          for (const bool is_unique : {true, false}) {
            const Join join{.rows = rows, .pages = pages, .distinct = distinct, .absent = absent, .is_unique = is_unique};
            const Spent spent = Simulate(join, random);
            const int64_t best = std::min(spent.keys, pages);
            if (spent.requests > 2 * best) {
              INFO(rows << " rows, " << pages << " pages, " << distinct << " distinct, " << absent << " absent");
              CHECK(spent.requests <= 2 * best);
            }
            if (spent.keys == 1) CHECK(spent.requests == 1);
            worst = std::max(worst, static_cast<double>(spent.requests) / static_cast<double>(best));
          }
        }
      }
    }
  }
  CHECK(worst == 2);  // the bound is reached, so the grid reaches the hard cases
}

TEST_CASE("LookupPolicy: of a list of known length the bound holds, whatever is expected of the scan", "[query]") {
  std::mt19937 random(2);
  for (const int64_t keys : {1, 2, 3, 4, 5, 7, 10, 30, 100, 300, 1000}) {
    for (const int64_t pages : {1, 2, 3, 4, 5, 10, 30, 100, 300, 1000}) {
      for (const double expected : {0.0, 1.0, 2.0, 3.0, 10.0, 100.0, 1000.0}) {
        for (const double absent : {0.0, 0.5, 1.0}) {
          const Spent spent = Simulate(
              {.rows = keys, .pages = pages, .absent = absent, .is_unique = false, .is_list = true, .expected = expected},
              random);
          INFO(keys << " keys, " << pages << " pages, " << expected << " expected, " << absent << " absent");
          if (spent.requests > 2 * std::min(keys, pages)) CHECK(spent.requests <= 2 * std::min(keys, pages));
          // Fewer pages than keys, and expected to be fewer: the scan alone. Two keys never need a page.
          if (pages < keys && expected >= static_cast<double>(pages) && expected < static_cast<double>(keys)) {
            if (spent.requests != pages) CHECK(spent.requests == pages);
          }
          if (keys == 2 && expected != 1) CHECK(spent.requests == 2);
        }
      }
    }
  }
}

TEST_CASE("LookupPolicy: a list beside a scan of known length is the better of both", "[query]") {
  std::mt19937 random(3);
  for (const int64_t keys : {1, 2, 3, 7, 30, 300}) {
    for (const int64_t pages : {1, 2, 3, 5, 30, 300}) {
      const auto known = static_cast<double>(pages);
      Join join{.rows = keys, .pages = pages, .is_unique = false, .is_list = true, .expected = known, .is_known = true};
      INFO(keys << " keys, " << pages << " pages");
      CHECK(Simulate(join, random).requests == std::min(keys, pages));
      // In a join, the look-ups first.
      join.is_list = false;
      CHECK(Simulate(join, random).requests == (keys <= pages ? keys : 2 * pages));
    }
  }
}

TEST_CASE("LookupPolicy: a table that has grown since costs no more than twice its keys", "[query]") {
  std::mt19937 random(4);
  for (const int64_t keys : {1, 2, 3, 7, 30, 300}) {
    for (const double known : {1.0, 2.0, 5.0, 50.0}) {
      for (const bool is_list : {false, true}) {
        INFO(keys << " keys, " << known << " pages before, " << is_list);
        CHECK(Simulate(
                  {.rows = keys, .pages = 1000, .is_unique = false, .is_list = is_list, .expected = known, .is_known = true},
                  random)
                  .requests <= 2 * keys);
      }
    }
  }
}

}  // namespace infusionsoft
