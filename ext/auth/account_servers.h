// SPDX-License-Identifier: MIT
// Which servers an account's tokens belong to.
#pragma once

#include <string>
#include <string_view>

#include "auth/connection_options.h"

namespace infusionsoft {

// Equal for equal URLs: scheme and host in lower case, the port always written. A text that is no URL stays as it is.
std::string CanonicalUrl(std::string_view text);

// The servers to which tokens obtained with `options` may be sent: the API's and the token endpoints' origins, joined
// with spaces. The vendor's hosts count as one. A stored token is used only with the servers it was stored for, because
// a connection string that names a stranger's URL must not be able to carry it off.
std::string AccountServers(const ConnectionOptions& options);

}  // namespace infusionsoft
