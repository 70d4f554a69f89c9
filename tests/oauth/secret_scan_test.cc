// SPDX-License-Identifier: MIT
// Looks for every secret in everything that comes out: answers, errors, system tables, schema, URLs, files. A new way of
// signing in is a row of Schemes(); a property that is marked as a secret takes part by itself.
#include <catch2/catch.hpp>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "account.h"
#include "auth/connection_options.h"
#include "auth/crypto.h"
#include "browse.h"
#include "echo_server.h"
#include "http/url.h"

namespace infusionsoft::oauth_test {
namespace {

constexpr char kClientId[] = "scan_client_id";
constexpr char kClientSecret[] = "SCAN+client/secret=1";
constexpr char kAccessToken[] = "SCAN+access/token=2";
constexpr char kRefreshToken[] = "SCAN+refresh/token=3";
constexpr char kTokenKey[] = "SCAN token+key/4";
constexpr char kApiKey[] = "SCAN+api/key=5";
constexpr char kUser[] = "scan_user";
constexpr char kPassword[] = "SCAN+pass/word=6";
constexpr char kNeverSent[] = "secret that stays here";

using Secrets = std::map<std::string, std::string>;   // what it is -> its value
using Channels = std::map<std::string, std::string>;  // where it might come out -> all that came out there

struct Scheme {
  std::string name;
  std::string properties;  // of the connection string, beside the servers and the place of the tokens
  Secrets secrets = {};
  bool is_given_code = false;  // a person brings a code, once
  bool is_gateway_grant = false;
  bool asks_gateway = false;  // which signs in to the API itself
};

std::vector<Scheme> Schemes() {
  const std::string client = std::string("OAuthClientId=") + kClientId + ";OAuthClientSecret=" + kClientSecret + ";";
  const std::string sealed = std::string("TokenKey=") + kTokenKey + ";";
  const std::string login = std::string("User=") + kUser + ";Password=" + kPassword + ";";
  const std::string key = std::string("AuthScheme=APIKEY;APIKey=") + kApiKey + ";";
  return {
      {.name = "given access token",
       .properties = std::string("OAuthAccessToken=") + kAccessToken + ";",
       .secrets = {{"access token", kAccessToken}}},
      {.name = "refresh",
       .properties = client + sealed + "InitiateOAuth=REFRESH;OAuthRefreshToken=" + kRefreshToken + ";",
       .secrets = {{"client secret", kClientSecret}, {"refresh token", kRefreshToken}, {kNeverSent, kTokenKey}}},
      {.name = "code",
       .properties = client + sealed + "InitiateOAuth=REFRESH;",
       .secrets = {{"client secret", kClientSecret}, {kNeverSent, kTokenKey}},
       .is_given_code = true},
      {.name = "client credentials",
       .properties = client + sealed + "AuthScheme=OAUTH_CLIENT;",
       .secrets = {{"client secret", kClientSecret}, {kNeverSent, kTokenKey}},
       .is_gateway_grant = true},
      {.name = "password grant",
       .properties = client + sealed + login + "OAuthGrantType=PASSWORD;",
       .secrets = {{"client secret", kClientSecret}, {"password", kPassword}, {kNeverSent, kTokenKey}},
       .is_gateway_grant = true},
      {.name = "key", .properties = key, .secrets = {{"key", kApiKey}}},
      {.name = "key in a header of its own",
       .properties = key + "APIKeyHeader=X-Keap-API-Key;",
       .secrets = {{"key", kApiKey}}},
      {.name = "key of the profile's settings",
       .properties = std::string("AuthScheme=APIKEY;ProfileSettings=\"APIKey=") + kApiKey + "\";",
       .secrets = {{"key", kApiKey}}},
      {.name = "basic",
       .properties = "AuthScheme=BASIC;" + login,
       .secrets = {{"password", kPassword}},
       .asks_gateway = true},
      {.name = "ntlm", .properties = "AuthScheme=NTLM;" + login, .secrets = {{kNeverSent, kPassword}}, .asks_gateway = true},
  };
}

// How a secret may be spelled: as it is, in a URL or a form, in a Basic header, or there after it was encoded for a form.
std::vector<std::string> Spellings(const std::string& secret) {
  const std::string encoded = http::PercentEncode(secret);
  std::vector<std::string> spellings = {secret, encoded, Base64(secret)};
  for (const std::string id : {kClientId, kUser}) {
    spellings.push_back(Base64(id + ":" + secret));
    spellings.push_back(Base64(id + ":" + encoded));
  }
  return spellings;
}

bool Holds(const std::string& text, const std::string& secret) {
  for (const std::string& spelling : Spellings(secret)) {
    if (text.find(spelling) != std::string::npos) return true;
  }
  return false;
}

struct Totals {
  size_t looked = 0;
  size_t leaks = 0;
};

void Scan(const Secrets& secrets, const Channels& channels, Totals& totals) {
  for (const auto& [channel, text] : channels) {
    for (const auto& [what, secret] : secrets) {
      ++totals.looked;
      if (!Holds(text, secret)) continue;
      ++totals.leaks;
      FAIL_CHECK("the " << what << " came out in: " << channel);
    }
    const std::string issued = SecretIn(text);  // what the server made up in the meantime
    ++totals.looked;
    if (issued.empty()) continue;
    ++totals.leaks;
    FAIL_CHECK("what the server issued (" << issued << ") came out in: " << channel);
  }
}

// The output of the shell by the lines "=NAME" in it.
void AddSections(const Outcome& outcome, Channels& channels) {
  std::string name = "rows and results of functions";
  size_t at = 0;
  while (at < outcome.out.size()) {
    const size_t end = std::min(outcome.out.find('\n', at), outcome.out.size() - 1) + 1;
    const std::string line = outcome.out.substr(at, end - at);
    if (line.starts_with("=")) {
      name = line.substr(1, line.size() - 2);
    } else {
      channels[name] += line;
    }
    at = end;
  }
  channels["error messages and stderr"] += outcome.err;
}

std::string ReadFilesIn(const std::string& directory) {
  std::string text;
  if (!std::filesystem::exists(directory)) return text;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file()) text += ReadFile(entry.path());
  }
  return text;
}

sandbox::SandboxOptions Server() {
  sandbox::SandboxOptions options;
  options.access_token = kAccessToken;
  options.refresh_token = kRefreshToken;
  options.refresh_grace = true;  // each connection begins with the same one
  return options;
}

// One scheme against one server of each kind.
class Run {
 public:
  explicit Run(const Scheme& scheme)
      : scheme_(scheme), server_([&scheme] {
          sandbox::SandboxOptions options = Server();
          options.client_id = kClientId;
          options.client_secret = kClientSecret;
          options.api_key = kApiKey;
          options.gateway_grants = scheme.is_gateway_grant;
          options.user = kUser;
          options.password = kPassword;
          options.trusts_everyone = scheme.asks_gateway;
          options.sizes.contacts = 10;
          return sandbox::Sandbox::Start(options);
        }()) {}

  void Do() {
    std::filesystem::create_directory(dir_.Path("logs"));
    std::string sql;
    sql += Connection("good", server_->api_url(), server_->token_url(),
                      ";AutoCache=true;CacheLocation=" + dir_.Path("copies/copies.db"));
    for (const std::string kind : {"400", "403", "404", "429", "500", "malformed", "html", "foreign", "401"}) {
      sql += Connection("api" + kind, echo_.Url(kind), server_->token_url());
      sql += Connection("token" + kind, server_->api_url(), echo_.Url(kind));
    }
    sql += Connection("nowhere", "http://127.0.0.1:9", "http://127.0.0.1:9");
    sql += BadStrings() + Tables();
    Account host;
    ChildProcess shell = host.StartShell({}, dir_.Path("scan.db"));
    shell.Write(sql);
    AddSections(shell.Finish(), channels);
    for (const auto& request : server_->Requests())
      channels["URLs that servers saw"] += request.path + "?" + request.query + "\n";
    channels["URLs that servers saw"] += echo_.Targets();
    if (std::filesystem::exists(dir_.Path("tokens"))) channels["token files"] = ReadFilesIn(dir_.Path("tokens"));
    channels["log files"] = ReadFilesIn(dir_.Path("logs"));
    channels["local copies"] = ReadFilesIn(dir_.Path("copies"));
    channels["database file"] = ReadFile(dir_.Path("scan.db"));
  }

  // That the secrets were in use at all: each that a server is meant to see was seen.
  bool WasSent(const std::string& secret) const { return Holds(echo_.Contents(), secret); }
  Channels channels;

 private:
  // Connects, signs in where a person does, reads rows and asks for everything that a connection gives.
  std::string Connection(const std::string& name, const std::string& api, const std::string& token,
                         const std::string& more = "") {
    const std::string text =
        scheme_.properties + "URL=" + api + ";OAuthAccessTokenURL=" + token +
        ";OAuthAuthorizationURL=" + server_->authorize_url() +
        ";OAuthSettingsLocation=" + dir_.Path("tokens/" + name + ".json") +
        ";CallbackURL=http://localhost:1;Other=\"MaxAttempts=2\";Verbosity=5;Logfile=" + dir_.Path("logs/" + name + ".log") +
        more;
    std::string sql = "SELECT infusionsoft_connect('" + name + "', '" + text + "');\n";
    if (scheme_.is_given_code) {
      sql += "SELECT infusionsoft_authorize_url('" + name + "');\nSELECT infusionsoft_exchange_code('" + name + "', '" +
             NewCode() + "');\n";
    }
    return sql + "CREATE VIRTUAL TABLE t_" + name + " USING infusionsoft_contacts(Connection=" + name +
           ");\nSELECT count(*), min(email) FROM t_" + name + ";\nSELECT infusionsoft_test_connection('" + name +
           "');\nSELECT infusionsoft_refresh_token('" + name + "');\n";
  }

  std::string NewCode() const {
    const std::string url = server_->authorize_url() + "?client_id=" + kClientId +
                            "&response_type=code&scope=full&redirect_uri=" + http::PercentEncode("http://localhost:1");
    server_->SetAutoAllow(true);
    httplib::Client client(server_->url());
    const auto page = client.Get(url.substr(server_->url().size()));
    return page ? QueryParameter(page->get_header_value("Location"), "code") : "";
  }

  // The same string with a mistake in it: cut off anywhere, a wrong name, a wrong value, a value in the place of a name.
  std::string BadStrings() const {
    const std::string good = scheme_.properties + "Timeout=5";
    std::vector<std::string> bad = {good + ";Nonsense=1", good + ";Timeout=x", good + ";" + good, good + ";MaxRows='"};
    for (size_t size = 1; size < good.size(); size += 3) bad.push_back(good.substr(0, size));
    std::string sql;
    for (const std::string& text : bad) {
      std::string quoted;
      for (const char c : text) quoted += c == '\'' ? "''" : std::string(1, c);
      sql += "SELECT infusionsoft_connect('bad', '" + quoted + "');\n";
      sql +=
          "CREATE VIRTUAL TABLE temp.bad USING infusionsoft_contacts('" + quoted + "');\nDROP TABLE IF EXISTS temp.bad;\n";
    }
    return sql;
  }

  static std::string Tables() {
    std::string sql = "SELECT infusionsoft_create_tables('good', 'made_');\nSELECT infusionsoft_version();\n";
    for (const std::string table :
         {"requests", "connection_properties", "tables", "columns", "keys", "pushdowns", "copies"}) {
      sql += ".print =infusionsoft_" + table + "\nSELECT * FROM infusionsoft_" + table + ";\n";
    }
    return sql + ".print =schema\nSELECT * FROM sqlite_schema;\nSELECT * FROM sqlite_temp_schema;\n";
  }

  const Scheme& scheme_;
  TempDir dir_;
  std::unique_ptr<sandbox::Sandbox> server_;
  EchoServer echo_;
};

TEST_CASE("Secret scan: no secret comes out anywhere, whatever fails", "[oauth]") {
  Totals totals;
  size_t secrets = 0;
  size_t channels = 0;
  const std::vector<Scheme> schemes = Schemes();
  for (const Scheme& scheme : schemes) {
    CAPTURE(scheme.name);
    Run run(scheme);
    run.Do();
    CHECK(run.channels.at("rows and results of functions").find("10|") != std::string::npos);  // something worked
    CHECK(run.channels.at("infusionsoft_requests").find("/v2/contacts") != std::string::npos);
    CHECK(run.channels.at("error messages and stderr").find("403") != std::string::npos);
    CHECK(run.channels.at("local copies").find("email_addresses") != std::string::npos);
    CHECK((run.channels.at("log files").find("***") != std::string::npos || scheme.asks_gateway));
    for (const auto& [what, secret] : scheme.secrets) {
      INFO(what);
      CHECK(run.WasSent(secret) == (what != kNeverSent));
    }
    Scan(scheme.secrets, run.channels, totals);
    secrets += scheme.secrets.size();
    channels += run.channels.size();
  }
  std::cout << secrets << " secrets and those that the server issued, " << channels << " channels, " << schemes.size()
            << " schemes: looked " << totals.looked << " times, leaks " << totals.leaks << "\n";
}

TEST_CASE("Secret scan: no property that is a secret is repeated, in effect or not", "[oauth]") {
  Totals totals;
  Secrets secrets;
  std::string sql;
  for (const PropertyInfo& property : ConnectionProperties()) {
    if (!property.secret) continue;
    const std::string name(property.name);
    const std::string value = "SCAN+value/of=" + name;
    secrets[name] = value;
    for (const std::string& text : {name + "=" + value, name + "=" + value + ";Timeout=x", name + "=" + value + ";x=y",
                                    name + "x=" + value, name + "=x;" + value, name + "=''" + value, value + "=" + name,
                                    name + "=" + value + ";URL=http://127.0.0.1:9;InitiateOAuth=REFRESH"}) {
      sql += "SELECT infusionsoft_connect('c', '" + text + "');\nSELECT count(*) FROM infusionsoft_users;\n";
    }
  }
  Account account;
  ChildProcess shell = account.StartShell();
  shell.Write(sql);
  Channels channels;
  AddSections(shell.Finish(), channels);
  CHECK(channels["error messages and stderr"].find("Timeout") != std::string::npos);
  Scan(secrets, channels, totals);
  std::cout << secrets.size() << " properties, " << channels.size() << " channels: looked " << totals.looked
            << " times, leaks " << totals.leaks << "\n";
}

}  // namespace
}  // namespace infusionsoft::oauth_test
