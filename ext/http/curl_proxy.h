// SPDX-License-Identifier: MIT
// A ProxyRoute as curl wants it, and what a proxy's failure means. Only for ext/http/*.cc.
#pragma once

#include <curl/curl.h>

#include <optional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "http/curl_request.h"
#include "http/proxy_route.h"

namespace infusionsoft::http {

// With no route: the server is asked directly, whatever the environment says.
Status SetProxy(const std::optional<ProxyRoute>& route, OptionSetter& options);

// The Status of a transfer through `route` that ended with `code`, when the proxy is the cause; nothing otherwise. `where`
// is the host and port beyond it.
std::optional<Status> ProxyError(const ProxyRoute& route, const std::string& where, CURL* easy, CURLcode code,
                                 std::string_view detail);

// A proxy's answer to a request that it was to pass on and did not. Only 407: all others may be the server's.
Status ProxyLoginError(const ProxyRoute& route);

// Whether the transfer through `route`, which failed on a new connection, had not got past the proxy.
bool FailedBeforeTunnel(const ProxyRoute& route, CURL* easy);

}  // namespace infusionsoft::http
