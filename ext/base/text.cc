// SPDX-License-Identifier: MIT
#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <system_error>

namespace infusionsoft {
namespace {

char LowerChar(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

uint64_t Mix64(uint64_t h) {  // the finaliser of MurmurHash3
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdULL;
  h ^= h >> 33;
  h *= 0xc4ceb9fe1a85ec53ULL;
  return h ^ (h >> 33);
}

template <typename Number>
std::optional<Number> ParseWhole(std::string_view text) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

// Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`, ASCII case ignored. Swaps count once because
// they are what fingers do.
size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> before_last, last(b.size() + 1), current(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const char x = LowerChar(a[i - 1]);
      const char y = LowerChar(b[j - 1]);
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + (x == y ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && x == LowerChar(b[j - 2]) && y == LowerChar(a[i - 2]);
      if (swapped) current[j] = std::min(current[j], before_last[j - 2] + 1);
    }
    before_last = std::move(last);
    last = std::move(current);
    current.assign(b.size() + 1, 0);
  }
  return last[b.size()];
}

bool IsContinuation(unsigned byte) { return (byte & 0xC0) == 0x80; }

// Bytes of the well-formed UTF-8 character at the start of `text`, 0 when there is none (Unicode table 3-7).
size_t Utf8CharLength(std::string_view text) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned first = byte(0);
  if (first < 0x80) return text.empty() ? 0 : 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  if (first < 0xE0) return IsContinuation(byte(1)) ? 2 : 0;
  // The second byte's range keeps out overlong forms, surrogates and what lies beyond U+10FFFF.
  const unsigned low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const unsigned high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  const unsigned second = byte(1);
  if (second < low || second > high) return 0;
  const size_t length = first < 0xF0 ? 3 : 4;
  for (size_t i = 2; i < length; ++i) {
    if (!IsContinuation(byte(i))) return 0;
  }
  return length;
}

bool IsControl(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first < 0x20 || first == 0x7F;
  return character.size() == 2 && first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;  // C1
}

}  // namespace

std::string AsciiLower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), LowerChar);
  return lower;
}

bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return LowerChar(x) == LowerChar(y); });
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string Join(std::span<const std::string> parts, std::string_view separator) {
  std::string joined;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) joined += separator;
    joined += parts[i];
  }
  return joined;
}

std::optional<int64_t> ParseInt64(std::string_view text) { return ParseWhole<int64_t>(text); }

std::optional<double> ParseDouble(std::string_view text) {
  const auto value = ParseWhole<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::string FormatDouble(double value) {
  std::array<char, 32> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return std::string(buffer.data(), result.ptr);
}

std::optional<bool> ParseBool(std::string_view text) {
  for (std::string_view word : {"true", "yes", "on", "1"}) {
    if (EqualsIgnoreCase(text, word)) return true;
  }
  for (std::string_view word : {"false", "no", "off", "0"}) {
    if (EqualsIgnoreCase(text, word)) return false;
  }
  return std::nullopt;
}

std::string_view NearestName(std::string_view name, std::span<const std::string_view> candidates) {
  const size_t limit = name.size() / 3;
  std::string_view nearest;
  size_t nearest_distance = limit + 1;
  for (std::string_view candidate : candidates) {
    const size_t length_gap = std::max(name.size(), candidate.size()) - std::min(name.size(), candidate.size());
    if (length_gap >= nearest_distance) continue;  // also keeps long nonsense from costing time
    const size_t distance = EditDistance(name, candidate);
    if (distance >= nearest_distance) continue;
    nearest = candidate;
    nearest_distance = distance;
  }
  return nearest;
}

bool IsValidUtf8(std::string_view text) { return ValidUtf8Length(text) == text.size(); }

size_t ValidUtf8Length(std::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080ULL;
  size_t valid = 0;
  while (valid < text.size()) {
    uint64_t block = 0;
    // Most of every page is ASCII: eight characters at once.
    while (text.size() - valid >= sizeof block) {
      std::memcpy(&block, text.data() + valid, sizeof block);
      if ((block & kHighBits) != 0) break;
      valid += sizeof block;
    }
    // Eight single steps before the next attempt at a block.
    for (size_t i = 0; i < sizeof block && valid < text.size(); ++i) {
      const size_t length = Utf8CharLength(text.substr(valid));
      if (length == 0) return valid;
      valid += length;
    }
  }
  return valid;
}

std::string Excerpt(std::string_view text, size_t max_bytes) {
  std::string shown;
  size_t taken = 0;
  while (taken < text.size()) {
    // A character has at most 4 bytes; a view of 4 keeps the look-ahead from depending on the cut.
    const size_t length = Utf8CharLength(text.substr(taken, 4));
    const size_t consumed = std::max<size_t>(length, 1);
    if (taken + consumed > max_bytes) break;
    const std::string_view character = text.substr(taken, consumed);
    if (length == 0) {
      shown += '?';
    } else if (IsControl(character)) {
      shown += ' ';
    } else {
      shown += character;
    }
    taken += consumed;
  }
  return shown;
}

uint64_t StableHash64(std::string_view text, uint64_t seed) {
  uint64_t hash = 0xcbf29ce484222325ULL ^ Mix64(seed);
  for (char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  return Mix64(hash);
}

}  // namespace infusionsoft
