// SPDX-License-Identifier: MIT
// Quota: what the server says is left, read from its headers, and when the next request may leave.
// Source: KEAP_FACTS section 2. Threads: safe.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "http/transport.h"

namespace infusionsoft {

class Quota {
 public:
  static constexpr std::chrono::milliseconds kMinute{60'000};
  // For so long "nothing is left today" is believed. Then one request goes out to see: the account may have been given
  // more, and days that are counted as a rolling window free up bit by bit.
  static constexpr std::chrono::milliseconds kDayReadingLife{300'000};

  // Takes in one response's headers. Blank numbers and missing headers change nothing; of values with `|` the windows
  // are read by position.
  void Update(const http::HttpResponse& response, MonotonicTime now, WallTime wall_now);

  // How long to wait before the next request so that the minute's allowance is not overrun: zero while the server says
  // that there is room, else until the window is over. Never more than a minute.
  std::chrono::milliseconds Delay(MonotonicTime now) const;

  // When the day's allowance is used up: the time at which it comes back.
  std::optional<WallTime> DayUsedUpUntil(MonotonicTime now) const;

  // Which allowance is used up, as people read it: "the account's 250000 requests a day". "" when none is, as far as is
  // known.
  std::string UsedUp(MonotonicTime now) const;

  // The least that is left, of the key's and the account's allowance, at the last reading.
  std::optional<int64_t> minute_available() const;
  std::optional<int64_t> day_available() const;

 private:
  // One count of the server: of the key (its headers say "product") or of the account ("tenant").
  struct Window {
    std::string_view owner;
    bool is_day = false;
    std::optional<int64_t> available{};
    std::optional<int64_t> limit{};
    MonotonicTime read_at{};
    WallTime resets_at{};  // days only
  };
  static bool IsUsedUp(const Window& window, MonotonicTime now);
  void ReadWindows(const http::HttpResponse& response, const std::string& prefix, std::string_view owner,
                   std::string_view usual_units, MonotonicTime now, WallTime resets_at);
  std::optional<int64_t> LeastAvailable(bool of_day) const;

  mutable std::mutex mutex_;
  std::array<Window, 4> windows_{Window{.owner = "key", .is_day = false}, Window{.owner = "key", .is_day = true},
                                 Window{.owner = "account", .is_day = false},
                                 Window{.owner = "account", .is_day = true}};
};

}  // namespace infusionsoft
