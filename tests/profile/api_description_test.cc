// SPDX-License-Identifier: MIT
// The built-in profile against the sandbox's description of the API: what is sent means there what the profile takes it for.
// Whether all that the API offers is used is for tests/official to say.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "profile/api_description.h"

namespace infusionsoft {
namespace {

bool Lists(const Entity& entity, const ApiList& list) { return WithoutNames(entity.list_path) == WithoutNames(list.path()); }

// Calls `check` for each entity and its description.
template <typename Check>
void ForEachEntity(Check check) {
  const auto lists = ReadApiLists();
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    INFO(entity.name);
    const auto list = std::ranges::find_if(lists, [&](const ApiList& known) { return Lists(entity, known); });
    REQUIRE(list != lists.end());
    check(entity, list->root());
  }
}

// The same for the entities whose rows are the API's items. The others show an array of them, and leave out the rest.
template <typename Check>
void ForEachListOfItems(Check check) {
  ForEachEntity([&](const Entity& entity, json::Value api) {
    if (!entity.IsNested()) check(entity, api);
  });
}

// Where the column's value stands in an item of the list.
std::string PathInItem(const Entity& entity, const Column& column) {
  const std::string path = EveryElement(column.path.text());
  if (!entity.IsNested() || column.outer) return path;
  return entity.nested + "[]" + (path.empty() ? "" : "." + path);
}

json::Value FindNamed(json::Value array, std::string_view name) {
  for (size_t i = 0; i < array.Size(); ++i) {
    if (array.At(i).Member("name").String() == name) return array.At(i);
  }
  return json::Value();
}

std::string TextOf(json::Value object, std::string_view name) {
  const json::Value value = object.Member(name);
  return value.kind() == json::Value::Kind::kString ? std::string(value.String()) : std::string();
}

bool FitsMatching(Match match, const std::string& matching) {
  const auto is_one_of = [&](std::initializer_list<std::string_view> kinds) {
    return std::ranges::find(kinds, matching) != kinds.end();
  };
  switch (match) {
    case Match::kEquals:
      return is_one_of({"eq", "exact", "exact_or_prefix", "contains_or_prefix", "contains"});
    case Match::kBoolean:
      return is_one_of({"boolean", "exists", "modifier"});
    case Match::kCompareTime:
    case Match::kFlag:
      return false;  // of custom fields only, which no description lists
    case Match::kSet:
    case Match::kSince:
    case Match::kUntil:
    case Match::kCompare:
    case Match::kEnum:
      return matching == MatchName(match);
  }
  return false;
}

// A filter may narrow by a column only when it tests what the column shows.
bool TestsColumn(const json::Value& filter, const Entity& entity, const Column& column) {
  const std::string tests = TextOf(filter, "tests");
  return column.role == ColumnRole::kRequest || tests == column.path.text() ||
         (tests.find("[]") != std::string::npos && tests == PathInItem(entity, column));
}

void CheckPushdown(const Entity& entity, const Column& column, const Pushdown& pushdown, json::Value filters,
                   json::Value parameters) {
  INFO(column.name + ", filter " + pushdown.filter);
  const json::Value filter = FindNamed(pushdown.is_parameter ? parameters : filters, pushdown.filter);
  REQUIRE(filter.kind() == json::Value::Kind::kObject);
  CHECK(FitsMatching(pushdown.match, TextOf(filter, "matching")));
  CHECK(TestsColumn(filter, entity, column));
  const json::Value wildcard = filter.Member("wildcard");
  CHECK(pushdown.prefix == (wildcard.kind() == json::Value::Kind::kBool && wildcard.Bool()));
  CHECK(pushdown.null_word == TextOf(filter, "sentinel"));
  if (pushdown.match == Match::kEnum) CHECK(pushdown.values == Texts(filter.Member("enum")));
  const json::Value max_items = filter.Member("max_items");
  CHECK(pushdown.max_items == (max_items.IsNothing() ? 0 : static_cast<size_t>(max_items.Integer())));
  const auto operators = Texts(filter.Member("operators"));
  CHECK(std::ranges::find(operators, "==") != operators.end());
  for (const char* comparison : {">", "<", ">=", "<="}) {
    const bool offered = std::ranges::find(operators, comparison) != operators.end();
    CHECK(offered == (pushdown.match == Match::kCompare));
  }
  for (const auto& [name, word] : pushdown.with) {
    const auto words = Texts(FindNamed(filters, name).Member("enum"));
    CHECK(std::ranges::find(words, word) != words.end());
  }
}

TEST_CASE("Profile: pages are asked for as the API describes them", "[profile]") {
  ForEachEntity([](const Entity& entity, json::Value api) {
    CHECK(entity.items == TextOf(api, "items"));
    const std::string answer = TextOf(api, "answer");
    CHECK((entity.answer == Answer::kArray) == (answer == "array"));
    CHECK((entity.answer == Answer::kObject) == (answer == "object"));
    CHECK((entity.answer == Answer::kOffset) == (answer == "offset"));
    CHECK((entity.answer == Answer::kText) == (answer == "text"));
    if (!entity.IsPaged()) return;
    CHECK(entity.page_size_min == api.Member("page_size").Member("min").Integer());
    CHECK(entity.page_size_max == api.Member("page_size").Member("max").Integer());
  });
}

TEST_CASE("Profile: every filter that may be sent exists, with its operators and words", "[profile]") {
  ForEachEntity([](const Entity& entity, json::Value api) {
    size_t filters = 0;
    for (const Column& column : entity.columns) {
      for (const Pushdown& pushdown : column.pushdowns) CheckPushdown(entity, column, pushdown, api.Member("filters"), api.Member("parameters"));
      filters += column.pushdowns.size();
    }
    CHECK((filters > 0 || api.Member("filters").Size() == 0));
  });
}

TEST_CASE("Profile: filters that need or exclude each other are known as such", "[profile]") {
  ForEachListOfItems([](const Entity& entity, json::Value api) {
    std::vector<std::vector<std::string>> exclusive;
    for (size_t i = 0; i < api.Member("exclusive").Size(); ++i) exclusive.push_back(Texts(api.Member("exclusive").At(i)));
    CHECK(entity.exclusive == exclusive);
    for (const Column& column : entity.columns) {
      for (const Pushdown& pushdown : column.pushdowns) {
        std::vector<std::string> with;
        for (const auto& [name, word] : pushdown.with) with.push_back(name);
        CHECK(with == Texts(api.Member("requires").Member(pushdown.filter)));
      }
    }
  });
}

TEST_CASE("Profile: every order of the API stands at the column it sorts by", "[profile]") {
  ForEachEntity([](const Entity& entity, json::Value api) {
    const json::Value orders = api.Member("order_by");
    std::set<std::string> used;
    for (const Column& column : entity.columns) {
      if (column.order_by.empty()) continue;
      INFO(column.name);
      const json::Value order = FindNamed(orders, column.order_by);
      REQUIRE(order.kind() == json::Value::Kind::kObject);
      const std::string property = TextOf(order, "property");
      const bool is_amount = column.type == ColumnType::kMoney && property == column.path.text() + ".amount";
      CHECK((property == column.path.text() || property == PathInItem(entity, column) || is_amount));
      if (TextOf(order, "as") == "time") CHECK(column.type == ColumnType::kTime);
      const bool is_number =
          column.type == ColumnType::kInteger || column.type == ColumnType::kReal || column.type == ColumnType::kMoney;
      if (TextOf(order, "as") == "number") CHECK(is_number);
      CHECK(used.insert(column.order_by).second);
    }
  });
}

TEST_CASE("Profile: a request names the fields that the API lets it name, and all of them have a column", "[profile]") {
  ForEachListOfItems([](const Entity& entity, json::Value api) {
    std::set<std::string> asked;
    for (const Column& column : entity.columns) {
      if (!column.field.empty()) asked.insert(column.field);
    }
    const auto names = Texts(api.Member("fields").Member("names"));
    CHECK(asked == std::set<std::string>(names.begin(), names.end()));
    const std::string style = TextOf(api.Member("fields"), "style");
    CHECK((entity.fields_style == FieldsStyle::kExact) == (style == "exact"));
    CHECK((entity.fields_style == FieldsStyle::kAdditive) == (style == "additive"));
  });
}

TEST_CASE("Profile: a row that is looked up is the row that is listed", "[profile]") {
  ForEachListOfItems([](const Entity& entity, json::Value api) {
    const json::Value get = api.Member("get");
    CHECK((entity.detail_path.empty()) == get.Member("properties").IsNothing());
    if (!entity.detail_path.empty()) CHECK(WithoutNames(entity.detail_path) == WithoutNames(TextOf(get, "path")));
    if (entity.get_path.empty()) return;
    CHECK(WithoutNames(entity.get_path) == WithoutNames(TextOf(get, "path")));
    const auto names = Texts(get.Member("fields"));
    const auto listed = Texts(api.Member("fields").Member("names"));
    CHECK(std::set<std::string>(names.begin(), names.end()) == std::set<std::string>(listed.begin(), listed.end()));
  });
}

bool FitsKind(ColumnType type, const std::string& kind) {
  if (kind == "object") return type == ColumnType::kJson || type == ColumnType::kMoney;
  if (kind == "array") return type == ColumnType::kJson;
  if (kind == "integer") return type == ColumnType::kInteger;
  if (kind == "number") return type == ColumnType::kReal;
  if (kind == "boolean") return type == ColumnType::kBoolean;
  if (kind == "date-time") return type == ColumnType::kTime;
  if (kind == "id") return type == ColumnType::kInteger || type == ColumnType::kText;
  if (kind == "date") return type == ColumnType::kDate;
  if (kind == "any") return type == ColumnType::kText;
  if (kind == "bytes") return type == ColumnType::kBytes;
  return kind == "string" && type != ColumnType::kJson && type != ColumnType::kMoney && type != ColumnType::kBoolean;
}

TEST_CASE("Profile: every column reads a property that rows have, in a type that fits", "[profile]") {
  ForEachEntity([](const Entity& entity, json::Value api) {
    const auto listed = KindsOfProperties(api.Member("properties"));
    const auto single = KindsOfProperties(api.Member("get").Member("properties"));
    for (const Column& column : entity.columns) {
      if (column.role != ColumnRole::kValue) continue;
      INFO(column.name);
      const auto& kinds = column.detail ? single : listed;
      const auto kind = kinds.find(PathInItem(entity, column));
      REQUIRE(kind != kinds.end());
      INFO(kind->second);
      CHECK(FitsKind(column.type, kind->second));
    }
  });
}

// Whether `column` shows the property, or JSON that it is in.
bool Shows(const Column& column, const std::string& property) {
  const std::string& path = column.path.text();
  if (column.role == ColumnRole::kPath) return property == column.name;  // the same id, in the path and in the row
  if (column.role != ColumnRole::kValue) return false;
  if (column.type == ColumnType::kMoney) return property == path + ".amount";
  if (property == path) return true;
  return column.type == ColumnType::kJson && (property.starts_with(path + ".") || property.starts_with(path + "["));
}

TEST_CASE("Profile: a custom field cannot take the place of a filter that no column uses", "[profile]") {
  ForEachListOfItems([](const Entity& entity, json::Value api) {
    if (entity.custom_fields.empty()) return;
    std::set<std::string> unused;
    const json::Value filters = api.Member("filters");
    for (size_t i = 0; i < filters.Size(); ++i) unused.insert(TextOf(filters.At(i), "name"));
    for (const Column& column : entity.columns) {
      for (const Pushdown& pushdown : column.pushdowns) {
        unused.erase(pushdown.filter);
        for (const auto& [name, word] : pushdown.with) unused.erase(name);
      }
    }
    CHECK(std::vector<std::string>(unused.begin(), unused.end()) == entity.other_filters);
  });
}

void CheckShown(const Entity& entity, json::Value properties, bool detail) {
  for (const auto& [property, kind] : KindsOfProperties(properties)) {
    if (kind == "object") continue;  // what is in it is checked
    INFO(property);
    CHECK(std::ranges::any_of(entity.columns, [&name = property, detail](const Column& column) {
      return column.detail == detail && Shows(column, name);
    }));
  }
}

TEST_CASE("Profile: every property of a row is shown by a column", "[profile]") {
  ForEachListOfItems([](const Entity& entity, json::Value api) {
    CheckShown(entity, api.Member("properties"), false);
    CheckShown(entity, api.Member("get").Member("properties"), true);
  });
}

}  // namespace
}  // namespace infusionsoft
