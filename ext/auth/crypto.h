// SPDX-License-Identifier: MIT
// The few cryptographic primitives that signing in needs. The only header behind which OpenSSL stands.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "base/status.h"

namespace infusionsoft {

std::string Sha256Hex(std::string_view text);  // 64 lower-case digits
std::string Base64(std::string_view text);     // with padding, in one line
// HMAC-SHA256 (RFC 2104), 64 lower-case digits.
std::string HmacSha256Hex(const Secret& key, std::string_view text);
// The digest in the alphabet of RFC 4648 section 5, without padding.
std::string Sha256Base64Url(std::string_view text);
// `bytes` random bytes of the operating system's quality, as hexadecimal digits.
Result<std::string> RandomHex(size_t bytes);
Result<std::string> RandomBytes(size_t bytes);

// A key of `bytes` bytes from a text of any length and quality: scrypt (RFC 7914) with N = 2^15, r = 8, p = 1. Takes about
// 0.1 s and 32 MiB, which is what makes guessing a short text expensive. kOutOfMemory when there is not that much.
Result<Secret> ScryptKey(std::string_view text, std::string_view salt, size_t bytes);

// AES-256-GCM (NIST SP 800-38D): a key of 32 bytes, a nonce of 12 that is used once with a key, a tag of 16 bytes that
// stands at the end of the sealed text. `header` is authenticated and not hidden.
inline constexpr size_t kGcmKeyBytes = 32;
inline constexpr size_t kGcmNonceBytes = 12;
inline constexpr size_t kGcmTagBytes = 16;
Result<std::string> SealGcm(const Secret& key, std::string_view nonce, std::string_view header, std::string_view plain);
// Nothing when key, nonce, header or sealed text is not what it was.
std::optional<Secret> OpenGcm(const Secret& key, std::string_view nonce, std::string_view header, std::string_view sealed);

// Takes the same time wherever the texts differ (their lengths may show).
bool ConstantTimeEquals(std::string_view a, std::string_view b);

}  // namespace infusionsoft
