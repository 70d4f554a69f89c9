// SPDX-License-Identifier: MIT
#include "auth/sign_in_attempt.h"

#include <utility>

#include "auth/crypto.h"

namespace infusionsoft {
namespace {

constexpr size_t kStateBytes = 16;
constexpr size_t kVerifierBytes = 32;  // as RFC 7636 section 7.1 recommends; 64 characters, of 43 to 128 allowed

}  // namespace

Result<SignInAttempt> BeginSignIn(const ConnectionOptions& options, WallTime now) {
  SignInAttempt attempt;
  attempt.ends_at = now + kSignInLifetime;
  auto state = options.state.empty() ? RandomHex(kStateBytes) : options.state;
  if (!state) return std::move(state).status();
  attempt.state = *std::move(state);
  if (!options.oauth_pkce) return attempt;
  auto verifier = RandomHex(kVerifierBytes);
  if (!verifier) return std::move(verifier).status();
  attempt.verifier = Secret(*verifier);
  WipeText(*verifier);
  return attempt;
}

std::string CodeChallenge(const Secret& verifier) { return Sha256Base64Url(verifier.Reveal()); }

}  // namespace infusionsoft
