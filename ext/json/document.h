// SPDX-License-Identifier: MIT
// Document: one parsed JSON text, and Path: where in it a value stands.
//
// Source of the shapes: KEAP_FACTS sections 4 and 8. RapidJSON is not visible through this header.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/cancellation.h"
#include "base/secret.h"
#include "base/status.h"

namespace infusionsoft::json {

class Document;

// A borrowed value inside a Document: valid as long as the Document (moving the Document keeps it valid). An absent value
// is a Value too, so that chains need no checks. Cheap to copy.
class Value {
 public:
  enum class Kind { kAbsent, kNull, kBool, kInteger, kReal, kString, kArray, kObject };

  Value() = default;
  Kind kind() const;
  bool IsNothing() const { return kind() == Kind::kAbsent || kind() == Kind::kNull; }

  // Each requires the kind it names; any other is a bug and throws std::logic_error. Real() also reads a kInteger.
  bool Bool() const;
  int64_t Integer() const;  // kInteger: an integer literal that fits int64; larger ones, and -0, are kReal
  double Real() const;      // kReal: the nearest double
  std::string_view String() const;

  size_t Size() const;                              // elements of an array or members of an object; 0 otherwise
  Value At(size_t index) const;                     // element, or absent
  Value Member(std::string_view name) const;        // first member of that name, or absent
  std::string_view MemberName(size_t index) const;  // for walking an object in document order
  Value MemberValue(size_t index) const;

  // The value as compact JSON text, strings unescaped to UTF-8 where JSON allows, numbers with the digits that came. "" for
  // an absent value. A deep value takes no more stack than a flat one.
  std::string Text() const;

 private:
  friend class Document;
  friend class Writer;
  explicit Value(const void* node) : node_(node) {}
  const void* node_ = nullptr;
};

struct ParseLimits {
  Cancellation cancellation{};                // looked at every few milliseconds
  size_t max_tree_bytes = size_t{256} << 20;  // beside the text, while it is parsed and after
};

// Owns a JSON text and its tree. Movable, not copyable. Threads: const access is safe from several threads.
class Document {
 public:
  // Takes the text over and parses it in place: strings are views into it and may contain NUL. Refuses trailing text,
  // invalid UTF-8, lone surrogates, truncated input, numbers beyond a double (1e400, 1e-400) and more than 512 levels:
  // kBadResponse with the byte offset, never with a part of the text. Parsing uses no more stack for a deep text than for a
  // flat one. kLimitExceeded says how much memory the tree may take; kInterrupted.
  static Result<Document> Parse(std::string text, const ParseLimits& limits = {});
  // The same for a text that holds secrets: the document works on a copy of its own and wipes it when it goes.
  static Result<Document> ParseSecret(const Secret& text);

  Document();
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  Value root() const;
  size_t text_size() const;
  size_t memory_bytes() const;  // of the text and its tree

 private:
  struct Impl;
  static Result<Document> Parse(std::unique_ptr<Impl> impl, const ParseLimits& limits);
  std::unique_ptr<Impl> impl_;
};

// A compiled way to a value: member names separated by dots, with an optional selector that picks the first element of an
// array whose member equals a text, or a number that picks an element:
//   company.id     email_addresses[field=EMAIL1].email     phone_numbers[0].number     (empty: the value itself)
// A selector's text also matches the integer that is written so: custom_fields[id=7].content.
class Path {
 public:
  static Result<Path> Compile(std::string_view text);
  Value Find(Value from) const;
  const std::string& text() const { return text_; }

  // The first member name, "" when the path is empty or starts with '[': the property a request must ask for.
  std::string_view head() const;

 private:
  struct Step {
    std::string member;           // "" for an element step
    std::string selector_member;  // "" for an index step
    std::string selector_text;
    std::optional<int64_t> selector_integer;  // when selector_text is how an integer is written
    size_t index = 0;
  };
  static Result<Step> CompileSelector(std::string_view path, std::string_view selector);
  static Value FindSelected(Value from, const Step& step);

  std::string text_;
  std::vector<Step> steps_;
};

// Builds a JSON text without a tree: for token files, request bodies, system tables. The text is always valid JSON: bytes
// that are not UTF-8 are written as U+FFFD (check with IsValidUtf8 where that must be an error), NaN and infinities as null.
// Calls out of order (a value where a key must stand, Take() before the last End) are bugs and throw std::logic_error.
class Writer {
 public:
  Writer();
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  void BeginObject();
  void EndObject();
  void BeginArray();
  void EndArray();
  void Key(std::string_view name);
  void String(std::string_view value);
  void Integer(int64_t value);
  void Real(double value);
  void Bool(bool value);
  void Null();
  void Copy(Value value);  // a value of a Document, as it is, digits too; an absent one as null
  std::string Take();      // the text; the writer is empty afterwards and can be used again

  // For a text that holds secrets: while it is not longer than `bytes`, growing leaves no copy of it behind, and TakeSecret
  // wipes what the writer had.
  void Reserve(size_t bytes);
  Secret TakeSecret();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace infusionsoft::json
