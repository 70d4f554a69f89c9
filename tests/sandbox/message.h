// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace infusionsoft::sandbox {

// HTTP without the library that speaks it.
struct HttpRequest {
  std::string method;
  std::string path;
  std::string query;  // still encoded
  std::string authorization;
  std::string api_key;
  std::string content_type;
  std::string body;
};

// How the body is put on the wire.
enum class Delivery : uint8_t { kWhole, kSlow, kReset };

struct HttpReply {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  Delivery delivery = Delivery::kWhole;
  uint32_t struck = 0;  // the Breaks that show in it, a bit each
};

}  // namespace infusionsoft::sandbox
