// SPDX-License-Identifier: MIT
// OAuthParams: what a token endpoint wants to be told beside the protocol's own parameters.
#pragma once

#include <string_view>

#include "base/status.h"
#include "http/url.h"

namespace infusionsoft {

// "a=b,c=d", decoded from nothing: values are sent as they are written. Errors: kInvalidArgument for a pair without '=', a
// name given twice, and a name that the protocol gives a meaning to (RFC 6749 section 11.2.2, RFC 7636), because the scheme
// sends those itself. No message repeats a value.
Result<http::QueryParams> ParseOAuthParams(std::string_view text);

}  // namespace infusionsoft
