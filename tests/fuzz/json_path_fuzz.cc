// SPDX-License-Identifier: MIT
// Any bytes as a path: it compiles or is refused, and finding never fails.
#include <cstdint>
#include <cstdlib>

#include "json/document.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using infusionsoft::json::Document;
  using infusionsoft::json::Path;
  static const auto document = Document::Parse(R"({"a":{"b":[1,{"c":"x","d":2},[3]]},"e":[{"f":"g","h":1},{"f":7}]})");
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto path = Path::Compile(text);
  if (!path) return 0;
  if (path->text() != text || !text.starts_with(path->head())) std::abort();
  path->Find(document->root()).Text();
  return 0;
}
