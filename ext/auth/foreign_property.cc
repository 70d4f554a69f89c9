// SPDX-License-Identifier: MIT
#include "auth/foreign_property.h"

#include <algorithm>

#include "auth/property_table.h"

namespace infusionsoft {
namespace {

constexpr std::string_view kDriver = "it chooses a driver, and here .load or sqlite3_load_extension does; remove it";
constexpr std::string_view kPool = "connections are kept and shared by themselves; remove it";
constexpr std::string_view kSchema =
    "tables are made by CREATE VIRTUAL TABLE or infusionsoft_create_tables, views by CREATE VIEW, and Profile=NAME.json "
    "adds "
    "tables; remove it";
constexpr std::string_view kSql = "SQLite does all of SQL itself; remove it";
constexpr std::string_view kCache =
    "local copies stand in one file, which CacheLocation names; remove it, and see AutoCache";
constexpr std::string_view kOAuth1 = "it is for OAuth 1, and the API speaks OAuth 2; remove it";
constexpr std::string_view kTypes = "values have SQLite's types; remove it";
constexpr std::string_view kRequest =
    "requests are made from the profile; remove it, and see APIKeyHeader for a key's own header";
constexpr std::string_view kKerberos =
    "Kerberos is not spoken to the API (to a proxy: ProxyAuthScheme=NEGOTIATE); remove it";

constexpr ForeignProperty kForeign[] = {
    {"BatchSize", "rows are not sent in batches; remove it"},
    {"BrowsableSchemas", kSchema},
    {"CacheConnection", kCache},
    {"CacheDriver", kCache},
    {"CacheMetadata", kCache},
    {"CacheProvider", kCache},
    {"CacheQueryResult", kCache},
    {"ConnectOnOpen", "infusionsoft_test_connection() asks the API when you want it; remove it"},
    {"ConnectionLifeTime", kPool},
    {"CustomHeaders", kRequest},
    {"CustomUrlParams", kRequest},
    {"DSN", kDriver},
    {"Driver", kDriver},
    {"GenerateSchemaFiles", kSchema},
    {"KerberosKDC", kKerberos},
    {"KerberosRealm", kKerberos},
    {"KerberosSPN", kKerberos},
    {"Location", kSchema},
    {"MapToLongVarchar", kTypes},
    {"MapToWVarchar", kTypes},
    {"MaximumColumnSize", kTypes},
    {"OAuthAccessTokenSecret", kOAuth1},
    {"OAuthPasswordGrantMode", "the application signs in by its id and secret in the Authorization header; remove it"},
    {"OAuthRequestTokenURL", kOAuth1},
    {"OAuthVersion", "the API speaks OAuth 2; remove it"},
    {"PKCEVerifier", "with OAuthPKCE=true it is made and remembered by the extension; remove it"},
    {"PWD", "its name here is Password"},
    {"PoolIdleTimeout", kPool},
    {"PoolMaxSize", kPool},
    {"PoolMinSize", kPool},
    {"PoolWaitTime", kPool},
    {"Provider", kDriver},
    {"QueryPassthrough", kSql},
    {"RTK", "it is a licence key, and none is needed; remove it"},
    {"SSLClientCertSubject", "the certificate of SSLClientCert is the one in that file; remove it"},
    {"Schemas", kSchema},
    {"SupportEnhancedSQL", kSql},
    {"Tables", kSchema},
    {"UID", "its name here is User"},
    {"UpperCaseIdentifiers", kTypes},
    {"UseConnectionPooling", kPool},
    {"UserDefinedViews", kSchema},
    {"Views", kSchema},
};

}  // namespace

std::span<const ForeignProperty> ForeignProperties() { return kForeign; }

const ForeignProperty* FindForeignProperty(std::string_view name) {
  const auto found =
      std::ranges::find_if(kForeign, [&](const ForeignProperty& row) { return IsPropertyName(row.name, name); });
  return found == std::end(kForeign) ? nullptr : found;
}

}  // namespace infusionsoft
