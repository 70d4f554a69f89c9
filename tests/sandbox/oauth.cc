// SPDX-License-Identifier: MIT
#include "oauth.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <initializer_list>
#include <string_view>

#include "encoding.h"
#include "replies.h"
#include "row_writer.h"

namespace infusionsoft::sandbox {
namespace {

constexpr std::string_view kScope = "full|xx123.infusionsoft.com";

bool OnlyKnown(const Parameters& parameters, std::initializer_list<std::string_view> known, std::string* problem) {
  std::set<std::string> seen;
  for (const auto& [name, value] : parameters) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      *problem = "unknown parameter " + name;
      return false;
    }
    if (!seen.insert(name).second) {
      *problem = "repeated parameter " + name;
      return false;
    }
  }
  return true;
}

std::string ValueOf(const Parameters& parameters, std::string_view name) {
  const std::string* const value = FindParameter(parameters, name);
  return value == nullptr ? std::string() : *value;
}

// base64url without padding, of a SHA-256 digest.
bool IsChallenge(std::string_view text) {
  return text.size() == 43 && std::all_of(text.begin(), text.end(), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
         });
}

// RFC 7636 section 4.6. A verifier for a code without a challenge is refused too: somebody has taken the challenge away.
bool Verifies(const std::string* verifier, const std::string& challenge) {
  if (verifier == nullptr) return challenge.empty();
  const auto allowed = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("-._~").find(c) != std::string_view::npos;
  };
  if (verifier->size() < 43 || verifier->size() > 128 || !std::all_of(verifier->begin(), verifier->end(), allowed))
    return false;
  return !challenge.empty() && Sha256Base64Url(*verifier) == challenge;
}

HttpReply BadPage(std::string_view problem) {
  return HtmlPage(400, "Cannot sign in", "<p id=\"problem\">" + HtmlEscape(problem) + "</p>");
}

}  // namespace

Oauth::Oauth(const SandboxOptions& options)
    : client_id_(options.client_id),
      client_secret_(options.client_secret),
      gateway_grants_(options.gateway_grants),
      user_(options.user),
      password_(options.password),
      random_(options.seed),
      pkce_(options.pkce),
      auto_allow_(options.auto_allow),
      lifetime_seconds_(options.token_lifetime_seconds),
      refresh_grace_(options.refresh_grace) {
  if (!options.access_token.empty()) access_tokens_[options.access_token] = std::nullopt;
  if (!options.refresh_token.empty()) refresh_tokens_.insert(options.refresh_token);
}

std::string Oauth::NewSecret(const char* prefix) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%016llx%016llx", static_cast<unsigned long long>(random_()),
                static_cast<unsigned long long>(random_()));
  return prefix + std::string(text.data());
}

HttpReply Oauth::Authorize(const HttpRequest& request) {
  const std::optional<Parameters> query = ParseParameters(request.query);
  if (!query) return BadPage("malformed query string");
  std::string problem;
  if (!OnlyKnown(*query,
                 {"client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge", "code_challenge_method"},
                 &problem)) {
    return BadPage(problem);
  }
  const std::string challenge = ValueOf(*query, "code_challenge");
  const bool with_pkce = !challenge.empty() || FindParameter(*query, "code_challenge_method") != nullptr;
  if (with_pkce && !pkce_) return BadPage("PKCE is not documented");
  if (with_pkce && (!IsChallenge(challenge) || ValueOf(*query, "code_challenge_method") != "S256")) {
    return BadPage("code_challenge must be of the method S256");
  }
  const std::string redirect_uri = ValueOf(*query, "redirect_uri");
  if (ValueOf(*query, "client_id") != client_id_) return BadPage("unknown client_id");
  if (ValueOf(*query, "response_type") != "code") return BadPage("response_type must be code");
  if (ValueOf(*query, "scope") != "full") return BadPage("scope must be full");
  if (!redirect_uri.starts_with("http://") && !redirect_uri.starts_with("https://")) {
    return BadPage("redirect_uri must be an address");
  }
  const std::string* const state = FindParameter(*query, "state");
  const Ask ask{redirect_uri, state == nullptr ? std::string() : *state, state != nullptr, challenge};
  const std::lock_guard lock(mutex_);
  if (auto_allow_) return Decided(ask, true);
  const std::string number = NewSecret("ask-");
  asks_[number] = ask;
  const std::string link = "/app/oauth/authorize/";
  return HtmlPage(200, "Allow access?",
                  "<p>An application asks for access to the account xx123.infusionsoft.com.</p>\n"
                  "<p><a id=\"allow\" href=\"" +
                      link + "allow?ask=" + number +
                      "\">Allow</a>\n"
                      "<a id=\"deny\" href=\"" +
                      link + "deny?ask=" + number + "\">Deny</a></p>");
}

HttpReply Oauth::Decide(const HttpRequest& request, bool allow) {
  const std::optional<Parameters> query = ParseParameters(request.query);
  const std::lock_guard lock(mutex_);
  const auto found = asks_.find(query ? ValueOf(*query, "ask") : std::string());
  if (found == asks_.end()) return BadPage("this page is no longer valid");
  const Ask ask = found->second;
  asks_.erase(found);
  return Decided(ask, allow);
}

HttpReply Oauth::Decided(const Ask& ask, bool allow) {
  std::string target = ask.redirect_uri;
  target += target.find('?') == std::string::npos ? "?" : "&";
  if (allow) {
    const std::string code = NewSecret("code-");
    codes_[code] = {ask.redirect_uri, ask.challenge};
    target += "code=" + code;
  } else {
    target += "error=access_denied";
  }
  if (ask.has_state) target += "&state=" + PercentEncode(ask.state);
  return Redirect(target);
}

HttpReply Oauth::Token(const HttpRequest& request) {
  const std::lock_guard lock(mutex_);
  const bool form = request.content_type.starts_with("application/x-www-form-urlencoded");
  const std::optional<Parameters> body = form ? ParseParameters(request.body) : std::optional<Parameters>(Parameters{});
  if (!request.query.empty() || !body || FindParameter(*body, "grant_type") == nullptr) {
    return OauthError(400, "invalid_request", "response_type or grant_type is required");
  }
  const std::string grant = ValueOf(*body, "grant_type");
  if (grant == "authorization_code") return Exchange(request, *body);
  if (grant == "refresh_token") return Refresh(request, *body);
  if (gateway_grants_ && (grant == "client_credentials" || grant == "password")) return Grant(request, *body);
  return OauthError(400, "unsupported_grant_type", "unknown grant_type");
}

// The vendor takes id and secret as they are; a gateway, in the form of RFC 6749 section 2.3.1.
bool Oauth::IsClient(const HttpRequest& request) const {
  const std::string pair = gateway_grants_ ? PercentEncode(client_id_) + ":" + PercentEncode(client_secret_)
                                           : client_id_ + ":" + client_secret_;
  return request.authorization == "Basic " + Base64Encode(pair);
}

// RFC 6749 sections 4.3 and 4.4.
HttpReply Oauth::Grant(const HttpRequest& request, const Parameters& body) {
  std::string problem;
  const bool by_password = ValueOf(body, "grant_type") == "password";
  const bool known = by_password ? OnlyKnown(body, {"grant_type", "username", "password", "scope"}, &problem)
                                 : OnlyKnown(body, {"grant_type", "scope"}, &problem);
  if (!known) return OauthError(400, "invalid_request", problem);
  if (!IsClient(request)) return OauthError(401, "invalid_client", "Invalid client credentials");
  if (by_password && (ValueOf(body, "username") != user_ || ValueOf(body, "password") != password_)) {
    return OauthError(400, "invalid_grant", "Invalid user name or password");
  }
  ++exchange_count_;
  return Issue("", by_password);
}

HttpReply Oauth::Exchange(const HttpRequest& request, const Parameters& body) {
  std::string problem;
  if (!OnlyKnown(body, {"client_id", "client_secret", "code", "grant_type", "redirect_uri", "code_verifier"}, &problem)) {
    return OauthError(400, "invalid_request", problem);
  }
  if (!request.authorization.empty()) {
    return OauthError(400, "invalid_request", "more than one way of authenticating the client");
  }
  if (ValueOf(body, "client_id") != client_id_ || ValueOf(body, "client_secret") != client_secret_) {
    return OauthError(401, "invalid_client", "Invalid client credentials");
  }
  const auto code = codes_.find(ValueOf(body, "code"));
  if (code == codes_.end()) {
    return OauthError(400, "invalid_grant", "Invalid authorization code");
  }
  const Code given = code->second;
  codes_.erase(code);
  if (given.redirect_uri != ValueOf(body, "redirect_uri")) {
    return OauthError(400, "invalid_grant", "redirect_uri differs");
  }
  if (!Verifies(FindParameter(body, "code_verifier"), given.challenge)) {
    return OauthError(400, "invalid_grant", "code_verifier does not belong to the code");
  }
  ++exchange_count_;
  return Issue();
}

HttpReply Oauth::Refresh(const HttpRequest& request, const Parameters& body) {
  std::string problem;
  if (!OnlyKnown(body, {"grant_type", "refresh_token"}, &problem)) {
    return OauthError(400, "invalid_request", problem);
  }
  if (!IsClient(request)) {
    return OauthError(401, "invalid_client", "Invalid client credentials");
  }
  const std::string token = ValueOf(body, "refresh_token");
  if (!refresh_tokens_.contains(token)) return OauthError(400, "invalid_grant", "Invalid refresh token");
  if (!refresh_grace_) refresh_tokens_.erase(token);
  if (const auto older = predecessors_.find(token); older != predecessors_.end()) refresh_tokens_.erase(older->second);
  ++refresh_count_;
  return Issue(token);
}

HttpReply Oauth::Issue(const std::string& spent, bool with_refresh) {
  const std::string access = NewSecret("at-");
  const std::string refresh = with_refresh ? NewSecret("rt-") : "";
  access_tokens_[access] = Clock::now() + std::chrono::seconds(lifetime_seconds_);
  if (with_refresh) refresh_tokens_.insert(refresh);
  if (refresh_grace_ && !spent.empty()) predecessors_[refresh] = spent;
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  Member(writer, "scope", kScope);
  Member(writer, "access_token", std::string_view(access));
  Member(writer, "token_type", "bearer");
  Member(writer, "expires_in", int64_t{lifetime_seconds_});
  if (with_refresh) Member(writer, "refresh_token", std::string_view(refresh));
  writer.EndObject();
  HttpReply reply;
  reply.body.assign(buffer.GetString(), buffer.GetSize());
  reply.headers.emplace_back("Cache-Control", "no-store");
  return reply;
}

TokenState Oauth::Check(const std::string& access_token) {
  const std::lock_guard lock(mutex_);
  const auto found = access_tokens_.find(access_token);
  if (found == access_tokens_.end()) return TokenState::kUnknown;
  const bool expired = found->second && Clock::now() >= *found->second;
  return expired ? TokenState::kExpired : TokenState::kValid;
}

void Oauth::set_auto_allow(bool on) {
  const std::lock_guard lock(mutex_);
  auto_allow_ = on;
}

void Oauth::set_lifetime(int seconds) {
  const std::lock_guard lock(mutex_);
  lifetime_seconds_ = seconds;
}

void Oauth::ExpireAccessTokens() {
  const std::lock_guard lock(mutex_);
  for (auto& [token, expiry] : access_tokens_) expiry = Clock::now();
}

void Oauth::RevokeRefreshTokens() {
  const std::lock_guard lock(mutex_);
  refresh_tokens_.clear();
}

bool Oauth::AcceptsRefreshToken(const std::string& token) const {
  const std::lock_guard lock(mutex_);
  return refresh_tokens_.contains(token);
}

uint64_t Oauth::refresh_count() const {
  const std::lock_guard lock(mutex_);
  return refresh_count_;
}

uint64_t Oauth::exchange_count() const {
  const std::lock_guard lock(mutex_);
  return exchange_count_;
}

}  // namespace infusionsoft::sandbox
