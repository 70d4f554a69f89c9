// SPDX-License-Identifier: MIT
// The built-in profile against the API's description: nothing is sent that the API does not offer, and nothing that it
// offers is left out without a reason.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "profile/api_description.h"

namespace infusionsoft {
namespace {

struct Exception {
  const char* where;
  const char* what;
  const char* reason;
};

constexpr const char* kAmount = "tests for one amount, of which a server may keep more digits than it shows";
constexpr const char* kInstant = "tests for one instant, of which a server may keep more digits than it shows";

// What the API offers and the profile leaves out.
constexpr Exception kUnused[] = {
    {"/v2/contacts/{}/notes", "filter contact_id", "says again what the path says"},
    {"/v2/contacts", "filter contact_ids", "means what ids means"},
    {"/v2/opportunities", "order contact_name", "sorts by a name that is no column of its own"},
    {"/v2/companies", "get", "lets a request name website but not update_time; the filter company_id costs one request too"},
    {"/v2/products", "get", "adds inventory_count to inventory, so a row would depend on how it is asked for"},
    {"/v1/products", "get", "lacks status and product_options, so a row would depend on how it is asked for"},
    {"/v2/users", "get", "shows inactive users, which the list leaves out unless include_inactive asks for them"},
    {"/v2/automations", "order category", "sorts by what no column shows"},
    {"/v2/automations/ids", "order name", "sorts by what no column shows"},
    {"/v2/automations/ids", "order category", "sorts by what no column shows"},
    {"/v2/automations/ids", "order activeContacts", "sorts by what no column shows"},
    {"/v2/automations/ids", "order publishedDate", "sorts by what no column shows"},
    {"/v2/campaigns", "order activeContacts", "sorts by what no column shows"},
    {"/v2/campaigns", "order lastupdated", "sorts by what no column shows"},
    {"/v2/discounts/orderTotals", "filter discount_value", kAmount},
    {"/v2/discounts/products", "filter discount_value", kAmount},
    {"/v2/discounts/shipping", "filter discount_value", kAmount},
    {"/v2/emailAddresses", "filter statuses", "refuses words that it does not know, and a list of words cannot be checked before it is sent"},
    {"/v2/emails", "order created_time", "sorts by what no column shows"},
    {"/v2/files", "filter created_time", kInstant},
    {"/v2/files", "filter updated_time", kInstant},
    {"/v2/leadSources", "filter start_time", kInstant},
    {"/v2/leadSources", "filter end_time", kInstant},
    {"/v2/leadSources/{}/expenses", "filter incurred_time", kInstant},
    {"/v2/leadSources/{}/expenses", "filter create_time", kInstant},
    {"/v2/leadSources/{}/expenses", "filter update_time", kInstant},
    {"/v2/leadSources/{}/recurringExpenses", "filter start_time", kInstant},
    {"/v2/leadSources/{}/recurringExpenses", "filter end_time", kInstant},
    {"/v2/leadSources/{}/recurringExpenses", "filter next_expense_time", kInstant},
    {"/v2/leadSources/{}/recurringExpenses", "filter create_time", kInstant},
    {"/v2/leadSources/{}/recurringExpenses", "filter update_time", kInstant},
    {"/v2/leadSources/{}/recurringExpenses/{}/expenses", "filter incurred_time", kInstant},
    {"/v2/leadSources/{}/recurringExpenses/{}/expenses", "filter create_time", kInstant},
    {"/v2/leadSources/{}/recurringExpenses/{}/expenses", "filter update_time", kInstant},
    {"/v2/opportunities/stageMoves", "order move_date", "sorts by what no column shows"},
    {"/v2/orders/{}/payments", "filter amount", kAmount},
    {"/v2/products/{}/subscriptions", "order product_id", "sorts by what no column shows"},
};

bool IsUnused(const std::string& where, const std::string& what) {
  return std::ranges::any_of(kUnused, [&](const Exception& known) { return known.where == where && known.what == what; });
}

bool Lists(const Entity& entity, const ApiList& list) { return WithoutNames(entity.list_path) == WithoutNames(list.path()); }

// Calls `check` for each entity and its description.
template <typename Check>
void ForEachEntity(Check check) {
  const auto lists = ReadApiLists();
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    INFO(entity.name);
    const auto list = std::ranges::find_if(lists, [&](const ApiList& known) { return Lists(entity, known); });
    REQUIRE(list != lists.end());
    check(entity, list->root(), WithoutNames(list->path()));
  }
}

// The same for the entities whose rows are the API's items. The others show an array of them, and leave out the rest.
template <typename Check>
void ForEachListOfItems(Check check) {
  ForEachEntity([&](const Entity& entity, json::Value api, const std::string& where) {
    if (!entity.IsNested()) check(entity, api, where);
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

TEST_CASE("Profile: every list of the API is a table, or left out for a reason", "[profile]") {
  for (const ApiList& list : ReadApiLists()) {
    INFO(list.file);
    const bool is_table = std::ranges::any_of(
        Profile::BuiltIn().entities(), [&](const Entity& entity) { return !entity.IsNested() && Lists(entity, list); });
    CHECK(is_table != IsUnused(WithoutNames(list.path()), "list"));
  }
}

TEST_CASE("Profile: pages are asked for as the API describes them", "[profile]") {
  ForEachEntity([](const Entity& entity, json::Value api, const std::string&) {
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
  ForEachEntity([](const Entity& entity, json::Value api, const std::string&) {
    size_t filters = 0;
    for (const Column& column : entity.columns) {
      for (const Pushdown& pushdown : column.pushdowns) CheckPushdown(entity, column, pushdown, api.Member("filters"), api.Member("parameters"));
      filters += column.pushdowns.size();
    }
    CHECK((filters > 0 || api.Member("filters").Size() == 0));
  });
}

TEST_CASE("Profile: every filter of the API is used, or left out for a reason", "[profile]") {
  ForEachListOfItems([](const Entity& entity, json::Value api, const std::string& where) {
    std::set<std::string> used;
    for (const Column& column : entity.columns) {
      for (const Pushdown& pushdown : column.pushdowns) {
        used.insert(pushdown.filter);
        for (const auto& [name, word] : pushdown.with) used.insert(name);
      }
    }
    const json::Value parameters = api.Member("parameters");
    for (size_t i = 0; i < parameters.Size(); ++i) CHECK(used.contains(std::string(parameters.At(i).Member("name").String())));
    const json::Value filters = api.Member("filters");
    for (size_t i = 0; i < filters.Size(); ++i) {
      const std::string name = TextOf(filters.At(i), "name");
      INFO(name);
      CHECK(used.contains(name) != IsUnused(where, "filter " + name));
    }
  });
}

TEST_CASE("Profile: filters that need or exclude each other are known as such", "[profile]") {
  ForEachListOfItems([](const Entity& entity, json::Value api, const std::string&) {
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
  ForEachEntity([](const Entity& entity, json::Value api, const std::string& where) {
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
    if (entity.IsNested()) return;
    for (size_t i = 0; i < orders.Size(); ++i) {
      const std::string name = TextOf(orders.At(i), "name");
      INFO(name);
      CHECK(used.contains(name) != IsUnused(where, "order " + name));
    }
  });
}

TEST_CASE("Profile: a request names the fields that the API lets it name, and all of them have a column", "[profile]") {
  ForEachListOfItems([](const Entity& entity, json::Value api, const std::string&) {
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
  ForEachListOfItems([](const Entity& entity, json::Value api, const std::string& where) {
    const json::Value get = api.Member("get");
    CHECK((entity.detail_path.empty()) == get.Member("properties").IsNothing());
    if (!entity.detail_path.empty()) CHECK(WithoutNames(entity.detail_path) == WithoutNames(TextOf(get, "path")));
    CHECK((get.IsNothing() || !entity.get_path.empty()) != IsUnused(where, "get"));
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
  ForEachEntity([](const Entity& entity, json::Value api, const std::string&) {
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
  ForEachListOfItems([](const Entity& entity, json::Value api, const std::string&) {
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
  ForEachListOfItems([](const Entity& entity, json::Value api, const std::string&) {
    CheckShown(entity, api.Member("properties"), false);
    CheckShown(entity, api.Member("get").Member("properties"), true);
  });
}

TEST_CASE("Profile: what is left out has a reason, and is still there to leave out", "[profile]") {
  const auto lists = ReadApiLists();
  for (const Exception& unused : kUnused) {
    INFO(unused.where << ": " << unused.what);
    CHECK(std::string_view(unused.reason).size() > 10);
    const auto list =
        std::ranges::find_if(lists, [&](const ApiList& known) { return WithoutNames(known.path()) == unused.where; });
    REQUIRE(list != lists.end());
    const std::string_view what = unused.what;
    if (what.starts_with("filter ")) CHECK_FALSE(FindNamed(list->root().Member("filters"), what.substr(7)).IsNothing());
    if (what.starts_with("order ")) CHECK_FALSE(FindNamed(list->root().Member("order_by"), what.substr(6)).IsNothing());
    if (what == "get") CHECK_FALSE(list->root().Member("get").IsNothing());
  }
}

}  // namespace
}  // namespace infusionsoft
