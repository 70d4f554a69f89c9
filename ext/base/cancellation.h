// SPDX-License-Identifier: MIT
// Cancellation: asks "has the person pressed Ctrl-C?" wherever this project waits.
#pragma once

namespace infusionsoft {

// A borrowed question. `context` must outlive every copy. Called from the thread that waits, often: it must be cheap.
class Cancellation {
 public:
  Cancellation() = default;  // never cancelled
  Cancellation(bool (*requested)(void* context), void* context)
      : requested_(requested), context_(context) {}

  bool Requested() const { return requested_ != nullptr && requested_(context_); }

 private:
  bool (*requested_)(void* context) = nullptr;
  void* context_ = nullptr;
};

}  // namespace infusionsoft
