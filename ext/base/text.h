// SPDX-License-Identifier: MIT
// Text as this project needs it: ASCII case, trimming, numbers that never throw, the nearest known name.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace infusionsoft {

std::string AsciiLower(std::string_view text);
bool EqualsIgnoreCase(std::string_view a, std::string_view b);  // ASCII
std::string_view Trim(std::string_view text);                   // ASCII white space, both ends
std::vector<std::string_view> Split(std::string_view text, char separator);  // keeps empty parts; "" is one empty part
std::string Join(std::span<const std::string> parts, std::string_view separator);

// The whole of `text` as a decimal number, or nothing: no leading '+', no white space, no trailing text, no overflow and no
// underflow to zero. The locale has no say.
std::optional<int64_t> ParseInt64(std::string_view text);
std::optional<double> ParseDouble(std::string_view text);  // finite values only
std::string FormatDouble(double value);                    // shortest text that reads back as the same value

// true/false, yes/no, on/off, 1/0; ASCII case ignored.
std::optional<bool> ParseBool(std::string_view text);

// The candidate that a person who typed `name` most likely meant (edit distance at most a third of its length, ASCII case
// ignored, two swapped neighbours are one edit; the first of equals), or "" when none is near.
std::string_view NearestName(std::string_view name, std::span<const std::string_view> candidates);

bool IsValidUtf8(std::string_view text);
size_t ValidUtf8Length(std::string_view text);  // bytes before the first that is in no well-formed character
// At most `max_bytes` of `text`, cut at a character boundary, control characters shown as spaces and bytes that are not
// UTF-8 as '?'. For error messages.
std::string Excerpt(std::string_view text, size_t max_bytes);

// FNV-1a (64 bits, its basis xored with the mixed seed) finished with MurmurHash3's mixer. Frozen: the same on every machine
// and in every version, because rowids are made of it and users keep rowids. tests/base/text_test.cc has golden values.
uint64_t StableHash64(std::string_view text, uint64_t seed = 0);

}  // namespace infusionsoft
