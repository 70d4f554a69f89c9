// SPDX-License-Identifier: MIT
#include "base/text.h"

#include <array>
#include <catch2/catch.hpp>
#include <cstring>
#include <limits>
#include <random>

namespace infusionsoft {
namespace {

using namespace std::string_view_literals;

TEST_CASE("Text: case folding is ASCII only", "[base]") {
  CHECK(AsciiLower("AZaz[@`{ \xC3\x89") == "azaz[@`{ \xC3\x89");
  CHECK(EqualsIgnoreCase("Content-TYPE", "content-type"));
  CHECK_FALSE(EqualsIgnoreCase("\xC3\x89", "\xC3\xA9"));
  CHECK_FALSE(EqualsIgnoreCase("ab", "abc"));
}

TEST_CASE("Text: trimming takes white space from both ends only", "[base]") {
  CHECK(Trim(" \t\r\n\v\f a b \n") == "a b");
  CHECK(Trim("   ").empty());
  CHECK(Trim("").empty());
  CHECK(Trim("\0 "sv) == "\0"sv);
}

TEST_CASE("Text: splitting keeps empty parts, and joining is its inverse", "[base]") {
  CHECK(Split("a,,b,", ',') == std::vector<std::string_view>{"a", "", "b", ""});
  CHECK(Split("", ',') == std::vector<std::string_view>{""});
  const std::vector<std::string> parts{"a", "", "b", ""};
  CHECK(Join(parts, ", ") == "a, , b, ");
  CHECK(Join({}, ",").empty());
}

TEST_CASE("ParseInt64: reads both ends of the range", "[base]") {
  CHECK(ParseInt64("9223372036854775807") == std::numeric_limits<int64_t>::max());
  CHECK(ParseInt64("-9223372036854775808") == std::numeric_limits<int64_t>::min());
  CHECK(ParseInt64("007") == 7);
}

TEST_CASE("ParseInt64: refuses what is not wholly a number in range", "[base]") {
  for (std::string_view text : {""sv, "-"sv, "+1"sv, " 1"sv, "1 "sv, "1.0"sv, "0x10"sv, "1e3"sv, "9223372036854775808"sv,
                                "-9223372036854775809"sv, "1\0"sv}) {
    CAPTURE(text);
    CHECK_FALSE(ParseInt64(text).has_value());
  }
}

TEST_CASE("ParseDouble: refuses what is not wholly a finite number", "[base]") {
  for (std::string_view text : {""sv, "+1"sv, " 1"sv, "1 "sv, "1,5"sv, "nan"sv, "inf"sv, "-inf"sv, "infinity"sv, "1e400"sv,
                                "1e-400"sv, "0x1p3"sv, "."sv}) {
    CAPTURE(text);
    CHECK_FALSE(ParseDouble(text).has_value());
  }
  CHECK(ParseDouble("-2.5e-3") == -0.0025);
}

TEST_CASE("FormatDouble: the text reads back as the same bits", "[base]") {
  std::mt19937_64 random(Catch::rngSeed());
  for (int i = 0; i < 20000; ++i) {
    const uint64_t bits = random();
    double value;
    std::memcpy(&value, &bits, sizeof value);
    if (!(value - value == 0)) continue;  // infinities and NaN
    const auto back = ParseDouble(FormatDouble(value));
    REQUIRE(back.has_value());
    REQUIRE(std::memcmp(&*back, &value, sizeof value) == 0);
  }
  CHECK(FormatDouble(0.1) == "0.1");
  CHECK(FormatDouble(60) == "60");
}

TEST_CASE("ParseBool: knows four pairs of words in any case", "[base]") {
  for (std::string_view text : {"true", "YES", "On", "1"}) CHECK(ParseBool(text) == true);
  for (std::string_view text : {"False", "no", "OFF", "0"}) CHECK(ParseBool(text) == false);
  for (std::string_view text : {"", "2", "y", " true", "truex"}) CHECK_FALSE(ParseBool(text).has_value());
}

TEST_CASE("NearestName: finds a slip of the fingers and refuses a guess", "[base]") {
  constexpr std::array<std::string_view, 5> kNames{"contacts", "companies", "contact_tags", "orders", "Timeout"};
  CHECK(NearestName("contcats", kNames) == "contacts");  // swapped
  CHECK(NearestName("contact", kNames) == "contacts");   // missing
  CHECK(NearestName("orderss", kNames) == "orders");     // doubled
  CHECK(NearestName("TIMEOUT", kNames) == "Timeout");    // case costs nothing
  CHECK(NearestName("tiemuot", kNames) == "Timeout");    // two swaps in seven letters
  CHECK(NearestName("invoices", kNames).empty());
  CHECK(NearestName("", kNames).empty());
  CHECK(NearestName("contacts", {}).empty());
}

TEST_CASE("NearestName: allows edits up to a third of the name's length and not one more", "[base]") {
  constexpr std::array<std::string_view, 1> kNames{"abcdef"};
  CHECK(NearestName("abcdXY", kNames) == "abcdef");  // 2 of 6
  CHECK(NearestName("abcXYZ", kNames).empty());      // 3 of 6
  CHECK(NearestName("abcde", kNames) == "abcdef");   // 1 of 5
  CHECK(NearestName("abcd", kNames).empty());        // 2 of 4
}

TEST_CASE("NearestName: the nearest wins, the first of equals", "[base]") {
  constexpr std::array<std::string_view, 3> kNames{"order_idx", "order_ids", "order_id"};
  CHECK(NearestName("order_id", kNames) == "order_id");
  CHECK(NearestName("order_idz", kNames) == "order_idx");
}

TEST_CASE("IsValidUtf8: accepts the borders of each length", "[base]") {
  for (std::string_view text :
       {""sv, "\0"sv, "\x7F"sv, "\xC2\x80"sv, "\xDF\xBF"sv, "\xE0\xA0\x80"sv, "\xED\x9F\xBF"sv, "\xEE\x80\x80"sv,
        "\xEF\xBF\xBF"sv, "\xF0\x90\x80\x80"sv, "\xF4\x8F\xBF\xBF"sv, "a\xC3\xA9z"sv}) {
    CAPTURE(text);
    CHECK(IsValidUtf8(text));
  }
}

TEST_CASE("IsValidUtf8: refuses overlong, cut, surrogate and out-of-range forms", "[base]") {
  for (std::string_view text :
       {"\x80"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xC2"sv, "\xC2z"sv, "\xE0\x9F\xBF"sv, "\xE2\x82"sv, "\xED\xA0\x80"sv,
        "\xED\xBF\xBF"sv, "\xF0\x8F\xBF\xBF"sv, "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xFF"sv, "ok\xF0\x9F\x98"sv}) {
    CAPTURE(text);
    CHECK_FALSE(IsValidUtf8(text));
  }
}

TEST_CASE("ValidUtf8Length: finds the first bad byte wherever it stands", "[base]") {
  // Every offset and length around the blocks in which ASCII is passed over.
  for (size_t before = 0; before < 40; ++before) {
    for (size_t after = 0; after < 20; ++after) {
      const std::string head =
          std::string(before / 2, 'a') + (before % 2 == 1 ? "\xC3\xA9" : "") + std::string(before / 2, 'b');
      REQUIRE(ValidUtf8Length(head + "\xFF" + std::string(after, 'c')) == head.size());
      REQUIRE(ValidUtf8Length(head + "\xE2\x82" + std::string(after, 'c')) == head.size());
      REQUIRE(IsValidUtf8(head + "\xE2\x82\xAC" + std::string(after, 'c')));
    }
  }
}

TEST_CASE("Excerpt: cuts at a character boundary", "[base]") {
  CHECK(Excerpt("Zo\xC3\xAB!", 3) == "Zo");
  CHECK(Excerpt("Zo\xC3\xAB!", 4) == "Zo\xC3\xAB");
  CHECK(Excerpt("Zo\xC3\xAB!", 100) == "Zo\xC3\xAB!");
  CHECK(Excerpt("abc", 0).empty());
}

TEST_CASE("Excerpt: what a terminal would obey or not show becomes harmless", "[base]") {
  CHECK(Excerpt("a\r\n\x1B[31m\x7F\0b"sv, 100) == "a   [31m  b");
  CHECK(Excerpt("a\xC2\x9B"
                "b",
                100) == "a b");  // C1 control
  CHECK(Excerpt("a\xFF\xE2\x82", 100) == "a???");
}

TEST_CASE("StableHash64: golden values never change", "[base]") {
  // From an independent implementation (Python): FNV-1a, checked against its published vector for "foobar", then fmix64.
  CHECK(StableHash64(""sv) == 0xefd01f60ba992926ULL);
  CHECK(StableHash64("a"sv) == 0x82a2a958a9bece5bULL);
  CHECK(StableHash64("foobar"sv) == 0x2c22194922d1672bULL);
  CHECK(StableHash64("a\0b"sv) == 0xab78f5eca36d0e2bULL);
  CHECK(StableHash64("foobar"sv, 1) == 0xf171d29e0dee9bf1ULL);
  CHECK(StableHash64("Zo\xC3\xAB"sv, 7) == 0x3de632ce7d132b72ULL);
}

}  // namespace
}  // namespace infusionsoft
