// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace infusionsoft::sandbox {

// Where the next page begins.
struct PagePosition {
  uint64_t position = 0;
  uint32_t page = 0;
};

// The token carries a check value over the position and over the request it belongs to, so that a
// made-up token, or one used with another filter, is refused without remembering those issued. It
// is base64 with padding: whoever forgets to percent-encode it loses its '+'.
std::string MakePageToken(const PagePosition& position, std::string_view request, uint64_t secret);
std::optional<PagePosition> ReadPageToken(std::string_view token, std::string_view request, uint64_t secret);

}  // namespace infusionsoft::sandbox
