// SPDX-License-Identifier: MIT
#include "http/curl_tls.h"

#include <sys/stat.h>

#include <charconv>
#include <utility>

#include "base/text.h"

namespace infusionsoft::http {
namespace {

Status Unreachable(std::string message) { return Status(StatusCode::kUnreachable, std::move(message)); }

std::string Reason(CURLcode code, std::string_view detail) {
  return " (" + Excerpt(detail.empty() ? curl_easy_strerror(code) : detail, 200) + ")";
}

// Which of OpenSSL's errors `detail` reports ("error:0A00010B:SSL routines::wrong version number"): the number of the
// reason, 1000 more than the number of a TLS alert when the other side sent that; 0 when it reports none.
int OpenSslReason(std::string_view detail) {
  constexpr std::string_view kMark = "error:";
  const size_t at = detail.find(kMark);
  if (at == std::string_view::npos) return 0;
  const std::string_view digits = detail.substr(at + kMark.size());
  unsigned long number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
  constexpr unsigned long kReasonBits = 0x7FFFFF;  // ERR_GET_REASON of OpenSSL 3
  return read.ec == std::errc() ? static_cast<int>(number & kReasonBits) : 0;
}

// Numbers of openssl/x509_vfy.h, which OpenSSL keeps.
enum VerifyResult : long {
  kVerified = 0,
  kNotAsked = 1,  // what curl begins with
  kNotYetValid = 9,
  kExpired = 10,
  kSelfSigned = 18,
  kSelfSignedInChain = 19,
  kNoLocalIssuer = 20,
  kNoIssuer = 21,
};

Status CertificateError(const std::string& peer, bool of_proxy, CURL* easy, const std::string& reason) {
  long result = kNotAsked;
  curl_easy_getinfo(easy, of_proxy ? CURLINFO_PROXY_SSL_VERIFYRESULT : CURLINFO_SSL_VERIFYRESULT, &result);
  const std::string certificate = "the certificate of " + peer;
  switch (result) {
    case kExpired:
      return Unreachable(certificate +
                         " has expired: ask who runs the server to renew it, and check the date of this machine");
    case kNotYetValid:
      return Unreachable(certificate + " is not valid yet: check the date of this machine");
    case kSelfSigned:
    case kSelfSignedInChain:
      return Unreachable(certificate +
                         " is self-signed, so nobody vouches for it: when it is the one you expect, save it as "
                         "a PEM file and name that in the SSLServerCert property");
    case kNoLocalIssuer:
    case kNoIssuer:
      return Unreachable(certificate +
                         " is not trusted, because its issuer is not known here: save the issuer's certificate "
                         "as a PEM file and name that in the SSLServerCert property");
    case kNotAsked:  // curl compares the names itself, after OpenSSL was content and before it asks for its verdict
    case kVerified:
      return Unreachable(certificate + " is for another host" + reason + ": check the " +
                         (of_proxy ? "ProxyServer" : "URL") + " property, which must name the host as the certificate does");
    default:
      return Unreachable(certificate + " is not trusted" + reason + ": check the URL and SSLServerCert properties");
  }
}

constexpr int kAlerts = 1000;  // a TLS alert's number (RFC 8446 6) is added to this

// Alerts of a server that wants a certificate from us, or another one.
bool IsAboutClientCertificate(int reason) {
  switch (reason - kAlerts) {
    case 41:   // no_certificate
    case 42:   // bad_certificate
    case 43:   // unsupported_certificate
    case 44:   // certificate_revoked
    case 45:   // certificate_expired
    case 46:   // certificate_unknown
    case 48:   // unknown_ca
    case 116:  // certificate_required
      return true;
    default:
      return false;
  }
}

Status ClientCertificateRefused(const std::string& peer, const std::string& reason) {
  return Unreachable(peer + " does not accept this client's certificate, or wants one and got none" + reason +
                     ": check the SSLClientCert property");
}

Status HandshakeError(const std::string& peer, int openssl_reason, const std::string& reason) {
  constexpr int kHttpRequest = 156;
  constexpr int kUnsupportedProtocol = 258;
  constexpr int kWrongVersionNumber = 267;
  constexpr int kProtocolVersionAlert = kAlerts + 70;
  if (IsAboutClientCertificate(openssl_reason)) return ClientCertificateRefused(peer, reason);
  switch (openssl_reason) {
    case kUnsupportedProtocol:
    case kProtocolVersionAlert:
      return Unreachable("no TLS connection with " + peer +
                         ": it offers no TLS of version 1.2 or newer, and older ones are not safe; ask who runs it");
    case kHttpRequest:
    case kWrongVersionNumber:
      return Unreachable("no TLS connection with " + peer +
                         ": it does not speak TLS at this port; check the port and https://");
    case 0:  // the connection was lost
      return Status(StatusCode::kUnavailable, "no TLS connection with " + peer + reason + ": try again");
    default:
      return Unreachable("no TLS connection with " + peer + reason + ": check the URL property");
  }
}

}  // namespace

Status CheckTlsFiles(const TlsOptions& tls) {
  for (const auto& [property, path] :
       {std::pair("SSLServerCert", &tls.ca_file), std::pair("SSLClientCert", &tls.client_certificate)}) {
    struct stat info {};
    if (path->empty() || stat(path->c_str(), &info) != 0 || S_ISREG(info.st_mode)) continue;
    return InvalidArgument("the file " + Excerpt(*path, 300) + " is not an ordinary file: check the " + property +
                           " property, which must name one");
  }
  return Status();
}

void SetTls(const TlsOptions& tls, OptionSetter& options) {
  const long verify_peer = tls.accept_any_server ? 0 : 1;
  const long verify_host = tls.accept_any_server ? 0 : 2;
  options.Set(CURLOPT_SSL_VERIFYPEER, verify_peer);
  options.Set(CURLOPT_SSL_VERIFYHOST, verify_host);
  options.Set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  options.Set(CURLOPT_PROXY_SSL_VERIFYPEER, verify_peer);
  options.Set(CURLOPT_PROXY_SSL_VERIFYHOST, verify_host);
  options.Set(CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!tls.ca_file.empty()) {
    options.Set(CURLOPT_CAINFO, tls.ca_file.c_str());
    options.Set(CURLOPT_PROXY_CAINFO, tls.ca_file.c_str());
  }
  if (!tls.ca_text.empty()) {
    curl_blob text{const_cast<char*>(tls.ca_text.data()), tls.ca_text.size(), CURL_BLOB_NOCOPY};
    options.Set(CURLOPT_CAINFO_BLOB, &text);
    options.Set(CURLOPT_PROXY_CAINFO_BLOB, &text);
  }
  if (!tls.ca_file.empty() || !tls.ca_text.empty()) {  // and nothing of the system's beside it
    options.Set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    options.Set(CURLOPT_PROXY_CAPATH, static_cast<const char*>(nullptr));
  }
  if (!tls.pinned_key.empty()) options.Set(CURLOPT_PINNEDPUBLICKEY, tls.pinned_key.c_str());
  if (tls.client_certificate.empty()) return;
  const char* format = tls.client_certificate_format == CertificateFormat::kPfx ? "P12" : "PEM";
  options.Set(CURLOPT_SSLCERT, tls.client_certificate.c_str());
  options.Set(CURLOPT_SSLCERTTYPE, format);
  // Also when empty: otherwise OpenSSL would ask for it at the terminal.
  std::string password(tls.client_certificate_password.Reveal());
  options.Set(CURLOPT_KEYPASSWD, password.c_str());
  WipeText(password);
}

std::optional<Status> TlsError(const std::string& peer, bool of_proxy, CURL* easy, CURLcode code, std::string_view detail) {
  const std::string reason = Reason(code, detail);
  const int openssl_reason = OpenSslReason(detail);
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
      return CertificateError(peer, of_proxy, easy, reason);
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      return Unreachable("the public key of " + peer +
                         " is not the one that the SSLServerCert property pins: somebody stands between, or the key was "
                         "replaced; ask who runs the server for the new one");
    case CURLE_SSL_CACERT_BADFILE:
      return InvalidArgument(
          "the trusted certificates cannot be read: the SSLServerCert property must name a file in PEM, or "
          "be PEM itself");
    case CURLE_SSL_CERTPROBLEM:
      return InvalidArgument("the client's certificate cannot be used" + reason +
                             ": check the properties SSLClientCert, SSLClientCertType and SSLClientCertPassword");
    case CURLE_SSL_CLIENTCERT:
      return ClientCertificateRefused(peer, reason);
    case CURLE_SSL_CONNECT_ERROR:
      return HandshakeError(peer, openssl_reason, reason);
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:  // TLS 1.3: the server looks at our certificate when we think that all is agreed
      if (IsAboutClientCertificate(openssl_reason)) return ClientCertificateRefused(peer, reason);
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace infusionsoft::http
