// SPDX-License-Identifier: MIT
#include "auth/oauth_client.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "auth/account_servers.h"
#include "auth/crypto.h"
#include "auth/oauth_error.h"
#include "auth/oauth_params.h"
#include "auth/scheme.h"
#include "auth/scrub.h"
#include "base/text.h"
#include "http/url.h"
#include "json/document.h"

namespace infusionsoft {
namespace {

using Kind = json::Value::Kind;

constexpr int64_t kMaxLifetime = 10LL * 366 * 86400;  // seconds; beyond that it is not a lifetime but a mistake

// Seconds as a number or as text; nothing when absent, senseless or not positive, which is treated as "not known".
std::optional<std::chrono::seconds> ReadLifetime(json::Value value) {
  std::optional<int64_t> seconds;
  if (value.kind() == Kind::kInteger) seconds = value.Integer();
  if (value.kind() == Kind::kReal && value.Real() > 0 && value.Real() < static_cast<double>(kMaxLifetime)) {
    seconds = static_cast<int64_t>(value.Real());
  }
  if (value.kind() == Kind::kString) seconds = ParseInt64(Trim(value.String()));
  if (!seconds || *seconds <= 0) return std::nullopt;
  return std::chrono::seconds(std::min(*seconds, kMaxLifetime));
}

// A token that cannot stand in a header is refused here, where the cause is known.
bool IsTokenText(json::Value value) {
  if (value.kind() != Kind::kString || value.String().empty()) return false;
  const std::string_view text = value.String();
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

std::string WithoutQuery(const std::string& url) { return url.substr(0, url.find('?')); }

std::string SpentAdvice(InitiateOAuth initiate) {
  return "the refresh token or code is spent, expired or revoked; " + SignInAdvice(initiate);
}

}  // namespace

http::HttpRequest OAuthClient::FormPost(const std::string& url, http::QueryParams form) const {
  http::HttpRequest request;
  request.method = "POST";
  request.url = url;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
  if (const auto more = ParseOAuthParams(options_.oauth_params)) form.insert(form.end(), more->begin(), more->end());
  request.body = http::EncodeQuery(form);
  return request;
}

// The vendor takes id and secret as they are; RFC 6749 section 2.3.1 wants them encoded first, and the servers that offer the
// other grants follow it.
http::HttpRequest OAuthClient::SignedPost(const std::string& url, http::QueryParams form) const {
  if (options_.oauth_client_secret.empty()) {  // a public client: RFC 6749 section 3.2.1
    form.emplace_back("client_id", options_.oauth_client_id);
    return FormPost(url, std::move(form));
  }
  http::HttpRequest request = FormPost(url, std::move(form));
  const bool plain = NeedsPerson(options_);
  const auto spell = [&](std::string_view text) { return plain ? std::string(text) : http::PercentEncode(text); };
  std::string secret = spell(options_.oauth_client_secret.Reveal());
  std::string pair = spell(options_.oauth_client_id) + ":" + secret;
  std::string basic = "Basic " + Base64(pair);
  request.secret_header_name = "Authorization";
  request.secret_header_value = Secret(basic);
  WipeText(secret);
  WipeText(pair);
  WipeText(basic);
  return request;
}

TokenAnswer OAuthClient::ExchangeCode(const Secret& code, const std::string& redirect_uri,
                                      const Cancellation& cancellation) const {
  // An Authorization header beside the credentials in the body makes the vendor refuse the exchange.
  return Send(
      FormPost(options_.access_token_url, {{"grant_type", "authorization_code"},
                                           {"client_id", options_.oauth_client_id},
                                           {"client_secret", std::string(options_.oauth_client_secret.Reveal())},
                                           {"code", std::string(code.Reveal())},
                                           {"redirect_uri", redirect_uri}}),
      code, SpentAdvice(options_.initiate_oauth), cancellation);
}

TokenAnswer OAuthClient::Refresh(const Secret& refresh_token, const Cancellation& cancellation) const {
  const std::string& url = options_.refresh_token_url.empty() ? options_.access_token_url : options_.refresh_token_url;
  http::HttpRequest request =
      SignedPost(url, {{"grant_type", "refresh_token"}, {"refresh_token", std::string(refresh_token.Reveal())}});
  TokenAnswer answer = Send(std::move(request), refresh_token, SpentAdvice(options_.initiate_oauth), cancellation);
  // RFC 6749 section 6: when no new one comes, the old one stays good.
  if (answer.status.ok() && answer.tokens.refresh_token.empty()) answer.tokens.refresh_token = refresh_token;
  return answer;
}

TokenAnswer OAuthClient::RequestToken(const Cancellation& cancellation) const {
  const bool is_client = GrantOf(options_) == OAuthGrantType::kClient;
  http::QueryParams form = {{"grant_type", is_client ? "client_credentials" : "password"}};
  if (!is_client) {
    form.emplace_back("username", options_.user);
    form.emplace_back("password", std::string(options_.password.Reveal()));
  }
  // The default is the vendor's only scope, which other servers do not know; without one they take their own default.
  if (options_.scope != ConnectionOptions().scope) form.emplace_back("scope", options_.scope);
  http::HttpRequest request = SignedPost(options_.access_token_url, std::move(form));
  const char* when_refused = is_client ? "the server does not let the application in by its own right"
                                       : "the server does not accept User and Password: check both";
  TokenAnswer answer = Send(std::move(request), is_client ? Secret() : options_.password, when_refused, cancellation);
  // RFC 6749 section 4.4.3 advises against one; the id and the secret do what it would.
  if (is_client) answer.tokens.refresh_token = Secret();
  return answer;
}

TokenAnswer OAuthClient::Send(http::HttpRequest request, const Secret& grant, std::string_view when_refused,
                              const Cancellation& cancellation) const {
  TokenAnswer answer;
  if (cancellation.Requested()) {
    WipeText(request.body);
    answer.status = Status(StatusCode::kInterrupted, "interrupted");
    return answer;
  }
  const std::string endpoint = "token endpoint " + WithoutQuery(request.url);
  std::string basic(request.secret_header_value.Reveal());
  const std::array<Secret, 4> secrets = {grant, options_.oauth_client_secret, request.secret_header_value,
                                         Secret(basic.starts_with("Basic ") ? std::string_view(basic).substr(6) : "")};
  WipeText(basic);
  auto response = transport_.Send(request, Cancellation());
  WipeText(request.body);
  if (!response) {
    answer.status = ScrubStatus(response.status().WithContext(endpoint), secrets);
    return answer;
  }
  if (response->status >= 200 && response->status < 300) {
    answer = ReadTokens(*response, when_refused);
  } else {
    OAuthRefusal refusal = ReadRefusal(*response, when_refused);
    answer.status = std::move(refusal.status);
    answer.grant_refused = refusal.grant_refused;
  }
  WipeText(response->body);
  answer.status = ScrubStatus(answer.status.WithContext(endpoint), secrets);
  return answer;
}

TokenAnswer OAuthClient::ReadTokens(const http::HttpResponse& response, std::string_view when_refused) const {
  TokenAnswer answer;
  const auto document = json::Document::Parse(response.body);
  if (!document || document->root().kind() != Kind::kObject) {
    // Not even an excerpt: a success of unknown shape may hold tokens.
    answer.status = Status(StatusCode::kBadResponse, "HTTP " + std::to_string(response.status) +
                                                         ", but the answer is not a JSON object; check the URL");
    return answer;
  }
  const json::Value root = document->root();
  const json::Value access = root.Member("access_token");
  const json::Value refresh = root.Member("refresh_token");
  if (!access.IsNothing() && !IsTokenText(access)) {
    answer.status = Status(StatusCode::kBadResponse, "access_token in the answer is not a token");
  } else if (!refresh.IsNothing() && !IsTokenText(refresh)) {
    answer.status = Status(StatusCode::kBadResponse, "refresh_token in the answer is not a token");
  } else if (access.IsNothing()) {
    // Some endpoints report a refusal with status 200.
    OAuthRefusal refusal = ReadRefusal(response, when_refused);
    const bool says_error = root.Member("error").kind() == Kind::kString;
    answer.status = says_error ? refusal.status : Status(StatusCode::kBadResponse, "the answer has no access_token");
    answer.grant_refused = says_error && refusal.grant_refused;
  }
  if (!answer.status.ok()) return answer;
  TokenSet& tokens = answer.tokens;
  tokens.access_token = Secret(access.String());
  if (!refresh.IsNothing()) tokens.refresh_token = Secret(refresh.String());
  if (root.Member("scope").kind() == Kind::kString) tokens.scope = root.Member("scope").String();
  tokens.lifetime = ReadLifetime(root.Member("expires_in"));
  if (tokens.lifetime) tokens.expires_at = clock_.Now() + *tokens.lifetime;
  tokens.servers = AccountServers(options_);
  return answer;
}

std::string OAuthClient::AuthorizeUrl(const std::string& redirect_uri, const std::string& state) const {
  const std::string& page = options_.authorization_url;
  return page + (page.find('?') == std::string::npos ? "?" : "&") +
         http::EncodeQuery({{"client_id", options_.oauth_client_id},
                            {"redirect_uri", redirect_uri},
                            {"response_type", "code"},
                            {"scope", options_.scope},
                            {"state", state}});
}

}  // namespace infusionsoft
