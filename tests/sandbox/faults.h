// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <mutex>
#include <string_view>
#include <vector>

#include "message.h"
#include "sandbox.h"

namespace infusionsoft::sandbox {

// Which requests fail, and how.
class Faults {
 public:
  void Add(const Fault& fault);
  void Clear();

  // Counts one API request and returns the faults that strike it.
  std::vector<FaultKind> StrikeApi(std::string_view path);
  // Counts one request to the token endpoint; true if it fails.
  bool StrikeRefresh();

 private:
  struct Entry {
    Fault fault;
    uint64_t seen = 0;
  };
  static bool Strikes(Entry& entry);

  std::mutex mutex_;
  std::vector<Entry> entries_;
};

// The reply that replaces the answer, for the faults that do not need one; otherwise nothing is
// changed and false is returned.
bool ReplaceReply(FaultKind kind, int retry_after_seconds, HttpReply* reply);
// Damages an answer.
void DamageReply(FaultKind kind, HttpReply* reply);

}  // namespace infusionsoft::sandbox
