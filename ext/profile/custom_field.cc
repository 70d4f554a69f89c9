// SPDX-License-Identifier: MIT
#include "profile/custom_field.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "base/text.h"
#include "profile/validator.h"

namespace infusionsoft {
namespace {

constexpr size_t kMaxNameBytes = 60;     // of a name that is made of a label, without an id behind it
constexpr size_t kMaxFilterBytes = 100;  // longer ones are no names of database columns

// How a type of field is shown and filtered. LIST_BOX and USER_LIST_BOX have no filter: theirs asks whether a list contains
// an option, while the column shows the whole list. A type that is not known has none either.
struct FieldType {
  std::string_view word;
  ColumnType type = ColumnType::kText;
  std::optional<Match> match;
};

// A comparison is sent where the row shows a number or a date, in whatever spelling. MONTH, DAY_OF_WEEK, USER and DRILLDOWN
// may be shown as names, which SQLite puts after every number and the server does not: only equality is the same to both.
constexpr auto kFieldTypes = std::to_array<FieldType>({
    {"CURRENCY", ColumnType::kReal, Match::kCompare},
    {"DATE", ColumnType::kDate, Match::kCompareTime},
    {"DATE_TIME", ColumnType::kTime, Match::kCompareTime},
    {"DAY_OF_WEEK", ColumnType::kInteger, Match::kEquals},
    {"DECIMAL_NUMBER", ColumnType::kReal, Match::kCompare},
    {"DRILLDOWN", ColumnType::kInteger, Match::kEquals},
    {"DROPDOWN", ColumnType::kText, Match::kEquals},
    {"EMAIL", ColumnType::kText, Match::kEquals},
    {"LIST_BOX", ColumnType::kText, std::nullopt},
    {"MONTH", ColumnType::kInteger, Match::kEquals},
    {"NAME", ColumnType::kText, Match::kEquals},
    {"PERCENT", ColumnType::kReal, Match::kCompare},
    {"PHONE_NUMBER", ColumnType::kText, Match::kEquals},
    {"RADIO", ColumnType::kText, Match::kEquals},
    {"SOCIAL_SECURITY_NUMBER", ColumnType::kText, Match::kEquals},
    {"STATE", ColumnType::kText, Match::kEquals},
    {"TEXT", ColumnType::kText, Match::kEquals},
    {"TEXT_AREA", ColumnType::kText, Match::kEquals},
    {"USER", ColumnType::kInteger, Match::kEquals},
    {"USER_LIST_BOX", ColumnType::kText, std::nullopt},
    {"WEBSITE", ColumnType::kText, Match::kEquals},
    {"WHOLE_NUMBER", ColumnType::kInteger, Match::kCompare},
    {"YEAR", ColumnType::kInteger, Match::kCompare},
    {"YES_NO", ColumnType::kBoolean, Match::kFlag},
});

FieldType TypeOf(std::string_view word) {
  const auto known = std::ranges::find(kFieldTypes, word, &FieldType::word);
  return known == kFieldTypes.end() ? FieldType() : *known;
}

// Beyond ASCII: what is no letter. Punctuation, symbols, spaces, marks of direction, pictures and what has no meaning.
constexpr auto kNotLetters = std::to_array<std::pair<char32_t, char32_t>>({{0x80, 0xa9},
                                                                           {0xab, 0xb4},
                                                                           {0xb6, 0xb9},
                                                                           {0xbb, 0xbf},
                                                                           {0xd7, 0xd7},
                                                                           {0xf7, 0xf7},
                                                                           {0x61c, 0x61c},
                                                                           {0x2000, 0x2bff},
                                                                           {0x3000, 0x3004},
                                                                           {0x3008, 0x3020},
                                                                           {0xd800, 0xf8ff},
                                                                           {0xfe00, 0xfe0f},
                                                                           {0xfeff, 0xff0f},
                                                                           {0xfff0, 0xffff},
                                                                           {0x1f000, 0x1faff},
                                                                           {0xe0000, 0x10ffff}});

// The character that begins `text`, which is well-formed and not empty, and its bytes.
std::pair<char32_t, size_t> FirstCharacter(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const size_t length = byte(0) < 0x80 ? 1 : byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : 4;
  char32_t character = length == 1 ? byte(0) : byte(0) & (0x7fU >> length);
  for (size_t i = 1; i < length; ++i) character = character << 6 | (byte(i) & 0x3fU);
  return {character, length};
}

bool IsPartOfName(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return std::ranges::none_of(kNotLetters, [c](const auto& range) { return range.first <= c && c <= range.second; });
}

std::string Identifier(std::string_view label, size_t max_bytes) {
  std::string name;
  bool is_gap = false;
  while (!label.empty() && ValidUtf8Length(label) > 0) {
    const auto [character, bytes] = FirstCharacter(label);
    if (IsPartOfName(character)) {
      if (name.empty() && character >= '0' && character <= '9') name = "field_";  // a bare name in SQL begins with no digit
      const std::string next =
          (is_gap && !name.empty() && !name.ends_with('_') ? "_" : "") + AsciiLower(label.substr(0, bytes));
      if (name.size() + next.size() > max_bytes) break;
      name += next;
      is_gap = false;
    } else {
      is_gap = true;
    }
    label.remove_prefix(bytes);
  }
  return name == "field_" ? "" : name;
}

// A name that was given before stays, unless it came from somewhere else.
bool IsIdentifier(std::string_view name) {
  constexpr size_t kMaxIdBytes = 20;
  return !name.empty() && Identifier(name, kMaxNameBytes + kMaxIdBytes) == name;
}

// How often each name stands for a filter, in lower case, because the API ignores it. Its own filters win over a custom
// field of the same name, and which of two fields a name means is not known.
std::map<std::string, int> CountFilters(const Entity& entity, std::span<const CustomField> fields) {
  std::map<std::string, int> names;
  for (const std::string& name : entity.other_filters) ++names[AsciiLower(name)];
  for (const Column& column : entity.columns) {
    for (const Pushdown& pushdown : column.pushdowns) {
      ++names[AsciiLower(pushdown.filter)];
      for (const auto& [name, word] : pushdown.with) ++names[AsciiLower(name)];
    }
  }
  for (const CustomField& field : fields) ++names[AsciiLower(field.field_name)];
  return names;
}

bool IsSendable(std::string_view filter) { return IsFilterName(filter) && filter.size() <= kMaxFilterBytes; }

Column MakeColumn(const CustomField& field, const std::string& property) {
  const FieldType type = TypeOf(field.field_type);
  Column column;
  column.name = field.column;
  column.type = type.type;
  column.is_custom = true;
  column.field = property;
  const auto part = [](const char* before, std::string_view text, size_t max_bytes) {
    return text.empty() ? std::string() : before + Excerpt(text, max_bytes);
  };
  column.doc = "Custom field " + std::to_string(field.id) + part(", in filters ", field.field_name, kMaxFilterBytes) +
               part(", of the type ", field.field_type, 40) + part(": ", field.label, 100) + ".";
  auto path = json::Path::Compile("custom_fields[id=" + std::to_string(field.id) + "].content");
  if (!path) throw std::logic_error(path.status().message());
  column.path = *std::move(path);
  return column;
}

}  // namespace

std::string IdentifierOf(std::string_view label) { return Identifier(label, kMaxNameBytes); }

void NameColumns(const Entity& entity, std::vector<CustomField>& fields) {
  std::ranges::sort(fields, {}, &CustomField::id);
  std::set<std::string> taken = {"rowid", "oid"};  // these mean the rowid to SQLite, whatever columns there are
  for (const Column& column : entity.columns) taken.insert(column.name);
  for (CustomField& field : fields) {
    if (!IsIdentifier(field.column) || !taken.insert(field.column).second) field.column.clear();
  }
  for (CustomField& field : fields) {
    if (!field.column.empty()) continue;
    const std::string id = std::to_string(field.id);
    field.column = IdentifierOf(field.label);
    if (field.column.empty()) field.column = "custom_field_" + id;
    while (!taken.insert(field.column).second) field.column += "_" + id;
  }
}

Entity WithCustomFields(const Entity& entity, std::span<const CustomField> fields) {
  Entity extended = entity;
  const int source = entity.FindColumn("custom_fields");
  const std::string property = source < 0 ? "" : entity.columns[static_cast<size_t>(source)].field;
  std::map<std::string, int> filters = CountFilters(entity, fields);
  for (const CustomField& field : fields) {
    Column column = MakeColumn(field, property);
    const FieldType type = TypeOf(field.field_type);
    if (type.match && IsSendable(field.field_name) && filters[AsciiLower(field.field_name)] == 1) {
      Pushdown pushdown;
      pushdown.filter = field.field_name;
      pushdown.match = *type.match;
      pushdown.prefix = type.type == ColumnType::kText;
      column.pushdowns.push_back(std::move(pushdown));
    }
    extended.columns.push_back(std::move(column));
  }
  return extended;
}

}  // namespace infusionsoft
