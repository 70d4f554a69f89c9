// SPDX-License-Identifier: MIT
// ConnectionOptions: a connection string, parsed, typed and validated.
//
// The names are those that users of connectors of this kind already write; README.md lists them all.
// Threads: a value.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/log.h"
#include "base/secret.h"
#include "base/status.h"
#include "http/transport_options.h"

namespace infusionsoft {

enum class AuthScheme { kOAuth, kOAuthClient, kApiKey, kBasic, kNtlm, kNone };
enum class OAuthGrantType { kCode, kClient, kPassword };
enum class InitiateOAuth { kOff, kGetAndRefresh, kRefresh };
enum class CustomFields { kJson, kColumns };

// Where the value of a property comes from.
enum class PropertySource { kDefault, kConnectionString, kEnvironment, kFile, kBaseConnection, kDatabaseFile };

// What Other= sets: for support. README.md says what each is for.
struct SupportSettings {
  int max_attempts = 5;                             // of a GET, the first one included
  std::chrono::seconds connect_timeout{20};         // for a connection, with its TLS
  int64_t max_response_bytes = int64_t{64} << 20;   // of one answer of the API, unpacked
  friend bool operator==(const SupportSettings&, const SupportSettings&) = default;
};

// Hidden input columns to show as ordinary ones: names of tables and of columns as written, in order; "*" is every one.
using PseudoColumns = std::vector<std::pair<std::string, std::string>>;

struct ConnectionOptions {
  std::string connection;  // Connection=NAME: what to build upon; resolved by the caller
  AuthScheme auth_scheme = AuthScheme::kOAuth;
  Secret api_key;  // personal access token or service account key
  std::string api_key_header = "Authorization";
  std::string user;
  Secret password;
  InitiateOAuth initiate_oauth = InitiateOAuth::kOff;
  std::string oauth_client_id;
  Secret oauth_client_secret;
  Secret oauth_access_token;
  Secret oauth_refresh_token;
  std::optional<std::chrono::seconds> oauth_expires_in;
  std::optional<std::chrono::milliseconds> oauth_token_timestamp;  // since the epoch
  std::string oauth_settings_location;  // a file, a directory ending in '/', memory://NAME, or "" for the default
  Secret token_key;                     // seals the token file; "" = it is not sealed
  Secret oauth_verifier;                // the code from the browser
  std::string callback_url = "http://localhost:33333";
  std::string scope = "full";
  std::string state;                                        // "" = random
  bool oauth_pkce = false;                                  // RFC 7636, S256
  OAuthGrantType oauth_grant_type = OAuthGrantType::kCode;  // as given; see GrantOf in scheme.h
  std::string oauth_params;                                 // checked; see oauth_params.h
  std::string authorization_url = "https://accounts.infusionsoft.com/app/oauth/authorize";
  std::string access_token_url = "https://api.infusionsoft.com/token";
  std::string refresh_token_url;  // "" = access_token_url
  std::string url = "https://api.infusionsoft.com/crm/rest";
  std::chrono::milliseconds timeout{60000};
  SupportSettings support;
  // Where and what to log; no part of the account.
  std::string log_file;  // "" = no log
  int verbosity = 1;
  int64_t log_modules = kAllLogModules;  // as LogSettings has it
  int64_t max_log_file_size = int64_t{100} << 20;
  int max_log_file_count = 5;
  std::string ssl_server_cert;  // see property_table.cc; "" = the system's trust
  std::string ssl_client_cert;  // a path
  http::CertificateFormat ssl_client_cert_type = http::CertificateFormat::kPem;
  Secret ssl_client_cert_password;
  bool proxy_auto_detect = true;
  std::string proxy_server;
  int proxy_port = 80;
  std::string proxy_user;
  Secret proxy_password;
  http::ProxyAuth proxy_auth_scheme = http::ProxyAuth::kBasic;
  http::ProxySsl proxy_ssl_type = http::ProxySsl::kAuto;
  std::string proxy_exceptions;
  http::FirewallType firewall_type = http::FirewallType::kNone;
  std::string firewall_server;
  int firewall_port = 0;  // 0 = the usual one of the type
  std::string firewall_user;
  Secret firewall_password;
  // These concern one table or one statement, not the account:
  std::string profile_path;  // a file of entities, or "" for the built-in ones
  std::string table;         // the entity of the generic module
  int64_t max_rows = -1;
  int page_size = 0;  // 0 = the endpoint's maximum
  bool read_only = false;
  // Local copies of what is read.
  bool auto_cache = false;                             // made, and read until they are older than cache_tolerance
  std::chrono::milliseconds cache_tolerance{600'000};  // written in seconds
  std::string cache_location;                          // a file or a directory; "" = the default
  bool offline = false;                                // copies of any age are all that is read; nothing is sent
  int64_t max_requests = 0;
  int max_concurrency = 1;
  std::chrono::milliseconds query_timeout{0};  // 0 = off
  PseudoColumns pseudo_columns;
  bool order_pushdown = true;
  CustomFields custom_fields = CustomFields::kJson;
  // The properties that were given, by their names in the property table. For people only: nothing depends on it.
  std::map<std::string_view, PropertySource> given;

  // Identifies the account for sharing a Session: equal for equal accounts, whatever the spelling, order and per-table
  // properties of the strings. Holds no secret in clear (SHA-256).
  std::string AccountKey() const;
  // Identifies whose data a local copy is: equal for connections that see the same data with the same rights, as far as can
  // be told without asking, also after tokens were renewed. Whoever signs in with these options is one owner; Credentials
  // tells one sign-in from another (Grant). Holds no secret in clear (SHA-256).
  std::string DataOwner() const;
  LogSettings log_settings() const;
};

// One `name=value` as written, in order.
struct PropertyText {
  std::string name;
  std::string value;
  size_t position = 0;        // of the name, from 1
  bool after_secret = false;  // what stands as its name may be a piece of the value before, which has a ';' in it
};

// Splits by the grammar: quotes, doubled quotes, spaces, empty pairs.
Result<std::vector<PropertyText>> SplitConnectionString(std::string_view text);

// Errors: kInvalidArgument; the message names the property, its position, the nearest known name or the allowed values,
// and never a secret. `env:NAME` and `file:PATH` values of secrets are read here.
Result<ConnectionOptions> ParseConnectionString(std::string_view text);

// `text` laid over `base` (what Connection=NAME refers to): its properties win. `text` itself may hold Connection=.
Result<ConnectionOptions> ParseConnectionString(std::string_view text, const ConnectionOptions& base);

// The value that `text` gives to the property `name`, as written; "" when it gives none.
Result<std::string> ValueIn(std::string_view text, std::string_view name);

// Whether `options` say which account is meant, beside what concerns one table or one statement.
bool NamesAccount(const ConnectionOptions& options);

// What `text` says of CustomFields, whether or not the connection it names is known.
Result<CustomFields> CustomFieldsIn(std::string_view text);

// CREATE VIRTUAL TABLE arguments -> one connection string: SQL quotes around an argument removed, joined with ';'.
Result<std::string> JoinModuleArguments(std::span<const char* const> arguments);

// What a property can do to the user, which decides whose text may give it (property_powers.h).
enum class PropertyPower {
  kNone,         // chooses rows and columns, or a registered connection
  kLimit,        // bounds what a statement may do: anybody may tighten it
  kServer,       // names a server, or a port to listen on
  kProxy,        // the way to the servers
  kCertificate,  // whom to believe, and who asks
  kCredential,   // is a secret, or refers to one in the environment or a file
  kSignIn,       // how an account is signed in to, which may open a browser and use stored tokens
  kFile,         // reads or writes files
};

// One row of the property table, for documentation and for tests that go through all of them.
struct PropertyInfo {
  std::string_view name;
  PropertyPower power;
  std::string_view values;  // "OFF, GETANDREFRESH, REFRESH", "true, false", "seconds", "text"
  std::string_view default_value;
  std::string_view doc;
  bool secret = false;
};
std::span<const PropertyInfo> ConnectionProperties();

// The value in force of the property `name` (as the table spells it), as a connection string would write it; nothing for
// none. Of a secret that is set: "***".
std::optional<std::string> PropertyValue(std::string_view name, const ConnectionOptions& options);
// "default", "connection string", "environment", "file", "connection" (the one it builds upon), "database file" (a secret that
// stands in it in clear text).
std::string_view PropertySourceName(PropertySource source);
// All secrets that `options` hold: what no log may show.
std::vector<Secret> SecretsOf(const ConnectionOptions& options);

}  // namespace infusionsoft
