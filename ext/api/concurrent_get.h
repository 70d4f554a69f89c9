// SPDX-License-Identifier: MIT
// ConcurrentGet: several requests at once, for a scan that knows which ones it will need.
#pragma once

#include <vector>

#include "api/api_client.h"
#include "base/cancellation.h"
#include "base/status.h"

namespace infusionsoft {

// ApiClient::Get of each of `requests`, all under way together, and returns when all have ended: the answers stand in the
// order of the requests. The calling thread sends one of them and starts a thread for each of the others; where no thread
// can be had, it sends those as well. Only the calling thread asks `cancellation`, because SQLite's answer to it belongs to
// the thread of the statement; a yes ends all of them with kInterrupted, and so does a failure of the first, without which the
// others are of no use. `budget` bounds the time, and counts what was sent; it is no bound for the number
// (RequestBudget::max must be 0), since of several requests nobody could say which was one too many.
std::vector<Result<ApiResponse>> ConcurrentGet(ApiClient& client, const std::vector<ApiRequest>& requests,
                                               RequestBudget& budget, const Cancellation& cancellation);

}  // namespace infusionsoft
