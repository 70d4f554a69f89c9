// SPDX-License-Identifier: MIT
// Gate: a mutex whose waiting can be cancelled and bounded. One thread is inside at a time; not recursive.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "base/cancellation.h"
#include "base/status.h"

namespace infusionsoft {

class Gate {
 public:
  // Held while inside. The Gate must outlive it.
  class Pass {
   public:
    explicit Pass(Gate& gate) : gate_(&gate) {}
    Pass(Pass&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)) {}
    Pass& operator=(Pass&&) = delete;
    ~Pass() {
      if (gate_ != nullptr) gate_->Leave();
    }

   private:
    Gate* gate_;
  };

  // Waits in real time, at most `patience` (nothing = as long as it takes). kInterrupted, or kUnavailable when it took
  // too long.
  Result<Pass> Enter(const Cancellation& cancellation,
                     std::optional<std::chrono::milliseconds> patience = std::nullopt) {
    constexpr std::chrono::milliseconds kSlice{50};  // how soon a cancellation is seen
    const auto begin = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    while (inside_) {
      left_.wait_for(lock, kSlice);
      if (!inside_) break;
      lock.unlock();  // the question may take locks of the host's
      if (cancellation.Requested()) return Status(StatusCode::kInterrupted, "interrupted");
      if (patience && std::chrono::steady_clock::now() - begin > *patience) {
        return Status(StatusCode::kUnavailable, "another thread of this process holds it");
      }
      lock.lock();
    }
    inside_ = true;
    return Pass(*this);
  }

 private:
  void Leave() {
    {
      std::lock_guard lock(mutex_);
      inside_ = false;
    }
    left_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable left_;
  bool inside_ = false;
};

}  // namespace infusionsoft
