// SPDX-License-Identifier: MIT
// Connection properties that say how tokens are had, as they reach a server by way of SQL.
#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <mutex>
#include <sstream>
#include <string>

#include "support.h"
#include "support/raw_server.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;
using std::chrono::seconds;

const std::string kCount = "SELECT count(*) FROM infusionsoft_contacts";

// The application of the sandbox, without a token. Each call keeps its tokens in a place of its own.
std::string Application(const sandbox::Sandbox& server, const std::string& more) {
  static int count = 0;
  const std::string location = "memory://sign_in_properties_" + std::to_string(++count);
  return "URL=" + server.api_url() + ";OAuthAuthorizationURL=" + server.authorize_url() +
         ";OAuthClientId=" + server.options().client_id + ";OAuthClientSecret=" + server.options().client_secret +
         (more.find("OAuthAccessTokenURL=") == std::string::npos ? ";OAuthAccessTokenURL=" + server.token_url() : "") +
         (more.find("OAuthSettingsLocation=") == std::string::npos ? ";OAuthSettingsLocation=" + location : "") + ";" + more;
}

void Connect(Account& account, const std::string& more) {
  account.Run("SELECT infusionsoft_connect('" + Application(account.server(), more) + "')");
}

TEST_CASE("SignIn: InitiateOAuth=OFF uses OAuthAccessToken as it is, REFRESH renews it by OAuthRefreshToken", "[sqlite]") {
  Account account;
  const std::string old = "OAuthAccessToken=old;OAuthRefreshToken=" + account.server().options().refresh_token;
  Connect(account, "InitiateOAuth=OFF;OAuthAccessToken=" + account.server().options().access_token);
  CHECK(account.Cell(kCount) == "60");
  Connect(account, "InitiateOAuth=OFF;" + old);
  CHECK_THAT(account.Error(kCount), Contains("does not accept OAuthAccessToken"));
  CHECK(account.server().token_requests() == 0);
  Connect(account, "InitiateOAuth=REFRESH;" + old);
  CHECK(account.Cell(kCount) == "60");
  CHECK(account.server().refresh_count() == 1);
}

TEST_CASE("SignIn: what the address of the sign-in says", "[sqlite]") {
  Account account;
  const std::string common = "CallbackURL=https://example.com/back;Scope=some;";
  const auto address = [&](const std::string& more) {
    Connect(account, common + more);
    return account.Cell("SELECT infusionsoft_authorize_url()");
  };
  const std::string beginning = account.server().authorize_url() +
                                "?client_id=sandbox-client-id&redirect_uri=https%3A%2F%2Fexample.com%2Fback"
                                "&response_type=code&scope=some&state=";
  CHECK(address("State=mine") == beginning + "mine");
  CHECK_THAT(address("State=mine;OAuthPKCE=true"), Catch::StartsWith(beginning + "mine&code_challenge="));
  const std::string random = address("");
  CHECK_THAT(random, Catch::StartsWith(beginning));
  CHECK(random.size() == beginning.size() + 32);
  CHECK(address("") != random);
}

TEST_CASE("SignIn: State is expected of an address that is brought from a sign-in which nobody remembers", "[sqlite]") {
  Account account;
  Connect(account, "State=mine");
  const auto brought = [&](const std::string& state) {
    return account.Error("SELECT infusionsoft_exchange_code('https://example.com/back?code=c&state=" + state + "')");
  };
  CHECK_THAT(brought("other"), Contains("another sign-in"));
  CHECK(account.server().token_requests() == 0);
  CHECK_THAT(brought("mine"), Contains("invalid_grant"));
  CHECK(account.server().token_requests() == 1);
}

TEST_CASE("SignIn: OAuthParams and Scope go along with a token request", "[sqlite]") {
  Account account;
  std::mutex mutex;
  std::string body;
  RawServer server([&](RawConnection& connection) {
    const std::string request = connection.ReadRequest();
    {
      const std::lock_guard lock(mutex);
      body = request.substr(request.find("\r\n\r\n") + 4);
    }
    connection.SendResponse("200 OK", R"({"access_token":")" + account.server().options().access_token + R"("})");
  });
  Connect(account,
          "AuthScheme=OAUTH_CLIENT;Scope=crm.read;OAuthParams=audience=a,x=1;OAuthAccessTokenURL=" + server.Url("/token"));
  CHECK(account.Cell(kCount) == "60");
  const std::lock_guard lock(mutex);
  CHECK(body == "grant_type=client_credentials&scope=crm.read&audience=a&x=1");
}

TEST_CASE("SignIn: OAuthRefreshTokenURL is where tokens are refreshed", "[sqlite]") {
  Account account;
  Account other;
  Connect(account, "InitiateOAuth=REFRESH;OAuthRefreshToken=" + account.server().options().refresh_token +
                       ";OAuthAccessTokenURL=" + other.server().token_url() +
                       ";OAuthRefreshTokenURL=" + account.server().token_url());
  CHECK(account.Cell(kCount) == "60");
  CHECK(account.server().refresh_count() == 1);
  CHECK(other.server().token_requests() == 0);
}

// Properties of a token that was issued `age` ago.
std::string Issued(seconds age, seconds lifetime) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto issued = std::chrono::duration_cast<std::chrono::milliseconds>(now - age).count();
  return "OAuthTokenTimestamp=" + std::to_string(issued) + ";OAuthExpiresIn=" + std::to_string(lifetime.count());
}

TEST_CASE("SignIn: OAuthExpiresIn and OAuthTokenTimestamp tell when OAuthAccessToken is renewed", "[sqlite]") {
  struct Case {
    seconds age;
    seconds lifetime;
    uint64_t refreshes;
  };
  constexpr seconds kHour{3600};
  constexpr seconds kMinute{60};
  // The last two: five minutes before its end, or a tenth of a shorter lifetime.
  for (const Case& one : {Case{2 * kHour, 3 * kHour, 0}, Case{2 * kHour, kHour, 1}, Case{2 * kHour, 2 * kHour + kMinute, 1},
                          Case{seconds(0), 4 * kMinute, 0}}) {
    INFO(one.age.count() << " of " << one.lifetime.count());
    Account account;
    Connect(account, "InitiateOAuth=REFRESH;OAuthAccessToken=" + account.server().options().access_token +
                         ";OAuthRefreshToken=" + account.server().options().refresh_token + ";" +
                         Issued(one.age, one.lifetime));
    CHECK(account.Cell(kCount) == "60");
    CHECK(account.server().refresh_count() == one.refreshes);
  }
  Account account("OAuthTokenTimestamp=4102444800000;OAuthExpiresIn=3600");
  CHECK(account.Cell("SELECT json_extract(infusionsoft_test_connection(), '$.token_expires')") ==
        "2100-01-01T01:00:00.000Z");
}

std::string TextOf(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST_CASE("SignIn: OAuthSettingsLocation is where tokens are kept, and TokenKey seals them", "[sqlite]") {
  for (const char* key : {"", ";TokenKey=a phrase"}) {
    INFO(key);
    const TemporaryFile file;
    Account account;
    const std::string more = "InitiateOAuth=REFRESH;OAuthSettingsLocation=" + file.path() +
                             ";OAuthRefreshToken=" + account.server().options().refresh_token + key;
    Connect(account, more);
    CHECK(account.Cell(kCount) == "60");
    const std::string stored = TextOf(file.path());
    CHECK_FALSE(stored.empty());
    CHECK((stored.find("\"refresh_token\":\"rt-") != std::string::npos) == std::string(key).empty());
    Connect(account, more + ";Timeout=59");  // a session of its own, which reads the file
    CHECK(account.Cell(kCount) == "60");
    CHECK(account.server().refresh_count() == 1);
  }
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
