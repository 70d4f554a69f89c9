// SPDX-License-Identifier: MIT
#include "json/document.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <limits>
#include <random>
#include <stdexcept>

#include "base/text.h"

namespace infusionsoft::json {
namespace {

using namespace std::string_view_literals;
using Kind = Value::Kind;

Document Parsed(std::string_view text) {
  auto document = Document::Parse(std::string(text));
  if (!document) throw std::runtime_error(document.status().message());
  return *std::move(document);
}

Status Refused(std::string_view text) {
  const auto document = Document::Parse(std::string(text));
  return document ? Status() : document.status();
}

std::string Nested(size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST_CASE("Document: integers keep all 64 bits", "[json]") {
  const Document document = Parsed("[9223372036854775807, -9223372036854775808, 0, 7, 4294967296, 2147483648]");
  const Value root = document.root();
  for (size_t i = 0; i < root.Size(); ++i) CHECK(root.At(i).kind() == Kind::kInteger);
  CHECK(root.At(0).Integer() == std::numeric_limits<int64_t>::max());
  CHECK(root.At(1).Integer() == std::numeric_limits<int64_t>::min());
  CHECK(root.At(3).Integer() == 7);
  CHECK(root.At(4).Integer() == 4294967296);
}

TEST_CASE("Document: integers beyond 64 bits and fractions are reals", "[json]") {
  const Document document =
      Parsed("[9223372036854775808, -9223372036854775809, 123456789012345678901234567890, 1.0, 1e2, -0.0]");
  const Value root = document.root();
  for (size_t i = 0; i < root.Size(); ++i) CHECK(root.At(i).kind() == Kind::kReal);
  CHECK(root.At(0).Real() == 9223372036854775808.0);
  CHECK(root.At(1).Real() == -9223372036854775808.0);
  CHECK(root.At(2).Real() == 123456789012345678901234567890.0);
  CHECK(root.At(4).Real() == 100.0);
}

TEST_CASE("Document: numbers keep the digits that came", "[json]") {
  const std::string text =
      "[12345678901234567890,-0,1e3,1.10,{\"a\":0.1000000000000000055511151231257827,\"b\":\"1.10\"},[19.990],\"\",2.50,"
      "\"\\n\",3.0]";
  const Document document = Parsed(text);
  CHECK(document.root().Text() == text);
  Writer writer;
  writer.Copy(document.root());
  CHECK(writer.Take() == text);
  CHECK(document.root().At(3).Text() == "1.10");
  CHECK(document.root().At(4).Member("b").kind() == Kind::kString);
  CHECK(document.root().At(6).kind() == Kind::kString);
  CHECK(document.root().At(7).kind() == Kind::kReal);
  CHECK_THROWS_AS(document.root().At(7).String(), std::logic_error);
  CHECK_THROWS_AS(document.root().At(6).Real(), std::logic_error);
}

TEST_CASE("Document: a zero with any exponent is zero", "[json]") {
  const Document document = Parsed("[0e245, 0.0e-400, -0E+1, 0e0]");
  for (size_t i = 0; i < 4; ++i) {
    CHECK(document.root().At(i).kind() == Kind::kReal);
    CHECK(document.root().At(i).Real() == 0);
  }
}

TEST_CASE("Document: reals are read to the last bit", "[json]") {
  std::mt19937_64 random(Catch::rngSeed());
  for (int i = 0; i < 5000; ++i) {
    const uint64_t bits = random();
    double value;
    std::memcpy(&value, &bits, sizeof value);
    if (!(value - value == 0)) continue;  // JSON has no infinity and no NaN
    std::string text = FormatDouble(value);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    CAPTURE(text);
    const Document document = Parsed(text);
    const double back = document.root().Real();
    REQUIRE(std::memcmp(&back, &value, sizeof value) == 0);
  }
}

TEST_CASE("Document: a string is UTF-8 and may hold NUL", "[json]") {
  const Document document = Parsed(R"(["a\u0000b", "", "\"\\\/\b\f\n\r\t", "\u00e9\u20AC\ud83d\ude00", "Zoë"])");
  const Value root = document.root();
  CHECK(root.At(0).String() == "a\0b"sv);
  CHECK(root.At(1).String().empty());
  CHECK(root.At(2).String() == "\"\\/\b\f\n\r\t");
  CHECK(root.At(3).String() == "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
  CHECK(root.At(4).String() == "Zo\xC3\xAB");
}

TEST_CASE("Document: refuses strings that are not Unicode", "[json]") {
  for (std::string_view text :
       {"\"\x80\""sv, "\"\xC0\x80\""sv, "\"\xED\xA0\x80\""sv, "\"\xF4\x90\x80\x80\""sv, "\"a\xE2\x82\""sv, "{\"\xFF\":1}"sv,
        R"("\ud800")"sv, R"("\ud800x")"sv, R"("\ud800\u0041")"sv, R"("\udc00")"sv, R"("x\udfffy")"sv, R"({"\udc00":1})"sv,
        R"("\uZZZZ")"sv}) {
    CAPTURE(text);
    CHECK(Refused(text).code() == StatusCode::kBadResponse);
  }
}

TEST_CASE("Document: U+D7FF, the neighbour of the surrogates, is accepted", "[json]") {
  CHECK(Parsed("[\"\xED\x9F\xBF\"]").root().At(0).String() == "\xED\x9F\xBF");
  CHECK(Parsed(R"(["\ud7ff"])").root().At(0).String() == "\xED\x9F\xBF");
}

TEST_CASE("Document: refuses trailing text, a NUL byte and what is not JSON", "[json]") {
  for (std::string_view text : {""sv,
                                " "sv,
                                "{} {}"sv,
                                "{}x"sv,
                                "{}\0"sv,
                                "{}\0x"sv,
                                "\0{}"sv,
                                "\"a\0b\""sv,
                                "[1,]"sv,
                                "{\"a\":1,}"sv,
                                "{a:1}"sv,
                                "[01]"sv,
                                "[+1]"sv,
                                "[.5]"sv,
                                "[1.]"sv,
                                "[NaN]"sv,
                                "[Infinity]"sv,
                                "[1e400]"sv,
                                "[9e308]"sv,
                                "[-9e308]"sv,
                                "[1e-400]"sv,
                                "'a'"sv,
                                "// c\n{}"sv,
                                "tru"sv,
                                "<html>Service Unavailable</html>"sv,
                                "\"line\nbreak\""sv}) {
    CAPTURE(text);
    CHECK(Refused(text).code() == StatusCode::kBadResponse);
  }
  CHECK(Parsed(" \t\r\n{} \t\r\n").root().kind() == Kind::kObject);
}

TEST_CASE("Document: every truncation of a text is refused", "[json]") {
  const std::string text =
      R"({"contacts":[{"id":"1","given_name":"Zo\u00eb","score":-1.5e3,"tags":[true,false,null]}],"next_page_token":""})";
  REQUIRE(Parsed(text).root().Size() == 2);
  for (size_t size = 0; size < text.size(); ++size) {
    CAPTURE(size);
    REQUIRE(Refused(text.substr(0, size)).code() == StatusCode::kBadResponse);
  }
}

TEST_CASE("Document: a text that ends inside a character is refused without a step beyond its end", "[json]") {
  // The sanitizer watches: the text fills its memory, and RapidJSON's own check of encodings would leave it.
  for (std::string_view cut : {"\xC3", "\xE2", "\xE2\x82", "\xF0", "\xF0\x9F", "\xF0\x9F\x98"}) {
    std::string text = "[\"" + std::string(100, 'x') + std::string(cut);
    text.shrink_to_fit();
    const auto document = Document::Parse(std::move(text));
    REQUIRE_FALSE(document.ok());
    CHECK(document.status().message().find("at byte 102") != std::string::npos);
  }
}

TEST_CASE("Document: an error names the byte and repeats nothing of the text", "[json]") {
  const Status status = Refused(R"({"access_token":"hunter2" "x":1})");
  CHECK(status.message().find("at byte 26") != std::string::npos);
  CHECK(status.message().find("hunter2") == std::string::npos);
  CHECK(Refused(R"(["abc","\udc00"])").message().find("at byte") != std::string::npos);
}

TEST_CASE("Document: 512 levels are read and written, one more is refused", "[json]") {
  const Document document = Parsed(Nested(512));
  CHECK(document.root().Text() == Nested(512));
  CHECK(Refused(Nested(513)).message().find("512 levels") != std::string::npos);
  std::string objects;
  for (int i = 0; i < 513; ++i) objects += "{\"a\":";
  CHECK(Refused(objects).message().find("512 levels") != std::string::npos);
}

TEST_CASE("Document: many siblings are not depth", "[json]") {
  std::string text = "[";
  for (int i = 0; i < 2000; ++i) text += "[{}],";
  text += "[]]";
  CHECK(Parsed(text).root().Size() == 2001);
}

TEST_CASE("Document: a million levels are refused without using up the stack", "[json]") {
  CHECK(Refused(std::string(1000000, '[')).code() == StatusCode::kBadResponse);
  CHECK(Refused(Nested(1000000)).code() == StatusCode::kBadResponse);
}

TEST_CASE("Document: values stay valid when it moves", "[json]") {
  Document first = Parsed(R"({"short":"s","long":"a text beyond every small-string buffer"})");
  const Value value = first.root().Member("short");
  Document second = std::move(first);
  Document third;
  third = std::move(second);
  CHECK(value.String() == "s");
  CHECK(third.root().Member("long").String() == "a text beyond every small-string buffer");
  CHECK(third.text_size() == 62);
}

TEST_CASE("Document: a default one has an absent root", "[json]") {
  CHECK(Document().root().kind() == Kind::kAbsent);
  CHECK(Document().text_size() == 0);
}

TEST_CASE("Value: an absent one answers every question about shape", "[json]") {
  const Value absent;
  CHECK(absent.IsNothing());
  CHECK(absent.Size() == 0);
  CHECK(absent.At(0).kind() == Kind::kAbsent);
  CHECK(absent.Member("a").Member("b").At(3).kind() == Kind::kAbsent);
  CHECK(absent.MemberName(0).empty());
  CHECK(absent.MemberValue(0).kind() == Kind::kAbsent);
  CHECK(absent.Text().empty());
}

TEST_CASE("Value: reading it as a kind that it is not is a bug that throws and does not abort", "[json]") {
  const Document document = Parsed(R"({"a":1,"b":"x","c":null})");
  CHECK_THROWS_AS(Value().Bool(), std::logic_error);
  CHECK_THROWS_AS(Value().String(), std::logic_error);
  CHECK_THROWS_AS(document.root().Member("a").String(), std::logic_error);
  CHECK_THROWS_AS(document.root().Member("b").Integer(), std::logic_error);
  CHECK_THROWS_AS(document.root().Member("c").Bool(), std::logic_error);
  CHECK_THROWS_AS(document.root().Real(), std::logic_error);
}

TEST_CASE("Value: an object can be walked in document order, and the first of equal names is found", "[json]") {
  const Document document = Parsed(R"({"b":1,"a":2,"b":3,"":4,"ab":5})");
  const Value root = document.root();
  std::string walked;
  for (size_t i = 0; i < root.Size(); ++i)
    walked += std::string(root.MemberName(i)) + "=" + root.MemberValue(i).Text() + " ";
  CHECK(walked == "b=1 a=2 b=3 =4 ab=5 ");
  CHECK(root.Member("b").Integer() == 1);
  CHECK(root.Member("").Integer() == 4);
  CHECK(root.Member("A").kind() == Kind::kAbsent);
  CHECK(root.At(0).kind() == Kind::kAbsent);
  CHECK(root.MemberName(5).empty());
  CHECK(root.MemberValue(5).kind() == Kind::kAbsent);
}

TEST_CASE("Value: null is nothing, false, zero and empty are something", "[json]") {
  const Document document = Parsed(R"([null,false,0,"",[],{}])");
  CHECK(document.root().At(0).IsNothing());
  CHECK(document.root().At(6).IsNothing());
  for (size_t i = 1; i < 6; ++i) CHECK_FALSE(document.root().At(i).IsNothing());
  CHECK(document.root().At(1).kind() == Kind::kBool);
  CHECK_FALSE(document.root().At(1).Bool());
}

TEST_CASE("Value: its text is compact JSON with the characters themselves", "[json]") {
  const Document document =
      Parsed(R"( { "a" : [ 1 , -2.5 , 1.0 , true , null ] , "z\u00eb" : "\u20ac\/\u0001\"" , "n" : "\u0000" } )");
  CHECK(document.root().Text() ==
        "{\"a\":[1,-2.5,1.0,true,null],\"z\xC3\xAB\":\"\xE2\x82\xAC/\\u0001\\\"\",\"n\":\"\\u0000\"}");
  CHECK(document.root().Member("a").At(1).Text() == "-2.5");
}

}  // namespace
}  // namespace infusionsoft::json
