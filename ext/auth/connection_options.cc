// SPDX-License-Identifier: MIT
#include "auth/connection_options.h"

#include <unordered_map>
#include <utility>

#include "auth/account_servers.h"
#include "auth/network_options.h"
#include "auth/oauth_params.h"
#include "auth/property_table.h"
#include "auth/property_value.h"
#include "auth/scheme.h"
#include "auth/token_location.h"

namespace infusionsoft {
namespace {

// As SplitConnectionString, with the properties that ProfileSettings stands for in its place.
Result<std::vector<PropertyText>> SplitAndExpand(std::string_view text) {
  auto pairs = SplitConnectionString(text);
  if (!pairs) return pairs;
  std::vector<PropertyText> expanded;
  for (PropertyText& pair : *pairs) {
    expanded.push_back(std::move(pair));
    const PropertyRow* row = FindProperty(expanded.back().name);
    if (row == nullptr || row->type != PropertyType::kSettings) continue;
    auto settings = ExpandSettings(expanded.back());
    if (!settings) return settings;
    expanded.insert(expanded.end(), settings->begin(), settings->end());
  }
  return expanded;
}

// Applies all pairs to `options`.
Status ApplyAll(const std::vector<PropertyText>& pairs, ConnectionOptions& options) {
  std::unordered_map<std::string_view, size_t> seen;  // table's name -> position
  for (const PropertyText& pair : pairs) {
    const PropertyRow* row = FindProperty(pair.name);
    if (row == nullptr) return UnknownProperty(pair);
    const auto [first, fresh] = seen.emplace(row->info.name, pair.position);
    if (!fresh) return DuplicateProperty(pair, first->second);
    if (Status status = ApplyProperty(*row, pair, options); !status.ok()) return status;
  }
  return Status();
}

// What a sign-in is called is lost with tokens in memory: its copies would be nobody's when the process ends.
Status CheckCopies(const ConnectionOptions& options) {
  if ((!options.auto_cache && !options.offline) || !IsMemory(options.oauth_settings_location)) return Status();
  if (!FollowsSignIns(options)) return Status();
  return InvalidArgument(
      std::string(options.auto_cache ? "AutoCache=true" : "Offline=true") +
      " needs to know whose copies they are, and tokens in memory do not say who signed in: keep them in a file, "
      "OAuthSettingsLocation=<path>");
}

Status CheckTogether(const ConnectionOptions& options, const std::vector<PropertyText>& given) {
  if (Status status = CheckScheme(options, given); !status.ok()) return status;
  if (auto params = ParseOAuthParams(options.oauth_params); !params) return std::move(params).status();
  if (options.oauth_expires_in.has_value() != options.oauth_token_timestamp.has_value()) {
    return InvalidArgument(
        "OAuthExpiresIn (lifetime in seconds) and OAuthTokenTimestamp (when the token was issued, in "
        "milliseconds since 1970) must be given together");
  }
  if (Status status = CheckCopies(options); !status.ok()) return status;
  return CheckNetwork(options);
}

// Whoever may write the text of a table may not thereby send the secrets of a registered connection to another server.
Status CheckSameServers(const ConnectionOptions& options, const ConnectionOptions& base) {
  const auto refuse = [](std::string_view name) {
    return InvalidArgument(std::string(name) +
                           " cannot be given beside Connection, because the secrets of that connection "
                           "could go to another server; register a connection of its own with infusionsoft_connect");
  };
  if (options.url != base.url) return refuse("URL");
  if (options.authorization_url != base.authorization_url) return refuse("OAuthAuthorizationURL");
  if (options.access_token_url != base.access_token_url) return refuse("OAuthAccessTokenURL");
  if (options.refresh_token_url != base.refresh_token_url) return refuse("OAuthRefreshTokenURL");
  if (options.callback_url != base.callback_url) return refuse("CallbackURL");
  if (const std::string_view name = DifferingNetworkProperty(options, base); !name.empty()) return refuse(name);
  return Status();
}

// The property by which `options` make files, or "".
std::string_view PropertyThatWrites(const ConnectionOptions& options) {
  if (!options.log_file.empty()) return "Logfile";
  if (!options.cache_location.empty()) return "CacheLocation";
  return options.auto_cache ? "AutoCache" : "";
}

}  // namespace

Result<ConnectionOptions> ParseConnectionString(std::string_view text) {
  auto pairs = SplitAndExpand(text);
  if (!pairs) return std::move(pairs).status();
  ConnectionOptions options;
  if (Status status = ApplyAll(*pairs, options); !status.ok()) return status;
  // With Connection=NAME the rest may come from there.
  if (options.connection.empty()) {
    if (Status status = CheckTogether(options, *pairs); !status.ok()) return status;
  }
  return options;
}

bool NamesAccount(const ConnectionOptions& options) {
  // How the account is asked does not say who it is.
  ConnectionOptions who = options;
  const ConnectionOptions nobody;
  who.timeout = nobody.timeout;
  who.support = nobody.support;
  return !options.connection.empty() || who.AccountKey() != nobody.AccountKey();
}

Result<CustomFields> CustomFieldsIn(std::string_view text) {
  const auto pairs = SplitConnectionString(text);
  if (!pairs) return pairs.status();
  ConnectionOptions options;
  for (const PropertyText& pair : *pairs) {
    const PropertyRow* row = FindProperty(pair.name);
    if (row == nullptr || row->info.name != "CustomFields") continue;
    if (Status status = ApplyProperty(*row, pair, options); !status.ok()) return status;
  }
  return options.custom_fields;
}

Result<ConnectionOptions> ParseStoredConnectionString(std::string_view text) {
  constexpr std::string_view kInstead =
      "; the text of a table may be a stranger's, so register the connection with infusionsoft_connect and name it with "
      "Connection=, or create the table in the schema temp";
  auto options = ParseConnectionString(text);
  if (!options) return options;
  if (const std::string_view property = PropertyThatWrites(*options); !property.empty()) {
    return InvalidArgument(std::string(property) +
                           " cannot stand in the text of a table of a database file, which may be a stranger's and name any "
                           "file of yours; give it to infusionsoft_connect, or create the table in the schema temp");
  }
  const bool is_watched = NamesIntermediary(*options);
  if (HasOnlyKnownServers(*options) && !is_watched) return options;
  if (is_watched && options->initiate_oauth != InitiateOAuth::kOff) {
    return InvalidArgument(
        "a proxy on another machine, or certificates of SSLServerCert, could see the stored tokens of this "
        "machine" +
        std::string(kInstead));
  }
  const auto pairs = SplitAndExpand(text);
  for (const PropertyText& pair : *pairs) {
    if (FindProperty(pair.name)->type != PropertyType::kSecret || !IsSecretReference(pair.value)) continue;
    return InvalidArgument(
        DescribeProperty(pair) + " refers to a secret of this machine, and the table's " +
        (is_watched ? "proxy or SSLServerCert could let others see it" : "URL is a server other than the vendor's") +
        std::string(kInstead));
  }
  return options;
}

Result<ConnectionOptions> ParseConnectionString(std::string_view text, const ConnectionOptions& base) {
  auto pairs = SplitAndExpand(text);
  if (!pairs) return std::move(pairs).status();
  ConnectionOptions options = base;
  for (auto& [name, source] : options.given) source = PropertySource::kBaseConnection;
  if (Status status = ApplyAll(*pairs, options); !status.ok()) return status;
  if (Status status = CheckSameServers(options, base); !status.ok()) return status;
  if (Status status = CheckTogether(options, *pairs); !status.ok()) return status;
  return options;
}

}  // namespace infusionsoft
