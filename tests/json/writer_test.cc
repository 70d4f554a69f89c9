// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <limits>
#include <stdexcept>

#include "json/document.h"

namespace infusionsoft::json {
namespace {

using namespace std::string_view_literals;

template <typename Write>
std::string Written(Write write) {
  Writer writer;
  write(writer);
  return writer.Take();
}

TEST_CASE("Writer: writes every kind of value", "[json]") {
  const std::string text = Written([](Writer& writer) {
    writer.BeginObject();
    writer.Key("list");
    writer.BeginArray();
    writer.Integer(std::numeric_limits<int64_t>::min());
    writer.Integer(std::numeric_limits<int64_t>::max());
    writer.Real(0.1);
    writer.Real(2);
    writer.Bool(true);
    writer.Null();
    writer.EndArray();
    writer.Key("text");
    writer.String("a\"\\/\n\x01 Zo\xC3\xAB");
    writer.Key("empty");
    writer.BeginObject();
    writer.EndObject();
    writer.EndObject();
  });
  CHECK(text ==
        "{\"list\":[-9223372036854775808,9223372036854775807,0.1,2.0,true,null],"
        "\"text\":\"a\\\"\\\\/\\n\\u0001 Zo\xC3\xAB\",\"empty\":{}}");
}

TEST_CASE("Writer: what it writes reads back the same, NUL included", "[json]") {
  const std::string text = Written([](Writer& writer) { writer.String("a\0b\x7F\xF0\x9F\x98\x80"sv); });
  const auto document = Document::Parse(text);
  REQUIRE(document.ok());
  CHECK(document->root().String() == "a\0b\x7F\xF0\x9F\x98\x80"sv);
}

TEST_CASE("Writer: bytes that are not UTF-8 become U+FFFD, in names too", "[json]") {
  const std::string text = Written([](Writer& writer) {
    writer.BeginObject();
    writer.Key("k\xFF");
    writer.String(
        "\x80"
        "a\xE2\x82z\xC3\xA9\xED\xA0\x80\xC3");
    writer.EndObject();
  });
  constexpr std::string_view kReplaced = "\xEF\xBF\xBD";
  std::string expected = "{\"k" + std::string(kReplaced) + "\":\"";
  expected += std::string(kReplaced) + "a" + std::string(kReplaced) + std::string(kReplaced) + "z\xC3\xA9";
  for (int i = 0; i < 4; ++i) expected += kReplaced;  // each byte of the surrogate, and the cut character
  CHECK(text == expected + "\"}");
}

TEST_CASE("Writer: numbers that JSON cannot write are null", "[json]") {
  CHECK(Written([](Writer& writer) { writer.Real(std::numeric_limits<double>::infinity()); }) == "null");
  CHECK(Written([](Writer& writer) { writer.Real(std::numeric_limits<double>::quiet_NaN()); }) == "null");
}

TEST_CASE("Writer: copies a value of a document as it is", "[json]") {
  const auto document = Document::Parse(R"({"a":[1,2.0,{"b":null,"c":"\u0000"}],"d":123456789012345678})");
  REQUIRE(document.ok());
  const std::string text = Written([&](Writer& writer) {
    writer.BeginArray();
    writer.Copy(document->root().Member("a"));
    writer.Copy(document->root().Member("d"));
    writer.Copy(document->root().Member("absent"));
    writer.EndArray();
  });
  CHECK(text == R"([[1,2.0,{"b":null,"c":"\u0000"}],123456789012345678,null])");
}

TEST_CASE("Writer: can be used again after Take", "[json]") {
  Writer writer;
  CHECK(writer.Take().empty());
  writer.Integer(1);
  CHECK(writer.Take() == "1");
  CHECK(writer.Take().empty());
  writer.BeginArray();
  writer.EndArray();
  CHECK(writer.Take() == "[]");
}

TEST_CASE("Writer: calls out of order are bugs that throw", "[json]") {
  CHECK_THROWS_AS(Written([](Writer& writer) { writer.BeginObject(); }), std::logic_error);
  CHECK_THROWS_AS(Written([](Writer& writer) {
                    writer.BeginObject();
                    writer.Integer(1);
                  }),
                  std::logic_error);
  CHECK_THROWS_AS(Written([](Writer& writer) { writer.EndArray(); }), std::logic_error);
  CHECK_THROWS_AS(Written([](Writer& writer) {
                    writer.BeginObject();
                    writer.Key("a");
                    writer.EndObject();
                  }),
                  std::logic_error);
  CHECK_THROWS_AS(Written([](Writer& writer) {
                    writer.BeginObject();
                    writer.Key("a");
                    writer.Key("b");
                  }),
                  std::logic_error);
  CHECK_THROWS_AS(Written([](Writer& writer) {
                    writer.BeginArray();
                    writer.Key("a");
                  }),
                  std::logic_error);
  CHECK_THROWS_AS(Written([](Writer& writer) { writer.Key("a"); }), std::logic_error);
  CHECK_THROWS_AS(Written([](Writer& writer) {
                    writer.Null();
                    writer.Null();
                  }),
                  std::logic_error);
}

}  // namespace
}  // namespace infusionsoft::json
