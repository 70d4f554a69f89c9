// SPDX-License-Identifier: MIT
#include "allocation.h"

#include <dlfcn.h>
#include <pthread.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstring>

// glibc's own, under the names that it keeps for programs with a malloc of theirs.
extern "C" void* __libc_malloc(size_t size);                // NOLINT: glibc's name
extern "C" void* __libc_calloc(size_t count, size_t size);  // NOLINT
extern "C" void* __libc_realloc(void* old, size_t size);    // NOLINT
extern "C" void __libc_free(void* block);                   // NOLINT

namespace infusionsoft::memory_test {
namespace {

std::atomic<bool> is_armed = false;
std::atomic<int64_t> until_failure = 0;
std::atomic<Failing> mode = Failing::kOne;
// Who asked for memory in vain, the first ones.
constexpr size_t kMostCallers = 64;
std::array<std::atomic<const void*>, kMostCallers> callers;
std::atomic<size_t> refusals = 0;

// Initial-exec: another model of thread-local storage may allocate when it is first used.
__attribute__((tls_model("initial-exec"))) thread_local bool is_counted = false;

bool MayAllocate(const void* caller) {
  if (!is_armed || !is_counted) return true;
  const int64_t left = until_failure.fetch_sub(1);
  if (left > 0 || (left < 0 && mode == Failing::kOne)) return true;
  if (const size_t number = refusals++; number < kMostCallers) callers[number] = caller;
  errno = ENOMEM;
  return false;
}

struct Start {
  void* (*run)(void*);
  void* argument;
};

void* RunCounted(void* context) {
  const Start start = *static_cast<Start*>(context);
  __libc_free(context);
  is_counted = true;
  return start.run(start.argument);
}

}  // namespace

void FailAllocation(int64_t number, Failing failing) {
  is_counted = true;
  until_failure = number;
  mode = failing;
  refusals = 0;
  is_armed = true;
}

bool StopFailing() {
  is_armed = false;
  return refusals > 0;
}

bool HasFailedInCurl() {
  return std::any_of(callers.begin(), callers.begin() + std::min(refusals.load(), kMostCallers), [](const void* caller) {
    Dl_info info{};
    return dladdr(caller, &info) != 0 && info.dli_fname != nullptr && std::strstr(info.dli_fname, "libcurl") != nullptr;
  });
}

}  // namespace infusionsoft::memory_test

using infusionsoft::memory_test::MayAllocate;

// In the place of glibc's for every library of the program.
#pragma GCC visibility push(default)

extern "C" void* malloc(size_t size) { return MayAllocate(__builtin_return_address(0)) ? __libc_malloc(size) : nullptr; }
extern "C" void* calloc(size_t count, size_t size) {
  return MayAllocate(__builtin_return_address(0)) ? __libc_calloc(count, size) : nullptr;
}
extern "C" void* realloc(void* old, size_t size) {
  return MayAllocate(__builtin_return_address(0)) ? __libc_realloc(old, size) : nullptr;
}
extern "C" void free(void* block) { __libc_free(block); }

// A thread counts as the one that starts it does.
extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*run)(void*), void* argument) {
  using namespace infusionsoft::memory_test;
  static const auto real = reinterpret_cast<decltype(&pthread_create)>(dlsym(RTLD_NEXT, "pthread_create"));
  if (!is_counted) return real(thread, attributes, run, argument);
  auto* const start = static_cast<Start*>(malloc(sizeof(Start)));
  if (start == nullptr) return EAGAIN;
  *start = {run, argument};
  const int error = real(thread, attributes, RunCounted, start);
  if (error != 0) free(start);
  return error;
}

#pragma GCC visibility pop
