// SPDX-License-Identifier: MIT
// oauth-clicker URL STEP...: a program for $BROWSER. Opens the sign-in page in Chromium, does the steps, which are
// "click SELECTOR" and "type SELECTOR TEXT" with CSS selectors, and writes what the person sees in the end to the file
// $OAUTH_CLICKER_PAGE; or, after "failed: ", what went wrong.
#include <chrono>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "auth/temp_dir.h"
#include "child_process.h"
#include "http/url.h"
#include "web_driver.h"

namespace infusionsoft::oauth_test {
namespace {

constexpr Milliseconds kPause{20};  // between two looks at the browser

void Do(WebDriver& browser, const std::vector<std::string>& steps) {
  for (size_t i = 0; i < steps.size();) {
    if (steps[i] == "click" && i + 1 < steps.size()) {
      browser.Click(steps[i + 1]);
      i += 2;
    } else if (steps[i] == "type" && i + 2 < steps.size()) {
      browser.Type(steps[i + 1], steps[i + 2]);
      i += 3;
    } else {
      throw std::runtime_error("not a step: " + steps[i]);
    }
  }
}

std::string ClickThrough(const std::string& url, const std::vector<std::string>& steps) {
  const auto parsed = http::ParseUrl(url);
  const auto parameters = http::ParseQuery(parsed ? parsed->query : "");
  const std::string callback(parameters ? http::FindParam(*parameters, "redirect_uri") : "");
  if (callback.empty()) throw std::runtime_error("the address names no redirect_uri");
  WebDriver browser;
  browser.Open(url);
  Do(browser, steps);
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!browser.Address().starts_with(callback)) {
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("the callback page did not come");
    std::this_thread::sleep_for(kPause);
  }
  return browser.Text();
}

}  // namespace
}  // namespace infusionsoft::oauth_test

int main(int count, char** arguments) {
  using namespace infusionsoft::oauth_test;
  const std::string page = Variable("OAUTH_CLICKER_PAGE");
  if (count < 2 || page.empty()) {
    std::cerr << "usage: OAUTH_CLICKER_PAGE=FILE oauth-clicker URL STEP...\n";
    return 2;
  }
  try {
    infusionsoft::WriteFile(page, ClickThrough(arguments[1], {arguments + 2, arguments + count}));
    return 0;
  } catch (const std::exception& error) {
    infusionsoft::WriteFile(page, std::string("failed: ") + error.what());
    return 1;
  }
}
