// SPDX-License-Identifier: MIT
// SignInAttempt: what a sign-in that was begun must still know when its code comes back, in this process or a later one.
//
// Sources: RFC 6749 section 10.12 (state), RFC 7636 (PKCE). Threads: a value.
#pragma once

#include <chrono>
#include <string>

#include "auth/connection_options.h"
#include "base/clock.h"
#include "base/secret.h"
#include "base/status.h"

namespace infusionsoft {

// How long a person has for a sign-in on another machine. Servers end the code itself after ten minutes or less; the rest is
// for finding that machine, and after it a verifier that nobody used is of no use to anybody.
inline constexpr std::chrono::hours kSignInLifetime{1};

struct SignInAttempt {
  std::string state;
  Secret verifier;     // "" = without PKCE
  WallTime ends_at{};  // from then on its code is not taken
};

// A new one: the state that `options` name, or a random one, and with OAuthPKCE a random verifier.
Result<SignInAttempt> BeginSignIn(const ConnectionOptions& options, WallTime now);

// What the sign-in page is sent of `verifier`, by the method S256 (RFC 7636 section 4.2).
std::string CodeChallenge(const Secret& verifier);

}  // namespace infusionsoft
