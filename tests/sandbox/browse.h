// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace infusionsoft::sandbox {

enum class Choice { kAllow, kDeny };

struct BrowseResult {
  bool ok = false;
  // The last page's text, or what went wrong.
  std::string text;
};

// Does what a person with a browser would: opens the address, follows redirects wherever they lead
// and, on the sign-in page, follows Allow or Deny.
BrowseResult Browse(std::string_view url, Choice choice);

}  // namespace infusionsoft::sandbox
