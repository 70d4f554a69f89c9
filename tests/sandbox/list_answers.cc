// SPDX-License-Identifier: MIT
// The answers of ListQuery: pages, whole lists, single objects and single values.
#include <algorithm>
#include <limits>

#include "list_query_state.h"
#include "row_reader.h"
#include "vocabulary.h"

namespace infusionsoft::sandbox {
namespace {

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Nulls NullsOf(const FreedomSet& freedoms) {
  if (Has(freedoms, Freedom::kNullsExplicit)) return Nulls::kExplicit;
  return Has(freedoms, Freedom::kNullsAbsent) ? Nulls::kAbsent : Nulls::kMixed;
}

std::vector<const Property*> Select(const Entity& entity, const std::optional<FieldsSpec>& spec,
                                    const std::vector<std::string>& asked, const FreedomSet& freedoms, bool single) {
  const bool everything = Has(freedoms, Freedom::kFieldsIgnored);
  std::vector<const Property*> out;
  for (const Property& property : entity.properties) {
    if (property.hidden || (property.detail && !single)) continue;
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

HttpReply ListQuery::WriteObject(const ListSpec& list, const RowRef& row, const std::vector<std::string>& fields,
                                 const AnswerStyle& style) const {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  WriteRow(world_, row, Select(*list.entity, list.fields, fields, style.freedoms, row.detail), NullsOf(style.freedoms), writer);
  HttpReply reply;
  reply.body.assign(buffer.GetString(), buffer.GetSize());
  return reply;
}

// One value and nothing around it: HTML as it is, anything else as a JSON string.
HttpReply ListQuery::WriteValue(const ListSpec& list, const Query& query) const {
  const Property* const property = &list.entity->properties.front();
  RowReader reader;
  reader.Need(property);
  const rapidjson::Value& row = reader.Read(world_, {query.parent, query.parent});
  const auto value = row.FindMember(rapidjson::StringRef(property->name.data(), property->name.size()));
  const bool is_there = value != row.MemberEnd() && value->value.IsString();
  const std::string text = is_there ? value->value.GetString() : "";
  HttpReply reply;
  if (!list.content_type.empty()) {
    reply.content_type = list.content_type;
    reply.body = "<p>" + text + "</p>";
    return reply;
  }
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  WriteText(writer, text);
  reply.body.assign(buffer.GetString(), buffer.GetSize());
  return reply;
}

// Rows are counted from the first that fits; the links to other pages are there for whoever follows them.
HttpReply ListQuery::WriteOffsetPage(const ListSpec& list, const Query& query, const AnswerStyle& style) const {
  const bool small = Has(style.freedoms, Freedom::kSmallPages);
  const auto room = static_cast<uint64_t>(small ? (query.page_size + 1) / 2 : query.page_size);
  const auto first = static_cast<uint64_t>(query.offset);
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  WriteKey(writer, list.items);
  writer.StartArray();
  RowMatcher matcher(list, query.clauses, style.freedoms);
  SequenceBuilder builder(world_, indexes_);
  const RowSequence rows = builder.Build(list, query.clauses, query.scope, query.parent, query.ordering, style.freedoms);
  const Properties properties = Select(*list.entity, list.fields, query.fields, style.freedoms, false);
  uint64_t count = 0;
  for (uint64_t position = 0; position < rows.size(); ++position) {
    const std::optional<uint64_t> row = rows.At(position);
    if (!row || !matcher.Matches(world_, {*row, query.parent})) continue;
    if (count >= first && count - first < room) WriteItem(list, {*row, query.parent}, properties, style.freedoms, writer);
    ++count;
  }
  writer.EndArray();
  Member(writer, "count", static_cast<int64_t>(count));
  const std::string link = style.base_url + query.identity.substr(0, query.identity.find('\n')) + "?limit=" +
                           std::to_string(query.page_size) + "&offset=";
  Member(writer, "next", std::string_view(link + std::to_string(first + room)));
  Member(writer, "previous", std::string_view(link + std::to_string(first > room ? first - room : 0)));
  writer.EndObject();
  HttpReply reply;
  reply.body.assign(buffer.GetString(), buffer.GetSize());
  return reply;
}

void ListQuery::WriteItem(const ListSpec& list, const RowRef& row, const Properties& properties, const FreedomSet& freedoms,
                          JsonWriter& writer) const {
  if (list.scalar_items) {
    WriteText(writer, world_.IdText(list.entity->kind, row.index));
  } else {
    WriteRow(world_, row, properties, NullsOf(freedoms), writer);
  }
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
  const Properties properties = Select(*list.entity, list.fields, query.fields, freedoms, false);
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
    WriteItem(list, {*row, query.parent}, properties, freedoms, writer);
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
  const bool is_wrapped = !list.items.empty();  // otherwise the answer is the array
  if (is_wrapped) {
    writer.StartObject();
    WriteKey(writer, list.items);
  }
  writer.StartArray();
  const std::optional<uint64_t> next = WriteRows(list, query, room, style.freedoms, writer);
  writer.EndArray();
  if (is_paged) WriteToken(query, next, style, writer);
  if (is_wrapped) writer.EndObject();
  HttpReply reply;
  reply.body.assign(buffer.GetString(), buffer.GetSize());
  return reply;
}

}  // namespace infusionsoft::sandbox
