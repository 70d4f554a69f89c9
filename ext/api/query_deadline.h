// SPDX-License-Identifier: MIT
// QueryDeadline: a cancellation that also comes when the statement's time is over.
#pragma once

#include "api/api_client.h"
#include "base/cancellation.h"
#include "base/clock.h"

namespace infusionsoft {

// All references outlive this object. Used by the thread of the statement.
class QueryDeadline {
 public:
  QueryDeadline(const RequestBudget& budget, const Cancellation& person, Clock& clock)
      : budget_(budget), person_(person), clock_(clock) {}
  QueryDeadline(const QueryDeadline&) = delete;
  QueryDeadline& operator=(const QueryDeadline&) = delete;

  // Valid as long as this object.
  Cancellation cancellation() {
    return budget_.started && budget_.max_time.count() > 0 ? Cancellation(&QueryDeadline::Requested, this) : person_;
  }
  // Whether it was the time, and not the person, that asked to stop.
  bool Passed() const { return passed_; }

 private:
  static bool Requested(void* context) {
    auto& self = *static_cast<QueryDeadline*>(context);
    if (self.person_.Requested()) return true;
    self.passed_ = self.clock_.Monotonic() >= *self.budget_.started + self.budget_.max_time;
    return self.passed_;
  }

  const RequestBudget& budget_;
  const Cancellation person_;
  Clock& clock_;
  bool passed_ = false;
};

}  // namespace infusionsoft
