// SPDX-License-Identifier: MIT
#include "auth/property_table.h"

#include <algorithm>
#include <array>
#include <vector>

#include "auth/foreign_property.h"
#include "base/text.h"

namespace infusionsoft {
namespace {

using enum PropertyPower;
using enum PropertyType;
using Options = ConnectionOptions;

constexpr PropertyTarget kNowhere{};
constexpr int64_t kMaxSeconds = 10LL * 366 * 86400;
constexpr int64_t kMaxInt = std::numeric_limits<int>::max();
constexpr int64_t kMaxInt64 = std::numeric_limits<int64_t>::max();

constexpr PropertyInfo Known(std::string_view name, PropertyPower power, std::string_view values,
                             std::string_view default_value, std::string_view doc, bool secret = false) {
  return {name, power, values, default_value, doc, secret};
}

constexpr PropertyRow kRows[] = {
    {Known(
         "Profile", kFile, "Infusionsoft, Keap, such a path ending in .apip, or a path ending in .json", "Infusionsoft",
         "The tables there are. Infusionsoft and Keap are the built-in ones, whatever directory stands before them; a .json "
         "file adds tables of its own or replaces built-in ones."),
     kProfile, &Options::profile_path},
    {Known("ProfileSettings", kCredential, "k=v;k=v in quotes", "",
           "Settings of the profile. There is one, APIKey, which is the property of that name.", true),
     kSettings, kNowhere},
    {Known("AuthScheme", kSignIn, "OAUTH, OAUTH_CLIENT, APIKEY, BASIC, NTLM, NONE", "OAUTH",
           "How requests are authenticated. OAUTH_CLIENT is OAUTH with OAuthGrantType=CLIENT."),
     kChoice, &Options::auth_scheme},
    {Known("APIKey", kCredential, "text", "", "A personal access token or service account key, for APIKEY.", true), kSecret,
     &Options::api_key},
    {Known("APIKeyHeader", kSignIn, "header name", "Authorization",
           "The header that carries APIKey: Authorization as a Bearer token, another one such as X-Keap-API-Key bare."),
     kHeaderName, &Options::api_key_header},
    {Known("User", kSignIn, "text", "", "User name for BASIC, NTLM (also DOMAIN\\NAME) and OAuthGrantType=PASSWORD."), kText,
     &Options::user},
    {Known("Password", kCredential, "text", "", "Password for BASIC, NTLM and OAuthGrantType=PASSWORD.", true), kSecret,
     &Options::password},
    {Known("InitiateOAuth", kSignIn, "OFF, GETANDREFRESH, REFRESH", "OFF",
           "OFF uses OAuthAccessToken as it is. REFRESH never asks a person: it refreshes the stored or given tokens. "
           "GETANDREFRESH also signs in through the browser when there is no usable token."),
     kChoice, &Options::initiate_oauth},
    {Known("OAuthClientId", kSignIn, "text", "", "The application's key, from the developer portal."), kText,
     &Options::oauth_client_id},
    {Known("OAuthClientSecret", kCredential, "text", "", "The application's secret, from the developer portal.", true), kSecret,
     &Options::oauth_client_secret},
    {Known("OAuthAccessToken", kCredential, "text", "", "An access token, personal access token or service account key.", true), kSecret,
     &Options::oauth_access_token},
    {Known("OAuthRefreshToken", kCredential, "text", "", "A refresh token to begin with, when none is stored.", true), kSecret,
     &Options::oauth_refresh_token},
    {Known("OAuthExpiresIn", kSignIn, "seconds", "", "Lifetime of OAuthAccessToken, counted from OAuthTokenTimestamp."), kInteger,
     &Options::oauth_expires_in, 0, kMaxSeconds},
    {Known("OAuthTokenTimestamp", kSignIn, "milliseconds since 1970", "", "When OAuthAccessToken was issued."), kInteger,
     &Options::oauth_token_timestamp, 0, 253402300799999},
    {Known("OAuthSettingsLocation", kFile, "path, memory://NAME", "",
           "Where tokens are kept: a file, a directory (one file per client id in it), or the memory of the process. By "
           "default the directory infusionsoft in $XDG_CONFIG_HOME or ~/.config."),
     kLocation, &Options::oauth_settings_location},
    {Known("TokenKey", kCredential, "text", "",
           "Seals the token file with AES-256-GCM: who has the file alone cannot use it. A file that is not sealed yet is "
           "sealed "
           "when it is next written; a sealed one cannot be read without this.",
           true),
     kSecret, &Options::token_key},
    {Known("OAuthVerifier", kCredential, "text", "", "The code (or the whole address) to which a sign-in on another machine led.", true),
     kSecret, &Options::oauth_verifier},
    {Known("CallbackURL", kServer, "URL", "http://localhost:33333",
           "The redirect URI. One of this machine is listened on; any other is only sent, and its code comes back by "
           "OAuthVerifier."),
     kUrl, &Options::callback_url},
    {Known("Scope", kSignIn, "text", "full", "The scope to ask for."), kText, &Options::scope},
    {Known("State", kSignIn, "text", "", "The state to send when signing in; random when empty."), kText, &Options::state},
    {Known("OAuthPKCE", kSignIn, "true, false", "false",
           "Whether a sign-in is bound to this client by PKCE (RFC 7636, S256). Off, because the API's documents do not "
           "name it; "
           "for servers and gateways that know or demand it."),
     kBool, &Options::oauth_pkce},
    {Known("OAuthGrantType", kSignIn, "CODE, CLIENT, PASSWORD", "CODE",
           "How tokens are had: CODE by a person who signs in, CLIENT by the application's own right, PASSWORD by User and "
           "Password. The last two need nobody, and get and renew tokens whatever InitiateOAuth says."),
     kChoice, &Options::oauth_grant_type},
    {Known("OAuthAuthorizationURL", kServer, "URL", "https://accounts.infusionsoft.com/app/oauth/authorize", "The sign-in page."),
     kUrl, &Options::authorization_url},
    {Known("OAuthAccessTokenURL", kServer, "URL", "https://api.infusionsoft.com/token", "Where a code is exchanged for tokens."),
     kUrl, &Options::access_token_url},
    {Known("OAuthRefreshTokenURL", kServer, "URL", "", "Where tokens are refreshed; OAuthAccessTokenURL when empty."), kUrl,
     &Options::refresh_token_url},
    {Known("OAuthParams", kSignIn, "a=b,c=d", "", "Extra parameters of token requests, beside the protocol's own."), kText,
     &Options::oauth_params},
    {Known("URL", kServer, "URL", "https://api.infusionsoft.com/crm/rest", "The base to which /v1/... and /v2/... are added."), kUrl,
     &Options::url},
    {Known(
         "SSLServerCert", kCertificate, "PEM text, path of a PEM file, sha256//PIN, *", "",
         "The certificates to trust instead of the system's; pins of the server's public key, checked in addition; or both, "
         "with ; between them in quotes. * accepts any certificate, which infusionsoft_connect warns of."),
     kServerCert, &Options::ssl_server_cert},
    {Known("SSLClientCert", kCertificate, "path", "", "File with a certificate and its key, for servers that ask clients for one."), kText,
     &Options::ssl_client_cert},
    {Known("SSLClientCertType", kCertificate, "PEM, PFX", "PEM", "Format of SSLClientCert."), kChoice, &Options::ssl_client_cert_type},
    {Known("SSLClientCertPassword", kCertificate, "text", "", "Password of the key in SSLClientCert.", true), kSecret,
     &Options::ssl_client_cert_password},
    {Known("ProxyAutoDetect", kProxy, "true, false", "true",
           "Without ProxyServer and FirewallType: use https_proxy and no_proxy of the environment, as they are when a "
           "session begins."),
     kBool, &Options::proxy_auto_detect},
    {Known("ProxyServer", kProxy, "host", "", "HTTP proxy for all requests, those for tokens among them."), kHost,
     &Options::proxy_server},
    {Known("ProxyPort", kProxy, "port", "80", "Port of ProxyServer."), kInteger, &Options::proxy_port, 1, 65535},
    {Known("ProxyUser", kProxy, "text", "", "User name for ProxyServer."), kText, &Options::proxy_user},
    {Known("ProxyPassword", kProxy, "text", "", "Password for ProxyServer.", true), kSecret, &Options::proxy_password},
    {Known("ProxyAuthScheme", kProxy, "BASIC, DIGEST, NONE, NEGOTIATE, NTLM", "BASIC", "How to sign in to ProxyServer."), kChoice,
     &Options::proxy_auth_scheme},
    {Known("ProxySSLType", kProxy, "AUTO, ALWAYS, NEVER, TUNNEL", "AUTO",
           "ALWAYS speaks TLS to ProxyServer, the others do not; TUNNEL sends also http:// requests through a tunnel, as "
           "https:// ones always are."),
     kChoice, &Options::proxy_ssl_type},
    {Known("ProxyExceptions", kProxy, "hosts separated by commas", "",
           "Hosts, domains, addresses and networks (10.0.0.0/8) that are asked directly."),
     kText, &Options::proxy_exceptions},
    {Known("FirewallType", kProxy, "NONE, TUNNEL, SOCKS4, SOCKS5", "NONE",
           "Kind of FirewallServer: an HTTP proxy that gives tunnels, or a SOCKS proxy."),
     kChoice, &Options::firewall_type},
    {Known("FirewallServer", kProxy, "host", "", "Proxy of the firewall, instead of ProxyServer."), kHost,
     &Options::firewall_server},
    {Known("FirewallPort", kProxy, "port", "", "Port of FirewallServer; 80 for TUNNEL and 1080 for SOCKS when empty."), kInteger,
     &Options::firewall_port, 1, 65535},
    {Known("FirewallUser", kProxy, "text", "", "User name for FirewallServer."), kText, &Options::firewall_user},
    {Known("FirewallPassword", kProxy, "text", "", "Password for FirewallServer.", true), kSecret, &Options::firewall_password},
    {Known("Timeout", kLimit, "seconds, 0 = off", "60",
           "How long one HTTP call may take; one for tokens, whose answer must not be lost, 60 at least."),
     kInteger, &Options::timeout, 0, kMaxInt},
    {Known("MaxRows", kLimit, "integer, -1 = off", "-1", "More rows than this from one scan is an error."), kInteger,
     &Options::max_rows, -1},
    {Known("Pagesize", kNone, "integer, 0 = the endpoint's maximum", "0", "Rows per page; where the API sorts, 100 at least."),
     kInteger, &Options::page_size, 0, kMaxInt},
    {Known("Readonly", kLimit, "true, false", "false", "Whether INSERT, UPDATE, DELETE and actions are errors."), kBool,
     &Options::read_only},
    {Known("AutoCache", kFile, "true, false", "false",
           "Whether a local copy is kept of each list that is read, as a whole, and answers what is asked of it until it is "
           "older than CacheTolerance."),
     kBool, &Options::auto_cache},
    {Known("CacheTolerance", kFile, "seconds", "600", "How old a local copy may be; 0 makes one for each statement."), kInteger,
     &Options::cache_tolerance, 0, kMaxSeconds},
    {Known(
         "CacheLocation", kFile, "path", "",
         "Where local copies are kept: a file, or a directory for the file copies.db. By default the directory infusionsoft "
         "in $XDG_CACHE_HOME or ~/.cache."),
     kText, &Options::cache_location},
    {Known("Offline", kFile, "true, false", "false",
           "Whether local copies of any age are all that is read, and nothing is sent. What has no copy is an error."),
     kBool, &Options::offline},
    {Known(
         "PseudoColumns", kNone, "Table=Column;... in quotes, *=*", "",
         "Which hidden input columns to show as ordinary ones, in SELECT * too. A query must then give a value to each that "
         "it reads."),
     kPseudoColumns, &Options::pseudo_columns},
    {Known("Logfile", kFile, "path", "", "Where to log: a file, made if need be, to which several programs may write."), kText,
     &Options::log_file},
    {Known("Verbosity", kFile, "1, 2, 3, 4, 5", "1",
           "1 logs queries, with time, rows and requests, and errors; 2 requests too; 3 their headers and bodies, without "
           "secrets; 4 connections and TLS; 5 whole bodies, and every plan that is considered."),
     kInteger, &Options::verbosity, 1, 5},
    {Known("LogModules", kFile, "all, sqlite, query, api, auth, http", "all", "What to log: a list, separated by commas."),
     kModuleList, &Options::log_modules},
    {Known("MaxLogFileSize", kFile, "bytes, or KB, MB, GB behind the number", "100MB",
           "At this size Logfile is renamed to Logfile.1, and a new one is begun."),
     kSize, &Options::max_log_file_size, 1024, kMaxInt64},
    {Known("MaxLogFileCount", kFile, "integer", "5", "How many log files are kept, the one in use included."), kInteger,
     &Options::max_log_file_count, 1, 1000},
    {Known("QueryTimeout", kLimit, "seconds, 0 = off", "0",
           "A statement that still waits for the API after this time stops with an error, counted from its first scan."),
     kInteger, &Options::query_timeout, 0, kMaxSeconds},
    {Known("MaxRequests", kLimit, "integer, 0 = off", "0",
           "A statement that would send more requests than this stops with an error."),
     kInteger, &Options::max_requests},
    {Known("MaxConcurrency", kLimit, "integer, 1 to 16", "1",
           "How many requests of a scan may be under way at once, where it shows which ones come next: of long IN lists, of lists "
           "below many parents, and for details of rows."),
     kInteger, &Options::max_concurrency, 1, 16},
    {Known("OrderPushdown", kNone, "true, false", "true", "Whether the API may sort; when off, ORDER BY is always SQLite's."),
     kBool, &Options::order_pushdown},
    {Known("CustomFields", kNone, "json, columns", "json",
           "For CREATE VIRTUAL TABLE: columns makes each custom field a column of its own, which asks the API for their "
           "definitions once."),
     kChoice, &Options::custom_fields},
    {Known("Table", kNone, "entity name", "", "Which entity a table of the module infusionsoft shows: contacts."), kText,
     &Options::table},
    {Known("Connection", kNone, "name", "",
           "The registered connection to build upon; what stands beside it is for this table only."),
     kText, &Options::connection},
    {Known("Other", kLimit, "name=value;... in quotes", "",
           "Settings for support: MaxAttempts (5), how often a request is sent; ConnectTimeout (20), seconds for a "
           "connection; MaxResponseSize (64MB), of one answer of the API."),
     kSupport, &Options::support},
};

constexpr auto kInfos = [] {
  std::array<PropertyInfo, std::size(kRows)> infos;
  for (size_t i = 0; i < infos.size(); ++i) infos[i] = kRows[i].info;
  return infos;
}();

constexpr auto kNames = [] {
  std::array<std::string_view, std::size(kRows)> names;
  for (size_t i = 0; i < names.size(); ++i) names[i] = kRows[i].info.name;
  return names;
}();

// A token that slipped into the place of a name is long, or has digits and signs in it; a piece of a password may be a word.
// A near miss of a known name is a typo.
bool MayBeShown(const PropertyText& pair) {
  const std::string_view name = pair.name;
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ' '; };
  const bool word = !pair.after_secret && name.size() <= 24 && std::all_of(name.begin(), name.end(), letter);
  return word || !NearestName(name, kNames).empty();
}

}  // namespace

std::span<const PropertyInfo> ConnectionProperties() { return kInfos; }

bool IsPropertyName(std::string_view name, std::string_view written) {
  if (written.find(' ') == std::string_view::npos) return EqualsIgnoreCase(name, written);
  std::string closed(written);
  std::erase(closed, ' ');
  return EqualsIgnoreCase(name, closed);
}

const PropertyRow* FindProperty(std::string_view name) {
  for (const PropertyRow& row : kRows) {
    if (IsPropertyName(row.info.name, name)) return &row;
  }
  return nullptr;
}

bool MayHoldSecret(const PropertyText& pair) {
  const PropertyRow* row = FindProperty(pair.name);
  if (row == nullptr) row = FindProperty(NearestName(pair.name, kNames));
  return row == nullptr ? pair.after_secret : row->info.secret;
}

std::string DescribeProperty(const PropertyText& pair) {
  const std::string position = "position " + std::to_string(pair.position);
  if (const PropertyRow* row = FindProperty(pair.name)) return std::string(row->info.name) + " (" + position + ")";
  return MayBeShown(pair) ? Excerpt(pair.name, 40) + " (" + position + ")" : "the property at " + position;
}

Status UnknownProperty(const PropertyText& pair) {
  if (const ForeignProperty* foreign = FindForeignProperty(pair.name)) {
    return InvalidArgument(std::string(foreign->name) + " (position " + std::to_string(pair.position) +
                           ") is a property of other connectors: " + std::string(foreign->instead));
  }
  std::string message = DescribeProperty(pair) + " is not a known property";
  const std::string_view nearest = NearestName(pair.name, kNames);
  if (!nearest.empty()) {
    message += "; did you mean " + std::string(nearest) + "?";
  } else {
    message += "; the documentation of the connection string lists them all";
    if (pair.position > 1) message += ". If the value before it contains ';', put that value in quotes";
  }
  return InvalidArgument(std::move(message));
}

Status DuplicateProperty(const PropertyText& pair, size_t first_position) {
  return InvalidArgument(DescribeProperty(pair) + " was given before, at position " + std::to_string(first_position) +
                         "; give it once");
}

}  // namespace infusionsoft
