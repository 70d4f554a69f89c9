// SPDX-License-Identifier: MIT
#include "official_api.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

#include "json/document.h"

namespace infusionsoft::official {
namespace {

json::Document ReadFile(const std::string& name) {
  std::ifstream stream(std::filesystem::path(OFFICIAL_DATA_FOLDER) / name, std::ios::binary);
  auto document = json::Document::Parse(std::string((std::istreambuf_iterator<char>(stream)), {}));
  if (!document) throw std::runtime_error(name + ": " + document.status().message());
  return *std::move(document);
}

std::string TextOf(json::Value object, std::string_view name) {
  const json::Value value = object.Member(name);
  return value.IsNothing() ? std::string() : std::string(value.String());
}

bool IsTrue(json::Value object, std::string_view name) {
  return !object.Member(name).IsNothing() && object.Member(name).Bool();
}

std::optional<int64_t> NumberOf(json::Value object, std::string_view name) {
  const json::Value value = object.Member(name);
  return value.IsNothing() ? std::nullopt : std::optional(value.Integer());
}

std::vector<std::string> TextsOf(json::Value object, std::string_view name) {
  const json::Value array = object.Member(name);
  std::vector<std::string> texts;
  for (size_t i = 0; i < array.Size(); ++i) texts.emplace_back(array.At(i).String());
  return texts;
}

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (size_t end = 0; end != std::string_view::npos; text.remove_prefix(std::min(text.size(), end + 1))) {
    end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
  }
  return parts;
}

// Shapes as shapes.py writes them. A schema inside itself is cut off: anything may stand there.
class ShapeReader {
 public:
  explicit ShapeReader(json::Value schemas) : schemas_(schemas) {}

  Shape Read(json::Value value) {
    Shape shape;
    if (value.kind() == json::Value::Kind::kString) return ReadText(value.String());
    if (value.kind() == json::Value::Kind::kArray) {
      shape.kind = Shape::Kind::kArray;
      shape.element.push_back(Read(value.At(0)));
    } else if (value.Size() == 1 && value.MemberName(0) == "*") {
      shape.kind = Shape::Kind::kMap;
      shape.element.push_back(Read(value.MemberValue(0)));
    } else {
      shape.kind = Shape::Kind::kObject;
      for (size_t i = 0; i < value.Size(); ++i) {
        shape.properties.push_back(Read(value.MemberValue(i)));
        shape.properties.back().name = value.MemberName(i);
      }
    }
    return shape;
  }

 private:
  Shape ReadText(std::string_view text) {
    Shape shape;
    if (text.starts_with('#')) {
      if (!open_.insert(std::string(text)).second) return shape;
      shape = Read(schemas_.Member(text.substr(1)));
      open_.erase(std::string(text));
    } else if (text.starts_with("string")) {
      shape.kind = Shape::Kind::kString;
      if (const size_t at = text.find('='); at != std::string_view::npos) shape.words = Split(text.substr(at + 1), '|');
      if (const size_t at = text.find(':'); at != std::string_view::npos) shape.format = text.substr(at + 1);
    } else if (text == "integer") {
      shape.kind = Shape::Kind::kInteger;
    } else if (text == "number") {
      shape.kind = Shape::Kind::kNumber;
    } else if (text == "boolean") {
      shape.kind = Shape::Kind::kBoolean;
    }
    return shape;
  }

  json::Value schemas_;
  std::set<std::string> open_;
};

std::vector<Parameter> ReadParameters(json::Value query) {
  std::vector<Parameter> parameters;
  for (size_t i = 0; i < query.Size(); ++i) {
    const json::Value said = query.MemberValue(i);
    parameters.push_back({std::string(query.MemberName(i)), TextOf(said, "type"), NumberOf(said, "min"),
                          NumberOf(said, "max"), TextsOf(said, "words"), IsTrue(said, "repeats")});
  }
  return parameters;
}

std::vector<Filter> ReadFilters(json::Value fields) {
  std::vector<Filter> filters;
  for (size_t i = 0; i < fields.Size(); ++i) {
    const json::Value said = fields.MemberValue(i);
    filters.push_back({std::string(fields.MemberName(i)), TextOf(said, "type"), TextsOf(said, "operators"),
                       IsTrue(said, "prefix"), IsTrue(said, "set"), IsTrue(said, "boolean"), TextsOf(said, "words"),
                       TextsOf(said, "examples"), TextOf(said, "none"),
                       static_cast<size_t>(NumberOf(said, "max").value_or(0)), TextsOf(said, "requires")});
  }
  return filters;
}

Operation ReadOperation(json::Value said, ShapeReader& shapes) {
  Operation operation;
  operation.path = TextOf(said, "path");
  operation.parameters = ReadParameters(said.Member("query"));
  operation.content_type = TextOf(said, "content");
  operation.answer = shapes.Read(said.Member("answer"));
  operation.order_by = TextsOf(said, "order_by");
  operation.fields = TextsOf(said, "fields");
  operation.any_value = TextsOf(said, "any_value");
  // v2 names what it lists; v1 pages with `limit`, counts, or answers with an array.
  const json::Value answer = said.Member("answer");
  const bool is_named_list = answer.kind() == json::Value::Kind::kString && answer.String().starts_with("#List");
  const bool is_v1_list =
      operation.FindParameter("limit") != nullptr || operation.answer.IsArray() || operation.answer.Find("count") != nullptr;
  const auto& properties = operation.answer.properties;
  if (is_named_list || operation.IsPaged() || is_v1_list) {
    operation.kind = Operation::Kind::kList;
  } else if (!properties.empty() && std::ranges::all_of(properties, &Shape::IsArray)) {
    operation.kind = Operation::Kind::kEmbedded;
  }
  return operation;
}

void AddFile(const std::string& name, json::Value filters, std::vector<Operation>& operations) {
  const json::Document document = ReadFile(name);
  ShapeReader shapes(document.root().Member("schemas"));
  const json::Value all = document.root().Member("operations");
  for (size_t i = 0; i < all.Size(); ++i) {
    Operation operation = ReadOperation(all.At(i), shapes);
    const json::Value said = filters.Member(operation.path);
    operation.filters = ReadFilters(said.Member("fields"));
    const json::Value exclusive = said.Member("exclusive");
    for (size_t j = 0; j < exclusive.Size(); ++j) {
      operation.exclusive.push_back(
          {std::string(exclusive.At(j).At(0).String()), std::string(exclusive.At(j).At(1).String())});
    }
    operations.push_back(std::move(operation));
  }
}

// A row of a list, by its id: the list's path and one parameter, and what may follow it: /v2/emailAddresses/{email}/status.
bool IsGetOf(const Operation& list, const Operation& operation) {
  const std::string start = WithoutNames(list.path) + "/{}";
  const std::string path = WithoutNames(operation.path);
  return path == start || path == start + "/status";
}

void MarkGets(std::vector<Operation>& operations) {
  for (Operation& operation : operations) {
    if (operation.kind != Operation::Kind::kObject) continue;
    const bool is_get = std::ranges::any_of(
        operations, [&](const Operation& list) { return list.kind == Operation::Kind::kList && IsGetOf(list, operation); });
    if (is_get) operation.kind = Operation::Kind::kGet;
  }
}

}  // namespace

const Shape* Shape::Find(std::string_view property) const {
  const auto found = std::ranges::find(properties, property, &Shape::name);
  return found == properties.end() ? nullptr : &*found;
}

bool Filter::Allows(std::string_view op) const { return std::ranges::find(operators, op) != operators.end(); }

const Parameter* Operation::FindParameter(std::string_view name) const {
  const auto found = std::ranges::find(parameters, name, &Parameter::name);
  return found == parameters.end() ? nullptr : &*found;
}

const Filter* Operation::FindFilter(std::string_view name) const {
  const auto found = std::ranges::find(filters, name, &Filter::name);
  return found == filters.end() ? nullptr : &*found;
}

const std::vector<Operation>& Operations() {
  static const std::vector<Operation> all = [] {
    const json::Document filters = ReadFile("v2_filters.json");
    std::vector<Operation> operations;
    AddFile("v1.json", json::Value(), operations);
    AddFile("v2.json", filters.root(), operations);
    MarkGets(operations);
    return operations;
  }();
  return all;
}

const Operation* FindOperation(std::string_view path) {
  const std::string wanted = WithoutNames(path);
  const auto found =
      std::ranges::find_if(Operations(), [&](const Operation& known) { return WithoutNames(known.path) == wanted; });
  return found == Operations().end() ? nullptr : &*found;
}

std::string WithoutNames(std::string_view path) {
  std::string result;
  bool inside = false;
  for (const char c : path) {
    if (c == '}') inside = false;
    if (!inside) result += c;
    if (c == '{') inside = true;
  }
  return result;
}

}  // namespace infusionsoft::official
