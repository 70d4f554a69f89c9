// SPDX-License-Identifier: MIT
// Signing in: through a browser on this machine, or with a code that a person brings.
#pragma once

#include <functional>
#include <string>

#include "auth/browser.h"
#include "auth/oauth_client.h"
#include "base/cancellation.h"
#include "base/clock.h"
#include "base/secret.h"
#include "base/status.h"

namespace infusionsoft {

// Exchanges a code that came to `redirect_uri`, with the verifier of its sign-in, and keeps the tokens.
using CodeExchange = std::function<Status(const Secret& code, const std::string& redirect_uri, const Secret& verifier)>;

// Opens the sign-in page, waits for its code and hands it to `exchange`, whose Status is the outcome and what the browser
// shows at the end. Errors: kUnauthenticated, kUnavailable (token endpoint), kInterrupted.
Status SignInThroughBrowser(const ConnectionOptions& options, const OAuthClient& client, Browser& browser, Clock& clock,
                            const Cancellation& cancellation, const CodeExchange& exchange);

// The code that a user brings back from a sign-in elsewhere: as it is, or in the address that the browser ended at, whole, without
// its scheme, or only its query; quotes and brackets around it are taken off. With an address, a refusal in it is reported, and
// a `state` in it must be `state` (unless that is "": not known). Errors: kInvalidArgument when there is no code in it.
Result<Secret> CodeFrom(const Secret& brought, const std::string& state);

}  // namespace infusionsoft
