// SPDX-License-Identifier: MIT
// TransportOptions: how an HttpTransport reaches servers: times, limits, certificates, proxies.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace infusionsoft::http {

enum class CertificateFormat { kPem, kPfx };

// Certificates are always verified unless accept_any_server says otherwise. At most one of ca_file, ca_text and
// accept_any_server is set; with none of them, the system's certificates are trusted.
struct TlsOptions {
  std::string ca_file;  // PEM; alone trusted, towards the server and towards a proxy with TLS
  std::string ca_text;  // the same as text
  // "sha256//<base64>", or several with ';': the server's public key must be one of them, in addition to the verification.
  std::string pinned_key;
  bool accept_any_server = false;  // also of a proxy with TLS

  std::string client_certificate;  // a file with certificate and key, shown to a server that asks for one; "" = none
  CertificateFormat client_certificate_format = CertificateFormat::kPem;
  Secret client_certificate_password;
};

enum class ProxyAuth { kBasic, kDigest, kNone, kNegotiate, kNtlm };
enum class ProxySsl { kAuto, kAlways, kNever, kTunnel };
enum class FirewallType { kNone, kTunnel, kSocks4, kSocks5 };

// A host of this machine is asked directly, unless a proxy that is named here is on this machine too: on a proxy elsewhere
// that name would mean another machine, and what goes to this one unencrypted would cross the network.
struct ProxyOptions {
  // When no server is named: https_proxy, http_proxy (lower case only, because a CGI program gets HTTP_PROXY from its
  // client), all_proxy and no_proxy of the environment, as curl reads them; as they were when the transport was made.
  bool auto_detect = true;

  std::string server;  // host name or address; "" = none
  int port = 80;
  std::string user;
  Secret password;
  ProxyAuth auth = ProxyAuth::kBasic;
  // kAlways: TLS to the proxy. kTunnel: also an http:// request goes through a CONNECT tunnel. https:// always does.
  ProxySsl ssl = ProxySsl::kAuto;

  // Other than kNone: `firewall_server` is the proxy. kTunnel is an HTTP proxy, with every request in a tunnel; kSocks5
  // leaves the look-up of host names to it.
  FirewallType firewall = FirewallType::kNone;
  std::string firewall_server;
  int firewall_port = 0;  // 0 = 80 for kTunnel, 1080 for SOCKS
  std::string firewall_user;
  Secret firewall_password;

  std::string exceptions;  // hosts, their domains, addresses and networks that are asked directly; separated by commas
};

struct TransportOptions {
  std::chrono::milliseconds timeout{60000};  // a whole call; 0 = none
  std::chrono::milliseconds connect_timeout{20000};
  size_t max_response_bytes = size_t{64} << 20;  // decompressed
  std::string user_agent;
  TlsOptions tls;
  ProxyOptions proxy;
  // Takes what libcurl says of connections and TLS, a line at a time, without headers or bodies; null = nobody asks. Called
  // by the threads that call Send.
  std::function<void(std::string_view)> on_info;
};

}  // namespace infusionsoft::http
