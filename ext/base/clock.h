// SPDX-License-Identifier: MIT
// Clock: the time, and waiting. A seam, so that tests can record waits instead of spending them.
#pragma once

#include <chrono>

#include "base/cancellation.h"
#include "base/status.h"

namespace infusionsoft {

using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;
using MonotonicTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::milliseconds>;

// Threads: all methods may be called from several threads at once.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual WallTime Now() = 0;            // for token expiry and what people read
  virtual MonotonicTime Monotonic() = 0;  // for durations
  // Waits, looking at `cancellation` at least ten times a second; kInterrupted when it asks to stop.
  virtual Status Sleep(std::chrono::milliseconds duration, const Cancellation& cancellation) = 0;
};

// The machine's clock. Lives as long as the process.
Clock& SystemClock();

}  // namespace infusionsoft
