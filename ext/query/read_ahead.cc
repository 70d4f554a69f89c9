// SPDX-License-Identifier: MIT
#include "query/read_ahead.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "api/concurrent_get.h"
#include "query/fetch.h"

namespace infusionsoft {

void ReadAhead::Prepare(const ScanContext& context, const FetchRequest& needed, const Expected& expected) {
  // A bound on requests is for those that are needed.
  if (!is_on() || context.copies != nullptr || context.budget.max > 0 || IsRemembered(context, needed)) return;
  const std::string key = FetchKey(context, needed);
  size_t width = WidthFor(key);
  // What the server would refuse this minute saves no time.
  const auto left = context.client.quota().minute_available();
  if (left) width = std::min(width, static_cast<size_t>(std::max<int64_t>(*left, 1)));
  if (width <= 1) return;
  std::vector<FetchRequest> requests = {needed};
  std::unordered_set<std::string> keys = {key};
  for (FetchRequest& request : expected(width - 1)) {
    if (IsRemembered(context, request) || !keys.insert(FetchKey(context, request)).second) continue;
    requests.push_back(std::move(request));
  }
  if (requests.size() > 1) Send(context, requests);
}

// How many requests may be sent now, the needed one among them; 0: it is answered already.
size_t ReadAhead::WidthFor(const std::string& needed) {
  const auto is_needed = [&](const auto& answer) { return answer.first == needed; };
  const auto found = std::find_if(answers_.begin(), answers_.end(), is_needed);
  const bool was_wasted = found != answers_.begin();
  answers_.erase(answers_.begin(), found);
  if (was_wasted) width_ = 0;
  if (!answers_.empty()) return 0;
  return std::clamp<size_t>(2 * std::exchange(width_, 1), 1, max_);
}

void ReadAhead::Send(const ScanContext& context, const std::vector<FetchRequest>& requests) {
  std::vector<ApiRequest> api_requests;
  for (const FetchRequest& request : requests) api_requests.push_back(ToApiRequest(context, request));
  std::vector<Result<ApiResponse>> answers =
      ConcurrentGet(context.client, api_requests, context.budget, context.cancellation);
  width_ = requests.size();
  for (size_t i = 0; i < requests.size(); ++i) {
    if (i == 0 || answers[i]) answers_.emplace_back(FetchKey(context, requests[i]), std::move(answers[i]));
  }
}

std::optional<Result<ApiResponse>> ReadAhead::Take(const std::string& key) {
  if (answers_.empty() || answers_.front().first != key) return std::nullopt;
  std::optional<Result<ApiResponse>> answer(std::move(answers_.front().second));
  answers_.pop_front();
  return answer;
}

}  // namespace infusionsoft
