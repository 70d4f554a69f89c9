// SPDX-License-Identifier: MIT
// Any bytes: what ParseUrl accepts is clean, and what ParseQuery accepts survives being encoded.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "http/url.h"

namespace {

using namespace infusionsoft::http;

void Require(bool holds) {
  if (!holds) std::abort();
}

bool IsClean(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F' && c != '\\'; });
}

void CheckUrl(std::string_view text) {
  const auto url = ParseUrl(text);
  if (!url) return;
  Require(url->scheme == "http" || url->scheme == "https");
  Require(!url->host.empty() && IsClean(url->host) && url->host.find_first_of("@/?#%[]") == std::string::npos);
  Require(url->port >= 1 && url->port <= 65535);
  Require(url->path.empty() || url->path.front() == '/');
  Require(IsClean(url->path) && IsClean(url->query));
  // Written again from its parts, it is the same URL.
  const bool is_ipv6 = url->host.find(':') != std::string::npos;
  std::string rebuilt =
      url->scheme + "://" + (is_ipv6 ? "[" + url->host + "]" : url->host) + ":" + std::to_string(url->port);
  rebuilt += url->path + (url->query.empty() ? "" : "?" + url->query);
  const auto again = ParseUrl(rebuilt);
  Require(again.ok() && again->host == url->host && again->port == url->port && again->path == url->path &&
          again->query == url->query);
  IsLoopbackHost(url->host);
}

void CheckQuery(std::string_view text) {
  const auto params = ParseQuery(text);
  if (!params) return;
  const auto again = ParseQuery(EncodeQuery(*params));
  Require(again.ok() && *again == *params);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  CheckUrl(text);
  CheckUrl("https://" + std::string(text));
  CheckQuery(text);
  IsLoopbackHost(text);
  const auto decoded = PercentDecode(PercentEncode(text));
  Require(decoded.ok() && *decoded == text);
  return 0;
}
