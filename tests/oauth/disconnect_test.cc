// SPDX-License-Identifier: MIT
// infusionsoft_refresh_token and infusionsoft_disconnect, and token files that are moved.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "account.h"
#include "browse.h"
#include "sign_in_elsewhere.h"

namespace infusionsoft::oauth_test {
namespace {

using Catch::Matchers::Contains;

const std::string kCount = "SELECT count(*) FROM infusionsoft_contacts;\n";
const std::string kAllContacts = std::to_string(kContacts) + "\n";
const Connection kRefresh = {.initiate = "REFRESH"};

TEST_CASE("infusionsoft_refresh_token: refreshes now and tells the end", "[oauth]") {
  Account account;
  account.AgeTokens(kOldTokens[1]);
  const std::string before = account.StoredRefreshToken();
  const Outcome outcome =
      account.Run(Connect(account, kRefresh) +
                  "SELECT abs(julianday(infusionsoft_refresh_token()) - julianday('now', '+1 day')) < 0.01;\n" + kCount);
  CHECK(outcome.out == "connected\n1\n" + kAllContacts);
  CHECK(outcome.err.empty());
  CHECK(account.StoredRefreshToken() != before);
  CHECK(account.server().refresh_count() == 1);
}

TEST_CASE("infusionsoft_refresh_token: an error says what to do", "[oauth]") {
  Account account;
  account.AgeTokens(kOldTokens[1]);
  account.server().RevokeRefreshTokens();
  const Outcome revoked = account.Run(Connect(account, kRefresh) + "SELECT infusionsoft_refresh_token();");
  CHECK_THAT(revoked.err, Contains("infusionsoft_refresh_token: ") && Contains("spent, expired or revoked") &&
                              Contains("InitiateOAuth=GETANDREFRESH"));
  const Outcome off = account.Run("SELECT infusionsoft_connect('OAuthAccessToken=x'); SELECT infusionsoft_refresh_token();");
  CHECK_THAT(off.err, Contains("InitiateOAuth=OFF") && Contains("set InitiateOAuth=REFRESH"));
  CHECK_THAT(account.Run("SELECT infusionsoft_refresh_token('nobody');").err, Contains("'nobody'"));
}

TEST_CASE("infusionsoft_disconnect: forgets the name and deletes the tokens, for all who share them", "[oauth]") {
  Account account;
  account.AgeTokens(kOldTokens[0]);
  const std::string string = account.ConnectionString(kRefresh);
  const Outcome outcome = account.Run("SELECT infusionsoft_connect('shop', '" + string + "');\n" +  //
                                      "SELECT infusionsoft_connect('twin', '" + string + "');\n" +
                                      "CREATE VIRTUAL TABLE temp.a USING infusionsoft_contacts(Connection=shop);\n"
                                      "CREATE VIRTUAL TABLE temp.b USING infusionsoft_contacts(Connection=twin);\n"
                                      "SELECT count(*) FROM a;\nSELECT infusionsoft_disconnect('shop');\n"
                                      "SELECT count(*) FROM a;\nSELECT count(*) FROM b;\n"
                                      "SELECT infusionsoft_disconnect('shop');\nSELECT infusionsoft_disconnect('twin');\n");
  CHECK(outcome.out == "connected as shop\nconnected as twin\n" + kAllContacts +
                           "disconnected shop; deleted the tokens in " + account.token_file() +
                           "; a program that runs keeps its access token until that ends\n"
                           "disconnected twin; it had no stored tokens\n");
  CHECK_THAT(outcome.err, Contains("no connection is registered as 'shop'") && Contains("there are no tokens in"));
  CHECK_FALSE(std::filesystem::exists(account.token_file()));
}

TEST_CASE("infusionsoft_disconnect: after an error everything is as it was", "[oauth]") {
  Account account;
  account.AgeTokens(kOldTokens[1]);
  chmod(account.token_file().c_str(), 0644);
  const Outcome outcome = account.Run(Connect(account, kRefresh) + "SELECT infusionsoft_disconnect();\n.system chmod 600 " +
                                          account.token_file() + "\n" + kCount,
                                      {{"PATH", "/bin:/usr/bin"}});
  CHECK_THAT(outcome.err, Contains("infusionsoft_disconnect: token file") && Contains("chmod 600"));
  CHECK(outcome.out == "connected\n" + kAllContacts);
}

TEST_CASE("Token file: a copy from another machine works in another place", "[oauth]") {
  Account account;
  account.AgeTokens(kOldTokens[0]);
  REQUIRE(account.Run(Connect(account, kRefresh) + kCount).out == "connected\n" + kAllContacts);
  const std::string copy = account.Path("elsewhere/copied.json");
  REQUIRE(mkdir(account.Path("elsewhere").c_str(), 0700) == 0);
  WriteFile(copy, ReadFile(account.token_file()));
  std::filesystem::remove(account.token_file());
  std::string moved = Connect(account, kRefresh);
  moved.replace(moved.find(account.token_file()), account.token_file().size(), copy);

  const Outcome used = account.Run(moved + kCount, {{"HOME", account.Path("elsewhere")}});
  CHECK(used.out == "connected\n" + kAllContacts);
  CHECK(account.server().refresh_count() == 1);  // its access token came along
  const Outcome refreshed = account.Run(moved + "SELECT length(infusionsoft_refresh_token());\n" + kCount);
  CHECK(refreshed.out == "connected\n24\n" + kAllContacts);
  CHECK(account.server().refresh_count() == 2);
  CHECK_FALSE(std::filesystem::exists(account.token_file()));
}

TEST_CASE("Token file: with memory:// one sign-in serves the process, and no file is made", "[oauth]") {
  Account account;
  Recorder browser(account);
  std::string string = account.ConnectionString();
  string.replace(string.find(account.token_file()), account.token_file().size(), "memory://shop");
  const std::string connect = "SELECT infusionsoft_connect('" + string;
  for (int process = 1; process <= 2; ++process) {
    ChildProcess shell = account.StartShell({{"BROWSER", browser.program()}});
    // Connections that differ in such a property have the tokens in common and nothing else.
    shell.Write(connect + "');\n" + kCount + connect + "Timeout=59');\n" + kCount);
    CHECK_THAT(sandbox::Browse(browser.AwaitUrl(), sandbox::Choice::kAllow).text, Contains("Signed in"));
    CHECK(FinishShell(std::move(shell)).out == "connected\n" + kAllContacts + "connected\n" + kAllContacts);
    CHECK(account.server().exchange_count() == static_cast<uint64_t>(process));
  }
  CHECK(AwaitOrphans());
  CHECK_FALSE(browser.Called());
  CHECK_FALSE(std::filesystem::exists(account.Path("tokens")));
}

TEST_CASE("Token file: that of another client id is left alone", "[oauth]") {
  Account account;
  const std::string foreign =
      R"({"format":"infusionsoft tokens","version":1,"client_id":"somebody","access_token":"a","refresh_token":"r"})";
  mkdir(account.Path("tokens").c_str(), 0700);
  WriteFile(account.token_file(), foreign);
  for (const char* statement : {"SELECT count(*) FROM infusionsoft_contacts", "SELECT infusionsoft_refresh_token()",
                                "SELECT infusionsoft_authorize_url()", "SELECT infusionsoft_disconnect()"}) {
    INFO(statement);
    const Outcome outcome = account.Run(Connect(account, kRefresh) + statement + ";");
    CHECK_THAT(outcome.err, Contains("another OAuthClientId") && Contains(account.token_file()));
    CHECK(ReadFile(account.token_file()) == foreign);
  }
  CHECK(account.server().token_requests() == 0);
}

TEST_CASE("Sign-in: when the refresh token is revoked, GETANDREFRESH asks the person and REFRESH says what to do",
          "[oauth]") {
  Account account;
  Recorder browser(account);
  account.AgeTokens(kOldTokens[0]);
  account.server().RevokeRefreshTokens();
  const Environment environment = {{"BROWSER", browser.program()}};
  const Outcome refused = account.Run(Connect(account, kRefresh) + kCount, environment);
  CHECK_THAT(refused.err, Contains("spent, expired or revoked") && Contains("InitiateOAuth=GETANDREFRESH"));
  CHECK_FALSE(browser.Called());

  ChildProcess shell = account.StartShell(environment);
  shell.Write(Connect(account, {}) + kCount);
  CHECK_THAT(sandbox::Browse(browser.AwaitUrl(), sandbox::Choice::kAllow).text, Contains("Signed in"));
  CHECK(FinishShell(std::move(shell)).out == "connected\n" + kAllContacts);
  CHECK(account.Run(Connect(account, kRefresh) + kCount).out == "connected\n" + kAllContacts);
}

}  // namespace
}  // namespace infusionsoft::oauth_test
