// SPDX-License-Identifier: MIT
// The vendor's two API documents, as v1.json, v2.json and v2_filters.json tell them: every GET, what may be asked, and what
// is answered. README.md says how the files are made and what they mean.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace infusionsoft::official {

// What an answer, or a part of it, looks like.
struct Shape {
  enum class Kind { kObject, kMap, kArray, kString, kInteger, kNumber, kBoolean, kAny };

  Kind kind = Kind::kAny;
  std::string name;                // of a property
  std::vector<Shape> properties;   // kObject
  std::vector<Shape> element;      // kArray, kMap: one, the shape of every element
  std::string format;              // kString: "date-time", "date", "digits", "decimal", "byte", or "" where nothing is said
  std::vector<std::string> words;  // kString: all the values there are, or none

  bool IsArray() const { return kind == Kind::kArray; }
  const Shape* Find(std::string_view property) const;  // null when there is none
};

struct Parameter {
  std::string name;
  std::string type;  // "string", "integer", "boolean", "array"
  std::optional<int64_t> min;
  std::optional<int64_t> max;
  std::vector<std::string> words;
  bool repeats = false;  // an array: a parameter for each member, where others are comma lists
};

// One field of the parameter `filter`.
struct Filter {
  std::string name;
  std::string type;  // as declared: String, Long, Boolean, List[String], ...
  std::vector<std::string> operators;
  bool takes_prefix = false;
  bool is_set = false;
  bool is_boolean = false;
  std::vector<std::string> words;
  std::vector<std::string> examples;  // words that the document shows where it lists none
  std::string none;                   // the word that asks for rows without a value, or ""
  size_t max_items = 0;
  std::vector<std::string> required;

  bool Allows(std::string_view op) const;
};

struct Operation {
  // kGet: one row of a list, by its id. kEmbedded: an object that holds nothing but lists.
  enum class Kind { kList, kEmbedded, kObject, kGet };

  std::string path;  // "/v2/contacts/{contact_id}"
  Kind kind = Kind::kObject;
  std::vector<Parameter> parameters;  // of the query
  std::string content_type;
  Shape answer;
  std::vector<std::string> order_by;
  std::vector<std::string> fields;
  std::vector<Filter> filters;
  std::vector<std::vector<std::string>> exclusive;  // filters that cannot be sent together
  std::vector<std::string> any_value;               // path parameters that may be `-`: below all parents at once

  bool IsPaged() const { return FindParameter("page_token") != nullptr; }
  const Parameter* FindParameter(std::string_view name) const;
  const Filter* FindFilter(std::string_view name) const;
};

// All GETs of both versions, in the order of their paths. Read once; errors in the files are exceptions.
const std::vector<Operation>& Operations();

// The operation with this path, whatever the names of its path parameters are; or null.
const Operation* FindOperation(std::string_view path);

// /v2/contacts/{contact_id} -> /v2/contacts/{}
std::string WithoutNames(std::string_view path);

}  // namespace infusionsoft::official
