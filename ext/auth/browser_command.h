// SPDX-License-Identifier: MIT
// Which program shows a web page on this machine: decided from the environment, without running anything.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace infusionsoft {

struct BrowserEnvironment {
  std::function<const char*(const char* name)> variable;  // as getenv
};

// The command lines to try, best first: each entry of $BROWSER (separated by ':', words by spaces, "%s" is the URL,
// which is added at the end when no word has it), then xdg-open when there is a display. Programs that do not exist are
// left out; the first word of each line is an absolute path.
std::vector<std::vector<std::string>> BrowserCommands(const BrowserEnvironment& environment, const std::string& url);

}  // namespace infusionsoft
