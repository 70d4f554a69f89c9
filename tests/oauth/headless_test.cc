// SPDX-License-Identifier: MIT
// A machine without a browser: the error says what to do, and doing that works.
#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <utility>

#include "account.h"
#include "sign_in_elsewhere.h"

namespace infusionsoft::oauth_test {
namespace {

using Catch::Matchers::Contains;
using Clock = std::chrono::steady_clock;

constexpr char kCountContacts[] = "SELECT count(*) FROM infusionsoft_contacts;\n";
const std::string kAllContacts = std::to_string(kContacts) + "\n";
TEST_CASE("No browser: the statement fails at once and says how to sign in elsewhere", "[oauth]") {
  Account account;
  ChildProcess shell = account.StartShell();
  const auto begin = Clock::now();
  shell.Write(account.CreateContacts() + "SELECT count(*) FROM contacts;\n");
  const Outcome outcome = FinishShell(std::move(shell));
  const std::chrono::duration<double> elapsed = Clock::now() - begin;
  CAPTURE(elapsed.count());
  CHECK(elapsed < std::chrono::seconds(1));
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Contains("infusionsoft_authorize_url()") && Contains("infusionsoft_exchange_code()"));
}

TEST_CASE("No browser: following the advice signs in, here and in later sessions", "[oauth]") {
  Account account;
  const bool whole_address = GENERATE(false, true);
  CAPTURE(whole_address);
  ChildProcess shell = account.StartShell();
  shell.Write(Connect(account, {.callback = kElsewhere.callback}) + kCountContacts + ".output " + account.Path("url") +
              "\nSELECT infusionsoft_authorize_url();\n.output\n.system echo next\n");
  REQUIRE(shell.AwaitOutput("next\n"));
  std::string sign_in = ReadFile(account.Path("url"));
  REQUIRE(sign_in.ends_with('\n'));
  sign_in.pop_back();
  CHECK(SecretIn(sign_in) == "");
  const std::string address = AllowElsewhere(account, sign_in);
  REQUIRE_THAT(address, Contains("http://localhost:33333"));
  const std::string brought = whole_address ? address : QueryParameter(address, "code");
  shell.Write("SELECT infusionsoft_exchange_code('" + brought + "');\n" + kCountContacts);
  const Outcome outcome = FinishShell(std::move(shell));
  CHECK_THAT(outcome.out, Contains("signed in\n" + kAllContacts));
  CHECK_THAT(outcome.err, Contains("infusionsoft_exchange_code()"));  // of the first attempt

  const Outcome later = account.Run(account.CreateContacts({.initiate = "REFRESH"}) + "SELECT count(*) FROM contacts;");
  CHECK(later.out == kAllContacts);
  CHECK(later.err.empty());
  CHECK(account.server().exchange_count() == 1);
  CHECK(account.server().refresh_count() == 0);
}

TEST_CASE("No browser: the code can stand in the connection string", "[oauth]") {
  Account account;
  const std::string code = QueryParameter(AllowElsewhere(account, AskForAddress(account, kElsewhere)), "code");
  Connection connection = kElsewhere;
  connection.more = "OAuthVerifier=env:CODE";
  const Outcome outcome = account.Run(Connect(account, connection) + kCountContacts, {{"CODE", code}});
  CHECK(outcome.out == "connected\n" + kAllContacts);
  CHECK(outcome.err.empty());
}

}  // namespace
}  // namespace infusionsoft::oauth_test
