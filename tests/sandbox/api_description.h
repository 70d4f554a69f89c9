// SPDX-License-Identifier: MIT
#pragma once

#include <rapidjson/document.h>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "described_entity.h"
#include "entity.h"

namespace infusionsoft::sandbox {

enum class ValueType : uint8_t {
  kString,
  kId,
  kIdList,
  kNumber,
  kBoolean,
  kDateTime,
  kEnum,
  kEnumList,
  kStringList,
  kFlag,  // 1 or 0
};

enum class Matching : uint8_t {
  kEqual,
  kContains,
  kSet,
  kSince,
  kUntil,
  kCompare,
  kBoolean,
  // A boolean that asks whether the property has a value.
  kExists,
  // Not a test: changes what the list shows or what another filter tests.
  kModifier,
};

struct FilterSpec {
  std::string name;
  ValueType type = ValueType::kString;
  std::vector<std::string> operators;
  Matching matching = Matching::kEqual;
  bool wildcard = false;
  std::string sentinel;
  std::vector<std::string> choices;
  size_t max_items = 0;
  std::string tests;
  std::string else_tests;
  // Modifiers: the list leaves out rows with this value unless the modifier is true.
  std::string excludes_property;
  rapidjson::Value excludes_value;
  // Modifiers: the filter whose array elements this one narrows.
  std::string restricts;
  // Stands in the query by itself, not in `filter`.
  bool is_parameter = false;
};

enum class SortAs : uint8_t { kNumber, kTime, kText };

struct OrderSpec {
  std::string name;
  std::string property;
  SortAs as = SortAs::kText;
};

struct FieldsSpec {
  // Exact: the answer has just the named properties. Otherwise the names are left out unless asked
  // for.
  bool exact = false;
  bool repeatable = false;
  std::vector<std::string> names;
  // May be asked for although they are always there.
  std::vector<std::string> also;
  std::vector<std::string> defaults;
};

using PathPattern = std::vector<std::string>;

// Text: one value, with nothing around it.
enum class AnswerKind : uint8_t { kPages, kArray, kObject, kOffset, kText };

struct ListSpec {
  PathPattern path;
  std::string path_text;
  // The name of the array; empty where the answer itself is the array.
  std::string items;
  // Of a text that is no JSON string.
  std::string content_type;
  AnswerKind answer = AnswerKind::kPages;
  // The items are texts or numbers, not objects.
  bool scalar_items = false;
  // Nothing in a row identifies it: no row is sent twice.
  bool is_keyless = false;
  const Entity* entity = nullptr;
  // The entity of a list that has no code of its own.
  std::unique_ptr<DescribedEntity> described;
  // Path parameters with fixed values: the segments that may stand there.
  std::map<std::string, std::vector<std::string>> path_values;
  int min_page_size = 1;
  int max_page_size = 1000;
  std::deque<FilterSpec> filters;
  // Of lists whose rows carry custom fields: their filters. A filter of the list's own wins, whatever its case.
  std::deque<FilterSpec> custom_filters;
  // The rows are the definitions of the custom fields of the records that the path names.
  bool is_model = false;
  std::vector<std::vector<std::string>> exclusive;
  std::map<std::string, std::vector<std::string>> required;
  std::vector<OrderSpec> order_by;
  std::optional<FieldsSpec> fields;
  PathPattern get_path;
  std::optional<FieldsSpec> get_fields;
  rapidjson::Document data;

  const FilterSpec* FindFilter(std::string_view name) const;
  const OrderSpec* FindOrder(std::string_view name) const;
};

// What a path asks for.
struct Route {
  const ListSpec* list = nullptr;
  bool single = false;
  std::vector<std::string> parameters;
};

class ApiDescription {
 public:
  // Ends the program when the embedded data is malformed: it is part of the program.
  ApiDescription();

  const std::deque<ListSpec>& lists() const { return lists_; }
  // `path` begins with "/v2/" or "/v1/". Literal segments win over parameters.
  std::optional<Route> Find(std::string_view path) const;

 private:
  std::deque<ListSpec> lists_;
};

}  // namespace infusionsoft::sandbox
