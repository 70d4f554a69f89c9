// SPDX-License-Identifier: MIT
#include "auth/oauth_error.h"

#include "auth/scrub.h"
#include "base/text.h"
#include "base/web_page.h"
#include "json/document.h"

namespace infusionsoft {
namespace {

constexpr size_t kExcerptBytes = 120;

struct ServerWords {
  std::string error;        // OAuth's word: invalid_grant, ...
  std::string description;  // for people
};

std::string TextOf(json::Value value) {
  return value.kind() == json::Value::Kind::kString ? std::string(value.String()) : "";
}

// Whole: nothing may be cut before secrets are taken out, because a part of one is one too many.
ServerWords ReadWords(const http::HttpResponse& response) {
  const auto document = json::Document::ParseSecret(Secret(response.body));
  if (!document) {
    const std::string_view body = Trim(response.body);
    if (body.empty()) return {"", "no explanation"};
    if (IsWebPage(body)) {
      const std::string page_words = WebPageWords(body);
      return {"", "a web page instead of an answer" + (page_words.empty() ? "" : ": \"" + page_words + "\"")};
    }
    return {"", std::string(body)};
  }
  const json::Value root = document->root();
  ServerWords words{TextOf(root.Member("error")), TextOf(root.Member("error_description"))};
  if (words.description.empty()) words.description = TextOf(root.Member("fault").Member("faultstring"));
  if (words.description.empty()) words.description = TextOf(root.Member("message"));
  // No excerpt of JSON: what we do not understand may hold tokens.
  if (words.error.empty() && words.description.empty()) words.description = "an answer of an unknown shape";
  return words;
}

bool IsGrantRefused(const ServerWords& words) {
  if (words.error == "invalid_grant") return true;
  // The vendor's other text for a spent refresh token.
  return words.error == "invalid_request" &&
         AsciiLower(words.description).find("invalid refresh token") != std::string::npos;
}

std::string AdviceFor(const ServerWords& words, bool grant_refused, std::string_view when_refused) {
  if (grant_refused) return std::string(when_refused);
  if (words.error == "invalid_client") return "check OAuthClientId and OAuthClientSecret";
  if (words.error == "unauthorized_client" || words.error == "access_denied") {
    return "this application may not do that; check it in the developer portal";
  }
  if (words.error == "invalid_scope") return "check Scope (the API knows only full)";
  if (words.error == "unsupported_grant_type") return "check OAuthGrantType, OAuthAccessTokenURL and OAuthRefreshTokenURL";
  if (words.error == "invalid_request") return "check CallbackURL, OAuthClientId and OAuthClientSecret";
  return "";
}

}  // namespace

std::string SignInAdvice(InitiateOAuth initiate) {
  const std::string headless =
      "open the address that infusionsoft_authorize_url() gives, and hand its code to "
      "infusionsoft_exchange_code()";
  switch (initiate) {
    case InitiateOAuth::kGetAndRefresh:
      return "sign in again: try once more with a browser at hand, or " + headless;
    case InitiateOAuth::kRefresh:
      return "sign in again: set InitiateOAuth=GETANDREFRESH once, or " + headless;
    case InitiateOAuth::kOff:
      return "give a new OAuthAccessToken, or " + headless;
  }
  return headless;
}

std::string SignInRefusal(std::string_view error, std::string_view description) {
  constexpr size_t kShownBytes = 160;
  std::string text = "the sign-in was refused: " + Excerpt(error, kShownBytes);
  if (!description.empty()) text += ": " + Excerpt(description, kShownBytes);
  return text;
}

OAuthRefusal ReadRefusal(const http::HttpResponse& response, std::string_view when_refused,
                         std::span<const Secret> secrets) {
  const ServerWords words = ReadWords(response);
  const auto shown = [&](const std::string& text) { return Excerpt(Scrub(text, secrets), kExcerptBytes); };
  OAuthRefusal refusal;
  const bool server_fails = response.status >= 500 || response.status == 429 || response.status == 408;
  refusal.grant_refused = !server_fails && IsGrantRefused(words);
  std::string message = "HTTP " + std::to_string(response.status);
  if (!words.error.empty()) message += " " + shown(words.error);
  if (!words.description.empty()) message += ": " + shown(words.description);
  const std::string advice = server_fails ? "try again later" : AdviceFor(words, refusal.grant_refused, when_refused);
  if (!advice.empty()) message += " (" + advice + ")";
  refusal.status = Status(server_fails ? StatusCode::kUnavailable : StatusCode::kUnauthenticated, std::move(message));
  return refusal;
}

}  // namespace infusionsoft
