// SPDX-License-Identifier: MIT
// What a failed transfer means to the person who reads about it. Only for ext/http/*.cc.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "http/proxy_route.h"
#include "http/transport.h"
#include "http/url.h"

namespace infusionsoft::http {

// "host:port", the only part of a URL that messages show.
std::string HostAndPort(const Url& url);

// The Status of a transfer of `easy` that ended with `code`, which is not CURLE_OK. `detail` is curl's own description; the
// transfer went through the proxy of `route`, if there is one.
Status TransferError(const Url& url, const std::optional<ProxyRoute>& route, CURL* easy, CURLcode code,
                     std::string_view detail, const TransportOptions& options);

// Why there was no socket for a transfer: the system's reason, as curl reports it, or for want of descriptors, which it does
// not. "no route" when neither says anything.
std::string NoSocketReason(CURL* easy);

Status TimeoutError(const Url& url, const TransportOptions& options);

}  // namespace infusionsoft::http
