// SPDX-License-Identifier: MIT
// Each way to authenticate, through the built library: rows with the right key or password, and one clear error with a wrong
// one, after one request, with no secret in what people see.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "auth/crypto.h"
#include "counterpart.h"
#include "oauth/database.h"
#include "sandbox.h"

namespace infusionsoft::gateways_test {
namespace {

using Catch::Matchers::Contains;
using oauth_test::Database;
using Rows = std::vector<std::string>;

constexpr int kSkipped = 77;  // CMakeLists.txt tells CTest
constexpr int kContacts = 30;
constexpr char kCountContacts[] = "SELECT count(*) FROM infusionsoft_contacts";
const Rows kAllContacts = {std::to_string(kContacts)};

std::unique_ptr<sandbox::Sandbox> StartSandbox() {
  sandbox::SandboxOptions options;
  options.sizes.contacts = kContacts;
  options.gateway_grants = true;
  auto server = sandbox::Sandbox::Start(options);
  REQUIRE(server);
  return server;
}

int Count(const std::string& text, const std::string& part) {
  int count = 0;
  for (size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++count;
  return count;
}

// One connection of its own, so that no other test's session answers.
class Client {
 public:
  explicit Client(const std::string& connection) {
    static int number = 0;
    const std::string own = ";OAuthSettingsLocation=memory://gateways-" + std::to_string(++number);
    database_.Query("SELECT infusionsoft_connect('" + connection + own + "')");
    REQUIRE(database_.error().empty());
  }
  Rows Query(const std::string& sql) {
    Rows rows = database_.Query(sql);
    CHECK(database_.error().empty());
    return rows;
  }
  // Counts the contacts, which must fail.
  std::string Refused() {
    database_.Query(kCountContacts);
    const std::string error = database_.error();
    CHECK(!error.empty());
    CheckNoSecret(error);
    for (const std::string& text :
         database_.Query("SELECT format('%s %s %s', path, query, error) FROM infusionsoft_requests")) {
      CheckNoSecret(text);
    }
    return error;
  }
  Rows Statuses() { return database_.Query("SELECT status FROM infusionsoft_requests ORDER BY id"); }

 private:
  static void CheckNoSecret(const std::string& text) {
    for (const std::string& secret : {std::string(kPassword), std::string("PASS-wrong"), std::string("sandbox-password"),
                                      std::string("sandbox-client-secret"), std::string("KeapAK"), std::string("at-"),
                                      Base64(std::string(kUser) + ":PASS-wrong")}) {
      INFO(text);
      CHECK(text.find(secret) == std::string::npos);
    }
  }

  Database database_;
};

std::string Login(const std::string& scheme, const std::string& user, const std::string& password, const std::string& url) {
  return "AuthScheme=" + scheme + ";User=" + user + ";Password=" + password + ";URL=" + url;
}

TEST_CASE("APIKEY: as a Bearer token", "[apikey_bearer_sandbox]") {
  const auto server = StartSandbox();
  const std::string url = ";URL=" + server->api_url();
  CHECK(Client("AuthScheme=APIKEY;APIKey=KeapAK-sandbox" + url).Query(kCountContacts) == kAllContacts);
  CHECK(Client("AuthScheme=APIKEY;ProfileSettings=\"APIKey=KeapAK-sandbox\"" + url).Query(kCountContacts) == kAllContacts);
  Client wrong("AuthScheme=APIKEY;APIKey=KeapAK-wrong" + url);
  CHECK_THAT(wrong.Refused(), Contains("401") && Contains("does not accept APIKey"));
  CHECK(wrong.Statuses() == Rows{"401"});
}

TEST_CASE("APIKEY: in the header X-Keap-API-Key", "[apikey_header_sandbox]") {
  const auto server = StartSandbox();
  const std::string header = ";APIKeyHeader=X-Keap-API-Key;URL=" + server->api_url();
  CHECK(Client("AuthScheme=APIKEY;APIKey=KeapAK-sandbox" + header).Query(kCountContacts) == kAllContacts);
  Client wrong("AuthScheme=APIKEY;APIKey=KeapAK-wrong" + header);
  CHECK_THAT(wrong.Refused(), Contains("401") && Contains("does not accept APIKey"));
  CHECK(wrong.Statuses() == Rows{"401"});
}

TEST_CASE("BASIC: nginx with a password file", "[basic_nginx]") {
  const auto server = StartSandbox();
  Counterpart nginx = Counterpart::Nginx(server->url(), true);
  CHECK(Client(Login("BASIC", kUser, kPassword, nginx.api_url())).Query(kCountContacts) == kAllContacts);
  CHECK(Count(nginx.Output(), "password mismatch") == 0);
  CHECK(Count(nginx.Output(), "no user/password was provided") == 0);  // it does not wait to be asked
  server->ClearRequests();
  Client wrong(Login("BASIC", kUser, "PASS-wrong", nginx.api_url()));
  CHECK_THAT(wrong.Refused(), Contains("401") && Contains("does not accept User and Password by AuthScheme=BASIC"));
  CHECK(wrong.Statuses() == Rows{"401"});
  CHECK(Count(nginx.Output(), "password mismatch") == 1);
  CHECK(server->api_requests() == 0);
}

TEST_CASE("NONE: nginx that asks nobody, and one that does", "[none_nginx]") {
  const auto server = StartSandbox();
  const Counterpart open = Counterpart::Nginx(server->url(), false);
  CHECK(Client("AuthScheme=NONE;URL=" + open.api_url()).Query(kCountContacts) == kAllContacts);
  Counterpart closed = Counterpart::Nginx(server->url(), true);
  Client refused("AuthScheme=NONE;URL=" + closed.api_url());
  CHECK_THAT(refused.Refused(), Contains("401") && Contains("set AuthScheme"));
  CHECK(refused.Statuses() == Rows{"401"});
  CHECK(Count(closed.Output(), "no user/password was provided") == 1);
}

TEST_CASE("NTLM: express-ntlm", "[ntlm_express]") {
  const auto server = StartSandbox();
  Counterpart express = Counterpart::ExpressNtlm(server->url());
  {
    Client client(Login("NTLM", "DOM\\ann", kPassword, express.api_url()));
    CHECK(client.Query(kCountContacts) == kAllContacts);
    CHECK(Count(express.Output(), "handshake") == 2);
    CHECK(client.Query(kCountContacts) == kAllContacts);
    // The kept connection is signed in already.
    CHECK(Count(express.Output(), "handshake") == 2);
    CHECK(client.Statuses() == Rows{"200", "200"});
  }
  Client wrong(Login("NTLM", "DOM\\eve", kPassword, express.api_url()));
  CHECK_THAT(wrong.Refused(), Contains("401") && Contains("does not accept User and Password by AuthScheme=NTLM"));
  CHECK(wrong.Statuses() == Rows{"401"});
}

TEST_CASE("NTLM: GSS-NTLMSSP, which checks the password", "[ntlm_gssntlmssp]") {
  const auto server = StartSandbox();
  Counterpart gateway = Counterpart::GssNtlmssp(server->url());
  CHECK(Client(Login("NTLM", "DOM\\ann", kPassword, gateway.api_url())).Query(kCountContacts) == kAllContacts);
  CHECK(Count(gateway.Output(), "handshake") == 2);
  server->ClearRequests();
  Client wrong(Login("NTLM", "DOM\\ann", "PASS-wrong", gateway.api_url()));
  CHECK_THAT(wrong.Refused(), Contains("401") && Contains("does not accept User and Password by AuthScheme=NTLM"));
  CHECK(wrong.Statuses() == Rows{"401"});
  CHECK(Count(gateway.Output(), "handshake") == 4);
  CHECK(server->api_requests() == 0);
}

TEST_CASE("OAUTH_CLIENT: the sandbox's client_credentials grant", "[client_sandbox]") {
  const auto server = StartSandbox();
  const std::string urls = ";URL=" + server->api_url() + ";OAuthAccessTokenURL=" + server->token_url();
  const std::string application = "AuthScheme=OAuthClient;OAuthClientId=sandbox-client-id;OAuthClientSecret=";
  Client client(application + "sandbox-client-secret" + urls);
  CHECK(client.Query(kCountContacts) == kAllContacts);
  CHECK(client.Query(kCountContacts) == kAllContacts);
  CHECK(server->token_requests() == 1);
  server->ExpireAccessTokens();
  CHECK(client.Query(kCountContacts) == kAllContacts);
  CHECK(server->token_requests() == 2);
  CHECK(server->refresh_count() == 0);
  Client wrong(application + "PASS-wrong" + urls);
  CHECK_THAT(wrong.Refused(), Contains("invalid_client") && Contains("check OAuthClientId and OAuthClientSecret"));
  CHECK(server->token_requests() == 3);
  CHECK(wrong.Statuses() == Rows{"401"});
}

TEST_CASE("OAUTH with OAuthGrantType=PASSWORD: the sandbox's password grant, then refreshes", "[password_sandbox]") {
  const auto server = StartSandbox();
  const std::string connection = "OAuthGrantType=PASSWORD;OAuthClientId=sandbox-client-id;OAuthClientSecret=" +
                                 std::string("sandbox-client-secret;User=sandbox-user;URL=") + server->api_url() +
                                 ";OAuthAccessTokenURL=" + server->token_url() + ";Password=";
  Client client(connection + "sandbox-password");
  CHECK(client.Query(kCountContacts) == kAllContacts);
  server->ExpireAccessTokens();
  CHECK(client.Query(kCountContacts) == kAllContacts);
  CHECK(server->refresh_count() == 1);
  CHECK(server->token_requests() == 2);
  server->ExpireAccessTokens();
  server->RevokeRefreshTokens();
  CHECK(client.Query(kCountContacts) == kAllContacts);
  CHECK(server->token_requests() == 4);  // a refresh that is refused, and the password again
  Client wrong(connection + "PASS-wrong");
  CHECK_THAT(wrong.Refused(), Contains("invalid_grant") && Contains("does not accept User and Password: check both"));
  CHECK(server->token_requests() == 5);
}

}  // namespace
}  // namespace infusionsoft::gateways_test

int main(int count, char** arguments) {
  using namespace infusionsoft::gateways_test;
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (!argument.starts_with('[')) continue;
    const std::string missing = MissingFor(argument.substr(1, argument.size() - 2));
    if (missing.empty()) continue;
    std::cout << "Skipped: not installed: " << missing << "\n";
    return kSkipped;
  }
  return Catch::Session().run(count, arguments) == 0 ? 0 : 1;
}
