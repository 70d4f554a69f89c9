// SPDX-License-Identifier: MIT
#include "api_description.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "api_data.h"
#include "custom_fields.h"
#include "row_reader.h"
#include "vocabulary.h"

namespace infusionsoft::sandbox {
namespace {

using rapidjson::Value;

[[noreturn]] void Malformed(std::string_view what, std::string_view where) {
  std::fprintf(stderr, "infusionsoft-sandbox: API data: %.*s: %.*s\n", static_cast<int>(what.size()), what.data(),
               static_cast<int>(where.size()), where.data());
  std::abort();
}

std::string TextOf(const Value& object, const char* name) {
  const auto member = object.FindMember(name);
  if (member == object.MemberEnd()) return {};
  if (!member->value.IsString()) Malformed("not a text", name);
  return {member->value.GetString(), member->value.GetStringLength()};
}

bool FlagOf(const Value& object, const char* name) {
  const auto member = object.FindMember(name);
  return member != object.MemberEnd() && member->value.IsTrue();
}

std::vector<std::string> ListOf(const Value& object, const char* name) {
  std::vector<std::string> out;
  const auto member = object.FindMember(name);
  if (member == object.MemberEnd()) return out;
  for (const Value& item : member->value.GetArray()) out.emplace_back(item.GetString());
  return out;
}

PathPattern SplitPath(std::string_view path) {
  PathPattern out;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const size_t end = std::min(path.find('/'), path.size());
    out.emplace_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return out;
}

template <typename T>
T Choose(const std::string& text, std::initializer_list<std::pair<const char*, T>> choices) {
  for (const auto& [name, value] : choices) {
    if (text == name) return value;
  }
  Malformed("unknown word", text);
}

void ReadFilter(const Value& data, rapidjson::Document& owner, FilterSpec& filter) {
  filter.name = TextOf(data, "name");
  filter.type = Choose<ValueType>(TextOf(data, "type"), {{"string", ValueType::kString},
                                                         {"id", ValueType::kId},
                                                         {"id_list", ValueType::kIdList},
                                                         {"number", ValueType::kNumber},
                                                         {"boolean", ValueType::kBoolean},
                                                         {"datetime", ValueType::kDateTime},
                                                         {"enum", ValueType::kEnum},
                                                         {"enum_list", ValueType::kEnumList},
                                                         {"string_list", ValueType::kStringList}});
  filter.matching = Choose<Matching>(TextOf(data, "matching"), {{"eq", Matching::kEqual},
                                                                {"exact", Matching::kEqual},
                                                                {"exact_or_prefix", Matching::kEqual},
                                                                {"enum", Matching::kEqual},
                                                                {"contains_or_prefix", Matching::kContains},
                                                                {"contains", Matching::kContains},
                                                                {"set", Matching::kSet},
                                                                {"since", Matching::kSince},
                                                                {"until", Matching::kUntil},
                                                                {"compare", Matching::kCompare},
                                                                {"boolean", Matching::kBoolean},
                                                                {"exists", Matching::kExists},
                                                                {"modifier", Matching::kModifier}});
  filter.operators = ListOf(data, "operators");
  filter.wildcard = FlagOf(data, "wildcard");
  filter.sentinel = TextOf(data, "sentinel");
  filter.choices = ListOf(data, "enum");
  filter.tests = TextOf(data, "tests");
  filter.else_tests = TextOf(data, "else_tests");
  filter.restricts = TextOf(data, "restricts");
  if (data.HasMember("max_items")) filter.max_items = data["max_items"].GetUint();
  if (data.HasMember("excludes")) {
    filter.excludes_property = TextOf(data["excludes"], "property");
    filter.excludes_value.CopyFrom(data["excludes"]["value"], owner.GetAllocator());
  }
}

FieldsSpec ReadFields(const Value& data) {
  FieldsSpec fields;
  fields.exact = TextOf(data, "style") == "exact";
  fields.repeatable = FlagOf(data, "repeatable");
  fields.names = ListOf(data, "names");
  fields.defaults = ListOf(data, "default");
  return fields;
}

void ReadRules(const Value& data, ListSpec& list) {
  if (data.HasMember("exclusive")) {
    for (const Value& group : data["exclusive"].GetArray()) {
      std::vector<std::string> names;
      for (const Value& name : group.GetArray()) names.emplace_back(name.GetString());
      list.exclusive.push_back(std::move(names));
    }
  }
  if (data.HasMember("requires")) {
    for (const auto& rule : data["requires"].GetObject()) {
      for (const Value& name : rule.value.GetArray()) {
        list.required[rule.name.GetString()].emplace_back(name.GetString());
      }
    }
  }
}

void ReadShape(const Value& data, ListSpec& list) {
  if (data.HasMember("answer")) {
    list.answer = Choose<AnswerKind>(TextOf(data, "answer"), {{"array", AnswerKind::kArray},
                                                              {"object", AnswerKind::kObject},
                                                              {"offset", AnswerKind::kOffset},
                                                              {"text", AnswerKind::kText}});
  }
  if (data.HasMember("path_values")) {
    for (const auto& values : data["path_values"].GetObject()) {
      for (const Value& value : values.value.GetArray())
        list.path_values[values.name.GetString()].emplace_back(value.GetString());
    }
  }
  if (data.HasMember("entity")) {
    list.entity = FindEntity(TextOf(data, "entity"));
    return;
  }
  list.scalar_items = data["properties"].IsString();
  list.described = std::make_unique<DescribedEntity>(data, list.path_text);
  list.entity = &list.described->entity();
}

void ReadList(std::string_view text, ListSpec& list) {
  list.data.Parse(text.data(), text.size());
  if (list.data.HasParseError() || !list.data.IsObject()) Malformed("not JSON", text.substr(0, 60));
  const Value& data = list.data;
  list.path_text = TextOf(data, "path");
  list.path = SplitPath(list.path_text);
  list.items = TextOf(data, "items");
  list.content_type = TextOf(data, "content_type");
  ReadShape(data, list);
  if (list.entity == nullptr) Malformed("unknown entity", list.path_text);
  list.is_model = FlagOf(data, "model");
  list.is_keyless = FlagOf(data, "keyless");
  if (FindProperty(*list.entity, "custom_fields") != nullptr) list.custom_filters = CustomFieldFilters();
  if (list.answer == AnswerKind::kPages || list.answer == AnswerKind::kOffset) {
    list.min_page_size = data["page_size"]["min"].GetInt();
    list.max_page_size = data["page_size"]["max"].GetInt();
  }
  for (const Value& filter : data["filters"].GetArray()) {
    ReadFilter(filter, list.data, list.filters.emplace_back());
  }
  if (data.HasMember("parameters")) {
    for (const Value& parameter : data["parameters"].GetArray()) {
      ReadFilter(parameter, list.data, list.filters.emplace_back());
      list.filters.back().is_parameter = true;
    }
  }
  ReadRules(data, list);
  for (const Value& order : data["order_by"].GetArray()) {
    list.order_by.push_back(
        {TextOf(order, "name"), TextOf(order, "property"),
         Choose<SortAs>(TextOf(order, "as"),
                        {{"number", SortAs::kNumber}, {"time", SortAs::kTime}, {"text", SortAs::kText}})});
  }
  if (data.HasMember("fields")) list.fields = ReadFields(data["fields"]);
  if (!data.HasMember("get")) return;
  list.get_path = SplitPath(TextOf(data["get"], "path"));
  if (!data["get"].HasMember("fields")) return;
  list.get_fields = list.fields.value_or(FieldsSpec{});
  list.get_fields->names = ListOf(data["get"], "fields");
  list.get_fields->also = ListOf(data["get"], "also");
}

// The value that `segment` gives to the parameter of `pattern`, "{id}" or "{id}:verb".
std::optional<std::string> ParameterOf(const std::string& pattern, const std::string& segment, const ListSpec& list) {
  const size_t close = pattern.find('}');
  const std::string_view verb = std::string_view(pattern).substr(close + 1);
  const size_t colon = verb.empty() ? segment.size() : segment.find(':');
  if (colon == std::string::npos || std::string_view(segment).substr(colon) != verb) return std::nullopt;
  std::string value = segment.substr(0, colon);
  const auto fixed = list.path_values.find(pattern.substr(1, close - 1));
  const bool fits =
      fixed == list.path_values.end() || std::find(fixed->second.begin(), fixed->second.end(), value) != fixed->second.end();
  return fits ? std::optional(std::move(value)) : std::nullopt;
}

// The values of the pattern's parameters, or nothing if the path differs.
std::optional<std::vector<std::string>> MatchPath(const ListSpec& list, const PathPattern& pattern,
                                                  const PathPattern& path) {
  if (pattern.empty() || pattern.size() != path.size()) return std::nullopt;
  std::vector<std::string> parameters;
  for (size_t i = 0; i < path.size(); ++i) {
    if (pattern[i].starts_with('{')) {
      std::optional<std::string> value = ParameterOf(pattern[i], path[i], list);
      if (!value) return std::nullopt;
      parameters.push_back(*std::move(value));
    } else if (pattern[i] != path[i]) {
      return std::nullopt;
    }
  }
  return parameters;
}

}  // namespace

const FilterSpec* ListSpec::FindFilter(std::string_view name) const {
  const std::string folded = LowerAscii(name);
  bool is_own = false;
  for (const FilterSpec& filter : filters) {
    if (filter.name == name) return &filter;
    is_own = is_own || LowerAscii(filter.name) == folded;
  }
  for (const FilterSpec& filter : custom_filters) {
    if (!is_own && LowerAscii(filter.name) == folded) return &filter;
  }
  return nullptr;
}

const OrderSpec* ListSpec::FindOrder(std::string_view name) const {
  for (const OrderSpec& order : order_by) {
    if (order.name == name) return &order;
  }
  return nullptr;
}

ApiDescription::ApiDescription() {
  for (const std::string_view text : ApiData()) ReadList(text, lists_.emplace_back());
}

std::optional<Route> ApiDescription::Find(std::string_view path) const {
  if (!path.starts_with('/')) return std::nullopt;
  const PathPattern segments = SplitPath(path);
  std::optional<Route> best;
  const auto offer = [&best](const ListSpec& list, bool single, std::optional<std::vector<std::string>> parameters) {
    if (!parameters) return;
    // Fixed values are as good as literal segments.
    const auto openness = [](const ListSpec& of, size_t count) { return count - std::min(count, of.path_values.size()); };
    if (best && openness(*best->list, best->parameters.size()) <= openness(list, parameters->size())) return;
    best = Route{&list, single, *std::move(parameters)};
  };
  for (const ListSpec& list : lists_) {
    offer(list, false, MatchPath(list, list.path, segments));
    offer(list, true, MatchPath(list, list.get_path, segments));
  }
  return best;
}

}  // namespace infusionsoft::sandbox
