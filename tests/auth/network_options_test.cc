// SPDX-License-Identifier: MIT
#include "auth/network_options.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <set>
#include <string>
#include "connection_string.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;
using http::FirewallType;

const std::string kPin = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const std::string kPem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";

TEST_CASE("Network: every property reaches the transport's options", "[auth]") {
  const http::ProxyOptions proxy =
      ProxyOptionsOf(Parsed("ProxyAutoDetect=false;ProxyServer=Proxy.example;ProxyPort=3128;ProxyUser=me;ProxyPassword=pw;"
                            "ProxyAuthScheme=NTLM;ProxySSLType=TUNNEL;ProxyExceptions='a.example,b.example'"));
  CHECK_FALSE(proxy.auto_detect);
  CHECK(proxy.server == "proxy.example");
  CHECK(proxy.port == 3128);
  CHECK(proxy.user == "me");
  CHECK(proxy.password == Secret("pw"));
  CHECK(proxy.auth == http::ProxyAuth::kNtlm);
  CHECK(proxy.ssl == http::ProxySsl::kTunnel);
  CHECK(proxy.exceptions == "a.example,b.example");

  const http::ProxyOptions firewall = ProxyOptionsOf(
      Parsed("FirewallType=SOCKS5;FirewallServer=[::1];FirewallPort=1081;FirewallUser=me;FirewallPassword=pw"));
  CHECK(firewall.firewall == FirewallType::kSocks5);
  CHECK(firewall.firewall_server == "::1");
  CHECK(firewall.firewall_port == 1081);
  CHECK(firewall.firewall_user == "me");
  CHECK(firewall.firewall_password == Secret("pw"));

  const http::TlsOptions tls = TlsOptionsOf(Parsed("SSLClientCert=/a/b.p12;SSLClientCertType=PFX;SSLClientCertPassword=pw"));
  CHECK(tls.client_certificate == "/a/b.p12");
  CHECK(tls.client_certificate_format == http::CertificateFormat::kPfx);
  CHECK(tls.client_certificate_password == Secret("pw"));
}

TEST_CASE("Network: the forms of SSLServerCert", "[auth]") {
  const auto tls = [](const std::string& value) { return TlsOptionsOf(Parsed("SSLServerCert='" + value + "'")); };
  CHECK(tls("/a/ca.pem").ca_file == "/a/ca.pem");
  CHECK(tls(kPem).ca_text == kPem);
  CHECK(tls(kPin).pinned_key == kPin);
  CHECK(tls("/a/ca.pem;" + kPin + ";" + kPin).ca_file == "/a/ca.pem");
  CHECK(tls(kPin + ";/a/ca.pem;" + kPin).pinned_key == kPin + ";" + kPin);
  CHECK_THAT(Refused("SSLServerCert='*;" + kPin + "'"), Contains("no pin can stand beside it"));
  CHECK(tls("*").accept_any_server);
  for (const char* other : {"", "/a/ca.pem"}) CHECK_FALSE(tls(other).accept_any_server);
  CHECK(tls("*").ca_file.empty());
  CHECK_THAT(Refused("SSLServerCert=sha256//short"), Contains("44 characters of base64"));
}

TEST_CASE("Network: what needs what", "[auth]") {
  CHECK_THAT(Refused("SSLClientCertPassword=hunter2"), Contains("SSLClientCert;") && !Contains("hunter2"));
  CHECK_THAT(Refused("ProxyUser=me"), Contains("ProxyServer"));
  CHECK_THAT(Refused("ProxyPassword=hunter2"), Contains("ProxyServer") && !Contains("hunter2"));
  CHECK_THAT(Refused("FirewallServer=gate"), Contains("FirewallType=TUNNEL, SOCKS4 or SOCKS5"));
  CHECK_THAT(Refused("FirewallPort=1080"), Contains("FirewallType=TUNNEL, SOCKS4 or SOCKS5"));
  CHECK_THAT(Refused("FirewallType=SOCKS5"), Contains("needs FirewallServer"));
  CHECK_THAT(Refused("FirewallType=SOCKS5;FirewallServer=a;ProxyServer=b"), Contains("cannot be given together"));
  CHECK_THAT(Refused("FirewallType=SOCKS4;FirewallServer=a;FirewallPassword=hunter2"),
             Contains("SOCKS4 has no passwords") && !Contains("hunter2"));
}

// One value other than the default for each, with what it needs.
const std::string kChanges[] = {"SSLServerCert=*",
                                "SSLClientCert=a",
                                "SSLClientCertType=PFX",
                                "SSLClientCert=a;SSLClientCertPassword=p",
                                "ProxyAutoDetect=false",
                                "ProxyServer=a",
                                "ProxyPort=81",
                                "ProxyServer=a;ProxyUser=u",
                                "ProxyServer=a;ProxyPassword=p",
                                "ProxyAuthScheme=DIGEST",
                                "ProxySSLType=ALWAYS",
                                "ProxyExceptions=a",
                                "FirewallType=SOCKS5;FirewallServer=a",
                                "FirewallType=TUNNEL;FirewallServer=a",
                                "FirewallType=SOCKS5;FirewallServer=a;FirewallPort=1",
                                "FirewallType=SOCKS5;FirewallServer=a;FirewallUser=u",
                                "FirewallType=SOCKS5;FirewallServer=a;FirewallPassword=p"};

TEST_CASE("Network: each property makes another account, and none may be laid over a connection's", "[auth]") {
  const ConnectionOptions base = Parsed("OAuthAccessToken=t");
  std::set<std::string> keys{base.AccountKey()};
  for (const std::string& change : kChanges) {
    INFO(change);
    CHECK(keys.insert(Parsed("OAuthAccessToken=t;" + change).AccountKey()).second);
    const auto over = ParseConnectionString("Connection=crm;" + change, base);
    REQUIRE_FALSE(over);
    CHECK_THAT(over.status().message(), Contains("cannot be given beside Connection"));
  }
}

}  // namespace
}  // namespace infusionsoft
