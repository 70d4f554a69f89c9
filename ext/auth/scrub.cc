// SPDX-License-Identifier: MIT
#include "auth/scrub.h"

#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace infusionsoft {
namespace {

// Shorter ones would turn ordinary words into stars, and are no secrets worth the name.
constexpr size_t kShortest = 4;

bool IsCodeOf(char c, std::string_view digits, int base) {
  unsigned code = 0;
  const char* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, code, base);
  return read.ec == std::errc() && read.ptr == end && code == static_cast<unsigned char>(c);
}

// What stands between '&' and ';' on web pages.
bool IsEntityOf(char c, std::string_view name) {
  constexpr std::array<std::pair<std::string_view, char>, 5> kNamed{
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
  if (name.starts_with("#x") || name.starts_with("#X")) return IsCodeOf(c, name.substr(2), 16);
  if (name.starts_with('#')) return IsCodeOf(c, name.substr(1), 10);
  for (const auto& [known, character] : kNamed) {
    if (known == name) return character == c;
  }
  return false;
}

// How many bytes at the beginning of `text` are `c` as servers write it into addresses and forms, pages and JSON, or as it
// is; 0: something else stands there.
size_t SpelledLength(std::string_view text, char c) {
  constexpr size_t kLongestEntity = 10;
  if (text.starts_with('%') && text.size() >= 3 && IsCodeOf(c, text.substr(1, 2), 16)) return 3;
  if (text.starts_with('+') && c == ' ') return 1;
  if (text.starts_with("\\u") && text.size() >= 6 && IsCodeOf(c, text.substr(2, 4), 16)) return 6;
  if (text.starts_with('\\') && text.substr(1).starts_with(c)) return 2;
  if (text.starts_with('&')) {
    const size_t end = text.substr(0, kLongestEntity).find(';');
    if (end != std::string_view::npos && IsEntityOf(c, text.substr(1, end - 1))) return end + 1;
  }
  return text.starts_with(c) ? 1 : 0;
}

// The same of a whole secret, each of whose characters may be spelled in a way of its own.
size_t SpelledLength(std::string_view text, std::string_view secret) {
  size_t length = 0;
  for (const char c : secret) {
    const size_t spelled = SpelledLength(text.substr(length), c);
    if (spelled == 0) return 0;
    length += spelled;
  }
  return length;
}

void Replace(std::string& text, size_t& at, size_t length) {
  constexpr std::string_view kStars = "***";
  text.replace(at, length, kStars);
  at += kStars.size();
}

void Remove(std::string& text, std::string_view secret) {
  if (secret.size() < kShortest) return;
  // As it is first: it may itself look like another text's spelling.
  for (size_t at = 0; (at = text.find(secret, at)) != std::string::npos;) Replace(text, at, secret.size());
  for (size_t at = 0; at < text.size();) {
    const size_t length = SpelledLength(std::string_view(text).substr(at), secret);
    length == 0 ? static_cast<void>(++at) : Replace(text, at, length);
  }
}

}  // namespace

std::string Scrub(std::string text, std::span<const Secret> secrets) {
  for (const Secret& secret : secrets) Remove(text, secret.Reveal());
  return text;
}

Status ScrubStatus(const Status& status, std::span<const Secret> secrets) {
  return status.ok() ? status : Status(status.code(), Scrub(status.message(), secrets));
}

}  // namespace infusionsoft
