// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace infusionsoft::sandbox {

// SplitMix64's finaliser: every bit of the input reaches every bit of the output, which is what
// makes row i independent of row i + 1.
constexpr uint64_t Mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

constexpr uint64_t Mix(uint64_t a, uint64_t b) { return Mix(Mix(a) ^ b); }

constexpr uint64_t MixText(uint64_t state, std::string_view text) {
  for (const char c : text) {
    state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  return Mix(state, text.size());
}

}  // namespace infusionsoft::sandbox
