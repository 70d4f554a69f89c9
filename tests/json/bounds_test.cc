// SPDX-License-Identifier: MIT
// What a document may take: stack, memory, time.
#include <pthread.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <string>

#include "json/document.h"

namespace infusionsoft::json {
namespace {

std::string Nested(size_t levels, const std::string& open, const std::string& close, const std::string& inner) {
  std::string text;
  for (size_t i = 0; i < levels; ++i) text += open;
  text += inner;
  for (size_t i = 0; i < levels; ++i) text += close;
  return text;
}

// Runs `body` on a thread with a stack of 64 kB.
void OnSmallStack(std::function<void()> body) {
  pthread_attr_t attributes;
  REQUIRE(pthread_attr_init(&attributes) == 0);
  REQUIRE(pthread_attr_setstacksize(&attributes, 64 * 1024) == 0);
  pthread_t thread{};
  const auto run = [](void* context) -> void* {
    (*static_cast<std::function<void()>*>(context))();
    return nullptr;
  };
  REQUIRE(pthread_create(&thread, &attributes, run, &body) == 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

TEST_CASE("Document: the deepest value is parsed, printed and copied on 64 kB of stack", "[json]") {
  for (const auto& [open, close] : {std::pair{"[", "]"}, std::pair{R"({"a":)", "}"}}) {
    const std::string text = Nested(512, open, close, "1");
    std::string printed;
    std::string copied;
    OnSmallStack([&] {
      const Result<Document> document = Document::Parse(text);
      if (!document) return;
      printed = document->root().Text();
      Writer writer;
      writer.Copy(document->root());
      copied = writer.Take();
    });
    CHECK(printed == text);
    CHECK(copied == text);
    CHECK(Document::Parse(Nested(513, open, close, "1")).status().code() == StatusCode::kBadResponse);
  }
}

TEST_CASE("Document: a value is printed as it stands, whatever its shape", "[json]") {
  for (const std::string text : {"[]", "{}", "[[],{},[[]]]", R"({"a":{},"b":[],"c":[{"d":null}],"":"x"})",
                                 R"([1,-2.5,true,false,null,"\u0000\n"])", "7", R"("x")", R"([{"a":[1,[2,[3]]]},4])"}) {
    const Result<Document> document = Document::Parse(text);
    REQUIRE(document.ok());
    CHECK(document->root().Text() == text);
  }
}

TEST_CASE("Document: a tree takes no more memory than it may, while it is parsed and after", "[json]") {
  std::string text = "[0";
  for (int i = 1; i < 1'000'000; ++i) text += ",0";
  text += "]";
  constexpr size_t kMegabyte = size_t{1} << 20;
  // 16 bytes a value, twice: where it is collected and where it stays.
  const Result<Document> refused = Document::Parse(text, {.max_tree_bytes = 30 * kMegabyte});
  CHECK(refused.status().code() == StatusCode::kLimitExceeded);
  CHECK(refused.status().message().find(std::to_string(30 * kMegabyte)) != std::string::npos);
  const Result<Document> document = Document::Parse(text, {.max_tree_bytes = 64 * kMegabyte});
  REQUIRE(document.ok());
  CHECK(document->root().Size() == 1'000'000);
  CHECK(document->memory_bytes() > 16'000'000);
  CHECK(document->memory_bytes() < 24'000'000);
}

TEST_CASE("Document: an interrupt is seen while a long text is parsed", "[json]") {
  std::string text = "[0";
  for (int i = 1; i < 1'000'000; ++i) text += ",0";
  text += "]";
  int asked = 0;
  const auto at_third = [](void* count) { return ++*static_cast<int*>(count) == 3; };
  CHECK(Document::Parse(text, {.cancellation = Cancellation(at_third, &asked)}).status().code() == StatusCode::kInterrupted);
  CHECK(asked == 3);
}

}  // namespace
}  // namespace infusionsoft::json
