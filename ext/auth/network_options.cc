// SPDX-License-Identifier: MIT
#include "auth/network_options.h"

#include <string>

#include "base/text.h"
#include "http/url.h"

namespace infusionsoft {
namespace {

using http::FirewallType;

// The parts of SSLServerCert, which stand with ';' between them in any order.
struct Trust {
  std::string certificates;  // PEM, a path, "*" or ""
  std::string pins;
};

Trust SplitTrust(std::string_view server_cert) {
  Trust trust;
  for (std::string_view part : Split(server_cert, ';')) {
    std::string& list = part.starts_with("sha256//") ? trust.pins : trust.certificates;
    list += (list.empty() ? "" : ";") + std::string(part);
  }
  return trust;
}

Status CheckFirewall(const ConnectionOptions& options) {
  const bool has_login = !options.firewall_user.empty() || !options.firewall_password.empty();
  if (options.firewall_type == FirewallType::kNone) {
    if (options.firewall_server.empty() && !has_login && options.firewall_port == 0) return Status();
    return InvalidArgument(
        "FirewallServer, FirewallPort, FirewallUser and FirewallPassword are for FirewallType=TUNNEL, SOCKS4 "
        "or SOCKS5; set it, or remove them");
  }
  if (options.firewall_server.empty()) return InvalidArgument("FirewallType needs FirewallServer, the host of the proxy");
  if (!options.proxy_server.empty()) {
    return InvalidArgument(
        "ProxyServer and FirewallServer cannot be given together: requests go through one proxy; remove "
        "FirewallType or ProxyServer");
  }
  if (options.firewall_type == FirewallType::kSocks4 && !options.firewall_password.empty()) {
    return InvalidArgument("FirewallPassword cannot be sent: SOCKS4 has no passwords; use FirewallType=SOCKS5 or remove it");
  }
  return Status();
}

}  // namespace

Status CheckNetwork(const ConnectionOptions& options) {
  if (const Trust trust = SplitTrust(options.ssl_server_cert); trust.certificates == "*" && !trust.pins.empty()) {
    return InvalidArgument(
        "SSLServerCert: * accepts any certificate, so no pin can stand beside it; name the server's "
        "certificate instead of *");
  }
  if (!options.ssl_client_cert_password.empty() && options.ssl_client_cert.empty()) {
    return InvalidArgument("SSLClientCertPassword is for the file in SSLClientCert; give both");
  }
  if (options.proxy_server.empty() && (!options.proxy_user.empty() || !options.proxy_password.empty())) {
    return InvalidArgument(
        "ProxyUser and ProxyPassword are for the proxy in ProxyServer; give it too (a proxy of the "
        "environment has its user and password there)");
  }
  return CheckFirewall(options);
}

std::string_view DifferingNetworkProperty(const ConnectionOptions& a, const ConnectionOptions& b) {
  if (a.ssl_server_cert != b.ssl_server_cert) return "SSLServerCert";
  if (a.ssl_client_cert != b.ssl_client_cert) return "SSLClientCert";
  if (a.ssl_client_cert_type != b.ssl_client_cert_type) return "SSLClientCertType";
  if (!(a.ssl_client_cert_password == b.ssl_client_cert_password)) return "SSLClientCertPassword";
  if (a.proxy_auto_detect != b.proxy_auto_detect) return "ProxyAutoDetect";
  if (a.proxy_server != b.proxy_server) return "ProxyServer";
  if (a.proxy_port != b.proxy_port) return "ProxyPort";
  if (a.proxy_user != b.proxy_user) return "ProxyUser";
  if (!(a.proxy_password == b.proxy_password)) return "ProxyPassword";
  if (a.proxy_auth_scheme != b.proxy_auth_scheme) return "ProxyAuthScheme";
  if (a.proxy_ssl_type != b.proxy_ssl_type) return "ProxySSLType";
  if (a.proxy_exceptions != b.proxy_exceptions) return "ProxyExceptions";
  if (a.firewall_type != b.firewall_type) return "FirewallType";
  if (a.firewall_server != b.firewall_server) return "FirewallServer";
  if (a.firewall_port != b.firewall_port) return "FirewallPort";
  if (a.firewall_user != b.firewall_user) return "FirewallUser";
  if (!(a.firewall_password == b.firewall_password)) return "FirewallPassword";
  return "";
}

bool NamesIntermediary(const ConnectionOptions& options) {
  const auto is_elsewhere = [](const std::string& host) { return !host.empty() && !http::IsLoopbackHost(host); };
  const bool vouches = !SplitTrust(options.ssl_server_cert).certificates.empty();
  return vouches || is_elsewhere(options.proxy_server) || is_elsewhere(options.firewall_server);
}

bool AcceptsAnyServer(const ConnectionOptions& options) { return options.ssl_server_cert == "*"; }

http::TlsOptions TlsOptionsOf(const ConnectionOptions& options) {
  http::TlsOptions tls;
  const Trust trust = SplitTrust(options.ssl_server_cert);
  tls.accept_any_server = AcceptsAnyServer(options);
  tls.pinned_key = trust.pins;
  if (trust.certificates.starts_with("-----BEGIN")) {
    tls.ca_text = trust.certificates;
  } else if (!tls.accept_any_server) {
    tls.ca_file = trust.certificates;
  }
  tls.client_certificate = options.ssl_client_cert;
  tls.client_certificate_format = options.ssl_client_cert_type;
  tls.client_certificate_password = options.ssl_client_cert_password;
  return tls;
}

http::ProxyOptions ProxyOptionsOf(const ConnectionOptions& options) {
  http::ProxyOptions proxy;
  proxy.auto_detect = options.proxy_auto_detect;
  proxy.server = options.proxy_server;
  proxy.port = options.proxy_port;
  proxy.user = options.proxy_user;
  proxy.password = options.proxy_password;
  proxy.auth = options.proxy_auth_scheme;
  proxy.ssl = options.proxy_ssl_type;
  proxy.firewall = options.firewall_type;
  proxy.firewall_server = options.firewall_server;
  proxy.firewall_port = options.firewall_port;
  proxy.firewall_user = options.firewall_user;
  proxy.firewall_password = options.firewall_password;
  proxy.exceptions = options.proxy_exceptions;
  return proxy;
}

}  // namespace infusionsoft
