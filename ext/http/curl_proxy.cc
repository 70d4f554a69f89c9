// SPDX-License-Identifier: MIT
#include "http/curl_proxy.h"

#include <utility>

#include "base/text.h"
#include "http/curl_error.h"

namespace infusionsoft::http {
namespace {

Status Unreachable(std::string message) { return Status(StatusCode::kUnreachable, std::move(message)); }

long AuthBits(ProxyAuth auth) {
  switch (auth) {
    case ProxyAuth::kBasic:
      return static_cast<long>(CURLAUTH_BASIC);
    case ProxyAuth::kDigest:
      return static_cast<long>(CURLAUTH_DIGEST);
    case ProxyAuth::kNone:
      return static_cast<long>(CURLAUTH_NONE);
    case ProxyAuth::kNegotiate:
      return static_cast<long>(CURLAUTH_NEGOTIATE);
    case ProxyAuth::kNtlm:
      return static_cast<long>(CURLAUTH_NTLM);
  }
  return static_cast<long>(CURLAUTH_NONE);
}

// What a person changes when the proxy is the wrong one; `login`: when it is the name and password.
std::string Properties(const ProxyRoute& route, bool login) {
  switch (route.source) {
    case ProxyRoute::Source::kProxyServer:
      return login ? "check the properties ProxyUser, ProxyPassword and ProxyAuthScheme"
                   : "check the properties ProxyServer, ProxyPort and ProxySSLType";
    case ProxyRoute::Source::kFirewall:
      return login ? "check the properties FirewallUser and FirewallPassword"
                   : "check the properties FirewallServer, FirewallPort and FirewallType";
    case ProxyRoute::Source::kEnvironment:
      break;
  }
  return std::string("the environment names it: check https_proxy and no_proxy there") +
         (login ? ", or set ProxyServer, ProxyUser and ProxyPassword" : ", or set ProxyAutoDetect=false");
}

Status TunnelError(const ProxyRoute& route, const std::string& where, long status) {
  if (status == 407) return ProxyLoginError(route);
  const std::string what = route.Name() + " refused a tunnel to " + where + " with status " + std::to_string(status);
  // A gateway's failure: the proxy could not reach the server.
  if (status >= 500) return Status(StatusCode::kUnavailable, what + ": try later, or " + Properties(route, false));
  return Unreachable(what + ": ask who runs the proxy, or " + Properties(route, false));
}

// SOCKS: curl tells the kinds of refusal apart only by CURLINFO_PROXY_ERROR.
Status SocksError(const ProxyRoute& route, const std::string& where, CURL* easy, const std::string& reason) {
  long kind = CURLPX_OK;
  curl_easy_getinfo(easy, CURLINFO_PROXY_ERROR, &kind);
  switch (kind) {
    case CURLPX_USER_REJECTED:
    case CURLPX_NO_AUTH:
    case CURLPX_IDENTD:
    case CURLPX_IDENTD_DIFFER:
      return Unreachable(route.Name() + " does not accept the user or password" + reason + ": " + Properties(route, true));
    case CURLPX_BAD_ADDRESS_TYPE:
    case CURLPX_BAD_VERSION:
    case CURLPX_UNKNOWN_MODE:
    case CURLPX_REPLY_UNASSIGNED:
      return Unreachable(route.Name() + " does not speak SOCKS" + reason + ": " + Properties(route, false));
    case CURLPX_REPLY_NOT_ALLOWED:
      return Unreachable(route.Name() + " forbids " + where + ": ask who runs it, or " + Properties(route, false));
    case CURLPX_CLOSED:
    case CURLPX_RECV_CONNECT:
    case CURLPX_SEND_CONNECT:
      return Status(StatusCode::kUnavailable,
                    route.Name() + " closed the connection without an answer in SOCKS: " + Properties(route, false));
    default:
      return Status(StatusCode::kUnavailable,
                    route.Name() + " did not reach " + where + reason + ": try later, or " + Properties(route, false));
  }
}

}  // namespace

Status SetProxy(const std::optional<ProxyRoute>& route, OptionSetter& options) {
  options.Set(CURLOPT_NOPROXY, "");  // decided already; without this curl would look at the environment
  options.Set(CURLOPT_PROXY, route ? route->Address().c_str() : "");
  if (!route) return Status();
  options.Set(CURLOPT_HTTPPROXYTUNNEL, route->tunnel ? 1L : 0L);
  options.Set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // a proxy's answer is not the server's
  if (route->IsSocks()) {
    options.Set(CURLOPT_SOCKS5_AUTH, static_cast<long>(CURLAUTH_BASIC));
  } else {
    options.Set(CURLOPT_PROXYAUTH, AuthBits(route->auth));
  }
  if (options.code() == CURLE_NOT_BUILT_IN) {
    return InvalidArgument("the libcurl of this machine cannot sign in to a proxy in this way: change ProxyAuthScheme");
  }
  // The ticket of NEGOTIATE, and the session of NTLM, may take the place of a name and password.
  const bool may_be_empty = route->auth == ProxyAuth::kNegotiate || route->auth == ProxyAuth::kNtlm;
  if (route->user.empty() && !may_be_empty) return Status();
  std::string password(route->password.Reveal());
  options.Set(CURLOPT_PROXYUSERNAME, route->user.c_str());
  options.Set(CURLOPT_PROXYPASSWORD, password.c_str());
  WipeText(password);
  return Status();
}

Status ProxyLoginError(const ProxyRoute& route) {
  return Unreachable(route.Name() +
                     (route.user.empty() ? " wants a user and password" : " does not accept the user or password") +
                     " (status 407): " + Properties(route, true));
}

bool FailedBeforeTunnel(const ProxyRoute& route, CURL* easy) {
  long connections = 0;
  curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connections);
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &status);
  return connections > 0 && status == 0 && !route.IsSocks() && (route.tunnel || route.scheme == "https");
}

std::optional<Status> ProxyError(const ProxyRoute& route, const std::string& where, CURL* easy, CURLcode code,
                                 std::string_view detail) {
  const std::string reason = " (" + Excerpt(detail.empty() ? curl_easy_strerror(code) : detail, 200) + ")";
  long tunnel_status = 0;
  curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &tunnel_status);
  if (tunnel_status >= 300) return TunnelError(route, where, tunnel_status);
  switch (code) {
    case CURLE_COULDNT_RESOLVE_PROXY:
      return Unreachable("the host name of " + route.Name() + " is not known: " + Properties(route, false));
    case CURLE_COULDNT_CONNECT:
      return Status(StatusCode::kUnavailable, "could not connect to " + route.Name() + " (" + NoSocketReason(easy) +
                                                  "): " + Properties(route, false));
    case CURLE_PROXY:
      return SocksError(route, where, easy, reason);
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
      if (!FailedBeforeTunnel(route, easy)) return std::nullopt;
      return Unreachable(route.Name() + " does not answer as an HTTP proxy" + reason + ": " + Properties(route, false));
    default:
      return std::nullopt;
  }
}

}  // namespace infusionsoft::http
