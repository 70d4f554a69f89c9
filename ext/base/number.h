// SPDX-License-Identifier: MIT
// Numbers in text, as a column of an ordinary table with numeric affinity reads them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace infusionsoft {

struct Number {
  bool is_integer = false;
  int64_t integer = 0;  // when is_integer
  double real = 0;      // otherwise

  double ToReal() const { return is_integer ? static_cast<double>(integer) : real; }
};

// The whole of `text` as a decimal number, with white space at both ends, a sign, a fraction and an exponent: " 12", "+1e3",
// ".5", "5.". A whole value that fits int64 is an integer, exactly, however it is written: 1999.0, 1e3,
// 9007199254740993.0. Any other becomes the nearest double, beyond their range an infinity or 0.0 (never -0.0). Nothing for
// text that SQLite keeps as text: hexadecimal, "nan", "1e", "".
std::optional<Number> ParseNumber(std::string_view text);

}  // namespace infusionsoft
