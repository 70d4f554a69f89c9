// SPDX-License-Identifier: MIT
// What the certificate, proxy and firewall properties say when they are read together.
#pragma once

#include <string_view>

#include "auth/connection_options.h"
#include "base/status.h"
#include "http/transport_options.h"

namespace infusionsoft {

// kInvalidArgument: properties that contradict each other, or that nothing would use.
Status CheckNetwork(const ConnectionOptions& options);

// The name of a certificate, proxy or firewall property in which the two differ; "" when they reach servers in the same way.
std::string_view DifferingNetworkProperty(const ConnectionOptions& a, const ConnectionOptions& b);

// Whether somebody other than the servers in the URLs may come to see what is sent: by a proxy on another machine, or by
// certificates that only `options` vouch for.
bool NamesIntermediary(const ConnectionOptions& options);

// SSLServerCert=*
bool AcceptsAnyServer(const ConnectionOptions& options);

http::TlsOptions TlsOptionsOf(const ConnectionOptions& options);
http::ProxyOptions ProxyOptionsOf(const ConnectionOptions& options);

}  // namespace infusionsoft
