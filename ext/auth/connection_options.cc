// SPDX-License-Identifier: MIT
#include "auth/connection_options.h"

#include <unordered_map>
#include <utility>

#include "auth/network_options.h"
#include "auth/oauth_params.h"
#include "auth/property_powers.h"
#include "auth/property_table.h"
#include "auth/property_value.h"
#include "auth/scheme.h"
#include "auth/token_location.h"
#include "base/ordinary_file.h"

namespace infusionsoft {
namespace {

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

LogSettings ConnectionOptions::log_settings() const {
  return {AbsolutePath(log_file), verbosity, log_modules, max_log_file_size, max_log_file_count};
}

}  // namespace infusionsoft
