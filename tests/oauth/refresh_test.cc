// SPDX-License-Identifier: MIT
// Tokens that an earlier session has left, used by later ones: refreshed when they have ended, and never lost.
#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "account.h"

namespace infusionsoft::oauth_test {
namespace {

using Catch::Matchers::Contains;

constexpr int kRounds = 10;
constexpr int kAtOnce = 2;
constexpr char kCountContacts[] = "SELECT count(*), count(DISTINCT id) FROM contacts;\n";
const std::string kAllContacts = std::to_string(kContacts) + "|" + std::to_string(kContacts) + "\n";

TEST_CASE("Refresh: several processes make one refresh", "[oauth]") {
  Account account;
  const OldToken old = GENERATE(from_range(kOldTokens));
  CAPTURE(old.access_token);
  for (int round = 1; round <= kRounds; ++round) {
    account.AgeTokens(old);
    std::vector<ChildProcess> shells;
    for (int i = 0; i < kAtOnce; ++i) {
      shells.push_back(account.StartShell());
      shells.back().Write(account.CreateContacts({.initiate = "REFRESH"}) + ".system echo steady\n");
    }
    for (ChildProcess& shell : shells) REQUIRE(shell.AwaitOutput("steady\n"));
    for (ChildProcess& shell : shells) shell.Write(kCountContacts);
    CAPTURE(round);
    for (ChildProcess& shell : shells) {
      const Outcome outcome = FinishShell(std::move(shell));
      CHECK(outcome.out == "steady\n" + kAllContacts);
      CHECK(outcome.err == "");
    }
    CHECK(account.server().refresh_count() == static_cast<uint64_t>(round));
    CHECK(account.server().token_requests() == static_cast<uint64_t>(round));
  }
}

TEST_CASE("Refresh: four processes of eight threads each make one refresh, and everyone gets rows", "[oauth]") {
  constexpr int kProcesses = 4;
  constexpr int kThreads = 8;
  Account account;
  const OldToken old = GENERATE(from_range(kOldTokens));
  const std::string key = GENERATE(as<std::string>(), "", "a phrase");
  CAPTURE(old.access_token, key);
  account.AgeTokens(old);
  std::vector<ChildProcess> hosts;
  for (int i = 0; i < kProcesses; ++i) {
    hosts.emplace_back(
        std::vector<std::string>{THREAD_HOST, std::to_string(kThreads),
                                 account.CreateContacts({.initiate = "REFRESH", .more = "TokenKey=" + key}), kCountContacts},
        Environment());
  }
  for (ChildProcess& host : hosts) REQUIRE(host.AwaitOutput("steady\n"));
  for (ChildProcess& host : hosts) host.Write("go\n");
  std::string expected = "steady\n";
  for (int i = 0; i < kThreads; ++i) expected += kAllContacts;
  for (ChildProcess& host : hosts) {
    const Outcome outcome = FinishShell(std::move(host));
    CHECK(outcome.out == expected);
    CHECK(outcome.err == "");
  }
  CHECK(account.server().refresh_count() == 1);
  CHECK(account.server().token_requests() == 1);
  CHECK((ReadFile(account.token_file()).find("rt-") == std::string::npos) == !key.empty());
}

TEST_CASE("Refresh: with a wrong client secret, the message names the properties and the token is kept", "[oauth]") {
  Account account;
  account.AgeTokens(kOldTokens[0]);
  const Outcome outcome =
      account.Run(account.CreateContacts({.initiate = "REFRESH", .secret = "wrong_client_secret"}) + kCountContacts);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Contains("OAuthClientId") && Contains("OAuthClientSecret"));
  const Outcome corrected = account.Run(account.CreateContacts({.initiate = "REFRESH"}) + kCountContacts);
  CHECK(corrected.out == kAllContacts);
}

TEST_CASE("Database file: holds no secret when the connection stands elsewhere", "[oauth]") {
  Account account;
  account.AgeTokens(kOldTokens[0]);
  const std::string database = account.Path("test.db");
  const Environment environment = {{"KEAP_SECRET", "your_client_secret"}};
  const std::string string = account.ConnectionString({.initiate = "REFRESH", .secret = "env:KEAP_SECRET"});
  const Outcome made = account.Run("SELECT infusionsoft_connect('keap', '" + string + "');" +
                                       "CREATE VIRTUAL TABLE by_name USING infusionsoft_contacts(Connection=keap);"
                                       "CREATE VIRTUAL TABLE by_env USING infusionsoft_contacts('" +
                                       string +
                                       "');"
                                       "CREATE TABLE copy AS SELECT * FROM by_name;"
                                       "SELECT (SELECT count(*) FROM by_env), (SELECT count(*) FROM copy);",
                                   environment, database);
  CHECK(made.err.empty());
  CHECK(made.out == "connected as keap\n" + std::to_string(kContacts) + "|" + std::to_string(kContacts) + "\n");
  const Outcome reopened = account.Run("SELECT count(*), count(DISTINCT id) FROM by_env;", environment, database);
  CHECK(reopened.out == kAllContacts);
  const std::string bytes = ReadFile(database);
  CHECK_THAT(bytes, Contains("env:KEAP_SECRET"));
  CHECK(SecretIn(bytes) == "");
}

}  // namespace
}  // namespace infusionsoft::oauth_test
