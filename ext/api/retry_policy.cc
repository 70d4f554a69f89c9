// SPDX-License-Identifier: MIT
#include "api/retry_policy.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <string_view>

#include "base/text.h"
#include "base/time.h"

namespace infusionsoft {
namespace {

using std::chrono::milliseconds;

// "Sun, 06 Nov 1994 08:49:37 GMT", the one form that HTTP lets servers send (RFC 9110 5.6.7).
std::optional<milliseconds> ParseHttpDate(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT") return std::nullopt;
  if (text[7] != ' ' || text[11] != ' ' || text[16] != ' ') return std::nullopt;
  const auto month = std::find(kMonths.begin(), kMonths.end(), text.substr(8, 3));
  if (month == kMonths.end()) return std::nullopt;
  const std::string number = std::to_string(month - kMonths.begin() + 1);
  const std::string iso = std::string(text.substr(12, 4)) + "-" + (number.size() == 1 ? "0" : "") + number + "-" +
                          std::string(text.substr(5, 2)) + "T" + std::string(text.substr(17, 8)) + "Z";
  const auto time = ParseTimestamp(iso);
  return time ? std::optional(milliseconds(time->ms)) : std::nullopt;
}

// `first` * 2^(failures-1), bounded.
milliseconds Doubled(const RetryPolicy& policy, milliseconds first, int failures) {
  milliseconds doubled = first;
  for (int i = 1; i < failures && doubled < policy.last_ceiling; ++i) doubled *= 2;
  return std::min(doubled, policy.last_ceiling);
}

milliseconds RandomPart(const RetryPolicy& policy, milliseconds whole) {
  return std::chrono::floor<milliseconds>(whole * policy.random());
}

milliseconds WaitAfterThrottling(const RetryPolicy& policy, int failures) {
  if (failures == policy.max_attempts - 1) return policy.minute_window + RandomPart(policy, policy.first_throttled);
  const milliseconds least = Doubled(policy, policy.first_throttled, failures);
  return least + RandomPart(policy, least);
}

milliseconds WaitAfter(const RetryPolicy& policy, const FailedAttempt& failed) {
  milliseconds wait;
  if (failed.retry_after && failed.retry_after->count() > 0) {
    wait = *failed.retry_after;
  } else if (failed.throttled) {
    wait = WaitAfterThrottling(policy, failed.number);
  } else {
    wait = RandomPart(policy, Doubled(policy, policy.first_ceiling, failed.number));
  }
  return std::max(wait, failed.quota_delay);
}

}  // namespace

std::function<double()> SeededRandom() {
  struct Source {
    std::mutex mutex;
    std::mt19937_64 engine{std::random_device{}()};
  };
  return [source = std::make_shared<Source>()] {
    std::lock_guard lock(source->mutex);
    return std::uniform_real_distribution<double>(0.0, 1.0)(source->engine);
  };
}

NextAttempt PlanNextAttempt(const RetryPolicy& policy, const FailedAttempt& failed) {
  assert(policy.random);
  using Verdict = NextAttempt::Verdict;
  if (failed.retry_after && *failed.retry_after > policy.longest_wait) {
    return {Verdict::kWaitTooLong, *failed.retry_after};
  }
  if (failed.number >= policy.max_attempts) return {Verdict::kNoMoreAttempts, milliseconds(0)};
  const milliseconds wait = WaitAfter(policy, failed);
  if (failed.elapsed + wait > policy.longest_call) return {Verdict::kNoMoreTime, wait};
  return {Verdict::kAgain, wait};
}

std::optional<milliseconds> ReadRetryAfter(const http::HttpResponse& response, WallTime now) {
  const std::string_view text = Trim(response.Header("retry-after"));
  if (const auto seconds = ParseInt64(text)) {
    if (*seconds < 0) return std::nullopt;
    constexpr int64_t kYear = 366 * 86'400;  // so that the multiplication cannot overflow
    return milliseconds(std::min(*seconds, kYear) * 1000);
  }
  const auto date = ParseHttpDate(text);
  if (!date) return std::nullopt;
  const auto server_now = ParseHttpDate(Trim(response.Header("date")));
  return std::max(milliseconds(0), *date - server_now.value_or(now.time_since_epoch()));
}

}  // namespace infusionsoft
