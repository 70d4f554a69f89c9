// SPDX-License-Identifier: MIT
// What a web page that came in place of an answer says to people.
#pragma once

#include <string>
#include <string_view>

namespace infusionsoft {

// Whether `text` is meant for a browser. XML without HTML in it is not.
bool IsWebPage(std::string_view text);

// The title of a page, or else its first heading, or else its text without tags, scripts and styles; entities stay as they
// are.
// "" when there is nothing to read. Not cut to a length.
std::string WebPageWords(std::string_view page);

}  // namespace infusionsoft
