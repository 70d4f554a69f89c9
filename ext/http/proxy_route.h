// SPDX-License-Identifier: MIT
// ProxyRoute: through which proxy a request goes, decided before it is sent, so that a failure can name it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "base/status.h"
#include "http/transport_options.h"
#include "http/url.h"

namespace infusionsoft::http {

struct ProxyRoute {
  // Who named the proxy, and so what a person would change.
  enum class Source { kProxyServer, kFirewall, kEnvironment };

  std::string scheme;  // http, https, socks4, socks4a, socks5, socks5h: as curl names kinds of proxies
  std::string host;
  int port = 0;
  std::string user;
  Secret password;
  ProxyAuth auth = ProxyAuth::kBasic;
  bool tunnel = false;  // CONNECT, also for http://
  Source source = Source::kProxyServer;

  bool IsSocks() const { return scheme.starts_with("socks"); }
  // Without user and password.
  std::string Address() const;
  // "the proxy 10.0.0.1:3128"
  std::string Name() const;
};

// What the environment says of proxies, copied: a value there is only safe to read while no thread of the host changes it,
// and requests are sent by threads of ours.
struct ProxyEnvironment {
  struct Variable {
    std::string name;
    Secret value;  // may hold a password; "" when none of its names is set
  };
  Variable https;  // for https:// requests
  Variable http;   // for http:// requests
  std::string exceptions;
};

// The environment of now.
ProxyEnvironment ReadProxyEnvironment();

// Nothing: the server is asked directly. kInvalidArgument: the environment names a proxy in a way that cannot be read.
Result<std::optional<ProxyRoute>> RouteTo(const Url& url, const ProxyOptions& options, const ProxyEnvironment& environment);

// Whether `host` is one of `exceptions` (commas or spaces between them): "*", a host name, which stands for its subdomains
// too, with or without a dot or "*." before it, an address, or a network such as 10.0.0.0/8.
bool IsException(std::string_view host, std::string_view exceptions);

}  // namespace infusionsoft::http
