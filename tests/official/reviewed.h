// SPDX-License-Identifier: MIT
// What the documents offer and the profile leaves out, each with its reason. A reason that no longer holds fails the test.
#pragma once

#include <span>

namespace infusionsoft::official {

struct Reviewed {
  const char* where;  // as in Finding
  const char* what;
  const char* reason;
};

// A path of v1 without a table of its own, and the table that shows the same.
struct ShownBy {
  const char* path;
  const char* table;
};

std::span<const Reviewed> ReviewedGaps();      // v2 offers it, no table uses it
std::span<const Reviewed> ReviewedMistakes();  // a table uses it, and the documents contradict themselves
std::span<const ShownBy> ShownByOtherTables();

}  // namespace infusionsoft::official
