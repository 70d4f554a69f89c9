// SPDX-License-Identifier: MIT
// The few cryptographic primitives that signing in needs. The only header behind which OpenSSL stands.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/status.h"

namespace infusionsoft {

std::string Sha256Hex(std::string_view text);  // 64 lower-case digits
std::string Base64(std::string_view text);     // with padding, in one line
// The digest in the alphabet of RFC 4648 section 5, without padding.
std::string Sha256Base64Url(std::string_view text);
// `bytes` random bytes of the operating system's quality, as hexadecimal digits.
Result<std::string> RandomHex(size_t bytes);
// Takes the same time wherever the texts differ (their lengths may show).
bool ConstantTimeEquals(std::string_view a, std::string_view b);

}  // namespace infusionsoft
