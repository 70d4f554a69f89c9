// SPDX-License-Identifier: MIT
#include "base/base64.h"

#include <catch2/catch.hpp>

namespace infusionsoft {
namespace {

TEST_CASE("Base64: reads what RFC 4648 writes", "[base]") {
  CHECK(DecodeBase64("") == "");
  CHECK(DecodeBase64("Zg==") == "f");
  CHECK(DecodeBase64("Zm8=") == "fo");
  CHECK(DecodeBase64("Zm9v") == "foo");
  CHECK(DecodeBase64("Zm9vYmFy") == "foobar");
  CHECK(DecodeBase64("AP+/") == std::string("\0\xff\xbf", 3));
  CHECK(DecodeBase64("AP-_") == std::string("\0\xff\xbf", 3));
}

TEST_CASE("Base64: lines and padding that is left out are allowed", "[base]") {
  CHECK(DecodeBase64("Zm9v\r\nYmFy\r\n") == "foobar");
  CHECK(DecodeBase64("Zm9vYg") == "foob");
}

TEST_CASE("Base64: what is not base64 has no bytes", "[base]") {
  for (const char* text : {"Z", "Zm9vY", "Zm9v!", "Zm=v", "Zm9v=", "Zh==", "Zm 9v", "====", "Zm9=="}) {
    INFO(text);
    CHECK_FALSE(DecodeBase64(text).has_value());
  }
}

}  // namespace
}  // namespace infusionsoft
