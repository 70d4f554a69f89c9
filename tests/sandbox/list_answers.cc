// SPDX-License-Identifier: MIT
// The answers of ListQuery: pages, whole lists, single objects and single values.
#include <algorithm>
#include <limits>

#include "list_query_state.h"
#include "mix.h"
#include "row_reader.h"
#include "vocabulary.h"

namespace infusionsoft::sandbox {
namespace {

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// How many rows stand on a page, at most.
uint64_t RoomOf(const AnswerStyle& style, int page_size, uint64_t page) {
  const auto asked = static_cast<uint64_t>(page_size);
  if (Has(style.breaks, Break::kPageSizes)) return 1 + Mix(page, asked) % asked;
  return Has(style.freedoms, Freedom::kSmallPages) ? (asked + 1) / 2 : asked;
}

}  // namespace

HttpReply ReplyOf(const rapidjson::StringBuffer& buffer, const BreakSet& struck) {
  HttpReply reply;
  reply.body.assign(buffer.GetString(), buffer.GetSize());
  reply.struck = static_cast<uint32_t>(struck.to_ulong());
  return reply;
}

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
  if (!row.detail && HasForeignBefore(world_.breaks(), world_.seed(), row.parent, Break::kEmptyObjects)) {
    writer.StartObject();
    Member(writer, "unexpected", true);
    writer.EndObject();
    return ReplyOf(buffer, BreakSet().set(static_cast<size_t>(Break::kEmptyObjects)));
  }
  const BreakSet struck =
      WriteRow(world_, *list.entity, row, Select(*list.entity, list.fields, fields, style.freedoms, row.detail),
               NullsOf(style.freedoms), writer);
  return ReplyOf(buffer, struck);
}

// One value and nothing around it: HTML as it is, anything else as a JSON string.
HttpReply ListQuery::WriteValue(const ListSpec& list, const Query& query) const {
  const Property* const property = &list.entity->properties.front();
  RowReader reader(*list.entity);
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
  BreakSet struck;
  const auto strikes = [&](Break what, bool if_so) {
    if (!Has(style.breaks, what) || !if_so) return false;
    struck.set(static_cast<size_t>(what));
    return true;
  };
  auto first = static_cast<uint64_t>(query.offset);
  auto room = RoomOf(style, query.page_size, first);
  if (strikes(Break::kOffsetIgnored, first > 0)) first = 0;
  if (strikes(Break::kOffsetEmpty, first > 0)) room = 0;
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  WriteKey(writer, list.items);
  writer.StartArray();
  RowMatcher matcher(list, query.clauses, style.freedoms);
  SequenceBuilder builder(world_, indexes_);
  const RowSequence rows =
      builder.Build(list, query.clauses, query.scope, query.parent, query.ordering, style.freedoms, style.breaks);
  const Properties properties = Select(*list.entity, list.fields, query.fields, style.freedoms, false);
  uint64_t count = 0;
  for (uint64_t position = 0; position < rows.size(); ++position) {
    const std::optional<uint64_t> row = rows.At(position);
    if (!row || !matcher.Matches(world_, {*row, query.parent})) continue;
    if (count >= first && count - first < room) WriteItem(list, {*row, query.parent}, properties, style, writer, struck);
    ++count;
  }
  writer.EndArray();
  strikes(Break::kPageSizes, first + room < count);
  if (strikes(Break::kCountText, true)) {
    Member(writer, "count", std::string_view(std::to_string(count)));
  } else if (!strikes(Break::kCountMissing, true)) {
    // Less than the rows there are ends the list of a server whose pages are full.
    const bool is_full = room == static_cast<uint64_t>(query.page_size);
    const uint64_t wrong = is_full && world_.seed() % 2 == 0 ? count / 2 : count + 3;
    Member(writer, "count", static_cast<int64_t>(strikes(Break::kCountWrong, true) ? wrong : count));
  }
  if (strikes(Break::kOffsetIgnored, query.offset > 0) && world_.seed() % 2 == 0) {
    Member(writer, "served", static_cast<int64_t>(query.offset));  // another body each time
  }
  const std::string link = style.base_url + query.identity.substr(0, query.identity.find('\n')) +
                           "?limit=" + std::to_string(query.page_size) + "&offset=";
  Member(writer, "next", std::string_view(link + std::to_string(first + room)));
  Member(writer, "previous", std::string_view(link + std::to_string(first > room ? first - room : 0)));
  writer.EndObject();
  if (rows.is_broken()) struck |= style.breaks & OrderBreaks();
  return ReplyOf(buffer, struck);
}

void ListQuery::WriteItem(const ListSpec& list, const RowRef& row, const Properties& properties, const AnswerStyle& style,
                          JsonWriter& writer, BreakSet& struck) const {
  if (list.scalar_items) return WriteText(writer, world_.IdText(list.entity->kind, row.index));
  if (HasForeignBefore(style.breaks, world_.seed(), row.index, Break::kForeignItems)) {
    struck.set(static_cast<size_t>(Break::kForeignItems));
    row.index % 3 == 0 ? writer.Null() : row.index % 3 == 1 ? writer.Int(7) : writer.String("a");
  }
  if (HasForeignBefore(style.breaks, world_.seed(), row.index + 1, Break::kEmptyObjects)) {
    struck.set(static_cast<size_t>(Break::kEmptyObjects));
    writer.StartObject();
    Member(writer, "unexpected", true);
    writer.EndObject();
  }
  struck |= WriteRow(world_, *list.entity, row, properties, NullsOf(style.freedoms), writer);
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
                                             const AnswerStyle& style, JsonWriter& writer, BreakSet& struck) const {
  const FreedomSet& freedoms = style.freedoms;
  std::vector<Clause> clauses = query.clauses;
  if (Has(freedoms, Freedom::kFiltersIgnored)) {
    std::erase_if(clauses, [](const Clause& c) { return c.spec->matching != Matching::kModifier; });
  }
  RowMatcher matcher(list, clauses, freedoms);
  SequenceBuilder builder(world_, indexes_);
  const RowSequence rows = builder.Build(list, clauses, query.scope, query.parent, query.ordering, freedoms, style.breaks);
  if (rows.is_broken()) struck |= style.breaks & OrderBreaks();
  const Properties properties = Select(*list.entity, list.fields, query.fields, freedoms, false);
  uint64_t written = 0;
  uint64_t last = query.start.position;
  if (Has(style.breaks, Break::kPagesRepeated) && query.start.page > 0 && query.start.page % 2 == 0) {
    struck.set(static_cast<size_t>(Break::kPagesRepeated));
    last = 0;
  }
  for (uint64_t position = last; position < rows.size(); ++position) {
    // This freedom does not look whether a row follows.
    const bool full = written == room;
    const bool hasty = full && room > 0 && Has(freedoms, Freedom::kEndExtraPage);
    const std::optional<uint64_t> row = rows.At(position);
    if (!hasty && (!row || !matcher.Matches(world_, {*row, query.parent}))) continue;
    if (full) {
      // With one row a page, beginning with the last row of the page before would never end.
      return room > 1 && !list.is_keyless && Has(freedoms, Freedom::kRowRepeated) ? last : position;
    }
    WriteItem(list, {*row, query.parent}, properties, style, writer, struck);
    last = position;
    ++written;
  }
  const bool hasty = written > 0 && written == room && Has(freedoms, Freedom::kEndExtraPage);
  return hasty ? std::optional<uint64_t>(rows.size()) : std::nullopt;
}

HttpReply ListQuery::WritePage(const ListSpec& list, const Query& query, const AnswerStyle& style) const {
  const bool is_paged = list.answer == AnswerKind::kPages;
  BreakSet struck;
  auto room = RoomOf(style, query.page_size, query.start.page);
  if (Has(style.freedoms, Freedom::kEmptyPage) && query.start.page == 1) room = 0;
  if (Has(style.breaks, Break::kEmptyForEver) && query.start.page > 0) {
    room = 0;
    struck.set(static_cast<size_t>(Break::kEmptyForEver));
  }
  if (!is_paged) room = std::numeric_limits<uint64_t>::max();
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  const bool is_wrapped = !list.items.empty();  // otherwise the answer is the array
  if (is_wrapped) {
    writer.StartObject();
    WriteKey(writer, list.items);
  }
  writer.StartArray();
  const std::optional<uint64_t> next = WriteRows(list, query, room, style, writer, struck);
  if (is_paged && next && Has(style.breaks, Break::kPageSizes)) struck.set(static_cast<size_t>(Break::kPageSizes));
  writer.EndArray();
  if (is_paged) WriteToken(query, next, style, writer);
  if (is_wrapped) writer.EndObject();
  return ReplyOf(buffer, struck);
}

}  // namespace infusionsoft::sandbox
