// SPDX-License-Identifier: MIT
// oauth-clicker URL allow|deny: a program for $BROWSER. Opens the sign-in page in Chromium, clicks that button, and
// writes what the person sees in the end to the file $OAUTH_CLICKER_PAGE; or, after "failed: ", what went wrong.
#include <chrono>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>

#include "auth/temp_dir.h"
#include "child_process.h"
#include "http/url.h"
#include "web_driver.h"

namespace infusionsoft::oauth_test {
namespace {

constexpr Milliseconds kPause{20};  // between two looks at the browser

std::string ClickThrough(const std::string& url, const std::string& choice) {
  const auto parsed = http::ParseUrl(url);
  const auto parameters = http::ParseQuery(parsed ? parsed->query : "");
  const std::string callback(parameters ? http::FindParam(*parameters, "redirect_uri") : "");
  if (callback.empty()) throw std::runtime_error("the address names no redirect_uri");
  WebDriver browser;
  browser.Open(url);
  browser.Click(choice);
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
  if (count != 3 || page.empty()) {
    std::cerr << "usage: OAUTH_CLICKER_PAGE=FILE oauth-clicker URL allow|deny\n";
    return 2;
  }
  try {
    infusionsoft::WriteFile(page, ClickThrough(arguments[1], arguments[2]));
    return 0;
  } catch (const std::exception& error) {
    infusionsoft::WriteFile(page, std::string("failed: ") + error.what());
    return 1;
  }
}
