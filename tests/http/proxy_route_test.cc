// SPDX-License-Identifier: MIT
#include "http/proxy_route.h"

#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "auth/temp_dir.h"

namespace infusionsoft::http {
namespace {

using Environment = std::map<std::string, std::string>;

// The route to `url`, as "address user:password tunnel"; "direct" when there is none, or the error's message.
std::string Route(const std::string& url, const ProxyOptions& options, const Environment& environment = {}) {
  std::vector<std::unique_ptr<ScopedVariable>> variables;
  for (const char* name :
       {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"}) {
    const auto found = environment.find(name);
    variables.push_back(
        std::make_unique<ScopedVariable>(name, found == environment.end() ? nullptr : found->second.c_str()));
  }
  const auto route = RouteTo(*ParseUrl(url), options, ReadProxyEnvironment());
  if (!route) return route.status().message();
  if (!*route) return "direct";
  std::string text = (*route)->Address();
  if (!(*route)->user.empty()) text += " " + (*route)->user + ":" + std::string((*route)->password.Reveal());
  return text + ((*route)->tunnel ? " tunnel" : "");
}

ProxyOptions Server(const std::string& host) {
  ProxyOptions options;
  options.server = host;
  return options;
}

TEST_CASE("RouteTo: the environment, as curl reads it", "[http]") {
  const ProxyOptions automatic;
  CHECK(Route("https://api.example/", automatic) == "direct");
  CHECK(Route("https://api.example/", automatic, {{"https_proxy", "proxy:3128"}}) == "http://proxy:3128 tunnel");
  CHECK(Route("https://api.example/", automatic, {{"HTTPS_PROXY", "http://proxy"}}) == "http://proxy:1080 tunnel");
  CHECK(Route("https://api.example/", automatic, {{"https_proxy", "https://proxy/"}}) == "https://proxy:443 tunnel");
  CHECK(Route("https://api.example/", automatic, {{"all_proxy", "socks5h://me:p%40w@[::1]:9"}}) ==
        "socks5h://[::1]:9 me:p@w");
  CHECK(Route("https://api.example/", automatic, {{"http_proxy", "proxy"}}) == "direct");
  CHECK(Route("http://api.example/", automatic, {{"http_proxy", "proxy:1"}}) == "http://proxy:1");
  CHECK(Route("http://api.example/", automatic, {{"HTTP_PROXY", "proxy:1"}}) == "direct");
  const Environment with_exception{{"https_proxy", "proxy:1"}, {"no_proxy", "other, .example"}};
  CHECK(Route("https://api.example/", automatic, with_exception) == "direct");
  CHECK(Route("https://api.test/", automatic, with_exception) == "http://proxy:1 tunnel");
  const std::string message = Route("https://api.example/", automatic, {{"https_proxy", "ftp://me:hunter2@proxy"}});
  CHECK(message.find("https_proxy") != std::string::npos);
  CHECK(message.find("hunter2") == std::string::npos);
}

TEST_CASE("RouteTo: the environment is left alone when told so, or when a proxy is named", "[http]") {
  const Environment environment{{"https_proxy", "elsewhere:1"}, {"no_proxy", "*"}};
  ProxyOptions none;
  none.auto_detect = false;
  CHECK(Route("https://api.example/", none, {{"https_proxy", "elsewhere:1"}}) == "direct");
  ProxyOptions except;
  except.exceptions = "api.example";
  CHECK(Route("https://api.example/", except, {{"https_proxy", "elsewhere:1"}}) == "direct");
  CHECK(Route("https://api.example/", Server("proxy"), environment) == "http://proxy:80 tunnel");
  ProxyOptions firewall;
  firewall.firewall = FirewallType::kSocks5;
  firewall.firewall_server = "gate";
  CHECK(Route("https://api.example/", firewall, environment) == "socks5h://gate:1080");
  firewall.firewall = FirewallType::kSocks4;
  CHECK(Route("https://api.example/", firewall, environment) == "socks4://gate:1080");
  firewall.firewall = FirewallType::kTunnel;
  CHECK(Route("https://api.example/", firewall, environment) == "http://gate:80 tunnel");
  firewall.exceptions = "api.example";
  CHECK(Route("https://api.example/", firewall, environment) == "direct");
}

TEST_CASE("RouteTo: kinds of TLS towards the proxy", "[http]") {
  ProxyOptions options = Server("127.0.0.1");
  CHECK(Route("http://localhost/", options) == "http://127.0.0.1:80");
  options.ssl = ProxySsl::kTunnel;
  CHECK(Route("http://localhost/", options) == "http://127.0.0.1:80 tunnel");
  options.ssl = ProxySsl::kNever;
  CHECK(Route("https://api.example/", options) == "http://127.0.0.1:80 tunnel");
  options.ssl = ProxySsl::kAlways;
  CHECK(Route("https://api.example/", options) == "https://127.0.0.1:80 tunnel");
}

TEST_CASE("RouteTo: this machine is reached through a proxy of this machine only", "[http]") {
  CHECK(Route("http://127.0.0.1:8080/", Server("proxy.example")) == "direct");
  CHECK(Route("http://127.0.0.1:8080/", Server("localhost")) == "http://localhost:80");
  CHECK(Route("http://localhost/", ProxyOptions(), {{"http_proxy", "127.0.0.1:1"}}) == "direct");
}

TEST_CASE("IsException: names, domains, addresses, networks", "[http]") {
  for (const char* list :
       {"*", "api.example", "API.Example", ".example", "example", "*.example", "x,api.example", "x api.example"}) {
    INFO(list);
    CHECK(IsException("api.example", list));
  }
  for (const char* list : {"", "pi.example", "other", "www.api.example", "10.0.0.0/8", ".", ",, "}) {
    INFO(list);
    CHECK_FALSE(IsException("api.example", list));
  }
  CHECK(IsException("10.1.2.3", "10.0.0.0/8"));
  CHECK(IsException("10.1.2.3", "10.1.2.3"));
  CHECK_FALSE(IsException("11.1.2.3", "10.0.0.0/8"));
  CHECK_FALSE(IsException("10.1.2.3", "10.0.0.0/33"));
  CHECK_FALSE(IsException("10.1.2.3", "2.3"));
  CHECK(IsException("fd00::1", "fd00::/8"));
  CHECK(IsException("::1", "[::1]"));
}

}  // namespace
}  // namespace infusionsoft::http
