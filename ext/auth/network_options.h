// SPDX-License-Identifier: MIT
// What the certificate, proxy and firewall properties say when they are read together.
#pragma once

#include "auth/connection_options.h"
#include "base/status.h"
#include "http/transport_options.h"

namespace infusionsoft {

// kInvalidArgument: properties that contradict each other, or that nothing would use.
Status CheckNetwork(const ConnectionOptions& options);

// SSLServerCert=*
bool AcceptsAnyServer(const ConnectionOptions& options);

http::TlsOptions TlsOptionsOf(const ConnectionOptions& options);
http::ProxyOptions ProxyOptionsOf(const ConnectionOptions& options);

}  // namespace infusionsoft
