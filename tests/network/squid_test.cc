// SPDX-License-Identifier: MIT
// HTTP proxies, as squid is one: who may use it and how, tunnels, TLS towards it.
#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <thread>

#include "counterpart.h"

namespace infusionsoft::network_test {
namespace {

using Catch::Matchers::Contains;

// squid for the user "me" with the password "hunter2"; it reaches this machine only, and of that not port 1.
class Squid {
 public:
  // `scheme`: the only way in which users sign in, or "" when nobody has to.
  explicit Squid(const std::string& scheme)
      : port_(FreePort()), tls_port_(FreePort()), squid_({"squid", "-N", "-f", Config(scheme)}, port_) {}

  std::string Port() const { return std::to_string(port_); }
  std::string Properties() const { return "ProxyServer=127.0.0.1;ProxyPort=" + Port() + ";"; }
  std::string TlsProperties() const {
    return "ProxyServer=localhost;ProxyPort=" + std::to_string(tls_port_) + ";ProxySSLType=ALWAYS;";
  }
  std::string certificate() const { return folder_.Path("proxy.pem"); }
  // A line for each request that has ended: method, URL, status, how the user signed in. squid writes it after the answer
  // was sent, so this reads until `expected` is there, for 10 s at most.
  std::string LogWith(const std::string& expected) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    std::string log = ReadFile(folder_.Path("access.log"));
    while (log.find(expected) == std::string::npos && std::chrono::steady_clock::now() < end) {
      std::this_thread::yield();
      log = ReadFile(folder_.Path("access.log"));
    }
    return log;
  }

 private:
  std::string Config(const std::string& scheme) const {
    MakeCertificate(folder_, "proxy", "localhost");
    std::filesystem::permissions(folder_.Path("proxy.key"), std::filesystem::perms(0644));
    const std::string password = RunTool({"openssl", "passwd", "-apr1", "hunter2"});
    std::string login;
    if (scheme == "basic") login = "/basic_ncsa_auth " + folder_.Write("basic", "me:" + password);
    if (scheme == "digest") login = "/digest_file_auth " + folder_.Write("digest", "me:hunter2\n");
    if (scheme == "ntlm") login = "/ntlm_fake_auth";
    if (!login.empty())
      login =
          "auth_param " + scheme + " program /usr/lib/squid" + login + "\nauth_param " + scheme + " children 1 startup=1\n";
    if (scheme == "digest") login += "auth_param digest realm proxy\n";
    return folder_.Write(
        "squid.conf", login + "http_port 127.0.0.1:" + Port() + "\nhttps_port 127.0.0.1:" + std::to_string(tls_port_) +
                          " tls-cert=" + folder_.Path("proxy.pem") + " tls-key=" + folder_.Path("proxy.key") +
                          "\npid_filename none\ncache deny all\ncache_log " + folder_.Path("cache.log") +
                          "\nlogformat short %rm %ru %>Hs %{Proxy-Authorization}>h\naccess_log stdio:" +
                          folder_.Path("access.log") + " short\nvisible_hostname localhost\ncoredump_dir " +
                          folder_.Path("") + "\npinger_enable off\nacl one port 1\nacl machine dst 127.0.0.0/8\nacl known " +
                          (login.empty() ? "src all" : "proxy_auth REQUIRED") +
                          "\nhttp_access deny one\nhttp_access allow known machine\nhttp_access deny all\n");
  }

  Folder folder_;
  int port_;
  int tls_port_;
  Counterpart squid_;
};

const std::string kLogin = "ProxyUser=me;ProxyPassword=hunter2;";

void CheckLogged(const Squid& squid, const std::string& expected) { CHECK_THAT(squid.LogWith(expected), Contains(expected)); }

TEST_CASE("squid: requests and token requests go through the proxy", "[network]") {
  Account account;
  const Squid squid("");
  const std::string token =
      "InitiateOAuth=REFRESH;OAuthSettingsLocation=memory://squid;OAuthClientId=" + account.server().options().client_id +
      ";OAuthClientSecret=" + account.server().options().client_secret +
      ";OAuthAccessTokenURL=" + account.server().token_url() +
      ";OAuthRefreshToken=" + account.server().options().refresh_token;
  const std::string base = account.server().url();
  CHECK(account.Count(base, squid.Properties() + token) == Account::kCount);
  CheckLogged(squid, "POST " + account.server().token_url() + " 200");
  CheckLogged(squid, "GET " + base + "/crm/rest/v2/contacts");
}

TEST_CASE("squid: BASIC, DIGEST and NTLM", "[network]") {
  Account account;
  for (const auto& [scheme, header] :
       {std::pair("basic", "Basic"), std::pair("digest", "Digest"), std::pair("ntlm", "NTLM")}) {
    INFO(scheme);
    const Squid squid(scheme);
    const std::string properties = squid.Properties() + "ProxyAuthScheme=" + scheme + ";";
    CHECK(account.Count(account.server().url(), properties + kLogin) == Account::kCount);
    CheckLogged(squid, " 200 " + std::string(header) + "%20");
    CHECK(account.Count(account.server().url(), properties + kLogin + "ProxySSLType=TUNNEL") == Account::kCount);
  }
}

TEST_CASE("squid: a login that is refused says where and what to check, once, and no password", "[network]") {
  Account account;
  for (const char* scheme : {"basic", "digest"}) {
    const Squid squid(scheme);
    const std::string properties = squid.Properties() + "ProxyAuthScheme=" + scheme + ";";
    for (const char* tunnel : {"", "ProxySSLType=TUNNEL;"}) {
      INFO(scheme << tunnel);
      const std::string wrong =
          account.Count(account.server().url(), properties + tunnel + "ProxyUser=me;ProxyPassword=wrong_password");
      CHECK_THAT(wrong,
                 Contains("the proxy 127.0.0.1:" + squid.Port() + " does not accept the user or password (status 407)") &&
                     Contains("ProxyUser, ProxyPassword and ProxyAuthScheme") && !Contains("wrong_password"));
      CHECK(account.Cell("SELECT count(*) FROM infusionsoft_requests") == "1");
      CHECK_THAT(account.Count(account.server().url(), properties + tunnel), Contains("wants a user and password"));
    }
    CHECK_THAT(account.Count(account.server().url(), squid.Properties() + kLogin + "ProxyAuthScheme=NONE"),
               Contains("wants a user and password (status 407)"));
  }
}

TEST_CASE("squid: a host that the proxy forbids", "[network]") {
  Account account;
  const Squid squid("");
  const std::string message = account.Count("https://127.0.0.1:1", squid.Properties());
  CHECK_THAT(message, Contains("the proxy 127.0.0.1:" + squid.Port() + " refused a tunnel to 127.0.0.1:1 with status 403") &&
                          Contains("ProxyServer, ProxyPort"));
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_requests") == "1");
}

TEST_CASE("squid: TLS to the proxy, whose certificate is checked", "[network]") {
  Account account;
  const Squid squid("basic");
  const std::string base = account.server().url();
  const std::string trusted = squid.TlsProperties() + kLogin + "SSLServerCert=" + squid.certificate();
  CHECK(account.Count(base, trusted) == Account::kCount);
  const std::string message = account.Count(base, squid.TlsProperties() + kLogin);
  CHECK_THAT(message,
             Contains("the certificate of the proxy localhost:") && Contains("is self-signed") && !Contains("hunter2"));
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_requests") == "1");
  CHECK_THAT(account.Count(base, "ProxyServer=127.0.0.1;ProxyPort=" + squid.Port() + ";ProxySSLType=ALWAYS;" + kLogin),
             Contains("no TLS connection with the proxy 127.0.0.1:" + squid.Port()));
}

// A tunnel stands in the log when it ends, but one that is refused at once.
TEST_CASE("squid: ProxySSLType=TUNNEL sends http:// too through a tunnel, the others do not", "[network]") {
  Account account;
  const std::string base = account.server().url();
  for (const char* type : {"AUTO", "NEVER", "TUNNEL"}) {
    INFO(type);
    const Squid squid("basic");
    CHECK_THAT(account.Count(base, squid.Properties() + "ProxySSLType=" + type), Contains("status 407"));
    const bool tunnel = type == std::string("TUNNEL");
    CheckLogged(squid, tunnel ? "CONNECT " + base.substr(base.find("//") + 2) + " 407" : "GET " + base);
  }
}

TEST_CASE("squid: FirewallType=TUNNEL, and ProxyExceptions", "[network]") {
  Account account;
  const Squid squid("basic");
  const std::string firewall = "FirewallType=TUNNEL;FirewallServer=127.0.0.1;FirewallPort=" + squid.Port() + ";";
  const std::string base = account.server().url();
  CHECK(account.Count(base, firewall + "FirewallUser=me;FirewallPassword=hunter2") == Account::kCount);
  CHECK_THAT(account.Count(base, firewall + "FirewallUser=me;FirewallPassword=wrong_password"),
             Contains("status 407") && Contains("FirewallUser and FirewallPassword") && !Contains("wrong_password"));
  CHECK(account.Count(base, firewall + "ProxyExceptions=127.0.0.0/8") == Account::kCount);
}

TEST_CASE("squid: the environment's proxy, and how to leave it out", "[network]") {
  Account account;
  const Squid squid("");
  const ScopedVariable https_proxy("https_proxy", ("http://me:hunter2@127.0.0.1:" + squid.Port()).c_str());
  const ScopedVariable no_proxy("no_proxy", nullptr);
  const std::string message = account.Count("https://behind.invalid", "");
  CHECK_THAT(message, Contains("the proxy 127.0.0.1:" + squid.Port()) && Contains("the environment names it") &&
                          !Contains("hunter2"));
  CHECK_THAT(account.Count("https://behind.invalid", "ProxyAutoDetect=false"),
             Contains("the host name of behind.invalid:443 is not known"));
  CHECK(account.Count(account.server().url(), "") == Account::kCount);  // this machine is asked directly
}

}  // namespace
}  // namespace infusionsoft::network_test
