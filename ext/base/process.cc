// SPDX-License-Identifier: MIT
#include "base/process.h"

#include <pthread.h>
#include <unistd.h>

#include <array>
#include <bit>

namespace infusionsoft {
namespace {

constinit std::atomic<uint32_t> fork_count = 0;
constinit std::mutex fork_mutex;

// A bit for each descriptor. No lock and no list, because a child reads it before anything else runs there.
constexpr int kWordBits = 64;
constexpr int kMaxDescriptor = 65'536;
constinit std::array<std::atomic<uint64_t>, kMaxDescriptor / kWordBits> descriptors{};

bool IsTracked(int fd) { return fd >= 0 && fd < kMaxDescriptor; }
std::atomic<uint64_t>& WordOf(int fd) { return descriptors[static_cast<size_t>(fd / kWordBits)]; }
uint64_t BitOf(int fd) { return uint64_t{1} << (fd % kWordBits); }

void BeforeFork() { fork_mutex.lock(); }
void InParent() { fork_mutex.unlock(); }

// Calls only what POSIX allows in the child of a process with threads.
void InChild() {
  fork_mutex.unlock();
  fork_count.fetch_add(1);
  for (size_t i = 0; i < descriptors.size(); ++i) {
    uint64_t word = descriptors[i].exchange(0);
    for (; word != 0; word &= word - 1) close(static_cast<int>(i) * kWordBits + std::countr_zero(word));
  }
}

// When the library is loaded. Should there be no memory for it, the process id still tells a child.
[[maybe_unused]] const int registered = pthread_atfork(BeforeFork, InParent, InChild);

}  // namespace

uint32_t ForkCount() noexcept { return fork_count.load(std::memory_order_relaxed); }

ProcessMark::ProcessMark() noexcept : id_(getpid()), forks_(ForkCount()) {}

bool ProcessMark::IsCurrent() const noexcept { return forks_ == ForkCount() && id_ == getpid(); }

std::mutex& ForkMutex() noexcept { return fork_mutex; }

void CloseInChildren(int fd) noexcept {
  if (IsTracked(fd)) WordOf(fd).fetch_or(BitOf(fd));
}

void KeepInChildren(int fd) noexcept {
  if (IsTracked(fd)) WordOf(fd).fetch_and(~BitOf(fd));
}

}  // namespace infusionsoft
