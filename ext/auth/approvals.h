// SPDX-License-Identifier: MIT
// Approvals: the texts of tables that this user has written or agreed to, so that a stranger's can be told from them.
//
// They are kept as HMAC-SHA256 under a random key, newest last, in a private file beside the tokens (private_file.h): who
// reads it learns nothing of the texts, and who can write to it is the user. Without it, nothing is approved.
#pragma once

#include <string>
#include <string_view>

#include "base/cancellation.h"
#include "base/clock.h"
#include "base/status.h"

namespace infusionsoft {

class Approvals {
 public:
  // `clock` outlives this object.
  explicit Approvals(Clock& clock) : clock_(clock) {}

  // Whether `text` is approved. An error, when the file cannot be used, says why and means that it is not.
  Result<bool> Contain(std::string_view text) const;

  // Approves `text`, durably, and what other processes approve meanwhile is kept. Of kMostApprovals the oldest go.
  Status Add(std::string_view text, const Cancellation& cancellation) const;

  static constexpr size_t kMostApprovals = 4096;

 private:
  Clock& clock_;
};

}  // namespace infusionsoft
