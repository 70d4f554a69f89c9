// SPDX-License-Identifier: MIT
#include "auth/network_options.h"

#include <string>

#include "base/ordinary_file.h"
#include "base/text.h"

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

bool AcceptsAnyServer(const ConnectionOptions& options) { return options.ssl_server_cert == "*"; }

http::TlsOptions TlsOptionsOf(const ConnectionOptions& options) {
  http::TlsOptions tls;
  const Trust trust = SplitTrust(options.ssl_server_cert);
  tls.accept_any_server = AcceptsAnyServer(options);
  tls.pinned_key = trust.pins;
  if (trust.certificates.starts_with("-----BEGIN")) {
    tls.ca_text = trust.certificates;
  } else if (!tls.accept_any_server) {
    tls.ca_file = AbsolutePath(trust.certificates);
  }
  tls.client_certificate = AbsolutePath(options.ssl_client_cert);
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
