// SPDX-License-Identifier: MIT
// Processes that are killed while they refresh. A refresh changes two places that no transaction spans: the server, which
// spends the old token, and the file. What is promised: the file always holds the old tokens or the new ones, whole; so a
// new process works whenever the server still accepts what the file holds. A server that takes a spent token until its
// successor is used always does. With one that never does, the tokens of an answer that was not yet on the disk are lost,
// and a person is told so.
#include <catch2/catch.hpp>
#include <chrono>
#include <iostream>
#include <random>
#include <string>

#include "account.h"

namespace infusionsoft::oauth_test {
namespace {

using Catch::Matchers::Contains;

constexpr int kKills = 50;
const std::string kRows = std::to_string(kContacts) + "\n";

unsigned NewSeed() { return std::random_device{}(); }

// Starts a process that refreshes, and kills it at a moment that nobody can foresee: after some refreshes, and then within
// about the time that one takes.
void KillWhileRefreshing(const Account& account, const Connection& connection, std::mt19937& random) {
  ChildProcess refresher({REFRESHER, account.ConnectionString(connection)}, {});
  const size_t refreshes = 1 + random() % 3;
  REQUIRE(refresher.AwaitOutput(std::string(refreshes, '.')));
  const auto moment = std::chrono::steady_clock::now() + std::chrono::microseconds(random() % 6000);
  while (std::chrono::steady_clock::now() < moment) {
  }
  REQUIRE(refresher.Kill());
}

Outcome CountContacts(const Account& account, const Connection& connection) {
  return account.Run(account.CreateContacts(connection) + "SELECT count(*) FROM contacts;");
}

TEST_CASE("Kill: whatever the moment, a new process works while the server accepts the old token or the new one",
          "[oauth]") {
  const unsigned seed = NewSeed();
  std::mt19937 random(seed);
  const std::string key = GENERATE(as<std::string>(), "", "a phrase");
  const Connection connection{.initiate = "REFRESH", .more = "TokenKey=" + key};
  CAPTURE(seed, key);
  sandbox::SandboxOptions options;
  options.refresh_grace = true;
  Account account(options);
  account.AgeTokens(kOldTokens[0]);
  const int kills = key.empty() ? kKills : 10;
  for (int round = 0; round < kills; ++round) {
    KillWhileRefreshing(account, connection, random);
    account.server().ExpireAccessTokens();  // the new process cannot do without the refresh token
    const Outcome outcome = CountContacts(account, connection);
    CAPTURE(round);
    CHECK(outcome.out == kRows);
    CHECK(outcome.err == "");
  }
  std::cout << "killed " << kills << " times (seed " << seed << (key.empty() ? "" : ", sealed")
            << "): a new process got rows each time\n";
}

TEST_CASE(
    "Kill: with a server that never takes a spent token, the file is whole and its tokens work or are told to be spent",
    "[oauth]") {
  const unsigned seed = NewSeed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  const Connection connection{.initiate = "REFRESH"};
  auto account = std::make_unique<Account>();
  account->AgeTokens(kOldTokens[0]);
  int lost = 0;
  for (int round = 0; round < kKills; ++round) {
    KillWhileRefreshing(*account, connection, random);
    CAPTURE(round);
    // The access tokens of before still live here: no moment costs more than the next refresh.
    CHECK(CountContacts(*account, connection).out == kRows);
    account->server().ExpireAccessTokens();
    const bool accepted = account->server().AcceptsRefreshToken(account->StoredRefreshToken());
    const Outcome outcome = CountContacts(*account, connection);
    if (accepted) {
      CHECK(outcome.out == kRows);
      CHECK(outcome.err == "");
      continue;
    }
    ++lost;
    CHECK(outcome.out == "");
    CHECK_THAT(outcome.err, Contains("refresh token") && Contains("sign in again"));
    account = std::make_unique<Account>();
    account->AgeTokens(kOldTokens[0]);
  }
  std::cout << "killed " << kKills << " times (seed " << seed << "): the server's answer was lost with the process " << lost
            << " times, and the file was whole each time\n";
}

}  // namespace
}  // namespace infusionsoft::oauth_test
