// SPDX-License-Identifier: MIT
// ConnectionOptions: a connection string, parsed, typed and validated.
//
// The names are those that users of connectors of this kind already write; README.md lists them all.
// Threads: a value.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "base/status.h"

namespace infusionsoft {

enum class AuthScheme { kOAuth, kOAuthClient, kApiKey, kBasic, kNtlm, kNone };
enum class OAuthGrantType { kCode, kClient, kPassword };
enum class InitiateOAuth { kOff, kGetAndRefresh, kRefresh };
enum class CustomFields { kJson, kColumns };

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
  Secret oauth_verifier;                // the code from the browser
  std::string callback_url = "http://localhost:33333";
  std::string scope = "full";
  std::string state;                                        // "" = random
  OAuthGrantType oauth_grant_type = OAuthGrantType::kCode;  // as given; see GrantOf in scheme.h
  std::string oauth_params;                                 // checked; see oauth_params.h
  std::string authorization_url = "https://accounts.infusionsoft.com/app/oauth/authorize";
  std::string access_token_url = "https://api.infusionsoft.com/token";
  std::string refresh_token_url;  // "" = access_token_url
  std::string url = "https://api.infusionsoft.com/crm/rest";
  std::chrono::milliseconds timeout{60000};
  // These concern one table or one statement, not the account:
  std::string profile_path;  // a file of entities, or "" for the built-in ones
  std::string table;         // the entity of the generic module
  int64_t max_rows = -1;
  int page_size = 0;  // 0 = the endpoint's maximum
  bool read_only = false;
  int64_t max_requests = 0;
  bool order_pushdown = true;
  CustomFields custom_fields = CustomFields::kJson;

  // Identifies the account for sharing a Session: equal for equal accounts, whatever the spelling, order and per-table
  // properties of the strings. Holds no secret in clear (SHA-256).
  std::string AccountKey() const;
};

// One `name=value` as written, in order.
struct PropertyText {
  std::string name;
  std::string value;
  size_t position = 0;  // of the name, from 1
};

// Splits by the grammar: quotes, doubled quotes, spaces, empty pairs.
Result<std::vector<PropertyText>> SplitConnectionString(std::string_view text);

// Errors: kInvalidArgument; the message names the property, its position, the nearest known name or the allowed values,
// and never a secret. `env:NAME` and `file:PATH` values of secrets are read here.
Result<ConnectionOptions> ParseConnectionString(std::string_view text);

// `text` laid over `base` (what Connection=NAME refers to): its properties win. `text` itself may hold Connection=.
Result<ConnectionOptions> ParseConnectionString(std::string_view text, const ConnectionOptions& base);

// As ParseConnectionString, for a text that stands in a database file, which may be a stranger's: env: and file: are refused
// beside servers that are neither the vendor's nor on this machine, because they would be sent a secret of this machine.
Result<ConnectionOptions> ParseStoredConnectionString(std::string_view text);

// Whether `text` (already split) names a Connection, and which; "" when it does not.
Result<std::string> ConnectionNameIn(std::string_view text);

// Whether `options` say which account is meant, beside what concerns one table or one statement.
bool NamesAccount(const ConnectionOptions& options);

// What `text` says of CustomFields, whether or not the connection it names is known.
Result<CustomFields> CustomFieldsIn(std::string_view text);

// CREATE VIRTUAL TABLE arguments -> one connection string: SQL quotes around an argument removed, joined with ';'.
Result<std::string> JoinModuleArguments(std::span<const char* const> arguments);

// One row of the property table, for documentation and for tests that go through all of them.
struct PropertyInfo {
  std::string_view name;
  std::string_view values;  // "OFF, GETANDREFRESH, REFRESH", "true, false", "seconds", "text"
  std::string_view default_value;
  std::string_view doc;
  bool secret = false;
  bool in_effect = true;  // false: known, but only its default is accepted so far
};
std::span<const PropertyInfo> ConnectionProperties();

}  // namespace infusionsoft
