// SPDX-License-Identifier: MIT
#include "base/number.h"

#include <catch2/catch.hpp>
#include <limits>
#include <sstream>
#include <string>
#include <string_view>

namespace infusionsoft {
namespace {

// "i12", "r0.5" or "-" for text that is no number.
std::string Shown(std::string_view text) {
  const auto number = ParseNumber(text);
  if (!number) return "-";
  if (number->is_integer) return "i" + std::to_string(number->integer);
  std::ostringstream real;
  real.precision(17);
  real << "r" << number->real;
  return real.str();
}

}  // namespace

TEST_CASE("Number: whole values are integers, to the last digit and however they are written", "[base]") {
  CHECK(Shown("12") == "i12");
  CHECK(Shown(" \t12\r\n") == "i12");
  CHECK(Shown("+12") == "i12");
  CHECK(Shown("0012") == "i12");
  CHECK(Shown("1999.0") == "i1999");
  CHECK(Shown("5.") == "i5");
  CHECK(Shown("1e3") == "i1000");
  CHECK(Shown("1999E-0") == "i1999");
  CHECK(Shown("19.99e2") == "i1999");
  CHECK(Shown("1999000e-3") == "i1999");
  CHECK(Shown("9007199254740993.0") == "i9007199254740993");
  CHECK(Shown("9223372036854775807.000") == "i9223372036854775807");
  CHECK(Shown("-9223372036854775808") == "i-9223372036854775808");
  for (std::string_view zero : {"0", "-0", "-0.0", "0e245", "-0.00e-400", "000"}) CHECK(Shown(zero) == "i0");
}

TEST_CASE("Number: what is no 64-bit integer is the nearest double", "[base]") {
  CHECK(Shown("12.5") == "r12.5");
  CHECK(Shown(".5") == "r0.5");
  CHECK(Shown("-1e-3") == "r-0.001");
  CHECK(Shown("9223372036854775808") == "r9.2233720368547758e+18");
  CHECK(Shown("12345678901234567890") == "r1.2345678901234567e+19");
  CHECK(ParseNumber("1e400")->real == std::numeric_limits<double>::infinity());
  CHECK(ParseNumber("-1e99999999999999999999")->real == -std::numeric_limits<double>::infinity());
  CHECK(Shown("1e-400") == "i0");
  CHECK(Shown("1000000000000000000.5") == "i1000000000000000000");  // as SQLite makes of the double
}

TEST_CASE("Number: text that SQLite keeps is none", "[base]") {
  for (std::string_view text : {"",     " ",   ".",   "-",   "+",        "e5",  "1e",    "1e+", "1.2.3", "12x",
                                "0x10", "nan", "NaN", "inf", "Infinity", "1 2", "1_000", "1,5", "--1",   "+-1"}) {
    CAPTURE(text);
    CHECK(Shown(text) == "-");
  }
  CHECK(Shown(std::string_view("1\0", 2)) == "-");
}

}  // namespace infusionsoft
