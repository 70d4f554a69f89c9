// SPDX-License-Identifier: MIT
// FakeClock: time that moves only when somebody sleeps or a test says so; sleeps are recorded, not spent.
#pragma once

#include <mutex>
#include <vector>

#include "base/clock.h"

namespace infusionsoft {

class FakeClock : public Clock {
 public:
  WallTime Now() override {
    std::lock_guard lock(mutex_);
    return now_;
  }
  MonotonicTime Monotonic() override {
    std::lock_guard lock(mutex_);
    return monotonic_;
  }
  Status Sleep(std::chrono::milliseconds duration, const Cancellation& cancellation) override {
    if (cancellation.Requested()) return Status(StatusCode::kInterrupted, "interrupted");
    std::lock_guard lock(mutex_);
    sleeps_.push_back(duration);
    now_ += duration;
    monotonic_ += duration;
    return Status();
  }
  void Advance(std::chrono::milliseconds duration) {
    std::lock_guard lock(mutex_);
    now_ += duration;
    monotonic_ += duration;
  }
  std::vector<std::chrono::milliseconds> sleeps() {
    std::lock_guard lock(mutex_);
    return sleeps_;
  }

 private:
  std::mutex mutex_;
  WallTime now_{std::chrono::milliseconds{1780000000000}};
  MonotonicTime monotonic_{std::chrono::milliseconds{1000000}};
  std::vector<std::chrono::milliseconds> sleeps_;
};

}  // namespace infusionsoft
