// SPDX-License-Identifier: MIT
// The property table: one row a connection property, from which parsing, messages and documentation follow.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "auth/connection_options.h"
#include "base/status.h"

namespace infusionsoft {

enum class PropertyType {
  kText,
  kSecret,  // text, or env:NAME, or file:PATH
  kChoice,  // one of PropertyInfo::values; case, '_' and '-' do not matter
  kBool,
  kInteger,  // min..max
  kUrl,      // https://, or http:// for this machine
  kHost,     // a host name or address, without a port
  kServerCert,
  kProfile,
  kSettings,    // k=v;k=v, each of which stands for a property: see ExpandSettings
  kHeaderName,  // of an HTTP header that is free to be used
  kLocation,    // a path, or memory://NAME
  kSize,        // bytes, or with KB, MB or GB behind the number; min..max
  kModuleList,
  kPseudoColumns,
  kSupport,
};

// Where a value goes. monostate: nowhere, it stands for other properties. A choice goes into an enumeration by its place in
// the list of values.
using PropertyTarget =
    std::variant<std::monostate, std::string ConnectionOptions::*, Secret ConnectionOptions::*, bool ConnectionOptions::*,
                 int ConnectionOptions::*, int64_t ConnectionOptions::*,
                 std::chrono::milliseconds ConnectionOptions::*,                 // written in seconds
                 std::optional<std::chrono::seconds> ConnectionOptions::*,       // written in seconds
                 std::optional<std::chrono::milliseconds> ConnectionOptions::*,  // written in milliseconds
                 AuthScheme ConnectionOptions::*, OAuthGrantType ConnectionOptions::*, InitiateOAuth ConnectionOptions::*,
                 CustomFields ConnectionOptions::*, PseudoColumns ConnectionOptions::*, SupportSettings ConnectionOptions::*,
                 http::CertificateFormat ConnectionOptions::*, http::ProxyAuth ConnectionOptions::*,
                 http::ProxySsl ConnectionOptions::*, http::FirewallType ConnectionOptions::*>;

struct PropertyRow {
  PropertyInfo info;
  PropertyType type = PropertyType::kText;
  PropertyTarget target;
  int64_t min = 0;
  int64_t max = std::numeric_limits<int64_t>::max();
};

// Whether `written` names the property `name`: ASCII case and spaces in it ("Auth Scheme") are ignored.
bool IsPropertyName(std::string_view name, std::string_view written);

const PropertyRow* FindProperty(std::string_view name);  // nullptr when there is none

// Whether the value of `pair` is a secret, or stands behind one and may be a piece of it.
bool MayHoldSecret(const PropertyText& pair);

// "Timeout (position 12)", with the table's spelling. A name that is not known is shown only when it can hardly be a
// piece of a secret: "the property at position 12".
std::string DescribeProperty(const PropertyText& pair);

Status UnknownProperty(const PropertyText& pair);
Status DuplicateProperty(const PropertyText& pair, size_t first_position);

}  // namespace infusionsoft
