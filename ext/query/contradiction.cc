// SPDX-License-Identifier: MIT
#include "query/contradiction.h"

#include <algorithm>
#include <compare>
#include <optional>
#include <string>

namespace infusionsoft {
namespace {

using Kind = SqlValue::Kind;

bool IsNumber(const SqlValue& value) { return value.kind == Kind::kInteger || value.kind == Kind::kReal; }

// A database in UTF-16 orders other characters by other bytes.
bool IsAscii(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Nothing where the two are not certain to compare so: another kind, or numbers that are one only when rounded.
std::optional<std::strong_ordering> Compare(const SqlValue& a, const SqlValue& b) {
  if (a.kind == Kind::kText && b.kind == Kind::kText) {
    return IsAscii(a.text) && IsAscii(b.text) ? std::optional(a.text <=> b.text) : std::nullopt;
  }
  if (!IsNumber(a) || !IsNumber(b)) return std::nullopt;
  if (a.kind == Kind::kInteger && b.kind == Kind::kInteger) return a.integer <=> b.integer;
  const auto real = [](const SqlValue& value) {
    return value.kind == Kind::kInteger ? static_cast<double>(value.integer) : value.real;
  };
  // To round keeps the order of what it leaves apart.
  if (real(a) < real(b)) return std::strong_ordering::less;
  if (real(a) > real(b)) return std::strong_ordering::greater;
  return std::nullopt;
}

bool IsFromBelow(Op op) { return op == Op::kEqual || op == Op::kGreater || op == Op::kGreaterOrEqual; }
bool IsFromAbove(Op op) { return op == Op::kEqual || op == Op::kLess || op == Op::kLessOrEqual; }
bool IsStrict(Op op) { return op == Op::kGreater || op == Op::kLess; }

// `x op lower` and `x op upper`, the first from below and the second from above.
bool Exclude(const Comparison& lower, const Comparison& upper) {
  const auto order = Compare(lower.value, upper.value);
  if (!order) return false;
  return *order > 0 || (*order == 0 && (IsStrict(lower.op) || IsStrict(upper.op)));
}

}  // namespace

bool IsComparedAsIs(const Column& column, const SqlValue& value) {
  const bool is_text = SqlTypeName(column.type) == "TEXT";
  return value.IsNull() || (is_text ? value.kind == Kind::kText : IsNumber(value));
}

bool Contradict(const std::vector<Comparison>& comparisons) {
  return std::ranges::any_of(comparisons, [&](const Comparison& lower) {
    if (!IsFromBelow(lower.op)) return IsFromAbove(lower.op) && lower.value.IsNull();
    return lower.value.IsNull() || std::ranges::any_of(comparisons, [&](const Comparison& upper) {
             return IsFromAbove(upper.op) && Exclude(lower, upper);
           });
  });
}

}  // namespace infusionsoft
