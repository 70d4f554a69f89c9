// SPDX-License-Identifier: MIT
#include "auth/oauth_params.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace infusionsoft {
namespace {

constexpr std::array<std::string_view, 14> kOwn = {
    "grant_type", "client_id",     "client_secret", "client_assertion", "client_assertion_type",
    "code",       "code_verifier", "redirect_uri",  "refresh_token",    "response_type",
    "scope",      "state",         "username",      "password"};

Status Bad(std::string what) { return InvalidArgument("OAuthParams: " + std::move(what)); }

}  // namespace

Result<http::QueryParams> ParseOAuthParams(std::string_view text) {
  http::QueryParams params;
  if (Trim(text).empty()) return params;
  for (const std::string_view part : Split(text, ',')) {
    const size_t equals = part.find('=');
    const std::string_view name = Trim(part.substr(0, equals));
    if (equals == std::string_view::npos || name.empty()) return Bad("name=value is expected between commas (a=b,c=d)");
    const bool own = std::any_of(kOwn.begin(), kOwn.end(), [&](auto word) { return EqualsIgnoreCase(word, name); });
    if (own) {
      return Bad(AsciiLower(name) +
                 " is a parameter of OAuth itself, which the connection's other properties set; remove it");
    }
    const auto same = [&](const auto& param) { return param.first == name; };
    if (std::any_of(params.begin(), params.end(), same)) return Bad("a name is given twice; give it once");
    params.emplace_back(name, Trim(part.substr(equals + 1)));
  }
  return params;
}

}  // namespace infusionsoft
