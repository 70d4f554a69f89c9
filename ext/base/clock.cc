// SPDX-License-Identifier: MIT
#include "base/clock.h"

#include <algorithm>
#include <thread>

namespace infusionsoft {
namespace {

// Half of what the contract asks for, so that a late wake-up still keeps the promise.
constexpr std::chrono::milliseconds kSlice{50};

class MachineClock : public Clock {
 public:
  WallTime Now() override { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

  MonotonicTime Monotonic() override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now());
  }

  Status Sleep(std::chrono::milliseconds duration, const Cancellation& cancellation) override {
    using std::chrono::steady_clock;
    // What has passed is compared with `duration`, because start + duration may overflow.
    const auto start = steady_clock::now();
    while (true) {
      if (cancellation.Requested()) return Status(StatusCode::kInterrupted, "interrupted while waiting");
      const auto passed = steady_clock::now() - start;
      const auto whole_ms_passed = std::chrono::floor<std::chrono::milliseconds>(passed);
      if (whole_ms_passed >= duration) return Status();
      std::this_thread::sleep_for(std::min(kSlice, duration - whole_ms_passed));
    }
  }
};

}  // namespace

Clock& SystemClock() {
  // Never destroyed: other threads may still ask for the time while the process ends.
  static Clock& clock = *new MachineClock;
  return clock;
}

}  // namespace infusionsoft
