// SPDX-License-Identifier: MIT
#include "base/time.h"

#include <catch2/catch.hpp>
#include <random>

#include "base/text.h"

namespace infusionsoft {
namespace {

using namespace std::string_view_literals;

// `date -u -d ... +%s` gave the seconds.
constexpr int64_t kNewYear2026 = 1767225600000;
constexpr int64_t kLeapDayEnd2024 = 1709251199000;

std::string Formatted(std::optional<Timestamp> time) { return time ? FormatTimestamp(*time) : "nothing"; }

TEST_CASE("Timestamp: Z, offsets with and without colon name the same instant", "[base]") {
  for (std::string_view text :
       {"2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000Z", "2026-01-01T05:30:00+05:30", "2026-01-01T05:30:00+0530",
        "2025-12-31T16:00:00-0800", "2026-01-01T00:00:00+0000", "2026-01-01T00:00:00-00:00",
        // As RFC 3339 and ISO 8601 also write it, and Java without the seconds when they are zero.
        "2026-01-01T00:00Z", "2026-01-01T05:30+05:30", "2026-01-01t00:00:00z", "2026-01-01 00:00:00Z",
        "2026-01-01 00:00:00 +0000", "2026-01-01T05:00:00+05", "2026-01-01T00:00:00,000Z",
        "2026-01-01T00:00:00.000000000000Z"}) {
    CAPTURE(text);
    CHECK(ParseTimestamp(text) == Timestamp{kNewYear2026});
  }
  CHECK(ParseTimestamp("2024-02-29T23:59:59Z") == Timestamp{kLeapDayEnd2024});
}

TEST_CASE("Timestamp: a fraction of one to nine digits is cut to milliseconds towards the past", "[base]") {
  CHECK(ParseTimestamp("2026-01-01T00:00:00.5Z") == Timestamp{kNewYear2026 + 500});
  CHECK(ParseTimestamp("2026-01-01T00:00:00.05Z") == Timestamp{kNewYear2026 + 50});
  CHECK(ParseTimestamp("2026-01-01T00:00:00.123999999Z") == Timestamp{kNewYear2026 + 123});
  CHECK(ParseTimestamp("1969-12-31T23:59:59.9999Z") == Timestamp{-1});
}

TEST_CASE("Timestamp: refuses every other form", "[base]") {
  for (std::string_view text : {""sv,
                                "2026-01-01"sv,
                                "2026-01-01T00:00:00"sv,
                                "2026-01-01T00:00"sv,
                                "2026-01-01T00Z"sv,
                                "2026-01-01T00:00.5Z"sv,
                                "2026-01-01T00:00:Z"sv,
                                "2026-01-01T00:00:00 "sv,
                                "2026-01-01  00:00:00Z"sv,
                                "2026-01-01_00:00:00Z"sv,
                                "20260101T000000Z"sv,
                                "1767225600000"sv,
                                "2026-01-01T00:00:00+"sv,
                                "2026-01-01T00:00:00+05:"sv,
                                "2026-01-01T00:00:00+053"sv,
                                "2026-01-01T00:00:60Z"sv,
                                "2026-01-01T24:00:00Z"sv,
                                "2026-02-29T00:00:00Z"sv,
                                "2026-00-01T00:00:00Z"sv,
                                "2026-13-01T00:00:00Z"sv,
                                "2026-04-31T00:00:00Z"sv,
                                "1900-02-29T00:00:00Z"sv,
                                "2026-01-00T00:00:00Z"sv,
                                "2026-01-01T00:60:00Z"sv,
                                "2026-01-01T00:00:00.Z"sv,
                                "2026-01-01T00:00:00+24:00"sv,
                                "2026-01-01T00:00:00+00:60"sv,
                                "2026-01-01T00:00:00+5:30"sv,
                                "2026-01-01T00:00:00ZZ"sv,
                                "2026-01-01T00:00:00Z "sv,
                                " 2026-01-01T00:00:00Z"sv,
                                "+2026-01-01T00:00:00Z"sv,
                                "2026-1-1T00:00:00Z"sv,
                                "2026-01-01T00:00:00Z\0"sv}) {
    CAPTURE(text);
    CHECK_FALSE(ParseTimestamp(text).has_value());
  }
}

TEST_CASE("Timestamp: the range ends with the years that four digits can write", "[base]") {
  CHECK(ParseTimestamp("0000-01-01T00:00:00Z") == kMinTimestamp);
  CHECK(ParseTimestamp("9999-12-31T23:59:59.999Z") == kMaxTimestamp);
  CHECK_FALSE(ParseTimestamp("0000-01-01T00:00:00+00:01").has_value());
  CHECK_FALSE(ParseTimestamp("9999-12-31T23:59:59.999-00:01").has_value());
  CHECK(FormatTimestamp(kMinTimestamp) == "0000-01-01T00:00:00.000Z");
  CHECK(FormatTimestamp(kMaxTimestamp) == "9999-12-31T23:59:59.999Z");
  CHECK(FormatTimestamp(Timestamp{INT64_MIN}) == "0000-01-01T00:00:00.000Z");
  CHECK(FormatTimestamp(Timestamp{INT64_MAX}) == "9999-12-31T23:59:59.999Z");
}

TEST_CASE("Timestamp: what is formatted parses back, and text order is time order", "[base]") {
  std::mt19937_64 random(Catch::rngSeed());
  std::uniform_int_distribution<int64_t> any(kMinTimestamp.ms, kMaxTimestamp.ms);
  for (int i = 0; i < 20000; ++i) {
    const Timestamp a{any(random)};
    const Timestamp b{i % 2 == 0 ? any(random) : std::min(a.ms + 1, kMaxTimestamp.ms)};
    REQUIRE(ParseTimestamp(FormatTimestamp(a)) == a);
    REQUIRE((FormatTimestamp(a) < FormatTimestamp(b)) == (a < b));
  }
}

TEST_CASE("Text bounds: the complete fields at the front decide", "[base]") {
  struct Example {
    std::string_view text, lower, upper;
  };
  constexpr Example kExamples[] = {
      {"2026", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z"},  // the end is below all that begins so
      {"2026-02", "2026-02-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z"},
      {"2024-02-", "2024-02-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z"},
      {"2026-01-01", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z"},
      {"2026-01-01 12:00:00", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z"},  // a space is below T
      {"2026-01-01t12:00:00", "2026-01-01T00:00:00.000Z", "2026-01-01T23:59:59.999Z"},
      {"2026-01-01T12", "2026-01-01T12:00:00.000Z", "2026-01-01T12:00:00.000Z"},
      {"2026-01-01T12:3", "2026-01-01T12:00:00.000Z", "2026-01-01T12:59:59.999Z"},
      {"2026-01-01T12:30:00Z", "2026-01-01T12:30:00.000Z", "2026-01-01T12:30:00.999Z"},
      {"2026-01-01T12:30:00+02:00", "2026-01-01T12:30:00.000Z", "2026-01-01T12:30:00.999Z"},  // text knows no zones
      {"2026-01-01T12:30:00.25Z", "2026-01-01T12:30:00.000Z", "2026-01-01T12:30:00.999Z"},
      {"2026-01-01T12:30:00.250Z", "2026-01-01T12:30:00.250Z", "2026-01-01T12:30:00.250Z"},
      {"2026-01-01T12:30:00.250Z and more", "2026-01-01T12:30:00.250Z", "2026-01-01T12:30:00.250Z"},
      {"2026-13-01", "2026-01-01T00:00:00.000Z", "2026-12-31T23:59:59.999Z"},
      {"2026-02-30T12", "2026-02-01T00:00:00.000Z", "2026-02-28T23:59:59.999Z"},
      {"2026-01-01T12:30:00", "2026-01-01T12:30:00.000Z", "2026-01-01T12:30:00.000Z"},
      {"2026-01-01T24:00:00", "2026-01-01T00:00:00.000Z", "2026-01-01T23:59:59.999Z"},
      {"2026-01-01T23:59:60Z", "2026-01-01T23:59:00.000Z", "2026-01-01T23:59:59.999Z"},
      {"20260101", "2026-01-01T00:00:00.000Z", "2026-12-31T23:59:59.999Z"},
      {"0000", "0000-01-01T00:00:00.000Z", "0000-01-01T00:00:00.000Z"},
      {"9999-", "9999-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"},
  };
  for (const Example& example : kExamples) {
    CAPTURE(example.text);
    CHECK(Formatted(LowerBoundFromText(example.text)) == example.lower);
    CHECK(Formatted(UpperBoundFromText(example.text)) == example.upper);
  }
}

TEST_CASE("Text bounds: nothing follows from a text without a year", "[base]") {
  for (std::string_view text : {"", "202", "yesterday", " 2026", "-2026", "202x-01-01"}) {
    CAPTURE(text);
    CHECK_FALSE(LowerBoundFromText(text).has_value());
    CHECK_FALSE(UpperBoundFromText(text).has_value());
  }
}

// A time near enough to `near` that comparisons go both ways.
Timestamp TimeNear(Timestamp near, std::mt19937_64& random) {
  constexpr int64_t kReach[] = {0, 1, 1000, 60000, 3600000, 86400000, 32LL * 86400000, 400LL * 86400000};
  const int64_t reach = kReach[random() % std::size(kReach)];
  const int64_t ms = near.ms + static_cast<int64_t>(random() % static_cast<uint64_t>(2 * reach + 1)) - reach;
  return Timestamp{std::clamp(ms, kMinTimestamp.ms, kMaxTimestamp.ms)};
}

// A formatted time with characters replaced, removed, added and cut off.
std::string Mangled(Timestamp time, std::mt19937_64& random) {
  constexpr std::string_view kChars = "0123456789-:.TZtz +/x\xC3\xFF\x01";
  std::string text = FormatTimestamp(time);
  for (uint64_t edits = random() % 3; edits > 0; --edits) {
    const size_t at = random() % text.size();
    const char c = kChars[random() % kChars.size()];
    switch (random() % 4) {
      case 0:
        text[at] = c;
        break;
      case 1:
        text.insert(at, 1, c);
        break;
      case 2:
        text += c;
        break;
      default:
        text.resize(at + 1);
        break;
    }
  }
  return text;
}

std::string WithoutTrailingSpaces(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

void RequireBoundsHold(const std::string& compared_x, const std::string& compared_text, Timestamp x, std::string_view text) {
  const auto lower = LowerBoundFromText(text);
  const auto upper = UpperBoundFromText(text);
  if (lower && compared_x >= compared_text) REQUIRE(x >= *lower);
  if (upper && compared_x <= compared_text) REQUIRE(x <= *upper);
}

TEST_CASE("Text bounds: never too narrow under BINARY, NOCASE and RTRIM", "[base]") {
  std::mt19937_64 random(Catch::rngSeed());
  std::uniform_int_distribution<int64_t> any(kMinTimestamp.ms, kMaxTimestamp.ms);
  int bounded = 0;
  for (int i = 0; i < 10000; ++i) {
    const Timestamp near{any(random)};
    const std::string text = Mangled(near, random);
    CAPTURE(Catch::rngSeed(), text);
    bounded += LowerBoundFromText(text).has_value() ? 1 : 0;
    for (int j = 0; j < 8; ++j) {
      const Timestamp x = TimeNear(near, random);
      const std::string formatted = FormatTimestamp(x);
      CAPTURE(formatted);
      RequireBoundsHold(formatted, text, x, text);
      RequireBoundsHold(AsciiLower(formatted), AsciiLower(text), x, text);
      RequireBoundsHold(formatted, WithoutTrailingSpaces(text), x, text);
    }
  }
  CHECK(bounded > 5000);  // otherwise this test would prove little
}

}  // namespace
}  // namespace infusionsoft
