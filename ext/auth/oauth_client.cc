// SPDX-License-Identifier: MIT
#include "auth/oauth_client.h"

#include <algorithm>
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

// Bounds of token requests alone. A connection may tighten those of the API's, and so may a table of somebody else's that
// builds upon one: but an answer that is not waited for or too long was paid for with the refresh token.
constexpr std::chrono::milliseconds kTokenTimeout{60000};
constexpr size_t kMaxAnswerBytes = size_t{1} << 20;
constexpr std::string_view kBasic = "Basic ";
constexpr size_t kShownBytes = 40;
constexpr size_t kAnswerRoom = size_t{64} << 10;  // bytes, far more than servers send

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

// Refresh tokens travel in a form, which takes any text. Anything else is none: the old one may still be good, and the access
// token beside it is.
Secret RefreshTokenOf(json::Value root) {
  const json::Value value = root.Member("refresh_token");
  return value.kind() == Kind::kString ? Secret(value.String()) : Secret();
}

// The gateway that the vendor uses says BearerToken unless it is told otherwise. RFC 6749 section 7.1: a token of another
// type must not be used. What is not said is taken for the only type there is.
bool IsBearer(json::Value type) {
  if (type.kind() != Kind::kString || type.String().empty()) return true;
  return EqualsIgnoreCase(type.String(), "bearer") || EqualsIgnoreCase(type.String(), "bearertoken");
}

// `encoded`: id and secret are percent-encoded before they are joined.
Secret BasicCredentials(const std::string& id, const Secret& secret, bool encoded) {
  std::string key = encoded ? http::PercentEncode(secret.Reveal()) : std::string(secret.Reveal());
  const std::string user = encoded ? http::PercentEncode(id) : id;
  std::string pair;
  pair.reserve(user.size() + key.size() + 1);
  pair.append(user).append(":").append(key);
  std::string base64 = Base64(pair);
  std::string value;
  value.reserve(kBasic.size() + base64.size());
  value.append(kBasic).append(base64);
  Secret basic(value);
  for (std::string* text : {&key, &pair, &base64, &value}) WipeText(*text);
  return basic;
}

std::string WithoutQuery(const std::string& url) { return url.substr(0, url.find('?')); }

std::string SpentAdvice(InitiateOAuth initiate) {
  return "the refresh token or code is spent, expired or revoked; " + SignInAdvice(initiate);
}

}  // namespace

// The fields are secrets: the body takes its memory once, so that growing leaves no part of it behind.
http::HttpRequest OAuthClient::FormPost(const std::string& url, FormFields form) const {
  http::HttpRequest request;
  request.method = "POST";
  request.url = url;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
  const auto more = ParseOAuthParams(options_.oauth_params);
  if (more) form.insert(form.end(), more->begin(), more->end());
  constexpr size_t kEncoded = 3;  // %41
  size_t size = 0;
  for (const auto& [name, value] : form) size += kEncoded * (name.size() + value.size()) + 2;
  request.body.reserve(size);
  for (const auto& [name, value] : form) {
    std::string encoded = http::PercentEncode(value);
    request.body.append(request.body.empty() ? "" : "&").append(http::PercentEncode(name)).append("=").append(encoded);
    WipeText(encoded);
  }
  return request;
}

// The vendor takes id and secret as they are; RFC 6749 section 2.3.1 wants them encoded first, and the servers that offer
// the other grants follow it.
http::HttpRequest OAuthClient::SignedPost(const std::string& url, FormFields form) const {
  if (options_.oauth_client_secret.empty()) {  // a public client: RFC 6749 section 3.2.1
    form.emplace_back("client_id", options_.oauth_client_id);
    return FormPost(url, std::move(form));
  }
  http::HttpRequest request = FormPost(url, std::move(form));
  request.secret_header_name = "Authorization";
  request.secret_header_value =
      BasicCredentials(options_.oauth_client_id, options_.oauth_client_secret, !NeedsPerson(options_));
  return request;
}

TokenAnswer OAuthClient::ExchangeCode(const Secret& code, const std::string& redirect_uri, const Secret& verifier,
                                      const Cancellation& cancellation, UnreadAnswer& unread) const {
  // An Authorization header beside the credentials in the body makes the vendor refuse the exchange.
  FormFields form = {{"grant_type", "authorization_code"},
                     {"client_id", options_.oauth_client_id},
                     {"client_secret", options_.oauth_client_secret.Reveal()},
                     {"code", code.Reveal()},
                     {"redirect_uri", redirect_uri}};
  if (!verifier.empty()) form.emplace_back("code_verifier", verifier.Reveal());
  unread.refresh_token = Secret();
  unread.code = code;
  unread.secrets = {code, verifier};
  unread.when_refused = SpentAdvice(options_.initiate_oauth);
  return Send(FormPost(options_.access_token_url, std::move(form)), cancellation, unread);
}

TokenAnswer OAuthClient::Refresh(const Secret& refresh_token, const Cancellation& cancellation, UnreadAnswer& unread) const {
  const std::string& url = options_.refresh_token_url.empty() ? options_.access_token_url : options_.refresh_token_url;
  http::HttpRequest request = SignedPost(url, {{"grant_type", "refresh_token"}, {"refresh_token", refresh_token.Reveal()}});
  unread.refresh_token = refresh_token;
  unread.code = Secret();
  unread.secrets = {refresh_token};
  unread.when_refused = SpentAdvice(options_.initiate_oauth);
  return Send(std::move(request), cancellation, unread);
}

TokenAnswer OAuthClient::RequestToken(const Cancellation& cancellation) const {
  const bool is_client = GrantOf(options_) == OAuthGrantType::kClient;
  FormFields form = {{"grant_type", is_client ? "client_credentials" : "password"}};
  if (!is_client) {
    form.emplace_back("username", options_.user);
    form.emplace_back("password", options_.password.Reveal());
  }
  // The default is the vendor's only scope, which other servers do not know; without one they take their own default.
  if (options_.scope != ConnectionOptions().scope) form.emplace_back("scope", options_.scope);
  http::HttpRequest request = SignedPost(options_.access_token_url, std::move(form));
  UnreadAnswer unread;  // nothing is spent: what is lost can be asked for again
  unread.secrets = {options_.password};
  unread.when_refused = is_client ? "the server does not let the application in by its own right"
                                  : "the server does not accept User and Password: check both";
  TokenAnswer answer = Send(std::move(request), cancellation, unread);
  // RFC 6749 section 4.4.3 advises against one; the id and the secret do what it would.
  if (is_client) answer.tokens.refresh_token = Secret();
  return answer;
}

TokenAnswer OAuthClient::Send(http::HttpRequest request, const Cancellation& cancellation, UnreadAnswer& unread) const {
  TokenAnswer answer;
  unread.Clear();
  if (cancellation.Requested()) {
    WipeText(request.body);
    answer.status = Status(StatusCode::kInterrupted, "interrupted");
    return answer;
  }
  // It is not cancelled, so it must end by itself also where Timeout=0.
  request.timeout = std::max(options_.timeout, kTokenTimeout);
  request.max_response_bytes = kMaxAnswerBytes;
  request.answer_room = kAnswerRoom;
  unread.endpoint = "token endpoint " + WithoutQuery(request.url);
  unread.secrets.push_back(options_.oauth_client_secret);
  unread.secrets.push_back(request.secret_header_value);
  if (const std::string_view header = request.secret_header_value.Reveal(); header.starts_with(kBasic)) {
    unread.secrets.emplace_back(header.substr(kBasic.size()));
  }
  auto response = transport_.Send(request, Cancellation());
  if (response) unread.response = *std::move(response);
  unread.received_at = clock_.Now();
  WipeText(request.body);
  if (response) return Read(unread);
  answer.status = ScrubStatus(response.status().WithContext(unread.endpoint), unread.secrets);
  return answer;
}

TokenAnswer OAuthClient::Read(const UnreadAnswer& unread) const {
  TokenAnswer answer;
  if (unread.response->status >= 200 && unread.response->status < 300) {
    answer = ReadTokens(unread);
  } else {
    OAuthRefusal refusal = ReadRefusal(*unread.response, unread.when_refused, unread.secrets);
    answer.status = std::move(refusal.status);
    answer.grant_refused = refusal.grant_refused;
  }
  answer.status = ScrubStatus(answer.status.WithContext(unread.endpoint), unread.secrets);
  return answer;
}

TokenAnswer OAuthClient::ReadTokens(const UnreadAnswer& unread) const {
  const http::HttpResponse& response = *unread.response;
  TokenAnswer answer;
  const auto document = json::Document::ParseSecret(Secret(response.body));
  if (!document || document->root().kind() != Kind::kObject) {
    // Not even an excerpt: a success of unknown shape may hold tokens.
    answer.status = Status(StatusCode::kBadResponse, "HTTP " + std::to_string(response.status) +
                                                         ", but the answer is not a JSON object; check the URL");
    return answer;
  }
  const json::Value root = document->root();
  const json::Value access = root.Member("access_token");
  TokenSet& tokens = answer.tokens;
  tokens.refresh_token = RefreshTokenOf(root);
  tokens.servers = AccountServers(options_);
  tokens.scope = unread.scope;
  tokens.grant = unread.grant;
  const json::Value scope = root.Member("scope");
  if (scope.kind() == Kind::kString && !scope.String().empty()) tokens.scope = scope.String();
  if (access.IsNothing()) {
    // Some endpoints report a refusal with status 200.
    OAuthRefusal refusal = ReadRefusal(response, unread.when_refused, unread.secrets);
    const bool says_error = root.Member("error").kind() == Kind::kString;
    answer.status = says_error ? refusal.status : Status(StatusCode::kBadResponse, "the answer has no access_token");
    answer.grant_refused = says_error && refusal.grant_refused;
  } else if (!IsTokenText(access)) {
    answer.status = Status(StatusCode::kBadResponse, "access_token in the answer is not a token");
  } else if (!IsBearer(root.Member("token_type"))) {
    answer.status = Status(StatusCode::kBadResponse, "the answer has an access token of the type " +
                                                         Excerpt(root.Member("token_type").String(), kShownBytes) +
                                                         ", and this extension can use bearer tokens only");
  }
  if (!answer.status.ok()) return answer;
  // RFC 6749 section 6: when no new one comes, the old one stays good.
  if (tokens.refresh_token.empty()) tokens.refresh_token = unread.refresh_token;
  tokens.access_token = Secret(access.String());
  tokens.lifetime = ReadLifetime(root.Member("expires_in"));
  if (tokens.lifetime) tokens.expires_at = unread.received_at + *tokens.lifetime;
  return answer;
}

std::string OAuthClient::AuthorizeUrl(const std::string& redirect_uri, const SignInAttempt& attempt) const {
  const std::string& page = options_.authorization_url;
  http::QueryParams query = {{"client_id", options_.oauth_client_id},
                             {"redirect_uri", redirect_uri},
                             {"response_type", "code"},
                             {"scope", options_.scope},
                             {"state", attempt.state}};
  if (!attempt.verifier.empty()) {
    query.emplace_back("code_challenge", CodeChallenge(attempt.verifier));
    query.emplace_back("code_challenge_method", "S256");
  }
  return page + (page.find('?') == std::string::npos ? "?" : "&") + http::EncodeQuery(query);
}

}  // namespace infusionsoft
