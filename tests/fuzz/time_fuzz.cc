// SPDX-License-Identifier: MIT
// Any bytes: a timestamp that parses survives being formatted, and the bounds of a text are never too narrow.
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "base/text.h"
#include "base/time.h"

namespace {

using namespace infusionsoft;

void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckBounds(std::string_view text, Timestamp x) {
  if (x < kMinTimestamp || x > kMaxTimestamp) return;
  const std::string formatted = FormatTimestamp(x);
  const std::string folded = AsciiLower(formatted);
  const std::string folded_text = AsciiLower(text);
  const auto lower = LowerBoundFromText(text);
  const auto upper = UpperBoundFromText(text);
  if (lower && (formatted >= text || folded >= folded_text)) Require(x >= *lower);
  if (upper && (formatted <= text || folded <= folded_text)) Require(x <= *upper);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  uint64_t number = 0;
  const size_t taken = size < sizeof number ? size : sizeof number;
  std::memcpy(&number, data, taken);
  const std::string_view text(reinterpret_cast<const char*>(data + taken), size - taken);

  const auto parsed = ParseTimestamp(text);
  if (parsed) Require(ParseTimestamp(FormatTimestamp(*parsed)) == parsed);
  const auto lower = LowerBoundFromText(text);
  const auto upper = UpperBoundFromText(text);
  Require(lower.has_value() == upper.has_value());
  const uint64_t span = static_cast<uint64_t>(kMaxTimestamp.ms - kMinTimestamp.ms) + 1;
  CheckBounds(text, Timestamp{kMinTimestamp.ms + static_cast<int64_t>(number % span)});
  if (!lower) return 0;
  Require(*lower <= *upper);
  // The interesting times stand just inside and just outside the bounds.
  for (int64_t near : {int64_t{-1}, int64_t{0}, int64_t{1}}) {
    CheckBounds(text, Timestamp{lower->ms + near});
    CheckBounds(text, Timestamp{upper->ms + near});
  }
  return 0;
}
