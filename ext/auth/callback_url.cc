// SPDX-License-Identifier: MIT
#include "auth/callback_url.h"

#include <algorithm>

namespace infusionsoft {
namespace {

// Where the "0" of ":0" after the host begins, or npos.
size_t FindPortZero(std::string_view text) {
  const size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return scheme;
  const size_t end = std::min(text.find_first_of("/?#", scheme + 3), text.size());
  return text.substr(0, end).ends_with(":0") ? end - 1 : std::string_view::npos;
}

}  // namespace

Result<http::Url> ParseCallbackUrl(std::string_view text) {
  const bool any_port = FindPortZero(text) != std::string_view::npos;
  auto url = any_port ? http::ParseUrl(WithPort(text, 1)) : http::ParseUrl(text);
  if (url && any_port) url->port = 0;
  return url;
}

std::string WithPort(std::string_view text, int port) {
  std::string with(text);
  const size_t at = FindPortZero(text);
  if (at != std::string_view::npos) with.replace(at, 1, std::to_string(port));
  return with;
}

}  // namespace infusionsoft
