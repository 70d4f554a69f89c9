// SPDX-License-Identifier: MIT
// Timestamps: what the API writes, and the one form in which rows carry them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace infusionsoft {

// Milliseconds since 1970-01-01T00:00:00Z; years 0000 to 9999 (what the text form can carry).
struct Timestamp {
  int64_t ms = 0;
  friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
};

inline constexpr Timestamp kMinTimestamp{-62167219200000};
inline constexpr Timestamp kMaxTimestamp{253402300799999};

// ISO 8601 / RFC 3339 date-time in every form that names one instant: `T`, `t` or a space between date and time, with or
// without seconds, a fraction of any number of digits after `.` or `,` (cut to milliseconds, towards the past), and a zone:
// Z, z, +hh:mm, +hhmm or +hh (or -), with or without a space before it. Nothing for anything else: no zone, no time, a leap
// second, 30 February, a result outside the range. Source: KEAP_FACTS section 8.
std::optional<Timestamp> ParseTimestamp(std::string_view text);

// `YYYY-MM-DDTHH:MM:SS.mmmZ`, 24 characters, so that text order is time order. A time outside the range is written as the
// nearest end of it.
std::string FormatTimestamp(Timestamp time);

// Bounds of the set of formatted timestamps x for which `x >= text` (first) or `x <= text` (last) holds as TEXT, compared
// byte by byte (BINARY; also right for NOCASE and RTRIM). `text` may be anything a person writes: a year, a date, a date and
// time with a space, with an offset, nonsense. Nothing when no bound follows from it. The bounds are never too narrow:
//   every formatted x >= text is >= LowerBoundFromText(text), every formatted x <= text is <= UpperBoundFromText(text).
std::optional<Timestamp> LowerBoundFromText(std::string_view text);
std::optional<Timestamp> UpperBoundFromText(std::string_view text);

}  // namespace infusionsoft
