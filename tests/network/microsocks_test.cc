// SPDX-License-Identifier: MIT
// SOCKS5 with user and password, as microsocks speaks it.
#include <catch2/catch.hpp>
#include <string>

#include "counterpart.h"
#include "support/raw_server.h"

namespace infusionsoft::network_test {
namespace {

using Catch::Matchers::Contains;

std::string Firewall(int port, const std::string& more = "") {
  return "FirewallType=SOCKS5;FirewallServer=127.0.0.1;FirewallPort=" + std::to_string(port) + ";" + more;
}

TEST_CASE("microsocks: SOCKS5 with the right password, a wrong one and none", "[network]") {
  Account account;
  const int port = FreePort();
  const Counterpart socks({"microsocks", "-i", "127.0.0.1", "-p", std::to_string(port), "-u", "me", "-P", "hunter2"}, port);
  const std::string base = account.server().url();
  CHECK(account.Count(base, Firewall(port, "FirewallUser=me;FirewallPassword=hunter2")) == Account::kCount);
  for (const char* login : {"FirewallUser=me;FirewallPassword=wrong_password", ""}) {
    const std::string message = account.Count(base, Firewall(port, login));
    CHECK_THAT(message, Contains("the proxy 127.0.0.1:" + std::to_string(port) + " does not accept the user or password") &&
                            Contains("FirewallUser and FirewallPassword") && !Contains("wrong_password"));
    CHECK(account.Cell("SELECT count(*) FROM infusionsoft_requests") == "1");
    CHECK(account.server().Requests().empty());
  }
}

TEST_CASE("microsocks: what is not SOCKS", "[network]") {
  Account account;
  RawServer web([](RawConnection& connection) { connection.Send("HTTP/1.1 400 Bad Request\r\n\r\n"); });
  const std::string message = account.Count(account.server().url(), Firewall(web.port()));
  CHECK_THAT(message, Contains("the proxy 127.0.0.1:" + std::to_string(web.port()) + " does not speak SOCKS") &&
                          Contains("FirewallServer, FirewallPort and FirewallType"));
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_requests") == "1");
}

}  // namespace
}  // namespace infusionsoft::network_test
