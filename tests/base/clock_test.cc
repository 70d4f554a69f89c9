// SPDX-License-Identifier: MIT
#include "base/clock.h"

#include <catch2/catch.hpp>

namespace infusionsoft {
namespace {

using std::chrono::milliseconds;

TEST_CASE("SystemClock: a sleep lasts at least as long as asked", "[base]") {
  const MonotonicTime before = SystemClock().Monotonic();
  CHECK(SystemClock().Sleep(milliseconds(120), Cancellation()).ok());
  CHECK(SystemClock().Monotonic() - before >= milliseconds(120));
}

TEST_CASE("SystemClock: nothing to wait for is no wait", "[base]") {
  CHECK(SystemClock().Sleep(milliseconds(0), Cancellation()).ok());
  CHECK(SystemClock().Sleep(milliseconds(-5), Cancellation()).ok());
}

TEST_CASE("SystemClock: a sleep asks often and stops when told to", "[base]") {
  int questions = 0;
  const auto after_three = [](void* context) { return ++*static_cast<int*>(context) > 3; };
  const MonotonicTime before = SystemClock().Monotonic();
  // The longest duration there is must not overflow the deadline.
  const Status status = SystemClock().Sleep(milliseconds::max(), Cancellation(after_three, &questions));
  const auto waited = SystemClock().Monotonic() - before;
  CHECK(status.code() == StatusCode::kInterrupted);
  CHECK(questions == 4);
  CHECK(waited <= milliseconds(2000));  // three slices of at most 100 ms; the rest guards against a hang only
}

TEST_CASE("SystemClock: a cancelled sleep does not start", "[base]") {
  const auto always = [](void*) { return true; };
  CHECK(SystemClock().Sleep(milliseconds(0), Cancellation(always, nullptr)).code() == StatusCode::kInterrupted);
}

TEST_CASE("SystemClock: now is the calendar's now", "[base]") {
  const auto now = std::chrono::system_clock::now();
  CHECK(SystemClock().Now() >= now - std::chrono::seconds(5));
  CHECK(SystemClock().Now() <= now + std::chrono::seconds(60));
}

}  // namespace
}  // namespace infusionsoft
