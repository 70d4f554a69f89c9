// SPDX-License-Identifier: MIT
#include "base/number.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "base/text.h"

namespace infusionsoft {
namespace {

// 2^63 as a double: whole doubles below it are int64 values.
constexpr double kInt64Limit = 9223372036854775808.0;
constexpr int64_t kMaxExponent = 1'000'000;  // beyond every double, and far from overflow in sums
constexpr size_t kMaxInt64Digits = 19;

std::string_view TakeDigits(std::string_view& text) {
  const size_t size = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view digits = text.substr(0, size);
  text.remove_prefix(size);
  return digits;
}

bool TakeSign(std::string_view& text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  return is_negative;
}

// `digits` * 10^exponent, with a sign.
struct Decimal {
  bool is_negative = false;
  std::string digits;  // without zeros in front; "" for zero
  int64_t exponent = 0;
};

// The exponent's part of a number, "" too; nothing where it has no digits.
std::optional<int64_t> TakeExponent(std::string_view& text) {
  if (!text.starts_with('e') && !text.starts_with('E')) return 0;
  text.remove_prefix(1);
  const bool is_negative = TakeSign(text);
  const std::string_view digits = TakeDigits(text);
  if (digits.empty()) return std::nullopt;
  const int64_t exponent = std::min(ParseInt64(digits).value_or(kMaxExponent), kMaxExponent);
  return is_negative ? -exponent : exponent;
}

std::optional<Decimal> ParseDecimal(std::string_view text) {
  Decimal decimal;
  decimal.is_negative = TakeSign(text);
  const std::string_view whole = TakeDigits(text);
  std::string_view fraction;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = TakeDigits(text);
  }
  if (whole.empty() && fraction.empty()) return std::nullopt;
  const auto exponent = TakeExponent(text);
  if (!exponent || !text.empty()) return std::nullopt;
  decimal.digits = std::string(whole) + std::string(fraction);
  decimal.digits.erase(0, std::min(decimal.digits.find_first_not_of('0'), decimal.digits.size()));
  decimal.exponent = *exponent - static_cast<int64_t>(fraction.size());
  return decimal;
}

std::optional<int64_t> WholeValue(const Decimal& decimal) {
  std::string digits = decimal.digits;
  int64_t exponent = digits.empty() ? 0 : decimal.exponent;
  for (; exponent < 0 && digits.ends_with('0'); ++exponent) digits.pop_back();
  if (exponent < 0 || static_cast<uint64_t>(exponent) + digits.size() > kMaxInt64Digits) return std::nullopt;
  digits.append(static_cast<size_t>(exponent), '0');
  if (digits.empty()) return 0;
  return ParseInt64((decimal.is_negative ? "-" : "") + digits);
}

double NearestDouble(const Decimal& decimal) {
  const std::string text = decimal.digits + "e" + std::to_string(decimal.exponent);
  double value = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc::result_out_of_range) {
    const bool is_large = decimal.exponent + static_cast<int64_t>(decimal.digits.size()) > 0;
    value = is_large ? std::numeric_limits<double>::infinity() : 0;
  }
  return decimal.is_negative && value != 0 ? -value : value;
}

}  // namespace

std::optional<Number> ParseNumber(std::string_view text) {
  const std::optional<Decimal> decimal = ParseDecimal(Trim(text));
  if (!decimal) return std::nullopt;
  if (const auto whole = WholeValue(*decimal)) return Number{.is_integer = true, .integer = *whole, .real = 0};
  const double real = NearestDouble(*decimal);
  // A fraction beyond a double's digits.
  if (real == std::floor(real) && std::abs(real) < kInt64Limit) {
    return Number{.is_integer = true, .integer = static_cast<int64_t>(real), .real = 0};
  }
  return Number{.is_integer = false, .integer = 0, .real = real};
}

}  // namespace infusionsoft
