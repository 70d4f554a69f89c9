// SPDX-License-Identifier: MIT
#include "auth/account_servers.h"

#include <set>

#include "auth/callback_url.h"
#include "http/url.h"

namespace infusionsoft {
namespace {

std::string Origin(const http::Url& url) {
  const bool is_v6 = url.host.find(':') != std::string::npos;
  return url.scheme + "://" + (is_v6 ? "[" + url.host + "]" : url.host) + ":" + std::to_string(url.port);
}

bool IsVendor(const http::Url& url) {
  const bool host = url.host == "api.infusionsoft.com" || url.host == "api.keap.com";
  return host && url.scheme == "https" && url.port == 443;
}

std::string ServerOf(std::string_view text) {
  const auto url = http::ParseUrl(text);
  if (!url) return std::string(text);
  return IsVendor(*url) ? "https://api.infusionsoft.com:443" : Origin(*url);
}

}  // namespace

std::string CanonicalUrl(std::string_view text) {
  const auto url = ParseCallbackUrl(text);
  if (!url) return std::string(text);
  return Origin(*url) + (url->path.empty() ? "/" : url->path) + (url->query.empty() ? "" : "?" + url->query);
}

std::string AccountServers(const ConnectionOptions& options) {
  std::set<std::string> servers{ServerOf(options.url), ServerOf(options.access_token_url)};
  if (!options.refresh_token_url.empty()) servers.insert(ServerOf(options.refresh_token_url));
  std::string text;
  for (const std::string& server : servers) text += (text.empty() ? "" : " ") + server;
  return text;
}

}  // namespace infusionsoft
