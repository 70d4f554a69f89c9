// SPDX-License-Identifier: MIT
#include "auth/token_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/time.h"
#include "json/document.h"

namespace infusionsoft {
namespace {

using json::Value;
using Kind = json::Value::Kind;

constexpr std::string_view kFormat = "infusionsoft tokens";
constexpr int64_t kVersion = 1;
constexpr int64_t kMaxLifetime = 10LL * 366 * 86400;  // seconds
constexpr std::array<std::string_view, 9> kMembers = {
    "format", "version", "client_id", "servers", "access_token", "refresh_token", "expires_at", "expires_in", "scope"};

Status Unusable(std::string what) { return Status(StatusCode::kUnauthenticated, std::move(what)); }

Status Damaged() {
  return Unusable("the file is damaged; move it away, then sign in again (it held the tokens; nothing else is lost)");
}

// "" when absent; nothing when it is something else than text.
std::optional<std::string> TextMember(Value root, std::string_view name) {
  const Value value = root.Member(name);
  if (value.IsNothing()) return "";
  if (value.kind() != Kind::kString) return std::nullopt;
  return std::string(value.String());
}

Status CheckHeader(Value root) {
  const auto format = TextMember(root, "format");
  const Value version = root.Member("version");
  if (!format || version.kind() != Kind::kInteger) return Damaged();
  if (*format != kFormat) return Unusable("this is not a token file; OAuthSettingsLocation must name another place");
  if (version.Integer() > kVersion)
    return Unusable("the file was written by a later version of this extension; use that one");
  return version.Integer() < 1 ? Damaged() : Status();
}

Status ReadExpiry(Value root, TokenSet& tokens) {
  const auto expires_at = TextMember(root, "expires_at");
  if (!expires_at) return Damaged();
  if (!expires_at->empty()) {
    const auto time = ParseTimestamp(*expires_at);
    if (!time) return Damaged();
    tokens.expires_at = WallTime(std::chrono::milliseconds(time->ms));
  }
  const Value lifetime = root.Member("expires_in");
  if (lifetime.IsNothing()) return Status();
  if (lifetime.kind() != Kind::kInteger) return Damaged();
  if (lifetime.Integer() > 0 && lifetime.Integer() <= kMaxLifetime)
    tokens.lifetime = std::chrono::seconds(lifetime.Integer());
  return Status();
}

}  // namespace

Result<TokenSet> ParseTokenFile(std::string text, const std::string& client_id) {
  const auto document = json::Document::Parse(std::move(text));
  if (!document || document->root().kind() != Kind::kObject)
    return Damaged();  // the parser's message may quote the text
  const Value root = document->root();
  if (Status status = CheckHeader(root); !status.ok()) return status;
  TokenSet tokens;
  if (Status status = ReadExpiry(root, tokens); !status.ok()) return status;
  auto owner = TextMember(root, "client_id");
  auto access = TextMember(root, "access_token");
  auto refresh = TextMember(root, "refresh_token");
  auto scope = TextMember(root, "scope");
  auto servers = TextMember(root, "servers");
  if (!owner || !access || !refresh || !scope || !servers) return Damaged();
  if (!owner->empty() && !client_id.empty() && *owner != client_id) {
    return Unusable("the file holds the tokens of another OAuthClientId, grant or user; give each its own OAuthSettingsLocation");
  }
  tokens.access_token = Secret(*access);
  tokens.refresh_token = Secret(*refresh);
  tokens.scope = *std::move(scope);
  tokens.servers = *std::move(servers);
  WipeText(*access);
  WipeText(*refresh);
  return tokens;
}

Result<std::string> FormatTokenFile(const TokenSet& tokens, const std::string& client_id, std::string previous) {
  json::Writer writer;
  const auto text = [&](std::string_view name, std::string_view value) {
    writer.Key(name);
    writer.String(value);
  };
  writer.BeginObject();
  text("format", kFormat);
  writer.Key("version");
  writer.Integer(kVersion);
  text("client_id", client_id);
  text("servers", tokens.servers);
  text("access_token", tokens.access_token.Reveal());
  text("refresh_token", tokens.refresh_token.Reveal());
  if (tokens.expires_at) {
    const Timestamp time{tokens.expires_at->time_since_epoch().count()};
    text("expires_at", FormatTimestamp(std::clamp(time, kMinTimestamp, kMaxTimestamp)));
  }
  if (tokens.lifetime) {
    writer.Key("expires_in");
    writer.Integer(tokens.lifetime->count());
  }
  text("scope", tokens.scope);
  if (!previous.empty()) {
    const auto document = json::Document::Parse(std::move(previous));
    if (!document) return Damaged();
    for (size_t i = 0; i < document->root().Size(); ++i) {
      const std::string_view name = document->root().MemberName(i);
      if (std::find(kMembers.begin(), kMembers.end(), name) != kMembers.end()) continue;
      writer.Key(name);
      writer.Copy(document->root().MemberValue(i));
    }
  }
  writer.EndObject();
  return writer.Take() + "\n";
}

}  // namespace infusionsoft
