// SPDX-License-Identifier: MIT
// KeyedHash: SipHash-2-4 (Aumasson and Bernstein, 2012). Without the key nobody can make texts of one hash.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace infusionsoft {

class KeyedHash {
 public:
  static constexpr size_t kKeyBytes = 16;

  // The first kKeyBytes bytes of `key` are used, which has them.
  explicit KeyedHash(std::string_view key);
  uint64_t Of(std::string_view text) const;

 private:
  std::array<uint64_t, 2> key_;
};

}  // namespace infusionsoft
