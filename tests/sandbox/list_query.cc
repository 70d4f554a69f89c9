// SPDX-License-Identifier: MIT
#include "list_query.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "custom_fields.h"
#include "list_query_state.h"
#include "replies.h"
#include "row_reader.h"
#include "vocabulary.h"

namespace infusionsoft::sandbox {
namespace {

constexpr int kLargestOffset = 1'000'000'000;

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<Kind> KindOfParameter(std::string_view segment) {
  if (segment == "{contact_id}") return Kind::kContacts;
  if (segment == "{tag_id}") return Kind::kTags;
  return std::nullopt;
}

// The names that `fields` asks for, or false for one that is not offered.
bool ReadFields(const FieldsSpec& spec, const Parameters& parameters, std::vector<std::string>* asked, std::string* error) {
  for (const auto& [key, value] : parameters) {
    if (key != "fields") continue;
    std::string_view rest = value;
    while (true) {
      const std::string_view name = rest.substr(0, rest.find(','));
      if (!Contains(spec.names, name) && !Contains(spec.also, name)) {
        *error = "'" + std::string(name) + "' is not a field that can be asked for";
        return false;
      }
      asked->emplace_back(name);
      if (name.size() == rest.size()) break;
      rest.remove_prefix(name.size() + 1);
    }
  }
  return true;
}

bool CheckNames(const Parameters& parameters, const std::vector<std::string>& allowed,
                const std::optional<FieldsSpec>& fields, std::string* error) {
  std::vector<std::string> seen;
  for (const auto& [key, value] : parameters) {
    if (!Contains(allowed, key) && !(fields && key == "fields")) {
      *error = "'" + key + "' is not a parameter";
    } else if (value.empty()) {
      *error = "'" + key + "' is empty";
    } else if (Contains(seen, key) && !(key == "fields" && fields->repeatable)) {
      *error = "'" + key + "' occurs more than once";
    } else {
      seen.push_back(key);
      continue;
    }
    return false;
  }
  return true;
}

std::vector<std::string> AllowedNames(const ListSpec& list) {
  std::vector<std::string> names;
  if (list.answer == AnswerKind::kPages) names = {"page_size", "page_token"};
  if (list.answer == AnswerKind::kOffset) names = {"limit", "offset"};
  if (!list.order_by.empty()) names.emplace_back("order_by");
  for (const FilterSpec& spec : list.filters) {
    const std::string name = spec.is_parameter ? spec.name : "filter";
    if (!Contains(names, name)) names.push_back(name);
  }
  return names;
}

// The names of the parameters in a path.
std::vector<std::string> ParameterNames(const PathPattern& path) {
  std::vector<std::string> names;
  for (const std::string& segment : path) {
    if (segment.starts_with('{')) names.push_back(segment.substr(1, segment.find('}') - 1));
  }
  return names;
}

// Leaves `number` as it is if the parameter is not there.
bool ReadNumber(const Parameters& parameters, const char* name, int least, int most, int* number, std::string* error) {
  const std::string* const text = FindParameter(parameters, name);
  if (text == nullptr) return true;
  const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), *number);
  if (problem == std::errc() && end == text->data() + text->size() && *number >= least && *number <= most) return true;
  *error = std::string(name) + " must be " + std::to_string(least) + " to " + std::to_string(most);
  return false;
}

bool ReadOrder(const ListSpec& list, std::string_view text, Ordering* ordering, std::string* error) {
  const size_t space = text.find(' ');
  const std::string_view direction = space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
  ordering->spec = list.FindOrder(text.substr(0, space));
  ordering->descending = direction == "desc";
  if (ordering->spec == nullptr) {
    *error = "cannot order by '" + std::string(text) + "'";
  } else if (direction != "asc" && direction != "desc") {
    *error = "order_by needs a direction, asc or desc";
  } else {
    return true;
  }
  return false;
}

}  // namespace

HttpReply ListQuery::Answer(const Route& route, const HttpRequest& request, const AnswerStyle& style) const {
  const std::optional<Parameters> parameters = ParseParameters(request.query);
  if (!parameters) return ApiError(400, "malformed query string", route.list->items);
  return route.single ? AnswerSingle(route, *parameters, style) : AnswerList(route, request, *parameters, style);
}

HttpReply ListQuery::AnswerSingle(const Route& route, const Parameters& parameters, const AnswerStyle& style) const {
  const ListSpec& list = *route.list;
  const Entity& entity = *list.entity;
  std::string error;
  std::vector<std::string> asked;
  if (!CheckNames(parameters, {}, list.get_fields, &error) ||
      (list.get_fields && !ReadFields(*list.get_fields, parameters, &asked, &error))) {
    return ApiError(400, error, list.items);
  }
  if (list.described != nullptr) return AnswerDescribed(route, style);
  std::vector<uint64_t> ids;
  for (const std::string& parameter : route.parameters) {
    if (!ParseId(parameter, &ids.emplace_back())) {
      return ApiError(400, "'" + parameter + "' is not an id", list.items);
    }
  }
  const std::optional<uint64_t> row = world_.Row(entity.kind, ids.back());
  bool found = row.has_value();
  if (found && ids.size() > 1) {
    const auto parent = world_.Row(Kind::kContacts, ids.front());
    found = parent && entity.references.front().row(world_, *row) == parent;
  }
  if (!found) return ApiError(404, "no row with id " + std::to_string(ids.back()), list.items);
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  const BreakSet struck =
      WriteRow(world_, entity, {*row, 0, true}, Select(entity, list.get_fields, asked, style.freedoms, true),
               NullsOf(style.freedoms), writer);
  return ReplyOf(buffer, struck);
}

// One row by its id, below the parents that stand before it.
HttpReply ListQuery::AnswerDescribed(const Route& route, const AnswerStyle& style) const {
  const ListSpec& list = *route.list;
  std::vector<std::string> names = ParameterNames(list.get_path);
  std::vector<std::string> values = route.parameters;
  uint64_t id = 0;
  if (!ParseId(values.back(), &id)) return ApiError(400, "'" + values.back() + "' is not an id", list.items);
  names.pop_back();
  values.pop_back();
  const std::optional<uint64_t> row = world_.Row(Kind::kDescribed, id);
  DescribedScope scope;
  if (!names.empty()) {
    std::optional<DescribedScope> found = FindScope(world_, *list.entity, names, values);
    if (found) scope = *std::move(found);
  }
  const bool is_there = row && (names.empty() || std::find(scope.rows.begin(), scope.rows.end(), *row) != scope.rows.end());
  if (!is_there) return ApiError(404, "no row with id " + std::to_string(id), list.items);
  return WriteObject(list, {*row, scope.parents, true}, {}, style);
}

HttpReply ListQuery::WriteModel(const ListSpec& list, const std::string& records) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  WriteKey(writer, list.items);
  WriteCustomFieldModel(writer, records);
  WriteKey(writer, "optional_properties");
  writer.StartArray();
  writer.EndArray();
  writer.EndObject();
  HttpReply reply;
  reply.body.assign(buffer.GetString(), buffer.GetSize());
  return reply;
}

HttpReply ListQuery::AnswerList(const Route& route, const HttpRequest& request, const Parameters& parameters,
                                const AnswerStyle& style) const {
  const ListSpec& list = *route.list;
  Query query;
  std::string error;
  if (!ReadQuery(list, parameters, &query, &error)) return ApiError(400, error, list.items);
  for (const std::string& parameter : route.parameters) {
    uint64_t id = 0;
    if (list.described == nullptr && !ParseId(parameter, &id)) {
      return ApiError(400, "'" + parameter + "' is not an id", list.items);
    }
  }
  if (!ReadScope(route, &query)) return ApiError(404, "the parent does not exist", list.items);
  query.identity = request.path;
  for (const char* const name : {"filter", "order_by", "page_size", "fields"}) {
    for (const auto& [key, value] : parameters) {
      if (key == name) query.identity += "\n" + key + "=" + value;
    }
  }
  if (!query.page_token.empty()) {
    const auto start = ReadPageToken(query.page_token, query.identity, world_.seed());
    if (!start) return ApiError(400, "page_token does not belong to this request", list.items);
    query.start = *start;
  }
  if (list.is_model) return WriteModel(list, route.parameters.front());
  if (Has(style.breaks, Break::kNotFoundLater) && (query.start.page > 0 || query.offset > 0)) {
    HttpReply reply = ApiError(404, "no such page", list.items);
    reply.struck = BitOf(Break::kNotFoundLater);
    return reply;
  }
  switch (list.answer) {
    case AnswerKind::kObject:
      return WriteObject(list, {0, query.parent, false}, query.fields, style);
    case AnswerKind::kText:
      return WriteValue(list, query);
    case AnswerKind::kOffset:
      return WriteOffsetPage(list, query, style);
    case AnswerKind::kPages:
    case AnswerKind::kArray:
      return WritePage(list, query, style);
  }
  return ApiError(500, "no such kind of answer", list.items);
}

bool ListQuery::ReadQuery(const ListSpec& list, const Parameters& parameters, Query* query, std::string* error) const {
  if (!CheckNames(parameters, AllowedNames(list), list.fields, error)) return false;
  for (const FilterSpec& spec : list.filters) {
    const std::string* const value = spec.is_parameter ? FindParameter(parameters, spec.name) : nullptr;
    if (value != nullptr && !ParseParameterClause(list, spec.name, *value, &query->clauses, error)) return false;
  }
  if (list.fields && !ReadFields(*list.fields, parameters, &query->fields, error)) return false;
  if (const std::string* const text = FindParameter(parameters, "filter")) {
    if (!ParseFilter(list, *text, &query->clauses, error)) return false;
  }
  if (const std::string* const text = FindParameter(parameters, "order_by")) {
    if (!ReadOrder(list, *text, &query->ordering, error)) return false;
  }
  query->page_size = std::min(kDefaultPageSize, list.max_page_size);
  const char* const size_name = list.answer == AnswerKind::kOffset ? "limit" : "page_size";
  if (!ReadNumber(parameters, size_name, list.min_page_size, list.max_page_size, &query->page_size, error)) return false;
  if (!ReadNumber(parameters, "offset", 0, kLargestOffset, &query->offset, error)) return false;
  if (const std::string* const text = FindParameter(parameters, "page_token")) {
    query->page_token = *text;
  }
  return true;
}

bool ListQuery::ReadScope(const Route& route, Query* query) const {
  const Entity& entity = *route.list->entity;
  if (route.list->described != nullptr) {
    const std::vector<std::string> names = ParameterNames(route.list->path);
    if (names.empty()) return true;
    std::optional<DescribedScope> scope = FindScope(world_, entity, names, route.parameters);
    if (!scope) return false;
    query->parent = scope->parents;
    query->scope = std::move(scope->rows);
    return true;
  }
  for (const std::string& segment : route.list->path) {
    const std::optional<Kind> kind = KindOfParameter(segment);
    if (!kind) continue;
    uint64_t id = 0;
    ParseId(route.parameters.front(), &id);
    const std::optional<uint64_t> parent = world_.Row(*kind, id);
    if (!parent) return false;
    query->parent = *parent;
    if (*kind == Kind::kTags) {
      query->scope = indexes_.TagContacts(*parent);
    } else if (entity.kind == Kind::kTags) {
      query->scope.emplace();
      for (const uint64_t tag : ContactTags(world_, *parent)) {
        query->scope->push_back(static_cast<uint32_t>(tag));
      }
    } else {
      query->scope = indexes_.Referring(entity, entity.references.front(), *parent);
    }
  }
  return true;
}

}  // namespace infusionsoft::sandbox
