// SPDX-License-Identifier: MIT
// SOCKS4 and SOCKS5 without a login, as dante speaks them, and what it forbids.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <string>

#include "counterpart.h"

namespace infusionsoft::network_test {
namespace {

using Catch::Matchers::Contains;

// dante that speaks one version of the protocol.
class Dante {
 public:
  explicit Dante(const std::string& version)
      : port_(FreePort()), dante_({"danted", "-f", Config(version), "-p", folder_.Path("danted.pid")}, port_) {}

  std::string Where() const { return "127.0.0.1:" + std::to_string(port_); }
  std::string Firewall(const std::string& type) const {
    return "FirewallType=" + type + ";FirewallServer=127.0.0.1;FirewallPort=" + std::to_string(port_);
  }

 private:
  std::string Config(const std::string& version) const {
    const std::string user = geteuid() == 0 ? "root" : RunTool({"sh", "-c", "id -un | tr -d '\\n'"});
    const std::string everyone = "from: 0.0.0.0/0 to: 0.0.0.0/0";
    return folder_.Write(
        "danted.conf", "logoutput: " + folder_.Path("danted.log") + "\ninternal: 127.0.0.1 port = " + std::to_string(port_) +
                           "\nexternal: lo\nclientmethod: none\nsocksmethod: none\n" + "user.privileged: " + user +
                           "\nuser.unprivileged: " + user + "\nclient pass { " + everyone + " }\nsocks block { " + everyone +
                           " port = 1 }\nsocks pass { " + everyone + " proxyprotocol: " + version + " }\n");
  }

  Folder folder_;
  int port_;
  Counterpart dante_;
};

TEST_CASE("dante: SOCKS4 and SOCKS5, each to a proxy that takes only that", "[network]") {
  Account account;
  const std::string base = account.server().url();
  const Dante four("socks_v4");
  CHECK(account.Count(base, four.Firewall("SOCKS4")) == Account::kCount);
  CHECK_THAT(account.Count(base, four.Firewall("SOCKS5")), Contains("the proxy " + four.Where() + " forbids"));
  const Dante five("socks_v5");
  CHECK(account.Count(base, five.Firewall("SOCKS5")) == Account::kCount);
}

TEST_CASE("dante: a host that the proxy forbids is not tried again", "[network]") {
  Account account;
  const Dante dante("socks_v5");
  const std::string message = account.Count("https://127.0.0.1:1", dante.Firewall("SOCKS5"));
  CHECK_THAT(message, Contains("the proxy " + dante.Where() + " forbids 127.0.0.1:1") &&
                          Contains("FirewallServer, FirewallPort and FirewallType"));
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_requests") == "1");
}

}  // namespace
}  // namespace infusionsoft::network_test
