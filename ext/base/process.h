// SPDX-License-Identifier: MIT
// What belongs to one process, so that a child made by fork() does not use it.
//
// A child inherits memory and descriptors, but no threads: sockets that its parent goes on using, mutexes that nobody will
// unlock. So what it inherits is left as it is: neither used nor destroyed. fork() runs a handler here; a child that was
// made by the bare system call is told by its process id, but keeps its copies of the descriptors.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>

namespace infusionsoft {

// How many calls of fork() led to this process. It tells a child from its parent also where both have the same id, as in
// containers.
uint32_t ForkCount() noexcept;

// Remembers the process in which it was made.
class ProcessMark {
 public:
  ProcessMark() noexcept;
  bool IsCurrent() const noexcept;
  // The same without a system call, for every row; it takes a child made by the bare system call for its parent.
  bool IsCurrentByCount() const noexcept { return forks_ == ForkCount(); }

 private:
  pid_t id_;
  uint32_t forks_;
};

// One T for each process, made when it is first asked for and never destroyed: a child finds a new one, whatever state its
// parent's was in. Threads: safe. For static storage, with constinit, because the guard of a static object may be held by
// another thread at fork().
template <typename T>
class PerProcess {
 public:
  T& Get() {
    Slot* slot = slot_.load(std::memory_order_acquire);
    while (slot == nullptr || !slot->mark.IsCurrent()) {
      auto made = std::make_unique<Slot>();
      if (slot_.compare_exchange_strong(slot, made.get(), std::memory_order_acq_rel)) slot = made.release();
    }
    return slot->value;
  }

 private:
  struct Slot {
    ProcessMark mark;
    T value;
  };
  std::atomic<Slot*> slot_ = nullptr;
};

// Held for what must not be half done in a child, and takes no longer than milliseconds: fork() waits for it.
std::mutex& ForkMutex() noexcept;

// A value that does not change, made when it is first asked for and never destroyed; children have their parent's. fork()
// waits while it is made. Threads: safe. For static storage, with constinit.
template <typename T>
class MadeOnce {
 public:
  template <typename Make>
  const T& Get(Make&& make) {
    const T* value = value_.load(std::memory_order_acquire);
    if (value != nullptr) return *value;
    const std::lock_guard lock(ForkMutex());
    value = value_.load(std::memory_order_relaxed);
    if (value == nullptr) value_.store(value = new T(make()), std::memory_order_release);
    return *value;
  }

 private:
  std::atomic<const T*> value_ = nullptr;
};

// The first closes `fd` in every child made by fork(), where the number then is free; the second ends that, and comes before
// close(). Descriptors of 65,536 and more are not closed.
void CloseInChildren(int fd) noexcept;
void KeepInChildren(int fd) noexcept;

}  // namespace infusionsoft
