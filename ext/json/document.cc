// SPDX-License-Identifier: MIT
#include "json/document.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "json/rapidjson.h"
#include "json/write_tree.h"

namespace infusionsoft::json {
namespace {

// More than any object of the API. Nothing here recurses; what SQL does with the text may.
constexpr size_t kMaxDepth = 512;

// How often an interrupt is looked for, in values: some milliseconds.
constexpr size_t kValuesBetweenChecks = size_t{1} << 16;

// A page's tree is about as large as its text. Small texts (a token) must not hold a large chunk, and large chunks would
// waste up to their own size.
constexpr size_t kMinChunkBytes = size_t{1} << 10;
constexpr size_t kMaxChunkBytes = size_t{64} << 10;

// RapidJSON checks the grammar; two of its conversions are not fit for what a server may send, so they are done here:
// - Its check of encodings takes a whole character at a time, and so reads and writes up to three bytes beyond a text that
//   ends inside one. The text is checked as a whole before.
// - Its number conversion has undefined behaviour for zeros with an exponent (0e245). Numbers arrive as text.
constexpr unsigned kParseFlags =
    rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseIterativeFlag;

const Node& AsNode(const void* node) {
  if (node == nullptr) throw std::logic_error("json: an absent value was read");
  return *static_cast<const Node*>(node);
}

std::string_view Chars(const Node& text) { return {text.GetString(), text.GetStringLength()}; }

// Stands between the reader and the tree: converts numbers, and refuses what RapidJSON lets through.
class TreeBuilder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, TreeBuilder> {
 public:
  TreeBuilder(Dom& dom, const Cancellation& cancellation) : dom_(dom), cancellation_(cancellation) {}

  const char* refusal() const { return refusal_; }
  bool is_cancelled() const { return is_cancelled_; }

  bool Null() { return GoesOn() && dom_.Null(); }
  bool Bool(bool value) { return GoesOn() && dom_.Bool(value); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    if (!GoesOn()) return false;
    const std::string_view number(text, size);
    if (const auto integer = ParseInt64(number); integer && number != "-0") return dom_.Int64(*integer);
    if (IsCertainlyDouble(number)) return Real(number);
    return ParseDouble(number) ? Real(number) : Refuse("Number too big or too small to be stored in double.");
  }
  bool String(const char* text, rapidjson::SizeType size, bool copy) {
    return GoesOn() && IsText(text, size) && dom_.String(text, size, copy);
  }
  bool Key(const char* text, rapidjson::SizeType size, bool copy) {
    return IsText(text, size) && dom_.Key(text, size, copy);
  }
  bool StartObject() { return Enter() && dom_.StartObject(); }
  bool StartArray() { return Enter() && dom_.StartArray(); }
  bool EndObject(rapidjson::SizeType members) {
    --depth_;
    return dom_.EndObject(members);
  }
  bool EndArray(rapidjson::SizeType elements) {
    --depth_;
    return dom_.EndArray(elements);
  }

 private:
  // Without an exponent it takes more than 300 digits to leave the range of a double.
  static bool IsCertainlyDouble(std::string_view number) {
    return number.size() <= 300 && number.find_first_of("eE") == std::string_view::npos;
  }

  // Nothing stands before a number that is the whole text, so it alone is converted here.
  bool Real(std::string_view number) {
    if (depth_ == 0) return dom_.Double(*ParseDouble(number));
    return dom_.String(number.data(), static_cast<rapidjson::SizeType>(number.size()), false);
  }

  bool Refuse(const char* why) {
    refusal_ = why;
    return false;
  }

  bool GoesOn() {
    if (++values_ % kValuesBetweenChecks == 0) is_cancelled_ = cancellation_.Requested();
    return !is_cancelled_;
  }

  bool Enter() { return GoesOn() && EnterLevel(); }
  bool EnterLevel() { return ++depth_ <= kMaxDepth || Refuse("It is nested deeper than 512 levels."); }

  // The text is UTF-8, but RapidJSON turns the escape of a lone low surrogate into bytes that are not. They begin with 0xED,
  // which is rare in names and letters, so the full check hardly ever runs.
  bool IsText(const char* text, rapidjson::SizeType size) {
    if (std::memchr(text, 0xED, size) == nullptr || IsValidUtf8({text, size})) return true;
    return Refuse("The surrogate pair in string is invalid.");
  }

  Dom& dom_;
  const Cancellation cancellation_;
  bool is_cancelled_ = false;
  size_t values_ = 0;
  size_t depth_ = 0;
  const char* refusal_ = nullptr;
};

Status ParseError(const char* what, size_t at) {
  return Status(StatusCode::kBadResponse, "not valid JSON at byte " + std::to_string(at) + ": " + what);
}

}  // namespace

Value::Kind Value::kind() const {
  if (node_ == nullptr) return Kind::kAbsent;
  const Node& node = AsNode(node_);
  switch (node.GetType()) {
    case rapidjson::kNullType:
      return Kind::kNull;
    case rapidjson::kFalseType:
    case rapidjson::kTrueType:
      return Kind::kBool;
    case rapidjson::kObjectType:
      return Kind::kObject;
    case rapidjson::kArrayType:
      return Kind::kArray;
    case rapidjson::kStringType:
      return IsNumberText(node) ? Kind::kReal : Kind::kString;
    case rapidjson::kNumberType:
      return node.IsInt64() ? Kind::kInteger : Kind::kReal;
  }
  return Kind::kAbsent;
}

bool Value::Bool() const { return AsNode(node_).GetBool(); }
int64_t Value::Integer() const { return AsNode(node_).GetInt64(); }
double Value::Real() const {
  const Node& node = AsNode(node_);
  return IsNumberText(node) ? *ParseDouble(Chars(node)) : node.GetDouble();
}
std::string_view Value::String() const {
  const Node& node = AsNode(node_);
  RAPIDJSON_ASSERT(node.IsString() && !IsNumberText(node));
  return Chars(node);
}

size_t Value::Size() const {
  if (node_ == nullptr) return 0;
  const Node& node = AsNode(node_);
  if (node.IsArray()) return node.Size();
  return node.IsObject() ? node.MemberCount() : 0;
}

Value Value::At(size_t index) const {
  if (node_ == nullptr) return Value();
  const Node& node = AsNode(node_);
  if (!node.IsArray() || index >= node.Size()) return Value();
  return Value(node.Begin() + index);
}

Value Value::Member(std::string_view name) const {
  if (node_ == nullptr) return Value();
  const Node& node = AsNode(node_);
  if (!node.IsObject()) return Value();
  const auto end = node.MemberEnd();
  for (auto member = node.MemberBegin(); member != end; ++member) {
    // string_view compares the lengths first: most members are passed over without touching their characters.
    if (Chars(member->name) == name) return Value(&member->value);
  }
  return Value();
}

std::string_view Value::MemberName(size_t index) const {
  if (node_ == nullptr) return "";
  const Node& node = AsNode(node_);
  if (!node.IsObject() || index >= node.MemberCount()) return "";
  return Chars((node.MemberBegin() + static_cast<std::ptrdiff_t>(index))->name);
}

Value Value::MemberValue(size_t index) const {
  if (node_ == nullptr) return Value();
  const Node& node = AsNode(node_);
  if (!node.IsObject() || index >= node.MemberCount()) return Value();
  return Value(&(node.MemberBegin() + static_cast<std::ptrdiff_t>(index))->value);
}

std::string Value::Text() const {
  if (node_ == nullptr) return "";
  TextBuffer buffer;
  TextWriter writer(buffer);
  WriteTree(AsNode(node_), writer);
  return std::string(buffer.GetString(), buffer.GetSize());
}

struct Document::Impl {
  static constexpr size_t kStackBytes = 1024;  // at first

  Impl(std::string json, bool holds_secrets, size_t max_tree_bytes)
      : text(std::move(json)),
        secret(holds_secrets),
        meter(max_tree_bytes),
        heap(meter),
        pool(std::clamp(text.size(), kMinChunkBytes, kMaxChunkBytes), &heap),
        dom(&pool, kStackBytes, &heap) {}

  Status Parse(const ParseLimits& limits) {
    try {
      return ParseText(limits.cancellation);
    } catch (const MemoryMeter::Exceeded&) {
      return Status(StatusCode::kLimitExceeded, "its JSON takes more than " + std::to_string(limits.max_tree_bytes) +
                                                    " bytes of memory beside its text of " + std::to_string(text.size()));
    }
  }

  Status ParseText(const Cancellation& cancellation) {
    if (const size_t valid = ValidUtf8Length(text); valid != text.size()) {
      return ParseError(rapidjson::GetParseError_En(rapidjson::kParseErrorStringInvalidEncoding), valid);
    }
    rapidjson::InsituStringStream stream(text.data());
    TreeBuilder builder(dom, cancellation);
    Reader reader;
    rapidjson::ParseResult result;
    const auto read = [&](Dom&) {
      result = reader.Parse<kParseFlags>(stream, builder);
      return !result.IsError();
    };
    dom.Populate(read);
    if (builder.is_cancelled()) return Status(StatusCode::kInterrupted, "interrupted while reading JSON");
    if (builder.refusal() != nullptr) return ParseError(builder.refusal(), result.Offset());
    if (result.IsError()) return ParseError(rapidjson::GetParseError_En(result.Code()), result.Offset());
    // A NUL byte ends the stream for RapidJSON; here it is trailing text like any other.
    if (stream.Tell() != text.size()) {
      return ParseError(rapidjson::GetParseError_En(rapidjson::kParseErrorDocumentRootNotSingular), stream.Tell());
    }
    return Status();
  }

  ~Impl() {
    if (secret) WipeText(text);  // the tree's strings are views into it
  }

  std::string text;
  bool secret;
  MemoryMeter meter;
  HeapAllocator heap;
  Pool pool;
  Dom dom;
};

Document::Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Result<Document> Document::Parse(std::string text, const ParseLimits& limits) {
  return Parse(std::make_unique<Impl>(std::move(text), false, limits.max_tree_bytes), limits);
}

Result<Document> Document::ParseSecret(const Secret& text) {
  const ParseLimits limits;
  return Parse(std::make_unique<Impl>(std::string(text.Reveal()), true, limits.max_tree_bytes), limits);
}

Result<Document> Document::Parse(std::unique_ptr<Impl> impl, const ParseLimits& limits) {
  Document document;
  document.impl_ = std::move(impl);
  if (Status status = document.impl_->Parse(limits); !status.ok()) return status;
  return document;
}

Value Document::root() const { return impl_ ? Value(static_cast<const Node*>(&impl_->dom)) : Value(); }
size_t Document::text_size() const { return impl_ ? impl_->text.size() : 0; }

size_t Document::memory_bytes() const { return impl_ ? sizeof(Impl) + impl_->text.capacity() + impl_->pool.Capacity() : 0; }

}  // namespace infusionsoft::json
