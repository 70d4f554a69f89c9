// SPDX-License-Identifier: MIT
// A Chromium without a window, driven over the WebDriver protocol (https://www.w3.org/TR/webdriver2/).
#pragma once

#include <string>

#include "auth/temp_dir.h"
#include "child_process.h"

namespace infusionsoft::oauth_test {

// All methods throw std::runtime_error when the browser does not do what it is told within kPatience.
class WebDriver {
 public:
  // Starts chromedriver, and Chromium with an empty profile. It can reach this machine only.
  WebDriver();
  // Ends both and all their processes.
  ~WebDriver();
  WebDriver(const WebDriver&) = delete;
  WebDriver& operator=(const WebDriver&) = delete;

  void Open(const std::string& url);
  // The first element that `selector` (CSS) names; it may come within kPatience.
  void Click(const std::string& selector);
  void Type(const std::string& selector, const std::string& text);
  // The address of the page shown.
  std::string Address();
  // Its text as a person sees it.
  std::string Text();

 private:
  // Sends a command of the session and returns its "value" as JSON text, or the text itself when it is one.
  std::string Find(const std::string& selector);  // the path of an element's commands
  std::string Call(const std::string& method, const std::string& path, const std::string& body);
  void StartSession();

  TempDir profile_;
  ChildProcess driver_;
  int port_ = 0;
  std::string session_;  // the path of its commands
};

}  // namespace infusionsoft::oauth_test
