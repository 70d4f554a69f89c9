// SPDX-License-Identifier: MIT
// Random: choices that a seed repeats on every machine (the standard distributions differ between libraries).
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <vector>

namespace infusionsoft::differential {

class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed) {}

  size_t Below(size_t bound) { return static_cast<size_t>(engine_() % bound); }
  size_t Between(size_t first, size_t last) { return first + Below(last - first + 1); }
  bool Percent(size_t chance) { return Below(100) < chance; }
  template <typename Container>
  const auto& Pick(const Container& container) {
    return std::data(container)[Below(std::size(container))];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace infusionsoft::differential
