// SPDX-License-Identifier: MIT
#include "profile/api_description.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace infusionsoft {
namespace {

using Kind = json::Value::Kind;

void AddKinds(json::Value value, const std::string& path, std::map<std::string, std::string>& kinds) {
  if (value.kind() == Kind::kObject) {
    if (!path.empty()) kinds[path] = "object";
    for (size_t i = 0; i < value.Size(); ++i) {
      const std::string name(value.MemberName(i));
      AddKinds(value.MemberValue(i), path.empty() ? name : path + "." + name, kinds);
    }
  } else if (value.kind() == Kind::kArray) {
    kinds[path] = "array";
    AddKinds(value.At(0), path + "[]", kinds);
  } else {
    const std::string_view kind = value.String();  // "string", "string:ACTIVE|INACTIVE"
    kinds[path] = std::string(kind.substr(0, kind.find(':')));
  }
}

std::string EmptyBetween(std::string_view text, char open, char close) {
  std::string result;
  bool inside = false;
  for (char c : text) {
    if (c == close) inside = false;
    if (!inside) result += c;
    if (c == open) inside = true;
  }
  return result;
}

}  // namespace

std::vector<ApiList> ReadApiLists() {
  const auto folder = std::filesystem::path(SOURCE_FOLDER) / "tests/sandbox/api";
  std::vector<ApiList> lists;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream stream(entry.path(), std::ios::binary);
    auto document = json::Document::Parse(std::string((std::istreambuf_iterator<char>(stream)), {}));
    if (!document) throw std::runtime_error(entry.path().string() + ": " + document.status().message());
    lists.push_back({entry.path().filename().string(), *std::move(document)});
  }
  std::ranges::sort(lists, {}, &ApiList::file);
  return lists;
}

std::string WithoutNames(std::string_view path) { return EmptyBetween(path, '{', '}'); }

std::string EveryElement(std::string_view path) { return EmptyBetween(path, '[', ']'); }

std::map<std::string, std::string> KindsOfProperties(json::Value properties) {
  std::map<std::string, std::string> kinds;
  if (!properties.IsNothing()) AddKinds(properties, "", kinds);
  return kinds;
}

std::vector<std::string> Texts(json::Value array) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < array.Size(); ++i) texts.emplace_back(array.At(i).String());
  return texts;
}

}  // namespace infusionsoft
