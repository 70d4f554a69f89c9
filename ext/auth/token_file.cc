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

constexpr int64_t kMaxLifetime = 10LL * 366 * 86400;  // seconds
constexpr std::array<std::string_view, 11> kMembers = {"format",       "version",       "client_id",  "servers",
                                                       "access_token", "refresh_token", "expires_at", "expires_in",
                                                       "scope",        "grant",         "sign_in"};

Status Unusable(std::string what) { return Status(StatusCode::kUnauthenticated, std::move(what)); }

Status Damaged() {
  return Unusable("the file is damaged; move it away, then sign in again (it held the tokens; nothing else is lost)");
}

Status NotJson() {
  return Unusable(
      "the file is cut short or damaged (it is not JSON); put back a copy of it, or move it away and sign in again");
}

// "" when absent; nothing when it is something else than text. A view into the document: no copy of a token.
std::optional<std::string_view> TextMember(Value root, std::string_view name) {
  const Value value = root.Member(name);
  if (value.IsNothing()) return "";
  if (value.kind() != Kind::kString) return std::nullopt;
  return value.String();
}

std::string TimeText(WallTime time) {
  return FormatTimestamp(std::clamp(Timestamp{time.time_since_epoch().count()}, kMinTimestamp, kMaxTimestamp));
}

Status CheckHeader(Value root) {
  const auto format = TextMember(root, "format");
  const Value version = root.Member("version");
  if (!format || version.kind() != Kind::kInteger) return Damaged();
  if (*format != kTokenFileFormat)
    return Unusable("this is not a token file; OAuthSettingsLocation must name another place");
  if (version.Integer() > kOpenTokenFileVersion)
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

Status ReadSignIn(Value root, TokenSet& tokens) {
  const Value sign_in = root.Member("sign_in");
  if (sign_in.IsNothing()) return Status();
  const auto state = TextMember(sign_in, "state");
  const auto verifier = TextMember(sign_in, "code_verifier");
  const auto ends_at = TextMember(sign_in, "ends_at");
  const auto end = ends_at ? ParseTimestamp(*ends_at) : std::nullopt;
  if (!state || !verifier || !end) return Damaged();
  tokens.sign_in = SignInAttempt{std::string(*state), Secret(*verifier), WallTime(std::chrono::milliseconds(end->ms))};
  return Status();
}

void WriteSignIn(const SignInAttempt& sign_in, json::Writer& writer) {
  writer.Key("sign_in");
  writer.BeginObject();
  writer.Key("state");
  writer.String(sign_in.state);
  writer.Key("code_verifier");
  writer.String(sign_in.verifier.Reveal());
  writer.Key("ends_at");
  writer.String(TimeText(sign_in.ends_at));
  writer.EndObject();
}

}  // namespace

Result<TokenSet> ParseTokenFile(const Secret& text, const std::string& client_id) {
  const auto document = json::Document::ParseSecret(text);
  if (!document) return NotJson();  // the parser's message may quote the text
  if (document->root().kind() != Kind::kObject) return Damaged();
  const Value root = document->root();
  if (Status status = CheckHeader(root); !status.ok()) return status;
  TokenSet tokens;
  if (Status status = ReadExpiry(root, tokens); !status.ok()) return status;
  if (Status status = ReadSignIn(root, tokens); !status.ok()) return status;
  const auto owner = TextMember(root, "client_id");
  const auto access = TextMember(root, "access_token");
  const auto refresh = TextMember(root, "refresh_token");
  const auto scope = TextMember(root, "scope");
  const auto grant = TextMember(root, "grant");
  const auto servers = TextMember(root, "servers");
  if (!owner || !access || !refresh || !scope || !grant || !servers) return Damaged();
  if (!owner->empty() && !client_id.empty() && *owner != client_id) {
    return Unusable(
        "the file holds the tokens of another OAuthClientId, grant or user; give each its own OAuthSettingsLocation");
  }
  tokens.access_token = Secret(*access);
  tokens.refresh_token = Secret(*refresh);
  tokens.scope = *scope;
  tokens.grant = *grant;
  tokens.servers = *servers;
  return tokens;
}

Result<Secret> FormatTokenFile(const TokenSet& tokens, const std::string& client_id, const Secret& previous) {
  constexpr size_t kEscape = 6;   // \u0000
  constexpr size_t kRest = 2048;  // names, numbers, signs
  json::Writer writer;
  writer.Reserve(kRest + previous.Reveal().size() +
                 kEscape * (tokens.access_token.Reveal().size() + tokens.refresh_token.Reveal().size() + client_id.size() +
                            tokens.servers.size() + tokens.scope.size() + tokens.grant.size()));
  const auto text = [&](std::string_view name, std::string_view value) {
    writer.Key(name);
    writer.String(value);
  };
  writer.BeginObject();
  text("format", kTokenFileFormat);
  writer.Key("version");
  writer.Integer(kOpenTokenFileVersion);
  text("client_id", client_id);
  text("servers", tokens.servers);
  text("access_token", tokens.access_token.Reveal());
  text("refresh_token", tokens.refresh_token.Reveal());
  if (tokens.expires_at) text("expires_at", TimeText(*tokens.expires_at));
  if (tokens.lifetime) {
    writer.Key("expires_in");
    writer.Integer(tokens.lifetime->count());
  }
  text("scope", tokens.scope);
  if (!tokens.grant.empty()) text("grant", tokens.grant);
  if (tokens.sign_in) WriteSignIn(*tokens.sign_in, writer);
  if (!previous.empty()) {
    const auto document = json::Document::ParseSecret(previous);
    if (!document) return NotJson();
    for (size_t i = 0; i < document->root().Size(); ++i) {
      const std::string_view name = document->root().MemberName(i);
      if (std::find(kMembers.begin(), kMembers.end(), name) != kMembers.end()) continue;
      writer.Key(name);
      writer.Copy(document->root().MemberValue(i));
    }
  }
  writer.EndObject();
  return writer.TakeSecret();
}

}  // namespace infusionsoft
