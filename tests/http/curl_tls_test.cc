// SPDX-License-Identifier: MIT
#define CPPHTTPLIB_OPENSSL_SUPPORT
#include <httplib.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

#include "http/transport_support.h"
#include "support/raw_server.h"

namespace infusionsoft::http {
namespace {

// A key and a certificate that signs itself, for the names in `alternative_names`.
struct Identity {
  explicit Identity(const char* alternative_names) {
    key = EVP_EC_gen("P-256");
    certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_NAME* name = X509_get_subject_name(certificate);
    const auto* common_name = reinterpret_cast<const unsigned char*>("infusionsoft test");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common_name, -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, alternative_names);
    X509_add_ext(certificate, names, -1);
    X509_EXTENSION_free(names);
    X509_set_pubkey(certificate, key);
    X509_sign(certificate, key, EVP_sha256());
  }
  ~Identity() {
    X509_free(certificate);
    EVP_PKEY_free(key);
  }
  Identity(const Identity&) = delete;
  Identity& operator=(const Identity&) = delete;

  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
};

// The certificate of an Identity as a file.
class CertificateFile {
 public:
  explicit CertificateFile(const Identity& identity) {
    std::string name = (std::filesystem::temp_directory_path() / "infusionsoft-test-XXXXXX").string();
    const int descriptor = mkstemp(name.data());
    FILE* file = fdopen(descriptor, "w");
    PEM_write_X509(file, identity.certificate);
    fclose(file);
    path_ = name;
  }
  ~CertificateFile() { std::filesystem::remove(path_); }
  CertificateFile(const CertificateFile&) = delete;
  CertificateFile& operator=(const CertificateFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class TlsServer {
 public:
  explicit TlsServer(const Identity& identity) : server_(identity.certificate, identity.key) {
    server_.Get("/", [](const httplib::Request& request, httplib::Response& response) {
      response.set_content("hello " + request.get_header_value("Authorization"), "text/plain");
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    // Connections already queue, but stop() before the loop has begun would be lost.
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~TlsServer() {
    server_.stop();
    thread_.join();
  }
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;
  std::string Url() const { return "https://127.0.0.1:" + std::to_string(port_) + "/"; }

 private:
  httplib::SSLServer server_;
  int port_ = 0;
  std::thread thread_;
};

Result<HttpResponse> Send(const std::string& url, const std::string& ca_file) {
  TransportOptions options = HangGuardOptions();
  options.tls.ca_file = ca_file;
  HttpRequest request = Get(url);
  request.secret_header_name = "Authorization";
  request.secret_header_value = Secret("Bearer abc");
  return MakeCurlTransport(options)->Send(request, Cancellation());
}

TEST_CASE("TLS: a certificate that the CA file vouches for is accepted", "[http]") {
  const Identity identity("IP:127.0.0.1");
  const CertificateFile ca(identity);
  TlsServer server(identity);
  const auto response = Send(server.Url(), ca.path());
  REQUIRE(response.ok());
  CHECK(response->body == "hello Bearer abc");
}

TEST_CASE("TLS: a certificate that nobody vouches for is refused", "[http]") {
  const Identity identity("IP:127.0.0.1");
  TlsServer server(identity);
  const auto response = Send(server.Url(), "");
  REQUIRE_FALSE(response.ok());
  CHECK(response.status().code() == StatusCode::kUnreachable);
  CHECK(Contains(response.status().message(), "is self-signed"));
  CHECK(Contains(response.status().message(), "SSLServerCert"));
}

TEST_CASE("TLS: a trusted certificate for another host is refused", "[http]") {
  const Identity identity("DNS:example.com");
  const CertificateFile ca(identity);
  TlsServer server(identity);
  const auto response = Send(server.Url(), ca.path());
  REQUIRE_FALSE(response.ok());
  CHECK(response.status().code() == StatusCode::kUnreachable);
  CHECK(Contains(response.status().message(), "is for another host"));
}

TEST_CASE("TLS: a CA file that is not there is the user's mistake", "[http]") {
  const Identity identity("IP:127.0.0.1");
  TlsServer server(identity);
  const auto response = Send(server.Url(), "/nonexistent/ca.pem");
  REQUIRE_FALSE(response.ok());
  CHECK(response.status().code() == StatusCode::kInvalidArgument);
}

TEST_CASE("TLS: a pipe in place of a certificate is refused at once", "[http]") {
  std::string folder = (std::filesystem::temp_directory_path() / "infusionsoft-tls-XXXXXX").string();
  REQUIRE(mkdtemp(folder.data()) != nullptr);
  const std::string pipe = folder + "/pipe.pem";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  TransportOptions options = HangGuardOptions();
  const bool of_server = GENERATE(true, false);
  (of_server ? options.tls.ca_file : options.tls.client_certificate) = pipe;
  const Status status = MakeCurlTransport(options)->Send(Get("https://127.0.0.1:1/"), Cancellation()).status();
  std::filesystem::remove_all(folder);
  CHECK(status.code() == StatusCode::kInvalidArgument);
  CHECK(Contains(status.message(), "is not an ordinary file"));
  CHECK(Contains(status.message(), of_server ? "SSLServerCert" : "SSLClientCert"));
}

TEST_CASE("TLS: https to a server without TLS fails, and is not retried in the clear", "[http]") {
  RawServer server([](RawConnection& connection) {
    connection.Send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno");
    connection.ReadRequest();
  });
  const auto response = Send("https" + server.Url("/").substr(4), "");
  REQUIRE_FALSE(response.ok());
  CHECK(response.status().code() == StatusCode::kUnreachable);
  CHECK(Contains(response.status().message(), "does not speak TLS"));
  CHECK(server.connections() == 1);
}

}  // namespace
}  // namespace infusionsoft::http
