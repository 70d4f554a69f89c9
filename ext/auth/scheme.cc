// SPDX-License-Identifier: MIT
#include "auth/scheme.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "auth/crypto.h"
#include "auth/property_table.h"
#include "base/text.h"

namespace infusionsoft {
namespace {

constexpr std::string_view kAuthorization = "Authorization";

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void SignBearer(const ConnectionOptions&, const Secret& token, http::HttpRequest& request) {
  std::string value = "Bearer ";
  value.reserve(value.size() + token.Reveal().size());  // no copy of the token is left behind by growing
  value += token.Reveal();
  request.secret_header_name = kAuthorization;
  request.secret_header_value = Secret(value);
  WipeText(value);
}

// A header other than Authorization holds the bare key.
void SignKey(const ConnectionOptions& options, const Secret& key, http::HttpRequest& request) {
  if (EqualsIgnoreCase(options.api_key_header, kAuthorization)) return SignBearer(options, key, request);
  request.secret_header_name = options.api_key_header;
  request.secret_header_value = key;
}

void SignBasic(const ConnectionOptions& options, const Secret& password, http::HttpRequest& request) {
  request.login = http::Login{http::Login::Scheme::kBasic, options.user, password};
}

void SignNtlm(const ConnectionOptions& options, const Secret& password, http::HttpRequest& request) {
  request.login = http::Login{http::Login::Scheme::kNtlm, options.user, password};
}

void SignNothing(const ConnectionOptions&, const Secret&, http::HttpRequest&) {}

// "A", "A and B", "A, B and C" of those names whose property is missing; "" when none is.
std::string Missing(std::initializer_list<std::pair<const char*, bool>> properties) {
  std::vector<std::string> names;
  for (const auto& [name, missing] : properties) {
    if (missing) names.push_back(name);
  }
  if (names.size() < 2) return names.empty() ? "" : names.front();
  const std::string last = names.back();
  names.pop_back();
  return Join(names, ", ") + " and " + last;
}

Status Needs(const std::string& what, const std::string& missing, const std::string& note) {
  return missing.empty() ? Status() : InvalidArgument(what + " needs " + missing + note);
}

Status CheckCodeGrant(const ConnectionOptions& options) {
  if (options.initiate_oauth == InitiateOAuth::kOff) return Status();
  const std::string mode = options.initiate_oauth == InitiateOAuth::kRefresh ? "REFRESH" : "GETANDREFRESH";
  return Needs("InitiateOAuth=" + mode,
               Missing({{"OAuthClientId", options.oauth_client_id.empty()},
                        {"OAuthClientSecret", options.oauth_client_secret.empty()}}),
               " (the developer portal lists both)");
}

Status CheckOAuth(const ConnectionOptions& options) {
  switch (GrantOf(options)) {
    case OAuthGrantType::kCode:
      return CheckCodeGrant(options);
    case OAuthGrantType::kClient:
      return Needs("OAuthGrantType=CLIENT",
                   Missing({{"OAuthClientId", options.oauth_client_id.empty()},
                            {"OAuthClientSecret", options.oauth_client_secret.empty()}}),
                   " (whoever runs the token endpoint gives both)");
    case OAuthGrantType::kPassword:
      return Needs("OAuthGrantType=PASSWORD",
                   Missing({{"OAuthClientId", options.oauth_client_id.empty()},
                            {"User", options.user.empty()},
                            {"Password", options.password.empty()}}),
                   "");
  }
  return Status();
}

Status CheckOAuthClient(const ConnectionOptions& options) {
  if (options.oauth_grant_type == OAuthGrantType::kPassword) {
    return InvalidArgument(
        "AuthScheme=OAUTH_CLIENT is OAuthGrantType=CLIENT; for OAuthGrantType=PASSWORD set AuthScheme=OAUTH");
  }
  return Needs("AuthScheme=OAUTH_CLIENT",
               Missing({{"OAuthClientId", options.oauth_client_id.empty()},
                        {"OAuthClientSecret", options.oauth_client_secret.empty()}}),
               " (whoever runs the token endpoint gives both)");
}

Status CheckKey(const ConnectionOptions& options) {
  return Needs("AuthScheme=APIKEY", Missing({{"APIKey", options.api_key.empty()}}),
               " (a personal access token or service account key, from the API settings of the account)");
}

Status CheckLogin(const std::string& scheme, const ConnectionOptions& options) {
  return Needs("AuthScheme=" + scheme, Missing({{"User", options.user.empty()}, {"Password", options.password.empty()}}),
               "");
}

Status CheckBasic(const ConnectionOptions& options) {
  if (Status status = CheckLogin("BASIC", options); !status.ok()) return status;
  // RFC 7617 section 2: the first colon ends the name.
  if (options.user.find(':') == std::string::npos) return Status();
  return InvalidArgument("User: a name with ':' cannot be sent with AuthScheme=BASIC, which ends the name there");
}

Status CheckNtlm(const ConnectionOptions& options) {
  if (Status status = CheckLogin("NTLM", options); !status.ok()) return status;
  // libcurl widens bytes to UTF-16 one by one.
  if (IsAscii(options.user)) return Status();
  return InvalidArgument("User: AuthScheme=NTLM can send ASCII names only (NAME or DOMAIN\\NAME)");
}

Status CheckNothing(const ConnectionOptions&) { return Status(); }

// In the order of the enumeration.
constexpr std::array<Scheme, 6> kSchemes = {{
    {"OAUTH", true, nullptr, SignBearer, CheckOAuth, ""},
    {"OAUTH_CLIENT", true, nullptr, SignBearer, CheckOAuthClient, ""},
    {"APIKEY", false, &ConnectionOptions::api_key, SignKey, CheckKey,
     "the server does not accept APIKey (mistyped, revoked, or of another account): give another one; a server that expects "
     "it in another header needs APIKeyHeader"},
    {"BASIC", false, &ConnectionOptions::password, SignBasic, CheckBasic,
     "the server does not accept User and Password by AuthScheme=BASIC: check both, and whether it offers that scheme (the "
     "vendor's cloud does not)"},
    {"NTLM", false, &ConnectionOptions::password, SignNtlm, CheckNtlm,
     "the server does not accept User and Password by AuthScheme=NTLM: check both (a name of a domain is DOMAIN\\NAME), and "
     "whether it offers that scheme (the vendor's cloud does not)"},
    {"NONE", false, nullptr, SignNothing, CheckNothing,
     "the server wants to know who asks, and AuthScheme=NONE does not say it: set AuthScheme to what the server takes"},
}};
static_assert(static_cast<size_t>(AuthScheme::kNone) + 1 == kSchemes.size());

// Properties that say who asks, and when they do.
struct Use {
  std::string_view name;
  bool (*applies)(const ConnectionOptions& options);
  std::string_view belongs_to;
};

bool UsesTokens(const ConnectionOptions& options) { return SchemeOf(options).uses_tokens; }
bool UsesPerson(const ConnectionOptions& options) { return UsesTokens(options) && NeedsPerson(options); }
bool UsesRefresh(const ConnectionOptions& options) {
  return UsesTokens(options) && GrantOf(options) != OAuthGrantType::kClient;
}
bool UsesKey(const ConnectionOptions& options) { return SchemeOf(options).secret == &ConnectionOptions::api_key; }
bool UsesLogin(const ConnectionOptions& options) {
  const Scheme& scheme = SchemeOf(options);
  if (scheme.uses_tokens) return GrantOf(options) == OAuthGrantType::kPassword;
  return scheme.secret == &ConnectionOptions::password;
}

constexpr std::string_view kForOAuth = "AuthScheme=OAUTH and OAUTH_CLIENT";
constexpr std::string_view kForCode = "AuthScheme=OAUTH with OAuthGrantType=CODE";
constexpr std::string_view kForKey = "AuthScheme=APIKEY";
constexpr std::string_view kForLogin = "AuthScheme=BASIC, AuthScheme=NTLM and OAuthGrantType=PASSWORD";
constexpr Use kUses[] = {
    {"APIKey", UsesKey, kForKey},
    {"APIKeyHeader", UsesKey, kForKey},
    {"User", UsesLogin, kForLogin},
    {"Password", UsesLogin, kForLogin},
    {"InitiateOAuth", UsesTokens, kForOAuth},
    {"OAuthGrantType", UsesTokens, kForOAuth},
    {"OAuthParams", UsesTokens, kForOAuth},
    {"OAuthAccessToken", UsesTokens, kForOAuth},
    {"OAuthRefreshToken", UsesRefresh, "AuthScheme=OAUTH with OAuthGrantType=CODE or PASSWORD"},
    {"OAuthVerifier", UsesPerson, kForCode},
};

Status CheckUse(const ConnectionOptions& options, const PropertyText& pair) {
  const PropertyRow* row = FindProperty(pair.name);
  const auto use = std::find_if(std::begin(kUses), std::end(kUses), [&](const Use& u) { return u.name == row->info.name; });
  if (use == std::end(kUses) || use->applies(options)) return Status();
  if (pair.value.empty() || EqualsIgnoreCase(pair.value, row->info.default_value)) return Status();
  const std::string scheme(SchemeOf(options).name);
  const std::string grant = UsesTokens(options) && options.auth_scheme == AuthScheme::kOAuth
                                ? (GrantOf(options) == OAuthGrantType::kClient     ? " and OAuthGrantType=CLIENT"
                                   : GrantOf(options) == OAuthGrantType::kPassword ? " and OAuthGrantType=PASSWORD"
                                                                                   : "")
                                : "";
  return InvalidArgument(DescribeProperty(pair) + " has no effect with AuthScheme=" + scheme + grant + ": it belongs to " +
                         std::string(use->belongs_to) + "; set that, or remove it");
}

}  // namespace

const Scheme& SchemeOf(const ConnectionOptions& options) { return kSchemes[static_cast<size_t>(options.auth_scheme)]; }

OAuthGrantType GrantOf(const ConnectionOptions& options) {
  return options.auth_scheme == AuthScheme::kOAuthClient ? OAuthGrantType::kClient : options.oauth_grant_type;
}

bool NeedsPerson(const ConnectionOptions& options) { return GrantOf(options) == OAuthGrantType::kCode; }

bool RenewsTokens(const ConnectionOptions& options) {
  return options.initiate_oauth != InitiateOAuth::kOff || !NeedsPerson(options) || options.oauth_access_token.empty();
}

bool FollowsSignIns(const ConnectionOptions& options) { return UsesPerson(options) && RenewsTokens(options); }

std::string TokenOwner(const ConnectionOptions& options) {
  switch (GrantOf(options)) {
    case OAuthGrantType::kCode:
      break;
    case OAuthGrantType::kClient:
      return options.oauth_client_id + " for itself";
    case OAuthGrantType::kPassword:
      return options.oauth_client_id + " for " + options.user;
  }
  return options.oauth_client_id;
}

Status CheckScheme(const ConnectionOptions& options, const std::vector<PropertyText>& given) {
  for (const PropertyText& pair : given) {
    if (Status status = CheckUse(options, pair); !status.ok()) return status;
  }
  return SchemeOf(options).check(options);
}

std::vector<Secret> WireForms(const ConnectionOptions& options, const Secret& secret) {
  std::vector<Secret> forms = {secret};
  if (options.auth_scheme != AuthScheme::kBasic) return forms;
  std::string pair = options.user + ":" + std::string(secret.Reveal());
  std::string encoded = Base64(pair);
  forms.emplace_back(encoded);
  WipeText(pair);
  WipeText(encoded);
  return forms;
}

std::string MissingToken(const ConnectionOptions& options) {
  if (!UsesPerson(options) || options.initiate_oauth != InitiateOAuth::kOff || !options.oauth_access_token.empty()) return "";
  const std::string missing = "the connection has no access token; ";
  if (!options.oauth_refresh_token.empty()) return missing + "set InitiateOAuth=REFRESH to get one by OAuthRefreshToken";
  if (!options.oauth_client_id.empty()) {
    return missing + "set InitiateOAuth=GETANDREFRESH to sign in here, or sign in elsewhere by infusionsoft_authorize_url()";
  }
  return missing +
         "give OAuthAccessToken (a personal access token or service account key), or OAuthClientId and OAuthClientSecret "
         "with InitiateOAuth=GETANDREFRESH to sign in";
}

}  // namespace infusionsoft
