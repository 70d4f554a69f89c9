// SPDX-License-Identifier: MIT
// The access token ends while several connections of one process need it, or in the middle of a scan.
#include <barrier>
#include <catch2/catch.hpp>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "account.h"
#include "database.h"

namespace infusionsoft::oauth_test {
namespace {

constexpr int kRounds = 10;
constexpr int kAtOnce = 2;
constexpr int kPagesize = 10;

// What each of several threads gets that count the contacts at the same moment, each over a connection of its own.
std::vector<std::string> CountAtOnce(const Account& account, bool share_session) {
  std::barrier start(kAtOnce);
  std::vector<std::string> results(kAtOnce);
  std::vector<std::thread> threads;
  for (int i = 0; i < kAtOnce; ++i) {
    threads.emplace_back([&, i] {
      // Connections that differ in such a property have the token file in common and nothing else.
      const std::string timeout = "Timeout=" + std::to_string(60 + (share_session ? 0 : i));
      Database database;
      database.Query(account.CreateContacts({.initiate = "REFRESH", .more = timeout}));
      start.arrive_and_wait();
      const auto values = database.Query("SELECT count(*) || '|' || count(DISTINCT id) FROM contacts");
      results[static_cast<size_t>(i)] = database.error() + (values.empty() ? "" : values[0]);
    });
  }
  for (std::thread& thread : threads) thread.join();
  return results;
}

const std::vector<std::string> kAllRows(kAtOnce, std::to_string(kContacts) + "|" + std::to_string(kContacts));

TEST_CASE("Refresh: connections on several threads make one refresh", "[oauth]") {
  const OldToken old = GENERATE(from_range(kOldTokens));
  const bool share_session = GENERATE(true, false);
  CAPTURE(old.access_token, share_session);
  for (int round = 1; round <= kRounds; ++round) {
    CAPTURE(round);
    Account account;  // a new one: the process keeps the sessions of those that it knows, with their tokens
    account.AgeTokens(old);
    CHECK(CountAtOnce(account, share_session) == kAllRows);
    CHECK(account.server().refresh_count() == 1);
    CHECK(account.server().token_requests() == 1);
  }
}

TEST_CASE("Refresh: when the API ends a token that a process has in memory, its threads make one refresh", "[oauth]") {
  const bool share_session = GENERATE(true, false);
  CAPTURE(share_session);
  Account account;
  account.AgeTokens(kOldTokens[0]);
  for (int round = 1; round <= kRounds; ++round) {
    CAPTURE(round);
    CHECK(CountAtOnce(account, share_session) == kAllRows);
    CHECK(account.server().refresh_count() == static_cast<uint64_t>(round));
    CHECK(account.server().token_requests() == static_cast<uint64_t>(round));
    account.server().ExpireAccessTokens();
  }
}

TEST_CASE("Refresh: a token that ends in the middle of a scan is replaced once, and no row is lost", "[oauth]") {
  Account account;
  account.AgeTokens(kOldTokens[0]);
  Database database;
  database.Query(account.CreateContacts({.initiate = "REFRESH", .more = "Pagesize=" + std::to_string(kPagesize)}));
  REQUIRE(database.error() == "");
  std::set<int64_t> ids;
  const Statement scan = database.Prepare("SELECT id FROM contacts");
  REQUIRE(scan != nullptr);
  for (int row = 0; database.Step(scan); ++row) {
    if (row == 0) {
      CHECK(account.server().refresh_count() == 1);
      CHECK(account.server().api_requests() < kContacts / kPagesize);  // pages are still to come
      account.server().ExpireAccessTokens();
    }
    CHECK(ids.insert(sqlite3_column_int64(scan.get(), 0)).second);
  }
  CHECK(database.error() == "");
  CHECK(ids.size() == kContacts);
  CHECK(account.server().refresh_count() == 2);
  CHECK(account.server().token_requests() == 2);
}

}  // namespace
}  // namespace infusionsoft::oauth_test
