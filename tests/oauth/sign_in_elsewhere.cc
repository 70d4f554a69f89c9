// SPDX-License-Identifier: MIT
#include "sign_in_elsewhere.h"

#include <httplib.h>

#include <catch2/catch.hpp>
#include <string_view>

namespace infusionsoft::oauth_test {

std::string Connect(const Account& account, const Connection& connection) {
  return "SELECT infusionsoft_connect('" + account.ConnectionString(connection) + "');\n";
}

std::string AskForAddress(const Account& account, const Connection& connection) {
  const Outcome outcome = account.Run(Connect(account, connection) + "SELECT infusionsoft_authorize_url();");
  INFO(outcome.out + outcome.err);
  constexpr std::string_view kConnected = "connected\n";
  REQUIRE(outcome.out.starts_with(kConnected));
  REQUIRE(outcome.out.size() > kConnected.size() + 1);
  return outcome.out.substr(kConnected.size(), outcome.out.size() - kConnected.size() - 1);
}

std::string AllowElsewhere(Account& account, const std::string& sign_in) {
  REQUIRE(sign_in.starts_with(account.server().authorize_url() + "?"));
  httplib::Client browser(account.server().url());
  browser.set_read_timeout(std::chrono::seconds(10));
  const auto page = browser.Get(sign_in.substr(account.server().url().size()).c_str());
  REQUIRE(page);
  INFO(page->body);
  constexpr std::string_view kLink = "id=\"allow\" href=\"";
  const size_t at = page->body.find(kLink);
  REQUIRE(at != std::string::npos);
  const size_t from = at + kLink.size();
  const auto redirect = browser.Get(page->body.substr(from, page->body.find('"', from) - from).c_str());
  REQUIRE(redirect);
  REQUIRE(redirect->status == 302);
  return redirect->get_header_value("Location");
}

}  // namespace infusionsoft::oauth_test
