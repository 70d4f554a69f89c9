// SPDX-License-Identifier: MIT
// RapidJSON as this folder uses it. For ext/json/*.cc only: no other file may see RapidJSON.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>
#include <stdexcept>

// A bug must surface as an exception that the callback guard reports; an abort would take the host program down.
#define RAPIDJSON_ASSERT(condition) \
  (static_cast<bool>(condition) ? static_cast<void>(0) : throw std::logic_error("json: " #condition))
#define RAPIDJSON_HAS_STDSTRING 1

// RapidJSON's empty stacks compute nullptr + n to see that they are full, which clang's sanitizer reports.
#ifdef __clang__
#pragma clang attribute push(__attribute__((no_sanitize("pointer-overflow"))), apply_to = function)
#endif
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#ifdef __clang__
#pragma clang attribute pop
#endif

namespace infusionsoft::json {

// What a tree may take, and takes. Refuses by an exception, as RapidJSON has no other way out.
class MemoryMeter {
 public:
  struct Exceeded {};

  explicit MemoryMeter(size_t max) : max_(max) {}
  void Change(size_t from, size_t to) {
    if (to > from && to - from > max_ - used_) throw Exceeded();
    used_ = used_ - from + to;
  }

 private:
  const size_t max_;
  size_t used_ = 0;
};

// RapidJSON writes through what malloc returns without a look at it.
class HeapAllocator {
 public:
  static constexpr bool kNeedFree = true;

  HeapAllocator() = default;  // without a bound
  // `meter` outlives this object. What is freed is not taken off: a tree frees nothing before it is complete.
  explicit HeapAllocator(MemoryMeter& meter) : meter_(&meter) {}

  void* Malloc(size_t size) {
    if (size == 0) return nullptr;
    if (meter_ != nullptr) meter_->Change(0, size);
    return Checked(std::malloc(size));
  }
  void* Realloc(void* old, size_t old_size, size_t size) {
    if (meter_ != nullptr) meter_->Change(old_size, size);
    if (size > 0) return Checked(std::realloc(old, size));
    std::free(old);
    return nullptr;
  }
  static void Free(void* memory) { std::free(memory); }

 private:
  static void* Checked(void* memory) {
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
  }

  MemoryMeter* meter_ = nullptr;
};

using Pool = rapidjson::MemoryPoolAllocator<HeapAllocator>;
using Dom = rapidjson::GenericDocument<rapidjson::UTF8<>, Pool, HeapAllocator>;
using Node = rapidjson::GenericValue<rapidjson::UTF8<>, Pool>;
using Reader = rapidjson::GenericReader<rapidjson::UTF8<>, rapidjson::UTF8<>, HeapAllocator>;
using TextBuffer = rapidjson::GenericStringBuffer<rapidjson::UTF8<>, HeapAllocator>;
using TextWriter = rapidjson::Writer<TextBuffer, rapidjson::UTF8<>, rapidjson::UTF8<>, HeapAllocator>;

// Numbers that int64 cannot hold keep their text, so that no digit is lost: a Document's tree has them as strings. What
// stands before the text tells them apart: parsing in place leaves a string's opening quote, and no number follows a quote.
inline bool IsNumberText(const char* text) { return text[-1] != '"'; }
inline bool IsNumberText(const Node& node) { return node.IsString() && IsNumberText(node.GetString()); }

// Writes a Document's tree: what Node::Accept needs of a handler.
class TreeWriter {
 public:
  explicit TreeWriter(TextWriter& writer) : writer_(writer) {}

  bool Null() { return writer_.Null(); }
  bool Bool(bool value) { return writer_.Bool(value); }
  bool Int(int value) { return writer_.Int(value); }
  bool Uint(unsigned value) { return writer_.Uint(value); }
  bool Int64(int64_t value) { return writer_.Int64(value); }
  bool Uint64(uint64_t value) { return writer_.Uint64(value); }
  bool Double(double value) { return writer_.Double(value); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return writer_.RawValue(text, size, rapidjson::kNumberType);
  }
  bool String(const char* text, rapidjson::SizeType size, bool copy) {
    return IsNumberText(text) ? RawNumber(text, size, copy) : writer_.String(text, size);
  }
  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) { return writer_.Key(text, size); }
  bool StartObject() { return writer_.StartObject(); }
  bool StartArray() { return writer_.StartArray(); }
  bool EndObject(rapidjson::SizeType members) { return writer_.EndObject(members); }
  bool EndArray(rapidjson::SizeType elements) { return writer_.EndArray(elements); }

 private:
  TextWriter& writer_;
};

}  // namespace infusionsoft::json
