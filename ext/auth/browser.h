// SPDX-License-Identifier: MIT
// Browser: shows a person the sign-in page. A seam.
#pragma once

#include <string>

#include "base/status.h"

namespace infusionsoft {

class Browser {
 public:
  virtual ~Browser() = default;
  // Returns as soon as the page is on its way; the answer comes to the callback URL. kUnavailable: no browser to be
  // had.
  virtual Status Open(const std::string& url) = 0;
};

// $BROWSER, then xdg-open when there is a display; prints the URL to stderr too. With neither a browser nor a terminal
// it fails at once and the message names the way without a browser. Lives as long as the process.
Browser& SystemBrowser();

}  // namespace infusionsoft
