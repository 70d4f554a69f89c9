// SPDX-License-Identifier: MIT
#include "base/keyed_hash.h"

#include <catch2/catch.hpp>
#include <string>

namespace infusionsoft {

// The key 00 01 .. 0f and the texts of the first bytes of it, as the reference implementation's vectors have them.
TEST_CASE("KeyedHash: the published vectors of SipHash-2-4", "[base]") {
  std::string bytes;
  for (char i = 0; i < 16; ++i) bytes += i;
  const KeyedHash hash(bytes);
  const auto of_first = [&](size_t count) { return hash.Of(bytes.substr(0, count)); };
  CHECK(of_first(0) == 0x726fdb47dd0e0e31);
  CHECK(of_first(1) == 0x74f839c593dc67fd);
  CHECK(of_first(7) == 0xab0200f58b01d137);
  CHECK(of_first(8) == 0x93f5f5799a932462);
  CHECK(of_first(15) == 0xa129ca6149be45e5);
}

TEST_CASE("KeyedHash: another key gives other hashes", "[base]") {
  std::string key(KeyedHash::kKeyBytes, '\0');
  const uint64_t first = KeyedHash(key).Of("a");
  for (char& byte : key) {
    byte = 1;
    CHECK(KeyedHash(key).Of("a") != first);
    byte = 0;
  }
}

}  // namespace infusionsoft
