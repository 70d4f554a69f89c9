// SPDX-License-Identifier: MIT
// Causes: what the errors of a client of a broken server may name, and how often they did.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "breaks.h"

namespace infusionsoft::differential {

inline constexpr size_t kMostCauses = 16;

// The cause that the error names, as an index; kMostCauses: none that is known.
size_t CauseOf(std::string_view error);
// Whether the error names one of the breaks that showed in what the statement read.
bool NamesBreak(std::string_view error, const sandbox::BreakSet& struck);

// Whether it says that two keys have one rowid.
bool NamesCollision(std::string_view error);

// Of queries to broken servers. Plain numbers: jobs send it through a pipe.
struct BrokenCounts {
  uint64_t right = 0;
  std::array<uint64_t, kMostCauses> errors{};           // by cause
  std::array<uint64_t, sandbox::kBreaks> right_with{};  // by the one break of the world, where it showed
  std::array<uint64_t, sandbox::kBreaks> errors_with{};

  void Add(const BrokenCounts& other);
  std::string Table() const;
};

}  // namespace infusionsoft::differential
