// SPDX-License-Identifier: MIT
// TestConnection: whether an account can be reached, and as whom.
#pragma once

#include <string>

#include "api/session.h"
#include "auth/connection_options.h"
#include "base/cancellation.h"
#include "base/status.h"

namespace infusionsoft {

// One request: who is signed in, which needs no right in the account (KEAP_FACTS section 1.3); beside it only what getting a
// token costs. The answer as one JSON object: tenant, user_id, user, email, is_admin, scheme, token_expires (UTC), ms,
// requests_left_today, requests_left_this_minute; null where it is not known. The tenant is what the user's data says, or the
// gateway's header. Errors are those of ApiClient::Get, and
// kBadResponse when the answer is no object.
Result<std::string> TestConnection(Session& session, const ConnectionOptions& options, const Cancellation& cancellation);

}  // namespace infusionsoft
