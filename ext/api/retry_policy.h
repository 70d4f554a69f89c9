// SPDX-License-Identifier: MIT
// RetryPolicy: when a GET that failed is sent again. Arithmetic only: nothing here waits or sends.
//
// Source: KEAP_FACTS section 2 (429 and Retry-After). Threads: values; `random` may be called from several threads at
// once.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "base/clock.h"
#include "http/transport.h"

namespace infusionsoft {

struct RetryPolicy {
  int max_attempts = 5;  // the first one included
  // The wait after failure n is a random part ("full jitter") of first_ceiling * 2^(n-1), so that clients which failed
  // together do not come back together.
  std::chrono::milliseconds first_ceiling{500};
  std::chrono::milliseconds last_ceiling{30'000};  // also of the next
  // After a 429 that does not say how long to wait, at least this * 2^(n-1), and a random part of as much on top: a server that
  // counts requests is not asked again at once.
  std::chrono::milliseconds first_throttled{1000};
  // The wait before the last attempt when the server only says 429. Short waits are enough for a limit per second; if
  // none of them was, the allowance of a minute is used up, and a scan should not be lost for want of that minute.
  std::chrono::milliseconds minute_window{60'000};
  std::chrono::milliseconds longest_wait{75'000};   // a server that asks for more is not waited for
  std::chrono::milliseconds longest_call{180'000};  // after the first, no attempt begins later than this
  std::function<double()> random{};                 // from 0 up to, not including, 1; null: SeededRandom()
};

// Seeded by the machine.
std::function<double()> SeededRandom();

struct FailedAttempt {
  int number = 1;
  bool throttled = false;                                  // 429; otherwise a server or a connection that fails
  std::chrono::milliseconds elapsed{0};                    // since the first attempt
  std::optional<std::chrono::milliseconds> retry_after{};  // as the server asked
  std::chrono::milliseconds quota_delay{0};                // until the minute's allowance is back, as far as is known
};

struct NextAttempt {
  enum class Verdict { kAgain, kNoMoreAttempts, kWaitTooLong, kNoMoreTime };
  Verdict verdict = Verdict::kAgain;
  std::chrono::milliseconds wait{0};  // kAgain: before it is sent; kWaitTooLong: what the server asked for
};

// Requires policy.random.
NextAttempt PlanNextAttempt(const RetryPolicy& policy, const FailedAttempt& failed);

// The response's Retry-After, seconds or an HTTP date, counted from the response's own Date where it has one, because
// this machine's clock may be wrong. Nothing when there is none or it makes no sense; never negative.
std::optional<std::chrono::milliseconds> ReadRetryAfter(const http::HttpResponse& response, WallTime now);

}  // namespace infusionsoft
