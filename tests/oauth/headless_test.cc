// SPDX-License-Identifier: MIT
// A machine without a browser: the error says what to do, and doing that works.
#include <httplib.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <utility>

#include "account.h"
#include "http/url.h"

namespace infusionsoft::oauth_test {
namespace {

using Catch::Matchers::Contains;
using Clock = std::chrono::steady_clock;

constexpr char kCountContacts[] = "SELECT count(*) FROM infusionsoft_contacts;\n";
const std::string kAllContacts = std::to_string(kContacts) + "\n";
// Nothing listens there, as on the computer where the person signs in.
const Connection kElsewhere = {.callback = "http://localhost:33333"};

std::string Connect(const Account& account, const Connection& connection) {
  return "SELECT infusionsoft_connect('" + account.ConnectionString(connection) + "');\n";
}

// What a person with a browser on another computer reads from its address bar in the end.
std::string AllowElsewhere(Account& account, const std::string& sign_in) {
  REQUIRE(sign_in.starts_with(account.server().authorize_url() + "?"));
  httplib::Client browser(account.server().url());
  browser.set_read_timeout(std::chrono::seconds(10));
  const auto page = browser.Get(sign_in.substr(account.server().url().size()).c_str());
  REQUIRE(page);
  INFO(page->body);
  constexpr std::string_view kLink = "id=\"allow\" href=\"";
  const size_t at = page->body.find(kLink);
  REQUIRE(at != std::string::npos);
  const size_t from = at + kLink.size();
  const auto redirect = browser.Get(page->body.substr(from, page->body.find('"', from) - from).c_str());
  REQUIRE(redirect);
  REQUIRE(redirect->status == 302);
  return redirect->get_header_value("Location");
}

TEST_CASE("No browser: the statement fails at once and says how to sign in elsewhere", "[oauth]") {
  Account account;
  ChildProcess shell = account.StartShell();
  const auto begin = Clock::now();
  shell.Write(account.CreateContacts() + "SELECT count(*) FROM contacts;\n");
  const Outcome outcome = FinishShell(std::move(shell));
  const std::chrono::duration<double> elapsed = Clock::now() - begin;
  CAPTURE(elapsed.count());
  CHECK(elapsed < std::chrono::seconds(2));
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Contains("infusionsoft_authorize_url()") && Contains("infusionsoft_exchange_code()"));
}

TEST_CASE("No browser: following the advice signs in, here and in later sessions", "[oauth]") {
  Account account;
  const bool whole_address = GENERATE(false, true);
  CAPTURE(whole_address);
  ChildProcess shell = account.StartShell();
  shell.Write(Connect(account, kElsewhere) + kCountContacts + ".output " + account.Path("url") +
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
  Connection connection = kElsewhere;
  connection.initiate = "REFRESH";
  ChildProcess shell = account.StartShell();
  shell.Write(Connect(account, connection) + ".output " + account.Path("url") +
              "\nSELECT infusionsoft_authorize_url();\n.output\n");
  CHECK(FinishShell(std::move(shell)).err.empty());
  std::string sign_in = ReadFile(account.Path("url"));
  REQUIRE(sign_in.ends_with('\n'));
  sign_in.pop_back();
  const std::string code = QueryParameter(AllowElsewhere(account, sign_in), "code");
  connection.more = "OAuthVerifier=env:CODE";
  const Outcome outcome = account.Run(Connect(account, connection) + kCountContacts, {{"CODE", code}});
  CHECK(outcome.out == "connected\n" + kAllContacts);
  CHECK(outcome.err.empty());
}

}  // namespace
}  // namespace infusionsoft::oauth_test
