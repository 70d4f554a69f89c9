// SPDX-License-Identifier: MIT
#include "api/log_mask.h"

#include <algorithm>
#include <array>
#include <vector>

#include "auth/scheme.h"
#include "auth/scrub.h"
#include "base/text.h"
#include "json/document.h"

namespace infusionsoft {
namespace {

// In lower case. A header whose name contains one of the words, and a field of one of the names.
constexpr std::array<std::string_view, 8> kHeaderWords = {"authorization", "cookie",  "token",  "secret",
                                                          "password",      "api-key", "apikey", "signature"};
constexpr std::array<std::string_view, 17> kFields = {
    "access_token", "refresh_token", "id_token",      "token",     "client_secret",    "secret",
    "password",     "code",          "code_verifier", "assertion", "client_assertion", "device_code",
    "apikey",       "api_key",       "oauth_token",   "session",   "authorization"};

bool IsNameChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Where the value of the JSON member ends whose value starts at `at`.
size_t EndOfJsonValue(std::string_view text, size_t at) {
  if (at >= text.size() || text[at] != '"') return std::min(text.find_first_of(",}]", at), text.size());
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return std::min(at + 1, text.size());
}

// Where the value of the field starts whose name ends at `at`: {"name" : "value"} or name=value. npos: this is no field.
size_t StartOfValue(std::string_view text, size_t at, bool& is_json) {
  is_json = at < text.size() && text[at] == '"';
  if (!is_json) return at < text.size() && text[at] == '=' ? at + 1 : std::string_view::npos;
  for (++at; at < text.size() && IsSpace(text[at]); ++at) {
  }
  if (at >= text.size() || text[at] != ':') return std::string_view::npos;
  for (++at; at < text.size() && IsSpace(text[at]); ++at) {
  }
  return at;
}

}  // namespace

bool IsSecretHeader(std::string_view name) {
  const std::string lower = AsciiLower(name);
  return std::ranges::any_of(kHeaderWords, [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

std::string MaskHeaderLine(std::string_view line) {
  // [HTTP/2] [1] [authorization: Bearer ...], h2h3 [authorization: ...]
  const size_t colon = line.find(": ");
  if (colon == std::string_view::npos) return std::string(line);
  const std::string_view before = line.substr(0, colon);
  if (!IsSecretHeader(before.substr(before.rfind('[') + 1))) return std::string(line);
  return std::string(line.substr(0, colon)) + ": ***";
}

std::string MaskFields(std::string_view text) {
  std::string masked;
  size_t at = 0;
  while (at < text.size()) {
    if (!IsNameChar(text[at])) {
      masked += text[at++];
      continue;
    }
    const size_t begin = at;
    while (at < text.size() && IsNameChar(text[at])) ++at;
    const std::string_view name = text.substr(begin, at - begin);
    masked += name;
    if (std::ranges::find(kFields, AsciiLower(name)) == kFields.end()) continue;
    bool is_json = false;
    const size_t value = StartOfValue(text, at, is_json);
    if (value == std::string_view::npos) continue;
    masked.append(text.substr(at, value - at)).append(is_json ? "\"***\"" : "***");
    at = is_json ? EndOfJsonValue(text, value) : std::min(text.find_first_of("& \t\r\n\"'<>", value), text.size());
  }
  return masked;
}

LogMask::LogMask(const ConnectionOptions& options) : given_(SecretsOf(options)) {
  for (Secret& form : WireForms(options, options.password)) given_.push_back(std::move(form));
}

void LogMask::Add(std::string_view secret) {
  Secret added(secret);
  const std::lock_guard lock(mutex_);
  if (secret.empty() || std::ranges::find(learned_, added) != learned_.end()) return;
  learned_.push_back(std::move(added));
  if (learned_.size() > kLearned) learned_.pop_front();
}

void LogMask::Learn(const http::HttpRequest& request) {
  const std::string_view value = request.secret_header_value.Reveal();
  Add(value.substr(value.rfind(' ') + 1));  // behind "Bearer " or "Basic "
}

void LogMask::Learn(const http::HttpResponse& response) {
  const auto document = json::Document::Parse(response.body);
  if (!document) return;
  for (const char* name : {"access_token", "refresh_token", "id_token"}) {
    const json::Value token = document->root().Member(name);
    if (token.kind() == json::Value::Kind::kString) Add(token.String());
  }
}

std::string LogMask::Apply(std::string text) const {
  std::vector<Secret> secrets = given_;
  {
    const std::lock_guard lock(mutex_);
    secrets.insert(secrets.end(), learned_.begin(), learned_.end());
  }
  return Scrub(std::move(text), secrets);
}

}  // namespace infusionsoft
