// SPDX-License-Identifier: MIT
// The classic connection string and a real browser: the whole way that a person goes.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#include <iostream>
#include <string>
#include <utility>

#include "account.h"

namespace infusionsoft::oauth_test {
namespace {

using Catch::Matchers::Contains;

constexpr int kSkipped = 77;  // CMakeLists.txt tells CTest
constexpr Milliseconds kSignInPatience{100'000};
constexpr char kCountContacts[] = "SELECT count(*) FROM contacts;\n";
const std::string kAllContacts = std::to_string(kContacts) + "\n";

Environment Browser(const Account& account, const std::string& choice) {
  return {{"BROWSER", CLICKER " %s click #" + choice},
          {"OAUTH_CLICKER_PAGE", account.Path("page")},
          {"PATH", Variable("PATH")},
          {"TMPDIR", account.Path("")}};
}

TEST_CASE("Chromium: a click on Allow signs in, for this session and the next", "[oauth]") {
  Account account;
  ChildProcess shell = account.StartShell(Browser(account, "allow"));
  shell.Write(account.CreateContacts() + kCountContacts);
  const Outcome outcome = FinishShell(std::move(shell), kSignInPatience);
  CHECK(AwaitOrphans());
  const std::string page = ReadFile(account.Path("page"));
  CHECK(page == "Signed in\nYou can close this page and go back to your work.");
  CHECK(outcome.out == kAllContacts);
  CHECK(outcome.err.empty());
  CHECK(account.server().exchange_count() == 1);

  Recorder recorder(account);
  const Outcome second = account.Run(account.CreateContacts() + kCountContacts, {{"BROWSER", recorder.program()}});
  CHECK(second.out == kAllContacts);
  CHECK(AwaitOrphans());
  CHECK_FALSE(recorder.Called());
  CHECK(account.server().exchange_count() == 1);
}

TEST_CASE("Chromium: a click on Deny fails the statement, and the page says so", "[oauth]") {
  Account account;
  ChildProcess shell = account.StartShell(Browser(account, "deny"));
  shell.Write(account.CreateContacts() + kCountContacts);
  const Outcome outcome = FinishShell(std::move(shell), kSignInPatience);
  CHECK(AwaitOrphans());
  CHECK(ReadFile(account.Path("page")) == "Not signed in\nthe sign-in was refused: access_denied");
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Contains("the sign-in was refused: access_denied"));
  CHECK(account.server().token_requests() == 0);
}

TEST_CASE("Chromium: with a wrong client secret, the page says what to correct", "[oauth]") {
  Account account;
  ChildProcess shell = account.StartShell(Browser(account, "allow"));
  shell.Write(account.CreateContacts({.secret = "wrong_client_secret"}) + kCountContacts);
  const Outcome outcome = FinishShell(std::move(shell), kSignInPatience);
  CHECK(AwaitOrphans());
  const std::string page = ReadFile(account.Path("page"));
  CHECK_THAT(page, Contains("Not signed in\n") && Contains("OAuthClientId") && Contains("OAuthClientSecret"));
  CHECK(SecretIn(page) == "");
  CHECK_THAT(outcome.err, Contains("OAuthClientId") && Contains("OAuthClientSecret"));
}

}  // namespace
}  // namespace infusionsoft::oauth_test

int main(int count, char** arguments) {
  using namespace infusionsoft::oauth_test;
  for (const char* program : {"chromium", "chromedriver"}) {
    if (!FindProgram(program).empty()) continue;
    std::cout << "Skipped: " << program << " is not installed (apt-get install chromium chromium-driver)\n";
    return kSkipped;
  }
  return Catch::Session().run(count, arguments) == 0 ? 0 : 1;
}
