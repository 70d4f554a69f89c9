// SPDX-License-Identifier: MIT
#include "api/quota.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace infusionsoft {
namespace {

using std::chrono::milliseconds;

// The part at `position` of a value such as "9999|249999"; "" when there is none.
std::string_view Part(std::string_view value, size_t position) {
  const std::vector<std::string_view> parts = Split(value, '|');
  return position < parts.size() ? Trim(parts[position]) : std::string_view();
}

// Days end at 00:00 UTC. The header's own time is taken when it can be one: its unit is not documented, and the
// published example lies in the past.
WallTime DayReset(const http::HttpResponse& response, WallTime now) {
  const auto day_end = std::chrono::floor<std::chrono::days>(now) + std::chrono::days(1);
  const auto stated = ParseInt64(Trim(response.Header("x-keap-product-quota-expiry-time")));
  if (!stated || *stated <= 0) return day_end;
  constexpr int64_t kLeastMilliseconds = 100'000'000'000;
  const WallTime reset{milliseconds(*stated > kLeastMilliseconds ? *stated : *stated * 1000)};
  return reset > now && reset <= now + std::chrono::hours(25) ? reset : day_end;
}

}  // namespace

void Quota::Update(const http::HttpResponse& response, MonotonicTime now, WallTime wall_now) {
  const WallTime midnight = std::chrono::floor<std::chrono::days>(wall_now) + std::chrono::days(1);
  std::lock_guard lock(mutex_);
  ReadWindows(response, "x-keap-product-throttle", "key", "minute", now, midnight);
  ReadWindows(response, "x-keap-product-quota", "key", "day", now, DayReset(response, wall_now));
  ReadWindows(response, "x-keap-tenant-throttle", "account", "minute|day", now, midnight);
}

void Quota::ReadWindows(const http::HttpResponse& response, const std::string& prefix, std::string_view owner,
                        std::string_view usual_units, MonotonicTime now, WallTime resets_at) {
  const std::string_view available = response.Header(prefix + "-available");
  const std::string_view limit = response.Header(prefix + "-limit");
  const std::string_view units = response.Header(prefix + "-time-unit");
  constexpr size_t kMostWindows = 4;
  for (size_t i = 0; i < kMostWindows; ++i) {
    const auto left = ParseInt64(Part(available, i));
    if (!left) continue;  // blank is "not said", never 0
    const std::string_view unit = Part(units, i).empty() ? Part(usual_units, i) : Part(units, i);
    for (Window& window : windows_) {
      if (window.owner != owner || !EqualsIgnoreCase(unit, window.is_day ? "day" : "minute")) continue;
      window.available = left;
      if (const auto size = ParseInt64(Part(limit, i))) window.limit = size;
      window.read_at = now;
      window.resets_at = resets_at;
    }
  }
}

bool Quota::IsUsedUp(const Window& window, MonotonicTime now) {
  if (!window.available || *window.available > 0) return false;
  return now < window.read_at + (window.is_day ? kDayReadingLife : kMinute);
}

milliseconds Quota::Delay(MonotonicTime now) const {
  std::lock_guard lock(mutex_);
  milliseconds delay{0};
  for (const Window& window : windows_) {
    if (!window.is_day && IsUsedUp(window, now)) delay = std::max(delay, window.read_at + kMinute - now);
  }
  return delay;
}

std::optional<WallTime> Quota::DayUsedUpUntil(MonotonicTime now) const {
  std::lock_guard lock(mutex_);
  std::optional<WallTime> until;
  for (const Window& window : windows_) {
    if (window.is_day && IsUsedUp(window, now)) until = std::max(until.value_or(window.resets_at), window.resets_at);
  }
  return until;
}

std::string Quota::UsedUp(MonotonicTime now) const {
  std::lock_guard lock(mutex_);
  std::string text;
  for (const Window& window : windows_) {
    if (!IsUsedUp(window, now)) continue;
    const std::string count = window.limit ? std::to_string(*window.limit) + " " : "";
    if (!text.empty()) text += " and ";
    text += "the " + std::string(window.owner) + "'s " + count + "requests a " + (window.is_day ? "day" : "minute");
  }
  return text;
}

std::optional<int64_t> Quota::LeastAvailable(bool of_day) const {
  std::lock_guard lock(mutex_);
  std::optional<int64_t> least;
  for (const Window& window : windows_) {
    if (window.is_day != of_day || !window.available) continue;
    least = std::min(least.value_or(*window.available), *window.available);
  }
  return least;
}

std::optional<int64_t> Quota::minute_available() const { return LeastAvailable(false); }

std::optional<int64_t> Quota::day_available() const { return LeastAvailable(true); }

}  // namespace infusionsoft
