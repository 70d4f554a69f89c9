// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace infusionsoft::sandbox {

using Parameters = std::vector<std::pair<std::string, std::string>>;

// "a=b&c=d", percent-encoded, with '+' for a space. Nothing if an escape is malformed.
std::optional<Parameters> ParseParameters(std::string_view text);
// The first value of that name; null if there is none.
const std::string* FindParameter(const Parameters& parameters, std::string_view name);

std::string PercentEncode(std::string_view text);
std::string Base64Encode(std::string_view bytes);
// Of the digest, in base64url without padding.
std::string Sha256Base64Url(std::string_view text);
std::optional<std::string> Base64Decode(std::string_view text);
std::string HtmlEscape(std::string_view text);

}  // namespace infusionsoft::sandbox
