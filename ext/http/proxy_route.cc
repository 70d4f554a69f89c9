// SPDX-License-Identifier: MIT
#include "http/proxy_route.h"

#include <array>
#include <cstdlib>
#include <initializer_list>
#include <utility>

#include "base/text.h"

namespace infusionsoft::http {
namespace {

using Variable = ProxyEnvironment::Variable;

// The first of these variables that is set and not empty.
Variable FirstVariable(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return {name, Secret(value)};
  }
  return {};
}

std::string WithPort(const std::string& host, int port) {
  return (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + std::to_string(port);
}

// "[scheme://][user[:password]@]host[:port][/]", as curl reads it.
Result<ProxyRoute> ParseProxyVariable(const Variable& variable) {
  constexpr std::array<std::string_view, 6> kSchemes{"http", "https", "socks4", "socks4a", "socks5", "socks5h"};
  const auto bad = [&](const std::string& what) {
    return InvalidArgument("the environment variable " + variable.name + " names no proxy: " + what +
                           "; correct it, or set ProxyAutoDetect=false");
  };
  ProxyRoute route;
  route.source = ProxyRoute::Source::kEnvironment;
  std::string_view rest = Trim(variable.value.Reveal());
  const size_t scheme_end = rest.find("://");
  route.scheme = scheme_end == std::string_view::npos ? "http" : AsciiLower(rest.substr(0, scheme_end));
  if (route.scheme == "socks") route.scheme = "socks4";
  bool known = false;
  for (std::string_view scheme : kSchemes) known = known || scheme == route.scheme;
  if (!known) return bad("its scheme is none of http, https, socks4, socks4a, socks5, socks5h");
  if (scheme_end != std::string_view::npos) rest.remove_prefix(scheme_end + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const size_t at = rest.rfind('@'); at != std::string_view::npos) {
    const std::string_view login = rest.substr(0, at);
    const size_t colon = login.find(':');
    auto user = PercentDecode(login.substr(0, colon));
    auto password = PercentDecode(colon == std::string_view::npos ? "" : login.substr(colon + 1));
    if (!user || !password) return bad("its user or password is not percent-encoded");
    route.user = *std::move(user);
    route.password = Secret(*password);
    WipeText(*password);
    rest.remove_prefix(at + 1);
  }
  // Both kinds of default are curl's.
  auto url = ParseUrl("https://" + std::string(rest));
  if (!url) return bad(url.status().message());
  route.host = url->host;
  const bool has_port =
      rest.find(':', rest.rfind(']') == std::string_view::npos ? 0 : rest.rfind(']')) != std::string_view::npos;
  route.port = has_port || route.scheme == "https" ? url->port : 1080;
  return route;
}

Result<std::optional<ProxyRoute>> RouteOfEnvironment(const Url& url, const ProxyOptions& options,
                                                     const ProxyEnvironment& environment) {
  const bool direct =
      IsLoopbackHost(url.host) || IsException(url.host, options.exceptions) || IsException(url.host, environment.exceptions);
  if (direct) return std::optional<ProxyRoute>();
  const Variable& variable = url.scheme == "https" ? environment.https : environment.http;
  if (variable.value.empty()) return std::optional<ProxyRoute>();
  auto route = ParseProxyVariable(variable);
  if (!route) return std::move(route).status();
  route->tunnel = !route->IsSocks() && url.scheme == "https";
  return std::optional(*std::move(route));
}

ProxyRoute FirewallRoute(const ProxyOptions& options) {
  const bool is_tunnel = options.firewall == FirewallType::kTunnel;
  ProxyRoute route;
  route.scheme = is_tunnel ? "http" : options.firewall == FirewallType::kSocks4 ? "socks4" : "socks5h";
  route.host = options.firewall_server;
  route.port = options.firewall_port != 0 ? options.firewall_port : is_tunnel ? 80 : 1080;
  route.user = options.firewall_user;
  route.password = options.firewall_password;
  route.tunnel = is_tunnel;
  route.source = ProxyRoute::Source::kFirewall;
  return route;
}

ProxyRoute ServerRoute(const Url& url, const ProxyOptions& options) {
  ProxyRoute route;
  route.scheme = options.ssl == ProxySsl::kAlways ? "https" : "http";
  route.host = options.server;
  route.port = options.port;
  route.auth = options.auth;
  if (options.auth != ProxyAuth::kNone) {
    route.user = options.user;
    route.password = options.password;
  }
  route.tunnel = url.scheme == "https" || options.ssl == ProxySsl::kTunnel;
  return route;
}

}  // namespace

std::string ProxyRoute::Address() const { return scheme + "://" + WithPort(host, port); }

std::string ProxyRoute::Name() const { return "the proxy " + WithPort(host, port); }

ProxyEnvironment ReadProxyEnvironment() {
  return {FirstVariable({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}),
          FirstVariable({"http_proxy", "all_proxy", "ALL_PROXY"}),
          std::string(FirstVariable({"no_proxy", "NO_PROXY"}).value.Reveal())};
}

Result<std::optional<ProxyRoute>> RouteTo(const Url& url, const ProxyOptions& options, const ProxyEnvironment& environment) {
  const bool firewall = options.firewall != FirewallType::kNone;
  if (!firewall && options.server.empty()) {
    if (!options.auto_detect) return std::optional<ProxyRoute>();
    return RouteOfEnvironment(url, options, environment);
  }
  if (IsException(url.host, options.exceptions)) return std::optional<ProxyRoute>();
  ProxyRoute route = firewall ? FirewallRoute(options) : ServerRoute(url, options);
  if (IsLoopbackHost(url.host) && !IsLoopbackHost(route.host)) return std::optional<ProxyRoute>();
  return std::optional(std::move(route));
}

}  // namespace infusionsoft::http
