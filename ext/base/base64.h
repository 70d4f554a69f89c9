// SPDX-License-Identifier: MIT
// Base64 (RFC 4648), as the API sends files.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace infusionsoft {

// The bytes that `text` stands for, or nothing when it is not base64. The alphabet for URLs is read too; line breaks, and
// padding that is left out, are allowed.
std::optional<std::string> DecodeBase64(std::string_view text);

}  // namespace infusionsoft
