// SPDX-License-Identifier: MIT
#include "example_answer.h"

#include <algorithm>

#include "base/text.h"
#include "json/document.h"

namespace infusionsoft::official {
namespace {

using Kind = Shape::Kind;

bool IsIdName(std::string_view name) {
  return name == "id" || name.ends_with("_id") || name.ends_with("_ids") || name.ends_with("_by");
}

// The same property has the same number in every answer, and other properties mostly others.
int64_t NumberFor(std::string_view name) {
  int64_t number = 7;
  for (const char c : name) number = (number * 31 + static_cast<unsigned char>(c)) % 8999;
  return 1000 + number;
}

class ExampleWriter {
 public:
  ExampleWriter(const Operation& operation, const AnswerOptions& options) : operation_(operation), options_(options) {}

  std::string Write() {
    WriteShape("", operation_.answer);
    return writer_.Take();
  }

 private:
  void WriteShape(std::string_view name, const Shape& shape) {
    switch (shape.kind) {
      case Kind::kObject:
        return WriteObject(shape, nullptr, "");
      case Kind::kMap:
        writer_.BeginObject();
        writer_.Key("key");
        WriteShape(name, shape.element[0]);
        return writer_.EndObject();
      case Kind::kArray:
        return WriteArray(name, shape.element[0]);
      case Kind::kString:
        return WriteString(name, shape);
      case Kind::kInteger:
        return WriteInteger(name);
      case Kind::kNumber:
        return WriteReal(name);
      case Kind::kBoolean:
        return writer_.Bool(true);
      case Kind::kAny:
        return writer_.String("any " + std::string(name));
    }
  }

  // `slot` has the value `word`, where the object is one of several that its slot tells apart.
  void WriteObject(const Shape& shape, const Shape* slot, const std::string& word) {
    writer_.BeginObject();
    for (const Shape& property : shape.properties) {
      if (IsLeftOut(property.name)) continue;
      writer_.Key(property.name);
      if (slot != nullptr && slot->name == property.name) {
        writer_.String(word);
      } else if (&shape == &operation_.answer && property.name == "count") {
        WriteNumber(1);  // v1: how many rows there are
      } else if (property.name == "next_page_token") {
        writer_.String(options_.next_page_token);
      } else if (&shape == &operation_.answer && property.kind == Kind::kArray && !options_.has_rows) {
        writer_.BeginArray();
        writer_.EndArray();
      } else {
        WriteShape(property.name, property);
      }
    }
    writer_.EndObject();
  }

  // One element; of those that a slot tells apart, EMAIL1 from EMAIL2, one for each slot.
  void WriteArray(std::string_view name, const Shape& element) {
    writer_.BeginArray();
    const auto slot = std::ranges::find_if(
        element.properties, [](const Shape& property) { return property.name == "field" && !property.words.empty(); });
    if (slot == element.properties.end()) {
      WriteShape(name, element);
    } else {
      for (const std::string& word : slot->words) WriteObject(element, &*slot, word);
    }
    writer_.EndArray();
  }

  // What `fields` may name is there when it does.
  bool IsLeftOut(std::string_view name) const {
    const auto is_same = [&](const std::string& field) { return EqualsIgnoreCase(field, name); };
    return std::ranges::any_of(operation_.fields, is_same) && std::ranges::none_of(options_.fields, is_same);
  }

  void WriteString(std::string_view name, const Shape& shape) {
    if (!shape.words.empty()) {
      const auto word =
          std::ranges::find_if(shape.words, [](const std::string& one) { return !one.ends_with("UNSPECIFIED"); });
      return writer_.String(*word);
    }
    // Of some times the document says text and no more.
    if (shape.format == "date-time" || (shape.format.empty() && name.ends_with("_time")))
      return writer_.String("2024-03-15T10:30:00.000Z");
    if (shape.format == "date") return writer_.String("2024-03-15");
    if (shape.format == "byte") return writer_.String("Ynl0ZXM=");
    if (shape.format == "digits" || (shape.format.empty() && IsIdName(name))) return WriteInteger(name);
    if (shape.format == "decimal") return WriteReal(name);
    writer_.String("text of " + std::string(name));
  }

  void WriteInteger(std::string_view name) { WriteNumber(NumberFor(name)); }

  void WriteNumber(int64_t number) {
    return options_.numbers == NumberStyle::kAsNumbers ? writer_.Integer(number) : writer_.String(std::to_string(number));
  }

  void WriteReal(std::string_view name) {
    const int64_t number = NumberFor(name);
    if (options_.numbers == NumberStyle::kAsNumbers) return writer_.Real(static_cast<double>(number) + 0.25);
    writer_.String(std::to_string(number) + ".25");
  }

  const Operation& operation_;
  const AnswerOptions& options_;
  json::Writer writer_;
};

}  // namespace

std::string ExampleAnswer(const Operation& operation, const AnswerOptions& options) {
  if (operation.content_type != "application/json") return "<p>text</p>";
  return ExampleWriter(operation, options).Write();
}

}  // namespace infusionsoft::official
