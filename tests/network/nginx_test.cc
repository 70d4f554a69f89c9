// SPDX-License-Identifier: MIT
// Certificates of servers and clients, as nginx checks and shows them in front of an account.
#include <catch2/catch.hpp>
#include <string>

#include "counterpart.h"

namespace infusionsoft::network_test {
namespace {

using Catch::Matchers::Contains;
using Catch::Matchers::Equals;

// nginx with TLS in front of the account, with the certificate NAME.pem.
class Gateway {
 public:
  Gateway(Account& account, const Folder& folder, const std::string& name, const std::string& more = "")
      : port_(FreePort()), nginx_(Command(account, folder, name, more, port_), port_) {}
  std::string Url() const { return "https://localhost:" + std::to_string(port_); }
  std::string Where() const { return "localhost:" + std::to_string(port_); }

 private:
  static std::vector<std::string> Command(Account& account, const Folder& folder, const std::string& name,
                                          const std::string& more, int port) {
    std::string temporary;
    for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
      temporary += std::string(kind) + "_temp_path " + folder.Path(kind) + ";\n";
    }
    const std::string config = folder.Write(
        name + ".conf", "daemon off;\nmaster_process off;\npid " + folder.Path(name + ".pid") +
                            ";\nevents {}\nhttp {\naccess_log off;\n" + temporary +
                            "server {\nlisten 127.0.0.1:" + std::to_string(port) + " ssl;\nssl_certificate " +
                            folder.Path(name + ".pem") + ";\nssl_certificate_key " + folder.Path(name + ".key") + ";\n" +
                            more + "\nlocation / { proxy_pass " + account.server().url() + "; }\n}\n}\n");
    return {"nginx", "-p", folder.Path(""), "-e", folder.Path(name + ".log"), "-c", config};
  }

  int port_;
  Counterpart nginx_;
};

// An error that trying again cannot mend was tried once.
void CheckFinal(Account& account, const std::string& message, const Gateway& gateway) {
  CHECK_THAT(message, Contains(gateway.Where()));
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_requests") == "1");
  CHECK(account.server().Requests().empty());
}

TEST_CASE("nginx: a certificate that SSLServerCert vouches for, as a file, as text and by its issuer", "[network]") {
  const Folder folder;
  Account account;
  const std::string own = MakeCertificate(folder, "own", "localhost");
  const std::string issuer = MakeCertificate(folder, "issuer", "issuer.example");
  MakeIssued(folder, "issued", "localhost", "issuer");
  const Gateway gateway(account, folder, "own");
  CHECK(account.Count(gateway.Url(), "SSLServerCert=" + own) == Account::kCount);
  CHECK(account.Count(gateway.Url(), "SSLServerCert='" + ReadFile(own) + "'") == Account::kCount);
  const Gateway issued(account, folder, "issued");
  CHECK(account.Count(issued.Url(), "SSLServerCert=" + issuer) == Account::kCount);
  CHECK(account.connected() == "connected");
}

TEST_CASE("nginx: certificates that are not accepted, each in its own words, and not tried again", "[network]") {
  const Folder folder;
  Account account;
  const std::string own = MakeCertificate(folder, "own", "localhost");
  const std::string expired = MakeCertificate(folder, "expired", "localhost", -1);
  const std::string foreign = MakeCertificate(folder, "foreign", "elsewhere.example");
  MakeCertificate(folder, "issuer", "issuer.example");
  MakeIssued(folder, "issued", "localhost", "issuer");
  struct Case {
    std::string certificate;
    std::string server_cert;
    std::string message;
  };
  const Case cases[] = {{"own", "", "is self-signed, so nobody vouches for it"},
                        {"own", foreign, "is self-signed"},
                        {"expired", expired, "has expired"},
                        {"foreign", foreign, "is for another host"},
                        {"issued", "", "its issuer is not known here"}};
  for (const Case& one : cases) {
    const Gateway gateway(account, folder, one.certificate);
    INFO(one.certificate << " with " << one.server_cert);
    const std::string message =
        account.Count(gateway.Url(), one.server_cert.empty() ? "" : "SSLServerCert=" + one.server_cert);
    CHECK_THAT(message, Contains(one.message));
    CheckFinal(account, message, gateway);
  }
}

TEST_CASE("nginx: an unknown host is not tried again", "[network]") {
  Account account;
  const std::string message = account.Count("https://no-such-host.invalid", "ProxyAutoDetect=false");
  CHECK_THAT(message, Contains("the host name of no-such-host.invalid:443 is not known"));
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_requests") == "1");
}

TEST_CASE("nginx: a pin is checked in addition to the certificate", "[network]") {
  const Folder folder;
  Account account;
  const std::string own = MakeCertificate(folder, "own", "localhost");
  const Gateway gateway(account, folder, "own");
  CHECK(account.Count(gateway.Url(), "SSLServerCert='" + own + ";" + PinOf(own) + "'") == Account::kCount);
  CHECK_THAT(account.Count(gateway.Url(), "SSLServerCert=" + PinOf(own)), Contains("is self-signed"));
  const std::string other = MakeCertificate(folder, "other", "localhost");
  const std::string message = account.Count(gateway.Url(), "SSLServerCert='" + own + ";" + PinOf(other) + "'");
  CHECK_THAT(message,
             Contains("the public key of " + gateway.Where() + " is not the one that the SSLServerCert property pins"));
  CheckFinal(account, message, gateway);
}

TEST_CASE("nginx: SSLServerCert=* accepts any certificate, and warns", "[network]") {
  const Folder folder;
  Account account;
  MakeCertificate(folder, "expired", "elsewhere.example", -1);
  const Gateway gateway(account, folder, "expired");
  LoggedWarnings().clear();
  CHECK(account.Count(gateway.Url(), "SSLServerCert=*") == Account::kCount);
  CHECK_THAT(account.connected(), Contains("connected; warning: SSLServerCert=* accepts any certificate"));
  REQUIRE_FALSE(LoggedWarnings().empty());
  CHECK_THAT(LoggedWarnings().front(), Contains("SSLServerCert=* accepts any certificate"));
}

TEST_CASE("nginx: a server that offers only TLS 1.1 is refused", "[network]") {
  const Folder folder;
  Account account;
  const std::string own = MakeCertificate(folder, "own", "localhost");
  const std::string old = "ssl_protocols TLSv1.1;\nssl_ciphers ALL:@SECLEVEL=0;\n";
  const Gateway gateway(account, folder, "own", old);
  // It does offer it.
  const std::string session =
      RunTool({"sh", "-c",
               "openssl s_client -connect " + gateway.Where() + " -tls1_1 -cipher ALL:@SECLEVEL=0 </dev/null 2>&1 || true"});
  REQUIRE_THAT(session, Contains("TLSv1.1"));
  const std::string message = account.Count(gateway.Url(), "SSLServerCert=" + own);
  CHECK_THAT(message, Contains("offers no TLS of version 1.2 or newer"));
  CheckFinal(account, message, gateway);
}

TEST_CASE("nginx: a client certificate, as PEM and as PFX, with a password", "[network]") {
  const Folder folder;
  Account account;
  const std::string own = MakeCertificate(folder, "own", "localhost");
  MakeCertificate(folder, "issuer", "issuer.example");
  MakeIssued(folder, "client", "client.example", "issuer");
  const std::string key = RunTool(
      {"openssl", "pkcs8", "-topk8", "-v2", "aes-256-cbc", "-passout", "pass:hunter2", "-in", folder.Path("client.key")});
  const std::string pem = folder.Write("both.pem", ReadFile(folder.Path("client.pem")) + key);
  const std::string pfx = folder.Path("both.p12");
  RunTool({"openssl", "pkcs12", "-export", "-passout", "pass:hunter2", "-in", folder.Path("client.pem"), "-inkey",
           folder.Path("client.key"), "-out", pfx});
  const Gateway gateway(account, folder, "own",
                        "ssl_client_certificate " + folder.Path("issuer.pem") + ";\nssl_verify_client on;\n");
  const std::string trust = "SSLServerCert=" + own + ";";
  CHECK(account.Count(gateway.Url(), trust + "SSLClientCert=" + pem + ";SSLClientCertPassword=hunter2") == Account::kCount);
  CHECK(account.Count(gateway.Url(), trust + "SSLClientCert=" + pfx +
                                         ";SSLClientCertType=PFX;SSLClientCertPassword=hunter2") == Account::kCount);
  CHECK_THAT(account.Count(gateway.Url(), trust), Contains("400") && Contains("certificate"));
  for (const std::string& wrong : {pem + ";SSLClientCertPassword=wrong_pass", pem, pfx + ";SSLClientCertPassword=hunter2",
                                   std::string("/nonexistent;SSLClientCertPassword=hunter2")}) {
    INFO(wrong);
    const std::string message = account.Count(gateway.Url(), trust + "SSLClientCert=" + wrong);
    CHECK_THAT(message, Contains("SSLClientCertPassword") && !Contains("hunter2") && !Contains("wrong_pass"));
    CHECK(account.Cell("SELECT count(*) FROM infusionsoft_requests") == "1");
  }
}

}  // namespace
}  // namespace infusionsoft::network_test
