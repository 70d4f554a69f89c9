// SPDX-License-Identifier: MIT
// Any bytes: Parse refuses or gives a tree whose text parses to the same text again.
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "json/document.h"

namespace {

using infusionsoft::json::Document;
using infusionsoft::json::Value;

void Require(bool holds) {
  if (!holds) std::abort();
}

void Walk(Value value) {
  if (value.kind() == Value::Kind::kString) Require(infusionsoft::IsValidUtf8(value.String()));
  for (size_t i = 0; i < value.Size(); ++i) {
    if (value.kind() == Value::Kind::kObject) {
      Require(infusionsoft::IsValidUtf8(value.MemberName(i)));
      Require(value.Member(value.MemberName(i)).kind() != Value::Kind::kAbsent);
      Walk(value.MemberValue(i));
    } else {
      Walk(value.At(i));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto document = Document::Parse(text);
  if (!document) {
    Require(!document.status().message().empty());
    return 0;
  }
  Walk(document->root());
  const std::string written = document->root().Text();
  const auto again = Document::Parse(written);
  Require(again.ok());
  Require(again->root().Text() == written);
  return 0;
}
