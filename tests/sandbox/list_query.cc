// SPDX-License-Identifier: MIT
#include "list_query.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "custom_fields.h"
#include "page_token.h"
#include "replies.h"
#include "row_reader.h"
#include "vocabulary.h"

namespace infusionsoft::sandbox {
namespace {

constexpr int kDefaultPageSize = 100;

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<Kind> KindOfParameter(std::string_view segment) {
  if (segment == "{contact_id}") return Kind::kContacts;
  if (segment == "{tag_id}") return Kind::kTags;
  return std::nullopt;
}

Nulls NullsOf(const FreedomSet& freedoms) {
  if (Has(freedoms, Freedom::kNullsExplicit)) return Nulls::kExplicit;
  return Has(freedoms, Freedom::kNullsAbsent) ? Nulls::kAbsent : Nulls::kMixed;
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

// The properties of the answer.
std::vector<const Property*> Select(const Entity& entity, const std::optional<FieldsSpec>& spec,
                                    const std::vector<std::string>& asked, bool everything) {
  std::vector<const Property*> out;
  for (const Property& property : entity.properties) {
    if (property.hidden) continue;
    bool wanted = true;
    if (spec && !everything) {
      // One list names its properties in capitals.
      const bool named = Contains(asked, property.name) || Contains(asked, UpperAscii(property.name));
      if (spec->exact) {
        wanted = asked.empty() ? Contains(spec->defaults, property.name) : named;
      } else {
        wanted = named || !(Contains(spec->names, property.name) || Contains(spec->names, UpperAscii(property.name)));
      }
    }
    if (wanted) out.push_back(&property);
  }
  return out;
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

struct ListQuery::Query {
  std::vector<Clause> clauses;
  Ordering ordering;
  int page_size = kDefaultPageSize;
  std::vector<std::string> fields;
  std::string page_token;
  // Everything that a page token belongs to.
  std::string identity;
  PagePosition start;
  std::optional<std::vector<uint32_t>> scope;
  uint64_t parent = 0;
};

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
  WriteRow(world_, {*row, 0, true}, Select(entity, list.get_fields, asked, Has(style.freedoms, Freedom::kFieldsIgnored)),
           NullsOf(style.freedoms), writer);
  HttpReply reply;
  reply.body.assign(buffer.GetString(), buffer.GetSize());
  return reply;
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
    std::optional<DescribedScope> found = FindScope(world_, names, values);
    if (found) scope = *std::move(found);
  }
  const bool is_there =
      row && (names.empty() || std::find(scope.rows.begin(), scope.rows.end(), *row) != scope.rows.end());
  if (!is_there) return ApiError(404, "no row with id " + std::to_string(id), list.items);
  return WriteObject(list, {*row, scope.parents, false}, {}, style);
}

HttpReply ListQuery::WriteObject(const ListSpec& list, const RowRef& row, const std::vector<std::string>& fields,
                                 const AnswerStyle& style) const {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  WriteRow(world_, row, Select(*list.entity, list.fields, fields, Has(style.freedoms, Freedom::kFieldsIgnored)), NullsOf(style.freedoms), writer);
  HttpReply reply;
  reply.body.assign(buffer.GetString(), buffer.GetSize());
  return reply;
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
  if (list.answer == AnswerKind::kObject) return WriteObject(list, {0, query.parent, false}, query.fields, style);
  return WritePage(list, query, style);
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
  if (const std::string* const text = FindParameter(parameters, "page_size")) {
    const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), query->page_size);
    if (problem != std::errc() || end != text->data() + text->size() || query->page_size < list.min_page_size ||
        query->page_size > list.max_page_size) {
      *error = "page_size must be " + std::to_string(list.min_page_size) + " to " + std::to_string(list.max_page_size);
      return false;
    }
  }
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
    std::optional<DescribedScope> scope = FindScope(world_, names, route.parameters);
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

// The token member of a page. `start` is where the next page begins, if there is one.
void ListQuery::WriteToken(const Query& query, const std::optional<uint64_t>& start, const AnswerStyle& style,
                           JsonWriter& writer) const {
  std::string token;
  if (start) {
    token = MakePageToken({*start, query.start.page + 1}, query.identity, world_.seed());
  }
  if (style.same_token && !query.page_token.empty()) token = query.page_token;
  if (!token.empty()) {
    if (Has(style.freedoms, Freedom::kTokenIsUrl)) {
      const std::string path = query.identity.substr(0, query.identity.find('\n'));
      token = style.base_url + path + "?page_token=" + PercentEncode(token);
    }
    Member(writer, "next_page_token", std::string_view(token));
  } else if (Has(style.freedoms, Freedom::kEndNull)) {
    Member(writer, "next_page_token", Text::Null());
  } else if (Has(style.freedoms, Freedom::kEndEmpty)) {
    Member(writer, "next_page_token", "");
  }
}

// Writes up to `room` rows and returns where the next page begins, if there is one.
std::optional<uint64_t> ListQuery::WriteRows(const ListSpec& list, const Query& query, uint64_t room,
                                             const FreedomSet& freedoms, JsonWriter& writer) const {
  std::vector<Clause> clauses = query.clauses;
  if (Has(freedoms, Freedom::kFiltersIgnored)) {
    std::erase_if(clauses, [](const Clause& c) { return c.spec->matching != Matching::kModifier; });
  }
  RowMatcher matcher(list, clauses, freedoms);
  SequenceBuilder builder(world_, indexes_);
  const RowSequence rows = builder.Build(list, clauses, query.scope, query.parent, query.ordering, freedoms);
  const Properties properties = Select(*list.entity, list.fields, query.fields, Has(freedoms, Freedom::kFieldsIgnored));
  uint64_t written = 0;
  uint64_t last = query.start.position;
  for (uint64_t position = last; position < rows.size(); ++position) {
    // This freedom does not look whether a row follows.
    const bool full = written == room;
    const bool hasty = full && room > 0 && Has(freedoms, Freedom::kEndExtraPage);
    const std::optional<uint64_t> row = rows.At(position);
    if (!hasty && (!row || !matcher.Matches(world_, {*row, query.parent}))) continue;
    if (full) {
      // With one row a page, beginning with the last row of the page before would never end.
      return room > 1 && Has(freedoms, Freedom::kRowRepeated) ? last : position;
    }
    if (list.scalar_items) {
      WriteText(writer, world_.IdText(list.entity->kind, *row));
    } else {
      WriteRow(world_, {*row, query.parent}, properties, NullsOf(freedoms), writer);
    }
    last = position;
    ++written;
  }
  const bool hasty = written > 0 && written == room && Has(freedoms, Freedom::kEndExtraPage);
  return hasty ? std::optional<uint64_t>(rows.size()) : std::nullopt;
}

HttpReply ListQuery::WritePage(const ListSpec& list, const Query& query, const AnswerStyle& style) const {
  const bool is_paged = list.answer == AnswerKind::kPages;
  const bool small = Has(style.freedoms, Freedom::kSmallPages);
  auto room = static_cast<uint64_t>(small ? (query.page_size + 1) / 2 : query.page_size);
  if (Has(style.freedoms, Freedom::kEmptyPage) && query.start.page == 1) room = 0;
  if (!is_paged) room = std::numeric_limits<uint64_t>::max();
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  WriteKey(writer, list.items);
  writer.StartArray();
  const std::optional<uint64_t> next = WriteRows(list, query, room, style.freedoms, writer);
  writer.EndArray();
  if (is_paged) WriteToken(query, next, style, writer);
  writer.EndObject();
  HttpReply reply;
  reply.body.assign(buffer.GetString(), buffer.GetSize());
  return reply;
}

}  // namespace infusionsoft::sandbox
