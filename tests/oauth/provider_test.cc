// SPDX-License-Identifier: MIT
// A certified OAuth server that this project did not write (oidc-provider), and a real browser in front of its own pages.
#define CATCH_CONFIG_RUNNER
#include <httplib.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <utility>

#include "account.h"

namespace infusionsoft::oauth_test {
namespace {

using Catch::Matchers::Contains;

constexpr int kSkipped = 77;  // CMakeLists.txt tells CTest
constexpr Milliseconds kSignInPatience{100'000};
constexpr char kNames[] = "SELECT group_concat(given_name) FROM infusionsoft_contacts;\n";
const std::string kBothNames = "connected\nAnn,Ben\n";

// What a person does on the server's pages: login, then consent.
constexpr char kSignIn[] =
    " %s type [name=login] ann type [name=password] any click [value=login]~.login-submit click "
    "[value=consent]~.login-submit";

class Provider {
 public:
  Provider() : process_({FindProgram("node"), PROVIDER "/server.js"}, {{"PATH", Variable("PATH")}}) {
    const std::string listening = "listening on port ";
    if (!process_.AwaitOutput(listening) || !process_.AwaitOutput("\n")) {
      throw std::runtime_error("the server did not start: " + process_.Finish().err);
    }
    url_ = "http://127.0.0.1:" +
           std::to_string(std::stoi(process_.out().substr(process_.out().find(listening) + listening.size())));
  }

  std::string ConnectionString(const Account& account, const std::string& more) const {
    return "OAuthClientId=your_client_id;OAuthClientSecret=your_client_secret;OAuthAuthorizationURL=" + url_ +
           "/auth;CallbackURL=http://127.0.0.1:0/callback;" + Servers(account) + ";" + more;
  }
  std::string Servers(const Account& account) const {
    return "OAuthAccessTokenURL=" + url_ + "/token;URL=" + url_ + "/crm/rest;OAuthSettingsLocation=" + account.token_file();
  }
  // Its clock goes ahead; that of the extension stays.
  void Advance(int seconds) { Post("/advance?seconds=" + std::to_string(seconds), {}); }
  // RFC 7009. `kind`: access_token or refresh_token.
  void Revoke(const std::string& token, const std::string& kind) {
    Post("/token/revocation", {{"token", token},
                               {"token_type_hint", kind},
                               {"client_id", "your_client_id"},
                               {"client_secret", "your_client_secret"}});
  }

 private:
  void Post(const std::string& path, const httplib::Params& form) {
    httplib::Client client(url_);
    client.set_read_timeout(kPatience);
    const auto answer = client.Post(path.c_str(), form);
    if (!answer || answer->status != 200) throw std::runtime_error("POST " + path + " failed");
  }

  ChildProcess process_;
  std::string url_;
};

Outcome Run(const Account& account, const Provider& provider, const std::string& properties, const std::string& sql,
            const std::string& steps = "") {
  Environment environment = {
      {"OAUTH_CLICKER_PAGE", account.Path("page")}, {"PATH", Variable("PATH")}, {"TMPDIR", account.Path("")}};
  if (!steps.empty()) environment["BROWSER"] = CLICKER + steps;
  ChildProcess shell = account.StartShell(environment);
  shell.Write("SELECT infusionsoft_connect('" + provider.ConnectionString(account, properties) + "');\n" + sql);
  Outcome outcome = FinishShell(std::move(shell), kSignInPatience);
  INFO(outcome.err + ReadFile(account.Path("page")));
  CHECK(outcome.exit_code >= 0);
  return outcome;
}

TEST_CASE("Provider: one sign-in lasts through ends, rotation and a wrong clock, until it is revoked", "[oauth]") {
  const Account account;
  Provider provider;
  const std::string initiate = "OAuthPKCE=true;InitiateOAuth=";
  const Outcome signed_in = Run(account, provider, initiate + "GETANDREFRESH", kNames, kSignIn);
  CHECK(signed_in.err == "");
  REQUIRE(signed_in.out == kBothNames);
  const std::string first = account.StoredRefreshToken();
  REQUIRE(!first.empty());

  // The server's clock is ahead of ours by more than the access token's lifetime.
  provider.Advance(2 * 3600);
  CHECK(Run(account, provider, initiate + "REFRESH", kNames).out == kBothNames);
  const std::string second = account.StoredRefreshToken();
  CHECK(second != first);
  const Outcome refreshed =
      Run(account, provider, initiate + "REFRESH", std::string("SELECT length(infusionsoft_refresh_token());\n") + kNames);
  CHECK(refreshed.out == "connected\n24\nAnn,Ben\n");
  const std::string third = account.StoredRefreshToken();
  CHECK(third != second);

  provider.Revoke(third, "refresh_token");
  provider.Advance(2 * 3600);
  const Outcome revoked = Run(account, provider, initiate + "REFRESH", kNames);
  CHECK(revoked.out == "connected\n");
  CHECK_THAT(revoked.err, Contains("spent, expired or revoked") && Contains("InitiateOAuth=GETANDREFRESH"));
  CHECK(Run(account, provider, initiate + "GETANDREFRESH", kNames, kSignIn).out == kBothNames);
}

TEST_CASE("Provider: demands PKCE, and the message says so", "[oauth]") {
  const Account account;
  const Provider provider;
  const Outcome outcome = Run(account, provider, "InitiateOAuth=GETANDREFRESH", kNames, " %s");
  CHECK(outcome.out == "connected\n");
  CHECK_THAT(outcome.err, Contains("the sign-in was refused: invalid_request") && Contains("PKCE"));
}

TEST_CASE("Provider: an application signs in by its own right, with an id and a secret that must be encoded", "[oauth]") {
  const Account account;
  Provider provider;
  const std::string client = "AuthScheme=OAUTH_CLIENT;OAuthClientId=an application: by itself;OAuthClientSecret=";
  const std::string secret = "SECRET+of/the=application %41";
  const auto run = [&](const std::string& its_secret) {
    ChildProcess shell = account.StartShell();
    shell.Write("SELECT infusionsoft_connect('" + client + its_secret + ";" + provider.Servers(account) + "');\n" + kNames);
    return FinishShell(std::move(shell), kSignInPatience);
  };
  CHECK(run(secret).out == kBothNames);
  const std::string first = ReadFile(account.token_file());
  CHECK(run(secret).out == kBothNames);  // a later process
  CHECK(ReadFile(account.token_file()) == first);
  provider.Advance(2 * 3600);
  CHECK(run(secret).out == kBothNames);
  CHECK(ReadFile(account.token_file()) != first);
  provider.Advance(2 * 3600);
  const Outcome wrong = run("SECRET+of+another");
  CHECK(wrong.out == "connected\n");
  CHECK_THAT(wrong.err,
             Contains("invalid_client") && Contains("check OAuthClientId and OAuthClientSecret") && !Contains("SECRET"));
}

// What is missing, or "".
std::string Missing() {
  for (const char* program : {"node", "chromium", "chromedriver"}) {
    if (FindProgram(program).empty()) return std::string(program) + " (apt-get install nodejs npm chromium chromium-driver)";
  }
  if (!std::filesystem::exists(PROVIDER "/node_modules/oidc-provider"))
    return "oidc-provider (npm ci --prefix " PROVIDER ")";
  return "";
}

}  // namespace
}  // namespace infusionsoft::oauth_test

int main(int count, char** arguments) {
  if (const std::string missing = infusionsoft::oauth_test::Missing(); !missing.empty()) {
    std::cout << "Skipped: not installed: " << missing << "\n";
    return infusionsoft::oauth_test::kSkipped;
  }
  return Catch::Session().run(count, arguments) == 0 ? 0 : 1;
}
