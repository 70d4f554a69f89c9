// SPDX-License-Identifier: MIT
// The sandbox's descriptions against the vendor's documents: two readings, made apart, must say the same.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

#include "json/document.h"
#include "official_api.h"

namespace infusionsoft::official {
namespace {

using Names = std::set<std::string>;

Names TextsOf(json::Value array) {
  Names texts;
  for (size_t i = 0; i < array.Size(); ++i) texts.emplace(array.At(i).String());
  return texts;
}

Names NamesOf(json::Value array) {
  Names names;
  for (size_t i = 0; i < array.Size(); ++i) names.emplace(array.At(i).Member("name").String());
  return names;
}

Names Set(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

std::string TextOf(json::Value object, std::string_view name) {
  const json::Value value = object.Member(name);
  return value.kind() == json::Value::Kind::kString ? std::string(value.String()) : std::string();
}

bool IsTrue(json::Value value) { return value.kind() == json::Value::Kind::kBool && value.Bool(); }

void CheckFilter(json::Value described, const Filter& filter) {
  INFO(filter.name);
  const std::string matching = TextOf(described, "matching");
  CHECK(TextsOf(described.Member("operators")) == Set(filter.operators));
  CHECK(IsTrue(described.Member("wildcard")) == filter.takes_prefix);
  CHECK(TextOf(described, "sentinel") == filter.none);
  const json::Value max_items = described.Member("max_items");
  CHECK((max_items.IsNothing() ? 0 : static_cast<size_t>(max_items.Integer())) == filter.max_items);
  if (matching == "compare") CHECK(filter.Allows("<"));
  if (matching == "set") CHECK(filter.is_set);
  if (matching == "since" || matching == "until") CHECK(filter.name.ends_with("_time"));
  // Where the document lists no words, the sandbox knows those of the property.
  if (!filter.words.empty()) CHECK(TextsOf(described.Member("enum")) == Set(filter.words));
}

void CheckList(json::Value described, const Operation& operation) {
  const json::Value filters = described.Member("filters");
  CHECK(NamesOf(filters).size() == operation.filters.size());
  for (size_t i = 0; i < filters.Size(); ++i) {
    const Filter* filter = operation.FindFilter(filters.At(i).Member("name").String());
    REQUIRE(filter != nullptr);
    CheckFilter(filters.At(i), *filter);
  }
  CHECK(described.Member("exclusive").Size() == operation.exclusive.size());
  for (size_t i = 0; i < operation.exclusive.size(); ++i) {
    CHECK(TextsOf(described.Member("exclusive").At(i)) == Set(operation.exclusive[i]));
  }
  if (const Parameter* size = operation.FindParameter("page_size")) {
    CHECK(described.Member("page_size").Member("max").Integer() == size->max);
    CHECK(NamesOf(described.Member("order_by")) == Set(operation.order_by));
  }
  CHECK(TextsOf(described.Member("fields").Member("names")) == Set(operation.fields));
  for (const std::string& name : NamesOf(described.Member("parameters"))) {
    INFO(name);
    CHECK(operation.FindParameter(name) != nullptr);
  }
}

TEST_CASE("Official: the sandbox describes the same filters, orders, fields and pages", "[official]") {
  size_t files = 0;
  size_t filters = 0;
  for (const auto& entry : std::filesystem::directory_iterator(OFFICIAL_DATA_FOLDER "/../sandbox/api")) {
    INFO(entry.path().filename().string());
    std::ifstream stream(entry.path(), std::ios::binary);
    const auto described = json::Document::Parse(std::string((std::istreambuf_iterator<char>(stream)), {}));
    REQUIRE(described.ok());
    // The custom fields of one type of record stand for those of all.
    std::string path = WithoutNames(TextOf(described->root(), "path"));
    if (path.starts_with("/v2/{}/model")) path.replace(path.find("{}"), 2, "contacts");
    const Operation* operation = FindOperation(path);
    REQUIRE(operation != nullptr);
    CheckList(described->root(), *operation);
    ++files;
    filters += operation->filters.size();
  }
  std::cout << "the sandbox and the documents agree on " << files << " paths with " << filters << " filters\n";
  CHECK(files > 90);
}

}  // namespace
}  // namespace infusionsoft::official
