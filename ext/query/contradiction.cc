// SPDX-License-Identifier: MIT
#include "query/contradiction.h"

#include <algorithm>
#include <compare>
#include <optional>

namespace infusionsoft {
namespace {

using Kind = SqlValue::Kind;

bool IsNumber(const SqlValue& value) { return value.kind == Kind::kInteger || value.kind == Kind::kReal; }

// Nothing where the two are not certain to compare so: another kind, or numbers that are one only when rounded.
std::optional<std::strong_ordering> Compare(const SqlValue& a, const SqlValue& b) {
  if (a.kind == Kind::kText && b.kind == Kind::kText) return a.text <=> b.text;
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

bool Contradict(const std::vector<Comparison>& comparisons) {
  return std::ranges::any_of(comparisons, [&](const Comparison& lower) {
    if (!IsFromBelow(lower.op)) return IsFromAbove(lower.op) && lower.value.IsNull();
    return lower.value.IsNull() || std::ranges::any_of(comparisons, [&](const Comparison& upper) {
             return IsFromAbove(upper.op) && Exclude(lower, upper);
           });
  });
}

}  // namespace infusionsoft
