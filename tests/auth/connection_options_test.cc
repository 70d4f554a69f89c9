// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>

#include "auth/connection_options.h"
#include "auth/network_options.h"
#include "connection_string.h"
#include "temp_dir.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;
using Catch::Matchers::Equals;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE("ConnectionOptions: the classic string works as it stands", "[auth]") {
  const ConnectionOptions options =
      Parsed(R"(Profile=C:\profiles\Infusionsoft.apip;Authscheme=OAuth;InitiateOAuth=GETANDREFRESH;)"
             R"(OAuthClientId=your_client_id;OAuthClientSecret=your_client_secret;)");
  CHECK(options.auth_scheme == AuthScheme::kOAuth);
  CHECK(options.initiate_oauth == InitiateOAuth::kGetAndRefresh);
  CHECK(options.oauth_client_id == "your_client_id");
  CHECK(options.oauth_client_secret.Reveal() == "your_client_secret");
  CHECK(options.callback_url == "http://localhost:33333");
  CHECK(options.url == "https://api.infusionsoft.com/crm/rest");
}

TEST_CASE("ConnectionOptions: every property in force reaches its field", "[auth]") {
  const ConnectionOptions options = Parsed(
      "INITIATEOAUTH=refresh;oauthclientid=id;OAuthClientSecret=cs;OAuthAccessToken=at;OAuthRefreshToken=rt;"
      "OAuthExpiresIn=86400;OAuthTokenTimestamp=1780000000000;OAuthSettingsLocation=memory://x;OAuthVerifier=v;"
      "CallbackURL=http://127.0.0.1:0/cb?x=1;Scope=some;State=st;OAuthAuthorizationURL=https://a.example/authorize;"
      "OAuthAccessTokenURL=https://t.example/token;OAuthRefreshTokenURL=http://localhost:8080/token;"
      "URL=http://[::1]:9/crm/rest//;Timeout=90;MaxRows=7;Pagesize=25;Readonly=yes;MaxRequests=3;OrderPushdown=off;"
      "Profile=Keap;AuthScheme=oauth;OAuthGrantType=code;ProxyAutoDetect=TRUE;CustomFields=JSON;OAuthPKCE=on");
  CHECK(options.initiate_oauth == InitiateOAuth::kRefresh);
  CHECK(options.oauth_client_id == "id");
  CHECK(options.oauth_client_secret == Secret("cs"));
  CHECK(options.oauth_access_token == Secret("at"));
  CHECK(options.oauth_refresh_token == Secret("rt"));
  CHECK(options.oauth_expires_in == seconds(86400));
  CHECK(options.oauth_token_timestamp == milliseconds(1780000000000));
  CHECK(options.oauth_settings_location == "memory://x");
  CHECK(options.oauth_verifier == Secret("v"));
  CHECK(options.callback_url == "http://127.0.0.1:0/cb?x=1");
  CHECK(options.scope == "some");
  CHECK(options.state == "st");
  CHECK(options.oauth_pkce);
  CHECK(options.authorization_url == "https://a.example/authorize");
  CHECK(options.access_token_url == "https://t.example/token");
  CHECK(options.refresh_token_url == "http://localhost:8080/token");
  CHECK(options.url == "http://[::1]:9/crm/rest");
  CHECK(options.timeout == seconds(90));
  CHECK(options.max_rows == 7);
  CHECK(options.page_size == 25);
  CHECK(options.read_only);
  CHECK(options.max_requests == 3);
  CHECK(!options.order_pushdown);
}

TEST_CASE("ConnectionOptions: the default is what an empty string gives", "[auth]") {
  const ConnectionOptions options = Parsed("");
  CHECK(options.initiate_oauth == InitiateOAuth::kOff);
  CHECK(options.timeout == seconds(60));
  CHECK(options.max_rows == -1);
  CHECK(options.order_pushdown);
  CHECK(!options.oauth_expires_in);
  CHECK(options.AccountKey() == ConnectionOptions().AccountKey());
}

TEST_CASE("ConnectionOptions: profiles", "[auth]") {
  for (const char* good :
       {"Infusionsoft", "keap", "KEAP.APIP", "/opt/p/Infusionsoft.apip", "C:\\a b\\Keap.apip", "x/Keap"}) {
    CHECK(ParseConnectionString(std::string("Profile='") + good + "'"));
  }
  CHECK(Parsed("Profile=/home/me/mine.json").profile_path == "/home/me/mine.json");
  CHECK(Parsed("Profile=Keap.apip").profile_path.empty());
  CHECK_THAT(Refused("Profile=Salesforce.apip"), Contains("the built-in profile is Infusionsoft or Keap"));
  CHECK_THAT(Refused("Profile=Keap.apip/"), Contains("the built-in profile is Infusionsoft or Keap"));
}

TEST_CASE("ConnectionOptions: unknown names", "[auth]") {
  CHECK_THAT(Refused("Timeout=5;OAuthClientIdd=hunter2"),
             Contains("OAuthClientIdd (position 11)") && Contains("did you mean OAuthClientId?") && !Contains("hunter2"));
  CHECK_THAT(Refused("Wholly=hunter2"), Contains("Wholly (position 1) is not a known property") && !Contains("hunter2") &&
                                            !Contains("value before it"));
  // A bare token whose padding looks like the '=' of a pair, and the rest of a secret behind an unquoted ';'.
  for (const char* secret :
       {"Password=correct;horse=battery", "Pasword=correct;horse=battery", "APIKey=correct;a=1;horse=x'y",
        "ProfileSettings='APIKey=correct;horse=x\"y'", "TokenKey=correct;a=1;horse=battery"}) {
    INFO(secret);
    CHECK_THAT(Refused(secret), !Contains("horse"));
  }
  CHECK_THAT(Refused("Password=correct;horse=battery"), Contains("the property at position 18"));
  CHECK_THAT(Refused("Password=correct;Timeot=1"), Contains("Timeot (position 18)") && Contains("did you mean Timeout?"));
  CHECK_THAT(Refused("KeapAK-9f8e7d6c5b4a=="), Contains("the property at position 1") && !Contains("9f8e"));
  CHECK_THAT(Refused("OAuthClientSecret=ab;9x8y7z6=1"), Contains("contains ';'") && !Contains("9x8y"));
  CHECK_THAT(Refused("Timeout=1;TIMEOUT=2"), Contains("Timeout (position 11) was given before, at position 1"));
}

TEST_CASE("ConnectionOptions: choices", "[auth]") {
  CHECK_THAT(Refused("InitiateOAuth=REFRES"), Contains("OFF, GETANDREFRESH, REFRESH") && Contains("did you mean REFRESH?"));
  CHECK_THAT(Refused("AuthScheme=SAML"), Contains("must be one of OAUTH, OAUTH_CLIENT, APIKEY, BASIC, NTLM, NONE"));
}

TEST_CASE("ConnectionOptions: http:// is for this machine only", "[auth]") {
  for (const char* name : {"URL", "CallbackURL", "OAuthAuthorizationURL", "OAuthAccessTokenURL", "OAuthRefreshTokenURL"}) {
    CHECK_THAT(Refused(std::string(name) + "=http://api.example/x"),
               Contains(std::string(name) + " (position 1)") && Contains("use https://"));
    CHECK(ParseConnectionString(std::string(name) + "=http://localhost:1234/x"));
    CHECK(ParseConnectionString(std::string(name) + "=http://127.8.9.1/x"));
    CHECK(ParseConnectionString(std::string(name) + "=https://api.example/x"));
    Refused(std::string(name) + "=http://localhost.example/x");
    Refused(std::string(name) + "=ftp://localhost/x");
    Refused(std::string(name) + "=https://me:hunter2@api.example/");
    Refused(std::string(name) + "=https://api.example/#x");
  }
  Refused("URL=https://api.example/?a=b");
  Refused("URL=http://localhost:0/");
}

TEST_CASE("ConnectionOptions: what needs what", "[auth]") {
  CHECK_THAT(Refused("InitiateOAuth=GETANDREFRESH"), Contains("OAuthClientId and OAuthClientSecret"));
  CHECK_THAT(Refused("InitiateOAuth=REFRESH;OAuthClientId=a"), Contains("needs OAuthClientSecret"));
  CHECK_THAT(Refused("InitiateOAuth=REFRESH;OAuthClientSecret=a"), Contains("needs OAuthClientId ("));
  CHECK_THAT(Refused("OAuthExpiresIn=5"), Contains("together"));
  CHECK_THAT(Refused("OAuthTokenTimestamp=5"), Contains("together"));
  CHECK(ParseConnectionString("InitiateOAuth=OFF"));
}

TEST_CASE("ConnectionOptions: secrets from the environment and from files", "[auth]") {
  const TempDir dir;
  setenv("INFUSIONSOFT_TEST_SECRET", "from-env", 1);
  setenv("INFUSIONSOFT_TEST_EMPTY", "", 1);
  unsetenv("INFUSIONSOFT_TEST_NONE");
  WriteFile(dir.Path("s"), "  from-file \r\nsecond line");
  WriteFile(dir.Path("empty"), "");
  WriteFile(dir.Path("odd"),
            "a\x01"
            "b\n");
  WriteFile(dir.Path("long"), std::string(20000, 'x'));
  CHECK(Parsed("OAuthAccessToken=env:INFUSIONSOFT_TEST_SECRET").oauth_access_token == Secret("from-env"));
  CHECK(Parsed("OAuthAccessToken=FILE:" + dir.Path("s")).oauth_access_token == Secret("from-file"));
  CHECK_THAT(Refused("OAuthAccessToken=env:INFUSIONSOFT_TEST_NONE"),
             Contains("OAuthAccessToken (position 1)") && Contains("INFUSIONSOFT_TEST_NONE is not set"));
  CHECK_THAT(Refused("OAuthAccessToken=env:INFUSIONSOFT_TEST_EMPTY"), Contains("is empty"));
  CHECK_THAT(Refused("OAuthAccessToken=env:"), Contains("OAuthAccessToken (position 1)"));
  CHECK_THAT(Refused("OAuthAccessToken=file:" + dir.Path("none")), Contains("cannot be read: No such file"));
  CHECK_THAT(Refused("OAuthAccessToken=file:" + dir.Path("empty")), Contains("is empty"));
  CHECK_THAT(Refused("OAuthAccessToken=file:" + dir.Path("odd")), Contains("printable"));
  CHECK_THAT(Refused("OAuthAccessToken=file:" + dir.Path("long")), Contains("too long"));
  CHECK_THAT(Refused("OAuthAccessToken=file:" + dir.Path()), Contains("not an ordinary file"));
  REQUIRE(mkfifo(dir.Path("pipe").c_str(), 0600) == 0);
  CHECK_THAT(Refused("OAuthAccessToken=file:" + dir.Path("pipe")), Contains("not an ordinary file"));
  CHECK_THAT(Refused("OAuthAccessToken='hun\nter2'"), Contains("control character") && !Contains("ter2"));
}

TEST_CASE("ConnectionOptions: text over a registered connection", "[auth]") {
  const ConnectionOptions base = Parsed("InitiateOAuth=REFRESH;OAuthClientId=id;OAuthClientSecret=cs;Timeout=9;MaxRows=5");
  const auto over = ParseConnectionString("Connection=crm;MaxRows=6;Timeout=", base);
  REQUIRE(over);
  CHECK(over->connection == "crm");
  CHECK(over->oauth_client_id == "id");
  CHECK(over->max_rows == 6);
  CHECK(over->timeout == seconds(60));
  CHECK(ParseConnectionString("Connection=crm;InitiateOAuth=REFRESH"));  // the rest may come from there
  CHECK(!ParseConnectionString("Connection=crm;OAuthClientId=", base));
  for (const char* name : {"URL", "CallbackURL", "OAuthAuthorizationURL", "OAuthAccessTokenURL", "OAuthRefreshTokenURL"}) {
    const auto moved = ParseConnectionString("Connection=crm;" + std::string(name) + "=https://evil.example/x", base);
    REQUIRE(!moved);
    CHECK_THAT(moved.status().message(), Contains("another server"));
  }
  CHECK(ParseConnectionString("Connection=crm;URL=" + base.url, base));
}

TEST_CASE("AccountKey: equal for equal accounts, different for different ones", "[auth]") {
  setenv("INFUSIONSOFT_TEST_SECRET", "cs", 1);
  const std::string text =
      "InitiateOAuth=REFRESH;OAuthClientId=id;OAuthClientSecret=cs;URL=https://api.infusionsoft.com/crm/rest";
  const std::string key = Parsed(text).AccountKey();
  CHECK(key.size() == 64);
  CHECK(key.find("cs;") == std::string::npos);
  for (const char* same :
       {"oauthclientsecret = 'cs' ; OAuthClientId=id;initiateoauth=Refresh",
        "InitiateOAuth=REFRESH;OAuthClientId=id;OAuthClientSecret=env:INFUSIONSOFT_TEST_SECRET",
        "InitiateOAuth=REFRESH;OAuthClientId=id;OAuthClientSecret=cs;URL=HTTPS://API.infusionsoft.com:443/crm/rest/",
        "InitiateOAuth=REFRESH;OAuthClientId=id;OAuthClientSecret=cs;MaxRows=1;Pagesize=2;Readonly=1;MaxRequests=3;"
        "OrderPushdown=0"}) {
    INFO(same);
    CHECK(Parsed(same).AccountKey() == key);
  }
  for (const char* other :
       {"InitiateOAuth=REFRESH;OAuthClientId=id2;OAuthClientSecret=cs",
        "InitiateOAuth=REFRESH;OAuthClientId=id;OAuthClientSecret=cs2",
        "InitiateOAuth=REFRESH;OAuthClientId=id;OAuthClientSecret=cs;OAuthAccessToken=t",
        "InitiateOAuth=REFRESH;OAuthClientId=id;OAuthClientSecret=cs;OAuthRefreshToken=t",
        "InitiateOAuth=GETANDREFRESH;OAuthClientId=id;OAuthClientSecret=cs",
        "InitiateOAuth=REFRESH;OAuthClientId=id;OAuthClientSecret=cs;OAuthSettingsLocation=memory://b",
        "InitiateOAuth=REFRESH;OAuthClientId=id;OAuthClientSecret=cs;TokenKey=k",
        "InitiateOAuth=REFRESH;OAuthClientId=id;OAuthClientSecret=cs;OAuthPKCE=true",
        "InitiateOAuth=REFRESH;OAuthClientId=id;OAuthClientSecret=cs;URL=https://api.keap.com/crm/rest"}) {
    INFO(other);
    CHECK(Parsed(other).AccountKey() != key);
  }
}

TEST_CASE("ConnectionOptions: what concerns a table names no account", "[auth]") {
  const auto names = [](const char* text) { return NamesAccount(*ParseConnectionString(text)); };
  for (const char* text :
       {"", "Pagesize=5;MaxRows=7;MaxRequests=2;OrderPushdown=false;Readonly=true;CustomFields=columns;Table=tags",
        "Timeout=5;QueryTimeout=9;Other='MaxAttempts=2'", "Logfile=/tmp/x;Verbosity=5;PseudoColumns=*=*"}) {
    CHECK_FALSE(names(text));
  }
  for (const char* text : {"Connection=shop", "OAuthAccessToken=x", "URL=https://localhost"}) CHECK(names(text));
}

TEST_CASE("ConnectionOptions: how an account is asked tells sessions apart, and what is logged or shown does not",
          "[auth]") {
  const auto key = [](const char* text) { return ParseConnectionString(text)->AccountKey(); };
  CHECK(key("Other='ConnectTimeout=3'") != key(""));
  CHECK(key("Timeout=3") != key(""));
  CHECK(key("Logfile=/tmp/x;Verbosity=5;LogModules=api;QueryTimeout=3;PseudoColumns=*=*;Pagesize=2") == key(""));
}

TEST_CASE("ConnectionOptions: one text names other files where the host has gone to another directory or home", "[auth]") {
  const TempDir a;
  const TempDir b;
  struct Seen {
    std::string account;
    std::string data;
    std::string log;
    std::string certificate;
  };
  const auto in = [](const TempDir& dir, const std::string& text) {
    const std::filesystem::path before = std::filesystem::current_path();
    const ScopedVariable home("HOME", dir.Path().c_str());
    const ScopedVariable config("XDG_CONFIG_HOME", nullptr);
    std::filesystem::current_path(dir.Path());
    const ConnectionOptions options = Parsed("InitiateOAuth=REFRESH;OAuthClientId=id;OAuthClientSecret=s;" + text);
    Seen seen{options.AccountKey(), options.DataOwner(), options.log_settings().path, TlsOptionsOf(options).ca_file};
    std::filesystem::current_path(before);
    return seen;
  };
  for (const char* other : {"OAuthSettingsLocation=tokens.json", "OAuthSettingsLocation=~/tokens.json", ""}) {
    INFO(other);
    CHECK(in(a, other).account != in(b, other).account);
    CHECK(in(a, other).data != in(b, other).data);
    CHECK(in(a, other).account == in(a, other).account);
  }
  for (const char* same : {"OAuthSettingsLocation=/x/tokens.json", "OAuthSettingsLocation=memory://x"}) {
    INFO(same);
    CHECK(in(a, same).account == in(b, same).account);
    CHECK(in(a, same).data == in(b, same).data);
  }
  const std::string fixed = "OAuthSettingsLocation=/x/tokens.json;";
  for (const std::string file : {"SSLServerCert=ca.pem", "SSLClientCert=client.pem"}) {
    CHECK(in(a, fixed + file).account != in(b, fixed + file).account);
  }
  CHECK(in(a, "SSLServerCert=ca.pem").certificate == a.Path("ca.pem"));
  CHECK(in(a, "Logfile=log.txt").log == a.Path("log.txt"));
  CHECK(in(a, "").log.empty());
  CHECK(in(a, fixed + "SSLServerCert=*").account == in(b, fixed + "SSLServerCert=*").account);
}

TEST_CASE("ConnectionOptions: remember where properties come from", "[auth]") {
  setenv("INFUSIONSOFT_TEST_SECRET", "from-env", 1);
  const auto base = ParseConnectionString("OAuthAccessToken=env:INFUSIONSOFT_TEST_SECRET;maxrows=5");
  REQUIRE(base.ok());
  CHECK(base->given == std::map<std::string_view, PropertySource>{{"OAuthAccessToken", PropertySource::kEnvironment},
                                                                  {"MaxRows", PropertySource::kConnectionString}});
  const auto built = ParseConnectionString("MaxRows=6", *base);
  REQUIRE(built.ok());
  CHECK(built->given.at("OAuthAccessToken") == PropertySource::kBaseConnection);
  CHECK(built->given.at("MaxRows") == PropertySource::kConnectionString);
  CHECK(PropertyValue("MaxRows", *built) == "6");
  CHECK(PropertyValue("OAuthAccessToken", *built) == "***");
  CHECK(PropertyValue("OAuthRefreshToken", *built) == std::nullopt);
}

// Every default that the table names is the one in force.
TEST_CASE("PropertyValue: reads back the default of every property", "[auth]") {
  for (const PropertyInfo& info : ConnectionProperties()) {
    INFO(info.name);
    CHECK(PropertyValue(info.name, ConnectionOptions()).value_or("") == info.default_value);
  }
}

TEST_CASE("PropertyValue: reads back what was written", "[auth]") {
  for (const auto& [name, value] : std::map<std::string, std::string>{{"MaxLogFileSize", "512KB"},
                                                                      {"LogModules", "query, http"},
                                                                      {"PseudoColumns", "orders=paid;*=*"},
                                                                      {"Other", "MaxAttempts=2;MaxResponseSize=1GB"},
                                                                      {"CustomFields", "columns"},
                                                                      {"Timeout", "5"},
                                                                      {"Readonly", "true"}}) {
    const auto options = ParseConnectionString(name + "='" + value + "'");
    REQUIRE(options.ok());
    CHECK(PropertyValue(name, *options) == value);
  }
}

TEST_CASE("ConnectionOptions: CustomFields is read beside a connection that is not known", "[auth]") {
  const auto fields = [](const char* text) { return *CustomFieldsIn(text); };
  CHECK(fields("Connection=nobody;customfields=COLUMNS") == CustomFields::kColumns);
  CHECK(fields("Connection=nobody;CustomFields=json") == CustomFields::kJson);
  CHECK(fields("Connection=nobody") == CustomFields::kJson);
  CHECK_FALSE(CustomFieldsIn("CustomFields=rows").ok());
  CHECK_FALSE(CustomFieldsIn("CustomFields='").ok());
}

TEST_CASE("ConnectionOptions: no local copies where nothing says who signed in", "[auth]") {
  const std::string memory = "OAuthClientId=app;OAuthClientSecret=s;OAuthSettingsLocation=memory://app;";
  for (const std::string mode : {"AutoCache=true", "Offline=true"}) {
    for (const std::string renewed : {"InitiateOAuth=GETANDREFRESH;", "InitiateOAuth=REFRESH;OAuthAccessToken=t;", ""}) {
      INFO(renewed << mode);
      CHECK_THAT(ParseConnectionString(memory + renewed + mode).status().message(),
                 Contains(mode + " needs") && Contains("OAuthSettingsLocation=<path>"));
    }
    CHECK(ParseConnectionString(memory + "OAuthAccessToken=t;" + mode).ok());
    CHECK(ParseConnectionString(memory + "OAuthGrantType=CLIENT;" + mode).ok());
    CHECK(ParseConnectionString("AuthScheme=APIKEY;APIKey=k;OAuthSettingsLocation=memory://app;" + mode).ok());
    CHECK(ParseConnectionString("OAuthClientId=app;OAuthClientSecret=s;InitiateOAuth=REFRESH;" + mode).ok());
    const auto base = ParseConnectionString(memory + "InitiateOAuth=REFRESH");
    CHECK_FALSE(ParseConnectionString(mode, *base).ok());
  }
}

TEST_CASE("ConnectionOptions: the owner of data is who sees it, not how he is known today", "[auth]") {
  const auto owner = [](const std::string& text) {
    const auto options = ParseConnectionString(text);
    INFO(text << ": " << options.status().message());
    REQUIRE(options.ok());
    return options->DataOwner();
  };
  const std::string app = "OAuthClientId=app;OAuthClientSecret=s;InitiateOAuth=";
  // Renewed tokens, and what is only of this session.
  CHECK(owner(app + "REFRESH") == owner(app + "GETANDREFRESH;OAuthRefreshToken=rt;Timeout=5;AutoCache=true"));
  CHECK(owner(app + "REFRESH") == owner("OAuthClientId=app;Offline=true"));
  CHECK(owner(app + "REFRESH;URL=https://API.infusionsoft.com/crm/rest/") == owner(app + "REFRESH"));
  CHECK(owner("AuthScheme=BASIC;User=u;Password=1") == owner("AuthScheme=BASIC;User=u;Password=2"));
  // Somebody else.
  std::set<std::string> owners;
  const std::vector<std::string> different = {app + "REFRESH",
                                              app + "REFRESH;OAuthSettingsLocation=/elsewhere",
                                              app + "REFRESH;URL=https://api.keap.com/crm/rest",
                                              "OAuthClientId=other;OAuthClientSecret=s;InitiateOAuth=REFRESH",
                                              "OAuthClientId=app;OAuthClientSecret=s;OAuthGrantType=CLIENT",
                                              "OAuthClientId=app;OAuthGrantType=PASSWORD;User=u;Password=p",
                                              "OAuthClientId=app;OAuthGrantType=PASSWORD;User=v;Password=p",
                                              "OAuthAccessToken=one",
                                              "OAuthAccessToken=two",
                                              "AuthScheme=APIKEY;APIKey=one",
                                              "AuthScheme=APIKEY;APIKey=two",
                                              "AuthScheme=BASIC;User=u;Password=p",
                                              "AuthScheme=BASIC;User=v;Password=p",
                                              "AuthScheme=NTLM;User=u;Password=p",
                                              "AuthScheme=NONE"};
  for (const std::string& text : different) {
    INFO(text);
    CHECK(owners.insert(owner(text)).second);
  }
}

}  // namespace
}  // namespace infusionsoft
