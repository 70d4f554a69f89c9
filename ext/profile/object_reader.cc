// SPDX-License-Identifier: MIT
#include "profile/object_reader.h"

#include <algorithm>
#include <limits>

#include "base/text.h"

namespace infusionsoft {

using Kind = json::Value::Kind;

ObjectReader::ObjectReader(json::Value object) : object_(object) {
  if (object.kind() != Kind::kObject) Complain("must be an object");
}

bool ObjectReader::Has(std::string_view key) { return Find(key, false).kind() != Kind::kAbsent; }

std::string ObjectReader::RequiredText(std::string_view key) {
  const json::Value value = Find(key, true);
  if (value.kind() == Kind::kString) return std::string(value.String());
  Complain(Quoted(key) + " must be a text");
  return "";
}

std::string ObjectReader::OptionalText(std::string_view key, std::string_view otherwise) {
  return Has(key) ? RequiredText(key) : std::string(otherwise);
}

int ObjectReader::RequiredInteger(std::string_view key) {
  const json::Value value = Find(key, true);
  if (value.kind() == Kind::kInteger && value.Integer() >= std::numeric_limits<int>::min() &&
      value.Integer() <= std::numeric_limits<int>::max()) {
    return static_cast<int>(value.Integer());
  }
  Complain(Quoted(key) + " must be an integer");
  return 0;
}

int ObjectReader::OptionalInteger(std::string_view key, int otherwise) {
  return Has(key) ? RequiredInteger(key) : otherwise;
}

bool ObjectReader::OptionalBool(std::string_view key) {
  const json::Value value = Find(key, false);
  if (value.kind() == Kind::kAbsent) return false;
  if (value.kind() == Kind::kBool) return value.Bool();
  Complain(Quoted(key) + " must be true or false");
  return false;
}

std::vector<std::string> ObjectReader::RequiredTexts(std::string_view key) { return Texts(key, RequiredArray(key)); }

std::vector<std::string> ObjectReader::OptionalTexts(std::string_view key) { return Texts(key, OptionalArray(key)); }

std::vector<std::vector<std::string>> ObjectReader::OptionalTextGroups(std::string_view key) {
  std::vector<std::vector<std::string>> groups;
  const json::Value array = OptionalArray(key);
  for (size_t i = 0; i < array.Size(); ++i) {
    if (array.At(i).kind() != Kind::kArray) Complain(Quoted(key) + " must be an array of arrays of text");
    groups.push_back(Texts(key, array.At(i)));
  }
  return groups;
}

std::vector<std::pair<std::string, std::string>> ObjectReader::OptionalTextMap(std::string_view key) {
  std::vector<std::pair<std::string, std::string>> map;
  const json::Value value = Find(key, false);
  if (value.kind() == Kind::kAbsent) return map;
  if (value.kind() != Kind::kObject) Complain(Quoted(key) + " must be an object of texts");
  for (size_t i = 0; value.kind() == Kind::kObject && i < value.Size(); ++i) {
    if (value.MemberValue(i).kind() != Kind::kString) {
      Complain(Quoted(key) + " must be an object of texts");
      break;
    }
    map.emplace_back(value.MemberName(i), value.MemberValue(i).String());
  }
  return map;
}

json::Value ObjectReader::RequiredArray(std::string_view key) {
  const json::Value value = Find(key, true);
  if (value.kind() == Kind::kArray) return value;
  Complain(Quoted(key) + " must be an array");
  return json::Value();
}

json::Value ObjectReader::OptionalArray(std::string_view key) { return Has(key) ? RequiredArray(key) : json::Value(); }

void ObjectReader::Complain(std::string message) {
  if (status_.ok()) status_ = InvalidArgument(std::move(message));
}

json::Value ObjectReader::OptionalObject(std::string_view key) {
  const json::Value value = Find(key, false);
  if (value.kind() == Kind::kAbsent || value.kind() == Kind::kObject) return value;
  Complain(Quoted(key) + " must be an object");
  return json::Value();
}

Status ObjectReader::Finish() {
  for (size_t i = 0; status_.ok() && i < object_.Size(); ++i) {
    const std::string_view key = object_.MemberName(i);
    if (std::ranges::find(asked_, key) == asked_.end()) {
      Complain("unknown key " + Quoted(key) + "; allowed are " + Join(asked_, ", "));
    }
    for (size_t other = 0; other < i; ++other) {
      if (object_.MemberName(other) == key) Complain(Quoted(key) + " stands twice");
    }
  }
  return status_;
}

json::Value ObjectReader::Find(std::string_view key, bool required) {
  if (std::ranges::find(asked_, key) == asked_.end()) asked_.emplace_back(key);
  const json::Value value = object_.Member(key);
  if (required && value.kind() == Kind::kAbsent) Complain(Quoted(key) + " is missing");
  return value;
}

std::vector<std::string> ObjectReader::Texts(std::string_view key, json::Value array) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < array.Size(); ++i) {
    if (array.At(i).kind() == Kind::kString) {
      texts.emplace_back(array.At(i).String());
    } else {
      Complain(Quoted(key) + " must hold texts only");
    }
  }
  return texts;
}

std::string ObjectReader::Quoted(std::string_view text) { return "\"" + Excerpt(text, 60) + "\""; }

}  // namespace infusionsoft
