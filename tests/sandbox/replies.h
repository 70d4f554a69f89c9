// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "message.h"

namespace infusionsoft::sandbox {

// The API's own error body; `resource` is what the error is about.
HttpReply ApiError(int status, std::string_view message, std::string_view resource);
// The serialised exception of the first version of the API.
HttpReply ThrowableError(int status, std::string_view message);
// What the gateway in front of the API says.
HttpReply GatewayFault(int status, std::string_view text, std::string_view code);
// The token endpoint's error body.
HttpReply OauthError(int status, std::string_view error, std::string_view description);
HttpReply QuotaExceeded();
HttpReply HtmlPage(int status, std::string_view title, std::string_view content);
HttpReply Redirect(std::string_view location);

}  // namespace infusionsoft::sandbox
