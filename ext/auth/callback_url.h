// SPDX-License-Identifier: MIT
// The redirect URI: which parts of it are listened on.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"
#include "http/url.h"

namespace infusionsoft {

// As http::ParseUrl, but port 0 is allowed: "any free port".
Result<http::Url> ParseCallbackUrl(std::string_view text);

// `text`, whose port is 0, with `port` instead.
std::string WithPort(std::string_view text, int port);

}  // namespace infusionsoft
