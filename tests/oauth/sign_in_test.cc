// SPDX-License-Identifier: MIT
// Signing in through a browser, from the sqlite3 shell. The test itself is the person and the browser.
#include "account.h"
#include "browse.h"

#include <httplib.h>

#include <catch2/catch.hpp>
#include <string>
#include <utility>

namespace infusionsoft::oauth_test {
namespace {

using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;

constexpr char kCountContacts[] = "SELECT count(*), count(DISTINCT id) FROM contacts;\n";
const std::string kAllContacts = std::to_string(kContacts) + "|" + std::to_string(kContacts) + "\n";

TEST_CASE("Output: secrets of every kind are recognised", "[oauth]") {
  CHECK(SecretIn("x your_client_secret") == "your_client_secret");
  CHECK(SecretIn("code=code-0123456789abcdef0123456789abcdef&") == "code-0123456789abcdef0123456789abcdef");
  CHECK(SecretIn("set OAuthClientSecret").empty());
}

TEST_CASE("Sign-in: one sign-in serves this session and the next", "[oauth]") {
  Account account;
  Recorder browser(account);
  const Environment environment = {{"BROWSER", browser.program()}};
  ChildProcess shell = account.StartShell(environment);
  shell.Write(account.CreateContacts() + kCountContacts);
  const auto page = sandbox::Browse(browser.AwaitUrl(), sandbox::Choice::kAllow);
  CHECK_THAT(page.text, Contains("Signed in"));
  const Outcome first = FinishShell(std::move(shell));
  CHECK(first.out == kAllContacts);
  CHECK(first.err.empty());
  CHECK(first.exit_code == 0);

  const Outcome second = account.Run(account.CreateContacts() + kCountContacts, environment);
  CHECK(second.out == kAllContacts);
  CHECK(second.err.empty());
  CHECK(AwaitOrphans());
  CHECK_FALSE(browser.Called());
  CHECK(account.server().exchange_count() == 1);
  CHECK(account.server().refresh_count() == 0);
}

TEST_CASE("Sign-in: CallbackURL is the address that is listened on", "[oauth]") {
  Account account;
  Recorder browser(account);
  ChildProcess shell = account.StartShell({{"BROWSER", browser.program()}});
  shell.Write(account.CreateContacts({.callback = "http://127.0.0.1:0/back"}) + kCountContacts);
  const std::string url = browser.AwaitUrl();
  CHECK_THAT(QueryParameter(url, "redirect_uri"), StartsWith("http://127.0.0.1:") && EndsWith("/back"));
  CHECK_THAT(sandbox::Browse(url, sandbox::Choice::kAllow).text, Contains("Signed in"));
  CHECK(FinishShell(std::move(shell)).out == kAllContacts);
}

TEST_CASE("Sign-in: what is stored is readable by its owner only", "[oauth]") {
  Account account;
  Recorder browser(account);
  ChildProcess shell = account.StartShell({{"BROWSER", browser.program()}});
  shell.Write("SELECT infusionsoft_connect('" + account.ConnectionString() +
              "'); SELECT count(*) FROM infusionsoft_contacts;\n");
  REQUIRE(sandbox::Browse(browser.AwaitUrl(), sandbox::Choice::kAllow).ok);
  CHECK(FinishShell(std::move(shell)).out == "connected\n" + std::to_string(kContacts) + "\n");
  CHECK(ModeOf(account.token_file()) == 0600U);
  CHECK(ModeOf(account.Path("tokens")) == 0700U);
}

TEST_CASE("Sign-in: denied, the statement fails and the page says so", "[oauth]") {
  Account account;
  Recorder browser(account);
  ChildProcess shell = account.StartShell({{"BROWSER", browser.program()}});
  shell.Write(account.CreateContacts() + kCountContacts);
  const auto page = sandbox::Browse(browser.AwaitUrl(), sandbox::Choice::kDeny);
  CHECK_THAT(page.text, Contains("Not signed in") && Contains("access_denied"));
  const Outcome outcome = FinishShell(std::move(shell));
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Contains("the sign-in was refused: access_denied"));
  CHECK(account.server().token_requests() == 0);
  CHECK(account.StoredRefreshToken().empty());
}

TEST_CASE("Sign-in: an answer with another state is turned away, and the sign-in goes on", "[oauth]") {
  Account account;
  Recorder browser(account);
  ChildProcess shell = account.StartShell({{"BROWSER", browser.program()}});
  shell.Write(account.CreateContacts() + kCountContacts);
  const std::string sign_in = browser.AwaitUrl();
  const std::string callback = QueryParameter(sign_in, "redirect_uri");
  REQUIRE_THAT(callback, Contains("http://localhost:"));
  httplib::Client forger(callback);
  forger.set_read_timeout(std::chrono::seconds(10));
  for (const char* answer : {"/?code=forged&state=0123456789abcdef01234567", "/?error=access_denied&state=other"}) {
    const auto page = forger.Get(answer);
    REQUIRE(page);
    CHECK(page->status == 400);
    CHECK_THAT(page->body, Contains("does not belong to the sign-in that is under way"));
  }
  CHECK(account.server().token_requests() == 0);
  CHECK_THAT(sandbox::Browse(sign_in, sandbox::Choice::kAllow).text, Contains("Signed in"));
  CHECK(FinishShell(std::move(shell)).out == kAllContacts);
  CHECK(account.server().token_requests() == 1);
}

TEST_CASE("Sign-in: a code that comes without a state is not used", "[oauth]") {
  Account account;
  Recorder browser(account);
  ChildProcess shell = account.StartShell({{"BROWSER", browser.program()}});
  shell.Write(account.CreateContacts() + kCountContacts);
  httplib::Client forger(QueryParameter(browser.AwaitUrl(), "redirect_uri"));
  forger.set_read_timeout(std::chrono::seconds(10));
  const auto page = forger.Get("/?code=forged");
  REQUIRE(page);
  CHECK(account.server().token_requests() == 0);
  // The sign-in goes on: whoever sends that is not the one who signs in.
  const auto again = forger.Get("/?code=forged");
  REQUIRE(again);
  CHECK(again->body == page->body);
  CHECK(account.server().token_requests() == 0);
}

TEST_CASE("Sign-in: with a wrong client secret, statement and page name the properties", "[oauth]") {
  Account account;
  Recorder browser(account);
  ChildProcess shell = account.StartShell({{"BROWSER", browser.program()}});
  shell.Write(account.CreateContacts({.secret = "wrong_client_secret"}) + kCountContacts);
  const auto page = sandbox::Browse(browser.AwaitUrl(), sandbox::Choice::kAllow);
  CHECK_THAT(page.text, Contains("Not signed in") && Contains("OAuthClientId") && Contains("OAuthClientSecret"));
  CHECK(SecretIn(page.text) == "");
  const Outcome outcome = FinishShell(std::move(shell));
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Contains("OAuthClientId") && Contains("OAuthClientSecret"));
  CHECK(account.server().exchange_count() == 0);
}

}  // namespace
}  // namespace infusionsoft::oauth_test
