// SPDX-License-Identifier: MIT
// Every row of the property table, in its right and its wrong forms.
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "auth/connection_options.h"
#include "auth/property_table.h"
#include "base/text.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;

// Values that must parse (for a property in effect) and values that must not, whatever else is true.
struct Forms {
  std::vector<std::string> right;
  std::vector<std::string> wrong;
};

const std::vector<std::string> kNotBool = {"maybe", "2", "tru"};
const std::vector<std::string> kNotHost = {"http://proxy.example", "me:secret@proxy.example", "proxy.example:3128", "a b",
                                           "a/b"};
const std::vector<std::string> kNotUrl = {"example", "http://api.example", "ftp://x", "https://", "https://a b"};

const std::map<std::string, Forms>& AllForms() {
  static const auto& forms = *new std::map<std::string, Forms>{
      {"Profile", {{"Infusionsoft", "Keap", "/x/keap.APIP", "mine.json"}, {"x", "mine.jsonl", ".apip"}}},
      {"ProfileSettings", {{"'APIKey=abc'", "\"apikey='a;b'\""}, {"abc", "APIKeys=abc", "'APIKey=abc;x=y'"}}},
      {"AuthScheme", {{"OAUTH", "oauth", "O_Auth", "NONE"}, {"OAUTH2", "x"}}},
      {"APIKey", {{"abc"}, {"env:", "a\x01", "\xC3\xA4"}}},
      {"APIKeyHeader",
       {{"Authorization", "authorization", "X-Keap-API-Key"}, {"X Key", "X:Key", "Host", "content-length", "Cookie"}}},
      {"User", {{"ann", "'DOM\\ann'"}, {"a\nb"}}},
      {"Password", {{"abc"}, {"env:", "file:/no/such/file"}}},
      {"InitiateOAuth",
       {{"OFF", "off"}, {"ON", "refreshing", "GETANDREFRESH", "REFRESH"}}},  // the last two need an application
      {"OAuthClientId",
       {{"abc", "'a;b'"},
        {"a\x01"
         "b",
         "a\xFF"}}},
      {"OAuthClientSecret", {{"abc", "\"a'b\""}, {"env:", "file:", "env:NO_SUCH_VARIABLE_HERE", "\xC3\xA4"}}},
      {"OAuthAccessToken", {{"abc"}, {"env:A B", "file:/no/such/file", "a\tb"}}},
      {"OAuthRefreshToken", {{"abc"}, {"env:", "file:/"}}},
      {"TokenKey", {{"a phrase", "abc"}, {"env:", "file:/no/such/file", "a\tb"}}},
      {"OAuthVerifier", {{"abc", "https://x.example/?code=1"}, {"env:"}}},
      {"OAuthExpiresIn", {{"0", "86400"}, {"-1", "1.5", "day", "99999999999"}}},
      {"OAuthTokenTimestamp", {{"0", "1780000000000"}, {"-1", "now", "999999999999999"}}},
      {"OAuthSettingsLocation", {{"/a/b", "x", "memory://a", "MEMORY://a"}, {"memory://", "https://x", "a\x01"}}},
      {"CallbackURL", {{"http://localhost:1", "https://a.example/cb", "http://[::1]:0/x"}, kNotUrl}},
      {"Scope", {{"full"}, {"a\nb"}}},
      {"Table", {{"full"}, {"a\nb"}}},
      {"State", {{"x"}, {"a\nb"}}},
      {"OAuthPKCE", {{"true", "off", "1"}, kNotBool}},
      {"OAuthGrantType", {{"CODE", "code"}, {"x"}}},
      {"OAuthParams", {{"a=b", "a=b,c=d", "a=", "audience=https://x.example/?y=z"}, {"a\x01=b"}}},
      {"OAuthAuthorizationURL", {{"https://a.example/x?y=z"}, kNotUrl}},
      {"OAuthAccessTokenURL", {{"https://a.example/x"}, kNotUrl}},
      {"OAuthRefreshTokenURL", {{"https://a.example/x"}, kNotUrl}},
      {"URL", {{"https://a.example", "http://localhost:8080/crm/rest/"}, kNotUrl}},
      {"Timeout", {{"0", "60", "3600"}, {"-1", "1s", "1.5", "99999999999"}}},
      {"MaxRows", {{"-1", "0", "1000000000000"}, {"-2", "all", "99999999999999999999"}}},
      {"Pagesize", {{"0", "1000"}, {"-1", "x", "2147483648"}}},
      {"Readonly", {{"true", "NO", "1"}, kNotBool}},
      {"MaxRequests", {{"0", "5"}, {"-1", "x"}}},
      {"MaxConcurrency", {{"1", "16"}, {"0", "17", "x"}}},
      {"OrderPushdown", {{"false", "On", "0"}, kNotBool}},
      {"Connection", {{"crm", "'my crm'"}, {"a\x01"}}},
      {"AutoCache", {{"on", "False"}, kNotBool}},
      {"CacheTolerance", {{"0", "3600"}, {"-1", "x", "1.5"}}},
      {"CacheLocation", {{"/tmp/copies.db", "'my copies/'"}, {"a\x01"}}},
      {"Offline", {{"true", "no"}, kNotBool}},
      {"Logfile", {{"/tmp/log", "'a b.log'"}, {"a\x01"}}},
      {"Verbosity", {{"1", "5"}, {"0", "6", "x"}}},
      {"LogModules", {{"ALL", "http", "'api, Auth,sqlite'"}, {"htpp", "','"}}},
      {"MaxLogFileSize", {{"100mb", "512KB", "1 GB", "1024", "2048b"}, {"1023", "x", "-1", "1TB", "99999999999GB", "MB"}}},
      {"MaxLogFileCount", {{"1", "1000"}, {"0", "1001", "x"}}},
      {"QueryTimeout", {{"0", "3600"}, {"-1", "1s", "x"}}},
      {"PseudoColumns", {{"*=*", "'orders=paid;contacts=a,b'"}, {"x", "'a=b;c'", "'a='"}}},
      {"Other",
       {{"MaxAttempts=3", "'ConnectTimeout=5;MaxResponseSize=1MB'"},
        {"x", "Nothing=1", "MaxAttempts=0", "'MaxAttempts=1;maxattempts=1'", "ConnectTimeout=x", "MaxResponseSize=1"}}},
      {"SSLServerCert",
       {{"*", "/etc/ca.pem", "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
         "'sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=;sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='",
         "'-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'"},
        {"sha256//", "sha256//AAAA=", "sha1//AAAA", "a\nb", "'-----BEGIN CERTIFICATE-----\nAAAA'"}}},
      {"SSLClientCert", {{"/home/me/client.pem"}, {"a\nb"}}},
      {"SSLClientCertType", {{"PEM", "pfx"}, {"x", "DER"}}},
      {"SSLClientCertPassword", {{"abc"}, {"env:", "a\tb"}}},
      {"ProxyAutoDetect", {{"true", "yes", "false"}, kNotBool}},
      {"ProxyServer", {{"proxy.example", "10.0.0.1", "::1", "[::1]"}, kNotHost}},
      {"ProxyPort", {{"80", "65535"}, {"0", "65536", "x"}}},
      {"ProxyUser", {{"me", "'a:b@c'"}, {"a\nb"}}},
      {"ProxyPassword", {{"abc"}, {"env:", "a\tb"}}},
      {"ProxyAuthScheme", {{"basic", "DIGEST", "None", "negotiate", "NTLM"}, {"x", "KERBEROS"}}},
      {"ProxySSLType", {{"Auto", "ALWAYS", "never", "Tunnel"}, {"x", "true"}}},
      {"ProxyExceptions", {{"localhost,.example,10.0.0.0/8", "*"}, {"a\nb"}}},
      {"FirewallType", {{"none"}, {"x", "SOCKS", "TUNNEL", "socks4", "SOCKS5"}}},
      {"FirewallServer", {{"gate.example", "[::1]"}, kNotHost}},
      {"FirewallPort", {{"1", "1080"}, {"0", "65536", "x"}}},
      {"FirewallUser", {{"me"}, {"a\nb"}}},
      {"FirewallPassword", {{"abc"}, {"env:", "a\tb"}}},
      {"CustomFields", {{"json", "Columns"}, {"x", "true"}}},
  };
  return forms;
}

// Properties that only make sense together.
std::string Companion(const std::string& name) {
  if (name == "OAuthExpiresIn") return ";OAuthTokenTimestamp=1";
  if (name == "OAuthTokenTimestamp") return ";OAuthExpiresIn=1";
  if (name == "SSLClientCertPassword") return ";SSLClientCert=client.pem";
  if (name == "ProxyUser" || name == "ProxyPassword") return ";ProxyServer=proxy.example";
  if (name.starts_with("Firewall") && name != "FirewallType") {
    return std::string(";FirewallType=SOCKS5") + (name == "FirewallServer" ? "" : ";FirewallServer=gate.example");
  }
  if (name == "APIKey" || name == "ProfileSettings") return ";AuthScheme=APIKEY";
  if (name == "APIKeyHeader") return ";AuthScheme=APIKEY;APIKey=k";
  if (name == "User") return ";AuthScheme=BASIC;Password=p";
  if (name == "Password") return ";AuthScheme=BASIC;User=u";
  return "";
}

TEST_CASE("ConnectionProperties: the table is whole", "[auth]") {
  const auto properties = ConnectionProperties();
  CHECK(properties.size() == 66);
  std::set<std::string> names;
  for (const PropertyInfo& info : properties) {
    INFO(info.name);
    CHECK(names.insert(AsciiLower(info.name)).second);
    CHECK(!info.values.empty());
    CHECK(info.doc.ends_with('.'));
    CHECK(std::isupper(static_cast<unsigned char>(info.name[0])));
  }
  for (const auto& [name, forms] : AllForms()) CHECK(names.contains(AsciiLower(name)));
}

TEST_CASE("ConnectionProperties: every property in its right forms", "[auth]") {
  for (const PropertyInfo& info : ConnectionProperties()) {
    const std::string name(info.name);
    std::vector<std::string> right = {"", std::string(info.default_value)};  // the default may always be written
    const auto found = AllForms().find(name);
    REQUIRE(found != AllForms().end());  // every property has its forms above
    right.insert(right.end(), found->second.right.begin(), found->second.right.end());
    for (const std::string& value : right) {
      for (const std::string& spelled : {name, AsciiLower(name)}) {
        const auto options =
            ParseConnectionString(" " + spelled + " = " + value + " " + (value.empty() ? "" : Companion(name)));
        INFO(name << "=" << value << ": " << options.status().message());
        CHECK(options);
      }
    }
  }
}

// They concern one table, one statement or the log, not the account.
const std::set<std::string> kOfNoAccount = {
    "Profile",    "MaxRows",        "Pagesize",        "Readonly",       "PseudoColumns", "Logfile",       "Verbosity",
    "LogModules", "MaxLogFileSize", "MaxLogFileCount", "QueryTimeout",   "MaxRequests",   "OrderPushdown", "CustomFields",
    "Table",      "Connection",     "AutoCache",       "CacheTolerance", "CacheLocation", "Offline",
    "MaxConcurrency"};

// A value other than the default, with what it needs.
std::string Change(const std::string& name) {
  static const auto& values =
      *new std::map<std::string, std::string>{{"AuthScheme", "NONE"},
                                              {"InitiateOAuth", "REFRESH;OAuthClientId=i;OAuthClientSecret=s"},
                                              {"OAuthGrantType", "CLIENT;OAuthClientId=i;OAuthClientSecret=s"},
                                              {"OAuthPKCE", "true"},
                                              {"Timeout", "59"},
                                              {"ProxyAutoDetect", "false"},
                                              {"ProxyAuthScheme", "NTLM"},
                                              {"ProxySSLType", "TUNNEL"},
                                              {"FirewallType", "SOCKS5;FirewallServer=gate.example"},
                                              {"SSLClientCertType", "PFX"},
                                              {"ProxyPort", "81"},
                                              {"APIKeyHeader", "X-Key"},
                                              {"Scope", "some"}};
  const auto found = values.find(name);
  return name + "=" + (found != values.end() ? found->second : AllForms().at(name).right.back());
}

// Two connections that differ in it must not share a session, in which one of them would be ignored.
TEST_CASE("ConnectionProperties: every property of the account tells accounts apart", "[auth]") {
  for (const PropertyInfo& info : ConnectionProperties()) {
    const std::string name(info.name);
    if (kOfNoAccount.contains(name)) continue;
    const std::string text = Change(name) + Companion(name);
    const auto changed = ParseConnectionString(text);
    INFO(text << ": " << changed.status().message());
    REQUIRE(changed);
    ConnectionOptions without = *changed;
    const ConnectionOptions defaults;
    std::visit(
        [&](auto member) {
          if constexpr (!std::is_same_v<decltype(member), std::monostate>) without.*member = defaults.*member;
        },
        name == "ProfileSettings" ? FindProperty("APIKey")->target : FindProperty(name)->target);
    CHECK(changed->AccountKey() != without.AccountKey());
  }
}

TEST_CASE("ConnectionProperties: every property in its wrong forms", "[auth]") {
  for (const PropertyInfo& info : ConnectionProperties()) {
    const std::string name(info.name);
    std::vector<std::string> wrong;
    if (const auto found = AllForms().find(name); found != AllForms().end()) {
      wrong.insert(wrong.end(), found->second.wrong.begin(), found->second.wrong.end());
    }
    CHECK(!wrong.empty());
    for (const std::string& value : wrong) {
      const auto options = ParseConnectionString("Pagesize=;;" + name + "=" + value + Companion(name));
      INFO(name << "=" << value);
      REQUIRE(!options);
      const std::string& message = options.status().message();
      CHECK(options.status().code() == StatusCode::kInvalidArgument);
      CHECK_THAT(message, Contains(name));
      CHECK_THAT(message, Contains("position ") || Contains("InitiateOAuth=") || Contains("needs FirewallServer"));
      if (info.secret && value.size() > 6) CHECK_THAT(message, !Contains(value) || Contains("no/such"));
    }
  }
}

TEST_CASE("ConnectionProperties: no secret is ever repeated", "[auth]") {
  for (const PropertyInfo& info : ConnectionProperties()) {
    if (!info.secret) continue;
    const std::string name(info.name);
    for (const std::string& text :
         {name + "='hunter2", name + "='hunter2'x", name + "=hun'ter2", name + "=a;hunter2", name + "=a;hunter2=1;x=2",
          name + "=hunter2;" + name + "=hunter2", name + "='hunter2\x01'", name + "=hunter2;Timeout=x",
          name + "=hunter2;Nonsense=hunter2", name + "=hunter2;ProxyServer=u:hunter2@x", name + "x=hunter2",
          name + "=hunter2;URL=https://u:hunter2@x.example", name + "=hunter2;OAuthExpiresIn=hunter2"}) {
      const auto options = ParseConnectionString(text);
      INFO(text);
      REQUIRE(!options);
      CHECK_THAT(options.status().message(), !Contains("hunter2") && !Contains("ter2"));
    }
  }
}

TEST_CASE("PropertyTable: a reference to a secret where none is taken is an error, for every property", "[auth]") {
  for (const PropertyInfo& info : ConnectionProperties()) {
    if (FindProperty(info.name)->type == PropertyType::kSecret) continue;
    for (const char* reference : {"env:HOME", "ENV:X", "file:/etc/hostname", "File:x"}) {
      INFO(info.name << "=" << reference);
      CHECK(!ParseConnectionString(std::string(info.name) + "=" + reference).ok());
    }
  }
  const auto refused = ParseConnectionString("OAuthSettingsLocation=env:X");
  REQUIRE(!refused.ok());
  CHECK_THAT(refused.status().message(), Contains("OAuthSettingsLocation") && Contains("for secrets only"));
  CHECK(ParseConnectionString("OAuthSettingsLocation=./env:X").ok());
}

}  // namespace
}  // namespace infusionsoft
