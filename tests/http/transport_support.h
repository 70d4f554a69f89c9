// SPDX-License-Identifier: MIT
// What the tests of the curl transport share.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "http/transport.h"

namespace infusionsoft::http {

// Long enough never to fire on a busy machine, short enough to end a test that hangs.
inline TransportOptions HangGuardOptions() {
  TransportOptions options;
  options.timeout = std::chrono::milliseconds(30000);
  options.connect_timeout = std::chrono::milliseconds(10000);
  options.user_agent = "infusionsoft-test";
  return options;
}

inline HttpRequest Get(std::string url) {
  HttpRequest request;
  request.url = std::move(url);
  return request;
}

inline HttpRequest Post(std::string url, std::string body) {
  HttpRequest request = Get(std::move(url));
  request.method = "POST";
  request.body = std::move(body);
  return request;
}

inline bool Contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace infusionsoft::http
