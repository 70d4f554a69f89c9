// SPDX-License-Identifier: MIT
#include "query/predicate.h"

#include <array>
#include <utility>

namespace infusionsoft {
namespace {

constexpr std::array<std::pair<Op, std::string_view>, 16> kOpTexts = {{
    {Op::kEqual, "="},
    {Op::kEqualNoCase, "= NOCASE"},
    {Op::kIn, "IN"},
    {Op::kGreater, ">"},
    {Op::kGreaterOrEqual, ">="},
    {Op::kLess, "<"},
    {Op::kLessOrEqual, "<="},
    {Op::kLike, "LIKE"},
    {Op::kGlob, "GLOB"},
    {Op::kIsNull, "IS NULL"},
    {Op::kNotEqual, "<>"},
    {Op::kIs, "IS"},
    {Op::kIsNot, "IS NOT"},
    {Op::kIsNotNull, "IS NOT NULL"},
    {Op::kLimit, "LIMIT"},
    {Op::kOffset, "OFFSET"},
}};

}  // namespace

std::string_view OpText(Op op) {
  for (const auto& [candidate, text] : kOpTexts) {
    if (candidate == op) return text;
  }
  return "?";
}

std::optional<Op> ParseOp(std::string_view text) {
  for (const auto& [op, candidate] : kOpTexts) {
    if (candidate == text) return op;
  }
  return std::nullopt;
}

}  // namespace infusionsoft
