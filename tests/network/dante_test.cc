// SPDX-License-Identifier: MIT
// SOCKS4 and SOCKS5 without a login, as dante speaks them, and what it forbids.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <string>

#include "counterpart.h"

namespace infusionsoft::network_test {
namespace {

using Catch::Matchers::Contains;

TEST_CASE("dante: SOCKS4 and SOCKS5", "[network]") {
  const Folder folder;
  Account account;
  const int port = FreePort();
  const std::string everyone = "from: 0.0.0.0/0 to: 0.0.0.0/0";
  const std::string user = geteuid() == 0 ? "root" : RunTool({"id", "-un"});
  const std::string config = folder.Write(
      "danted.conf", "logoutput: " + folder.Path("danted.log") + "\ninternal: 127.0.0.1 port = " + std::to_string(port) +
                         "\nexternal: lo\nclientmethod: none\nsocksmethod: none\nuser.privileged: " + user +
                         "\nuser.unprivileged: " + user + "\nclient pass { " + everyone +
                         " }\nsocks block { from: 0.0.0.0/0 to: 0.0.0.0/0 port = 1 }\nsocks pass { " + everyone +
                         " log: connect }\n");
  const Counterpart dante({"danted", "-f", config, "-p", folder.Path("danted.pid")}, port);
  const auto firewall = [&](const std::string& type) {
    return "FirewallType=" + type + ";FirewallServer=127.0.0.1;FirewallPort=" + std::to_string(port) + ";";
  };
  CHECK(account.Count(account.server().url(), firewall("SOCKS4")) == Account::kCount);
  CHECK_THAT(ReadFile(folder.Path("danted.log")), Contains("socks_v4") && !Contains("socks_v5"));
  CHECK(account.Count(account.server().url(), firewall("SOCKS5")) == Account::kCount);
  CHECK_THAT(ReadFile(folder.Path("danted.log")), Contains("socks_v5"));
  const std::string message = account.Count("https://127.0.0.1:1", firewall("SOCKS5"));
  CHECK_THAT(message, Contains("the proxy 127.0.0.1:" + std::to_string(port) + " forbids 127.0.0.1:1") &&
                          Contains("FirewallServer, FirewallPort and FirewallType"));
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_requests") == "1");
}

}  // namespace
}  // namespace infusionsoft::network_test
