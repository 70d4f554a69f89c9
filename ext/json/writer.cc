// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "json/document.h"
#include "json/rapidjson.h"
#include "json/write_tree.h"

namespace infusionsoft::json {
namespace {

// Every byte of `text` that is in no well-formed character becomes U+FFFD: a JSON text that no reader accepts helps nobody.
std::string Repaired(std::string_view text) {
  std::string repaired;
  while (true) {
    const size_t valid = ValidUtf8Length(text);
    repaired += text.substr(0, valid);
    if (valid == text.size()) return repaired;
    repaired += "\xEF\xBF\xBD";
    text.remove_prefix(valid + 1);
  }
}

// RapidJSON notices a value in place of a key, but not a key in place of a value nor one without a value.
class CheckedWriter : public TextWriter {
 public:
  using TextWriter::TextWriter;

  void BeginKey() const { RAPIDJSON_ASSERT(ExpectsKey()); }
  void CloseObject() {
    RAPIDJSON_ASSERT(ExpectsKey());
    EndObject();
  }

 private:
  bool ExpectsKey() const {
    if (level_stack_.Empty()) return false;
    const Level* level = level_stack_.Top<Level>();
    return !level->inArray && level->valueCount % 2 == 0;
  }
};

}  // namespace

struct Writer::Impl {
  TextBuffer buffer;
  CheckedWriter writer{buffer};

  template <typename Put>
  void PutText(std::string_view text, Put put) {
    if (IsValidUtf8(text)) return put(text);
    put(std::string_view(Repaired(text)));
  }
};

Writer::Writer() : impl_(std::make_unique<Impl>()) {}
Writer::~Writer() = default;

void Writer::BeginObject() { impl_->writer.StartObject(); }
void Writer::EndObject() { impl_->writer.CloseObject(); }
void Writer::BeginArray() { impl_->writer.StartArray(); }
void Writer::EndArray() { impl_->writer.EndArray(); }

void Writer::Key(std::string_view name) {
  impl_->writer.BeginKey();
  impl_->PutText(name, [this](std::string_view text) {
    impl_->writer.Key(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  });
}

void Writer::String(std::string_view value) {
  impl_->PutText(value, [this](std::string_view text) {
    impl_->writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  });
}

void Writer::Integer(int64_t value) { impl_->writer.Int64(value); }

void Writer::Real(double value) {
  if (!std::isfinite(value)) return Null();  // JSON has no word for it
  impl_->writer.Double(value);
}

void Writer::Bool(bool value) { impl_->writer.Bool(value); }
void Writer::Null() { impl_->writer.Null(); }

void Writer::Copy(Value value) {
  if (value.node_ == nullptr) return Null();
  WriteTree(*static_cast<const Node*>(value.node_), impl_->writer);
}

std::string Writer::Take() {
  RAPIDJSON_ASSERT(impl_->buffer.GetSize() == 0 || impl_->writer.IsComplete());
  std::string text(impl_->buffer.GetString(), impl_->buffer.GetSize());
  impl_->buffer.Clear();
  impl_->writer.Reset(impl_->buffer);
  return text;
}

void Writer::Reserve(size_t bytes) { impl_->buffer.Reserve(bytes); }

Secret Writer::TakeSecret() {
  RAPIDJSON_ASSERT(impl_->writer.IsComplete());
  const size_t size = impl_->buffer.GetSize();
  Secret text(std::string_view(impl_->buffer.GetString(), size));
  impl_->buffer.Clear();
  char* const wiped = impl_->buffer.Push(size);  // where the text stood
  std::fill_n(static_cast<volatile char*>(wiped), size, '\0');
  impl_->buffer.Clear();
  impl_->writer.Reset(impl_->buffer);
  return text;
}

}  // namespace infusionsoft::json
