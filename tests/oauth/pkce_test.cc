// SPDX-License-Identifier: MIT
// Sign-ins that are bound by PKCE, against a server that knows it.
#include <catch2/catch.hpp>
#include <string>
#include <utility>

#include "account.h"
#include "browse.h"
#include "sign_in_elsewhere.h"

namespace infusionsoft::oauth_test {
namespace {

using Catch::Matchers::Contains;

const std::string kCount = "SELECT count(*) FROM infusionsoft_contacts;\n";
const std::string kAllContacts = std::to_string(kContacts) + "\n";

// The vendor's server is not known to know PKCE.
sandbox::SandboxOptions WithPkce() {
  sandbox::SandboxOptions options;
  options.pkce = true;
  return options;
}

TEST_CASE("PKCE: a sign-in through the browser proves that it is the one that was begun", "[oauth]") {
  const bool pkce = GENERATE(true, false);
  CAPTURE(pkce);
  Account account(WithPkce());
  Recorder browser(account);
  ChildProcess shell = account.StartShell({{"BROWSER", browser.program()}});
  shell.Write(Connect(account, {.more = pkce ? "OAuthPKCE=true" : ""}) + kCount);
  const std::string url = browser.AwaitUrl();
  CHECK(QueryParameter(url, "code_challenge_method") == (pkce ? "S256" : ""));
  CHECK(QueryParameter(url, "code_challenge").size() == (pkce ? 43 : 0));
  CHECK_THAT(sandbox::Browse(url, sandbox::Choice::kAllow).text, Contains("Signed in"));
  CHECK(FinishShell(std::move(shell)).out == "connected\n" + kAllContacts);
}

TEST_CASE("PKCE: a server that does not know it says so to the person", "[oauth]") {
  Account account;
  Recorder browser(account);
  ChildProcess shell = account.StartShell({{"BROWSER", browser.program()}});
  shell.Write(Connect(account, {.more = "OAuthPKCE=true"}) + kCount);
  CHECK_THAT(sandbox::Browse(browser.AwaitUrl(), sandbox::Choice::kAllow).text, Contains("PKCE is not documented"));
}

TEST_CASE("PKCE: the code comes back in a later process", "[oauth]") {
  Account account(WithPkce());
  Connection connection = kElsewhere;
  connection.more = "OAuthPKCE=true";
  const std::string address = AllowElsewhere(account, AskForAddress(account, connection));
  CHECK(ModeOf(account.token_file()) == 0600U);
  const std::string stored = ReadFile(account.token_file());
  CHECK_THAT(stored, Contains("code_verifier"));

  SECTION("to the one who began") {
    const Outcome outcome = account.Run(Connect(account, connection) + "SELECT infusionsoft_exchange_code('" +
                                        QueryParameter(address, "code") + "');\n" + kCount);
    CHECK(outcome.out == "connected\nsigned in\n" + kAllContacts);
    CHECK(outcome.err.empty());
    CHECK_THAT(ReadFile(account.token_file()), !Contains("code_verifier"));
  }
  SECTION("to one who does not have the verifier") {
    WriteFile(account.token_file(), R"({"format":"infusionsoft tokens","version":1})");
    const Outcome outcome = account.Run(Connect(account, connection) + "SELECT infusionsoft_exchange_code('" +
                                        QueryParameter(address, "code") + "');");
    CHECK_THAT(outcome.err, Contains("OAuthPKCE") && Contains("infusionsoft_authorize_url()"));
    CHECK(account.server().token_requests() == 0);
  }
  SECTION("after somebody else began another one") {
    AskForAddress(account, connection);
    const Outcome by_address =
        account.Run(Connect(account, connection) + "SELECT infusionsoft_exchange_code('" + address + "');");
    CHECK_THAT(by_address.err, Contains("another sign-in"));
    const Outcome by_code = account.Run(Connect(account, connection) + "SELECT infusionsoft_exchange_code('" +
                                        QueryParameter(address, "code") + "');");
    CHECK_THAT(by_code.err, Contains("invalid_grant"));
    CHECK(account.server().exchange_count() == 0);
  }
}

}  // namespace
}  // namespace infusionsoft::oauth_test
