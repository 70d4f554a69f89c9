// SPDX-License-Identifier: MIT
#include "auth/property_value.h"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <vector>

#include "auth/callback_url.h"
#include "auth/structured_value.h"
#include "auth/token_location.h"
#include "base/base64.h"
#include "base/text.h"
#include "http/transport.h"
#include "http/url.h"

namespace infusionsoft {
namespace {

constexpr std::string_view kPin = "sha256//";
constexpr std::string_view kPem = "-----BEGIN";

struct Typed {
  std::string text = {};
  Secret secret = {};
  int64_t number = 0;  // of an integer, a boolean (0, 1) or a choice (its place in the list)
  PseudoColumns pseudo_columns = {};
  SupportSettings support = {};
};

bool HasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; });
}

// OAuthClient, OAUTH_CLIENT and oauth-client are one spelling.
std::string Folded(std::string_view text) {
  std::string folded = AsciiLower(text);
  std::erase_if(folded, [](char c) { return c == '_' || c == '-' || c == ' '; });
  return folded;
}

std::vector<std::string_view> Choices(const PropertyRow& row) {
  std::vector<std::string_view> choices = Split(row.info.values, ',');
  for (std::string_view& choice : choices) choice = Trim(choice);
  return choices;
}

Status Bad(const PropertyText& pair, std::string_view what) {
  return InvalidArgument(DescribeProperty(pair) + ": " + std::string(what));
}

Result<Typed> ReadChoice(const PropertyRow& row, const PropertyText& pair, std::string_view value) {
  const std::vector<std::string_view> choices = Choices(row);
  const std::string folded = Folded(value);
  for (size_t i = 0; i < choices.size(); ++i) {
    if (Folded(choices[i]) == folded) return Typed{.text = std::string(choices[i]), .number = static_cast<int64_t>(i)};
  }
  std::string message = "the value must be one of " + std::string(row.info.values);
  const std::string_view nearest = NearestName(value, choices);
  if (!nearest.empty()) message += "; did you mean " + std::string(nearest) + "?";
  return Bad(pair, message);
}

Result<Typed> ReadInteger(const PropertyRow& row, const PropertyText& pair, std::string_view value) {
  const auto number = ParseInt64(value);
  if (number && *number >= row.min && *number <= row.max)
    return Typed{.text = std::to_string(*number), .number = *number};
  std::string message = "the value must be a whole number (" + std::string(row.info.values) + ")";
  if (number && *number < row.min) message += " and not less than " + std::to_string(row.min);
  if (number && *number > row.max) message += " and not more than " + std::to_string(row.max);
  return Bad(pair, message);
}

Result<Typed> ReadUrl(const PropertyRow& row, const PropertyText& pair, std::string_view value) {
  const bool is_callback = row.info.name == "CallbackURL";
  const auto url = is_callback ? ParseCallbackUrl(value) : http::ParseUrl(value);
  if (!url) return Bad(pair, url.status().message());
  if (url->scheme != "https" && !http::IsLoopbackHost(url->host)) {
    return Bad(pair, "http:// is only for hosts of this machine (localhost, 127.0.0.1, [::1]); use https://");
  }
  if (value.find('#') != std::string_view::npos) return Bad(pair, "a URL with '#' cannot be used here");
  if (row.info.name == "URL") {
    if (!url->query.empty() || value.ends_with('?')) return Bad(pair, "the base URL has no query ('?')");
    while (value.ends_with('/')) value.remove_suffix(1);
  }
  return Typed{.text = std::string(value)};
}

// Profile=C:\profiles\Infusionsoft.apip is what users of other connectors have; only the last part matters. A .json file is a
// path of this machine; "" stands for the built-in profile.
Result<Typed> ReadProfile(const PropertyText& pair, std::string_view value) {
  const size_t slash = value.find_last_of("/\\");
  std::string base = AsciiLower(slash == std::string_view::npos ? value : value.substr(slash + 1));
  if (base.ends_with(".json")) return Typed{.text = std::string(value)};
  if (base.ends_with(".apip")) base.resize(base.size() - 5);
  if (base == "infusionsoft" || base == "keap") return Typed{};
  return Bad(pair,
             "the built-in profile is Infusionsoft or Keap, alone or as a path such as C:\\profiles\\Infusionsoft.apip; one of "
             "your own is a file whose name ends in .json");
}

// A header that the request has anyway would be sent twice, or change how the request is read.
Result<Typed> ReadHeaderName(const PropertyText& pair, std::string_view value) {
  constexpr std::string_view kTaken[] = {"accept",       "accept-encoding",     "connection", "content-length",
                                         "content-type", "expect",              "host",       "keep-alive",
                                         "cookie",       "proxy-authorization", "te",         "transfer-encoding",
                                         "upgrade",      "user-agent"};
  if (!http::IsToken(value)) return Bad(pair, "the value must be the name of an HTTP header, such as X-Keap-API-Key");
  const auto same = [&](std::string_view taken) { return EqualsIgnoreCase(taken, value); };
  if (std::any_of(std::begin(kTaken), std::end(kTaken), same)) {
    return Bad(pair, "that header has a meaning of its own; a key goes into Authorization, or into one such as X-Keap-API-Key");
  }
  return Typed{.text = std::string(value)};
}

Result<Typed> ReadLocation(const PropertyText& pair, std::string_view value) {
  if (EqualsIgnoreCase(value.substr(0, kMemoryLocation.size()), kMemoryLocation)) {
    if (value.size() == kMemoryLocation.size()) return Bad(pair, "memory:// needs a name: memory://NAME");
    return Typed{.text = std::string(kMemoryLocation) + std::string(value.substr(kMemoryLocation.size()))};
  }
  if (value.find("://") != std::string_view::npos) return Bad(pair, "the value must be a path or memory://NAME");
  return Typed{.text = std::string(value)};
}

// The structured properties; each by a reader of its own.
Result<Typed> ReadStructured(const PropertyRow& row, const PropertyText& pair, std::string_view value) {
  Typed typed;
  Status status;
  if (row.type == PropertyType::kSize) {
    status = ReadSize(value, row.min, typed.number);
  } else if (row.type == PropertyType::kModuleList) {
    status = ReadLogModules(value, typed.number);
  } else if (row.type == PropertyType::kPseudoColumns) {
    status = ReadPseudoColumns(value, typed.pseudo_columns);
  } else {
    status = ReadSupportSettings(value, typed.support);
  }
  if (!status.ok()) return Bad(pair, status.message());
  return typed;
}

Result<Typed> ReadHost(const PropertyText& pair, std::string_view value) {
  const bool is_ipv6 = std::count(value.begin(), value.end(), ':') > 1 && !value.starts_with('[');
  const auto url = http::ParseUrl("https://" + (is_ipv6 ? "[" + std::string(value) + "]" : std::string(value)) + ":1");
  if (url && url->path.empty() && url->query.empty()) return Typed{.text = url->host};
  return Bad(pair, "the value must be a host name or an address and nothing else; port, user and password have properties of "
                   "their own");
}

// curl's form of a pin: "sha256//" and the hash of the key's SubjectPublicKeyInfo in base64.
bool IsPin(std::string_view text) {
  constexpr size_t kHashBytes = 32;
  if (!text.starts_with(kPin) || !text.ends_with('=')) return false;
  const auto hash = DecodeBase64(text.substr(kPin.size()));
  return hash && hash->size() == kHashBytes;
}

// Certificates and pins with ';' between them.
Result<Typed> ReadServerCert(const PropertyText& pair, std::string_view value) {
  for (std::string_view part : Split(value, ';')) {
    const bool is_meant_as_pin = part.starts_with("sha") && part.find("//") != std::string_view::npos;
    if (is_meant_as_pin && !IsPin(part)) {
      return Bad(pair, "a pin is sha256// and 44 characters of base64, the SHA-256 hash of the server's public key");
    }
    if (part.starts_with(kPem) && part.find("-----END CERTIFICATE-----") == std::string_view::npos) {
      return Bad(pair, "the PEM text has no whole certificate; the end of it is missing");
    }
  }
  return Typed{.text = std::string(value)};
}

Result<Typed> ReadValue(const PropertyRow& row, const PropertyText& pair, std::string_view value) {
  const bool is_pem = row.type == PropertyType::kServerCert && value.starts_with(kPem);  // has lines
  if (!is_pem && HasControl(value)) return Bad(pair, "the value contains a control character (a line break?)");
  if (!IsValidUtf8(value)) return Bad(pair, "the value is not valid UTF-8");
  // Taken as it stands, it would be the name of a file or a user called env:X.
  if (row.type != PropertyType::kSecret && IsSecretReference(value)) {
    return Bad(pair, "env: and file: are for secrets only; write the value itself (a path as ./env:...)");
  }
  switch (row.type) {
    case PropertyType::kText:
      return Typed{.text = std::string(value)};
    case PropertyType::kSecret: {
      auto secret = ReadSecret(DescribeProperty(pair), value);
      if (!secret) return std::move(secret).status();
      return Typed{.secret = *std::move(secret)};
    }
    case PropertyType::kChoice:
      return ReadChoice(row, pair, value);
    case PropertyType::kBool: {
      const auto flag = ParseBool(value);
      if (!flag) return Bad(pair, "the value must be true or false (yes/no, on/off, 1/0)");
      return Typed{.text = *flag ? "true" : "false", .number = *flag};
    }
    case PropertyType::kInteger:
      return ReadInteger(row, pair, value);
    case PropertyType::kUrl:
      return ReadUrl(row, pair, value);
    case PropertyType::kHost:
      return ReadHost(pair, value);
    case PropertyType::kServerCert:
      return ReadServerCert(pair, value);
    case PropertyType::kProfile:
      return ReadProfile(pair, value);
    case PropertyType::kSettings:
      return Typed{};
    case PropertyType::kHeaderName:
      return ReadHeaderName(pair, value);
    case PropertyType::kLocation:
      return ReadLocation(pair, value);
    case PropertyType::kSize:
    case PropertyType::kModuleList:
    case PropertyType::kPseudoColumns:
    case PropertyType::kSupport:
      return ReadStructured(row, pair, value);
  }
  return Status(StatusCode::kInternal, "property type");
}

struct Store {
  ConnectionOptions& options;
  Typed& value;
  bool empty;  // "": the default of the optional ones is "nothing"

  void operator()(std::monostate) const {}
  void operator()(std::string ConnectionOptions::*member) const { options.*member = std::move(value.text); }
  void operator()(Secret ConnectionOptions::*member) const { options.*member = std::move(value.secret); }
  void operator()(bool ConnectionOptions::*member) const { options.*member = value.number != 0; }
  void operator()(int ConnectionOptions::*member) const { options.*member = static_cast<int>(value.number); }
  void operator()(int64_t ConnectionOptions::*member) const { options.*member = value.number; }
  template <typename Choice>
    requires std::is_enum_v<Choice>
  void operator()(Choice ConnectionOptions::*member) const {
    options.*member = static_cast<Choice>(value.number);
  }
  void operator()(PseudoColumns ConnectionOptions::*member) const { options.*member = std::move(value.pseudo_columns); }
  void operator()(SupportSettings ConnectionOptions::*member) const { options.*member = value.support; }
  void operator()(std::chrono::milliseconds ConnectionOptions::*member) const {
    options.*member = std::chrono::seconds(value.number);
  }
  void operator()(std::optional<std::chrono::seconds> ConnectionOptions::*member) const {
    options.*member = empty ? std::nullopt : std::optional(std::chrono::seconds(value.number));
  }
  void operator()(std::optional<std::chrono::milliseconds> ConnectionOptions::*member) const {
    options.*member = empty ? std::nullopt : std::optional(std::chrono::milliseconds(value.number));
  }
};

static_assert(static_cast<int>(AuthScheme::kOAuthClient) == 1 && static_cast<int>(AuthScheme::kNone) == 5,
              "the table lists OAUTH, OAUTH_CLIENT, APIKEY, BASIC, NTLM, NONE in the order of the enumeration");
static_assert(static_cast<int>(OAuthGrantType::kClient) == 1 && static_cast<int>(OAuthGrantType::kPassword) == 2,
              "the table lists CODE, CLIENT, PASSWORD in the order of the enumeration");
static_assert(static_cast<int>(InitiateOAuth::kGetAndRefresh) == 1 && static_cast<int>(InitiateOAuth::kRefresh) == 2,
              "the table lists OFF, GETANDREFRESH, REFRESH in the order of the enumeration");
static_assert(static_cast<int>(CustomFields::kColumns) == 1,
              "the table lists json, columns in the order of the enumeration");
static_assert(static_cast<int>(http::CertificateFormat::kPfx) == 1, "the table lists PEM, PFX");
static_assert(static_cast<int>(http::ProxyAuth::kDigest) == 1 && static_cast<int>(http::ProxyAuth::kNone) == 2 &&
                  static_cast<int>(http::ProxyAuth::kNegotiate) == 3 && static_cast<int>(http::ProxyAuth::kNtlm) == 4,
              "the table lists BASIC, DIGEST, NONE, NEGOTIATE, NTLM in the order of the enumeration");
static_assert(static_cast<int>(http::ProxySsl::kAlways) == 1 && static_cast<int>(http::ProxySsl::kNever) == 2 &&
                  static_cast<int>(http::ProxySsl::kTunnel) == 3,
              "the table lists AUTO, ALWAYS, NEVER, TUNNEL in the order of the enumeration");
static_assert(static_cast<int>(http::FirewallType::kTunnel) == 1 && static_cast<int>(http::FirewallType::kSocks4) == 2 &&
                  static_cast<int>(http::FirewallType::kSocks5) == 3,
              "the table lists NONE, TUNNEL, SOCKS4, SOCKS5 in the order of the enumeration");

PropertySource SourceOf(const PropertyRow& row, std::string_view text) {
  if (row.type != PropertyType::kSecret || !IsSecretReference(text)) return PropertySource::kConnectionString;
  return EqualsIgnoreCase(text.substr(0, 4), "env:") ? PropertySource::kEnvironment : PropertySource::kFile;
}

}  // namespace

Result<std::vector<PropertyText>> ExpandSettings(const PropertyText& pair) {
  auto settings = SplitConnectionString(pair.value);
  if (!settings) return settings.status().WithContext(DescribeProperty(pair));
  for (PropertyText& setting : *settings) {
    if (!EqualsIgnoreCase(setting.name, "APIKey")) return Bad(pair, "the built-in profile has one setting, APIKey");
    setting.position = pair.position;
  }
  return settings;
}

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

Status ApplyProperty(const PropertyRow& row, const PropertyText& pair, ConnectionOptions& options) {
  const bool empty = pair.value.empty();
  const std::string_view text = empty ? row.info.default_value : std::string_view(pair.value);
  Typed value;
  if (!text.empty()) {
    auto read = ReadValue(row, pair, text);
    if (!read) return std::move(read).status();
    value = *std::move(read);
  }
  std::visit(Store{options, value, empty}, row.target);
  options.given[row.info.name] = SourceOf(row, text);
  return Status();
}

}  // namespace infusionsoft
