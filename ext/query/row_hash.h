// SPDX-License-Identifier: MIT
// RowHash: the numbers that stand for keys which are no numbers.
//
// The hash is keyed, and each process draws its key: whoever may write into the account, an e-mail address say, could
// otherwise choose two keys with one number. So the numbers are good within a process only.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/keyed_hash.h"

namespace infusionsoft {

// Throws std::runtime_error when the system has no random bytes.
const KeyedHash& ProcessHash();

class RowHash {
 public:
  // `bits` of the hash are used, at most 63: tests take few of them, and then different keys have one number.
  explicit RowHash(const KeyedHash& hash, int bits = 63) : hash_(hash), bits_(bits) {}
  static RowHash OfProcess();

  // From 0.
  int64_t Of(std::string_view key) const { return static_cast<int64_t>(hash_.Of(key) >> (64 - bits_)); }

 private:
  KeyedHash hash_;
  int bits_;
};

}  // namespace infusionsoft
