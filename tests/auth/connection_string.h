// SPDX-License-Identifier: MIT
// Connection strings that must parse, and ones that must not.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <utility>

#include "auth/connection_options.h"

namespace infusionsoft {

inline ConnectionOptions Parsed(const std::string& text) {
  auto options = ParseConnectionString(text);
  INFO(text << ": " << options.status().message());
  REQUIRE(options);
  return *std::move(options);
}

// The error's message.
inline std::string Refused(const std::string& text) {
  const auto options = ParseConnectionString(text);
  INFO(text);
  REQUIRE_FALSE(options);
  CHECK(options.status().code() == StatusCode::kInvalidArgument);
  return options.status().message();
}

}  // namespace infusionsoft
