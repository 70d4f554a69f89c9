// SPDX-License-Identifier: MIT
#include "base/base64.h"

#include <cstdint>

namespace infusionsoft {
namespace {

int DigitOf(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

}  // namespace

std::optional<std::string> DecodeBase64(std::string_view text) {
  std::string bytes;
  uint32_t bits = 0;
  int count = 0;     // bits that are not written yet
  size_t digits = 0;
  size_t padding = 0;
  for (char c : text) {
    if (c == '\r' || c == '\n') continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const int digit = DigitOf(c);
    if (digit < 0 || padding > 0) return std::nullopt;
    bits = bits << 6 | static_cast<uint32_t>(digit);
    count += 6;
    ++digits;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xff);
    bits &= (1U << count) - 1;
  }
  // A single digit is no byte, bits that are left over are zero, and padding fills up to four.
  const bool is_whole = digits % 4 != 1 && bits == 0 && (padding == 0 || (digits + padding) % 4 == 0) && padding <= 2;
  return is_whole ? std::optional(std::move(bytes)) : std::nullopt;
}

}  // namespace infusionsoft
