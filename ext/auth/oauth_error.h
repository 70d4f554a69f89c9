// SPDX-License-Identifier: MIT
// What a token endpoint's refusal means, and what a person can do about it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "auth/connection_options.h"
#include "base/secret.h"
#include "base/status.h"
#include "http/transport.h"

namespace infusionsoft {

// How to sign in again, as InitiateOAuth allows: a sentence without a capital and without a period.
std::string SignInAdvice(InitiateOAuth initiate);

// What the sign-in page's refusal says: `error` and `error_description` of the address that it led to, as anybody may have
// written them. Each is cut to a length and shown without control characters.
std::string SignInRefusal(std::string_view error, std::string_view description);

struct OAuthRefusal {
  Status status;
  // The refresh token or the code is spent, expired or revoked, or the user's password is wrong: a person must help.
  bool grant_refused = false;
};

// `response` is not a success; `when_refused` is what to do when the grant itself is refused. Sources: RFC 6749 section 5.2;
// KEAP_FACTS sections 1.1 and 3 (the gateway's shape). What the server echoed of `secrets` is taken out before its words are
// cut to a length.
OAuthRefusal ReadRefusal(const http::HttpResponse& response, std::string_view when_refused, std::span<const Secret> secrets);

}  // namespace infusionsoft
