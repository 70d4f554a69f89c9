// SPDX-License-Identifier: MIT
#include "profile/entity_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "profile/object_reader.h"

namespace infusionsoft {
namespace {

using Kind = json::Value::Kind;

// "contacts", or "entity 2" when it does not even say its name.
std::string NameOrNumber(json::Value object, const char* name_key, const char* kind, size_t index) {
  const json::Value name = object.Member(name_key);
  if (name.kind() == Kind::kString && !name.String().empty()) return Excerpt(name.String(), 60);
  return std::string(kind) + " " + std::to_string(index + 1);
}

Status ReadOtherwise(json::Value object, Pushdown& pushdown) {
  ObjectReader reader(object);
  Pushdown::Otherwise otherwise;
  otherwise.filter = reader.OptionalText("filter", "");
  otherwise.words = reader.OptionalTextMap("words");
  otherwise.dates = reader.OptionalBool("dates");
  pushdown.otherwise = std::move(otherwise);
  return reader.Finish();
}

Result<Pushdown> ReadPushdown(json::Value object) {
  ObjectReader reader(object);
  Pushdown pushdown;
  pushdown.is_parameter = reader.Has("parameter");
  pushdown.filter = reader.RequiredText(pushdown.is_parameter ? "parameter" : "filter");
  pushdown.match = reader.RequiredWord(kMatchWords, "match");
  pushdown.prefix = reader.OptionalBool("prefix");
  pushdown.values = reader.OptionalTexts("values");
  const bool has_max_items = reader.Has("max_items");
  const int max_items = reader.OptionalInteger("max_items", 0);
  if (has_max_items && max_items < 1) reader.Complain("\"max_items\" must be 1 or more");
  pushdown.max_items = static_cast<size_t>(std::max(max_items, 0));
  const bool has_null_word = reader.Has("null_word");
  pushdown.null_word = reader.OptionalText("null_word", "");
  if (has_null_word && pushdown.null_word.empty()) reader.Complain("\"null_word\" must not be empty");
  pushdown.with = reader.OptionalTextMap("with");
  const json::Value otherwise = reader.OptionalObject("otherwise");
  if (Status status = reader.Finish(); !status.ok()) return status;
  if (otherwise.IsNothing()) return pushdown;
  if (Status status = ReadOtherwise(otherwise, pushdown); !status.ok()) return status.WithContext("otherwise");
  return pushdown;
}

// A pushdown is named by its filter, or by its parameter.
std::string NameOfPushdown(json::Value object, size_t index) {
  return object.Member("parameter").IsNothing() ? "filter " + NameOrNumber(object, "filter", "number", index)
                                                : "parameter " + NameOrNumber(object, "parameter", "number", index);
}

Status ReadPushdowns(json::Value array, Column& column) {
  for (size_t i = 0; i < array.Size(); ++i) {
    auto pushdown = ReadPushdown(array.At(i));
    if (!pushdown) return pushdown.status().WithContext(NameOfPushdown(array.At(i), i));
    column.pushdowns.push_back(*std::move(pushdown));
  }
  return Status();
}

// "contacts.id", a column of another table.
void ReadOtherColumn(ObjectReader& reader, const char* key, std::string& table, std::string& column) {
  if (!reader.Has(key)) return;
  const std::string text = reader.RequiredText(key);
  const auto parts = Split(text, '.');
  if (parts.size() == 2) {
    table = parts[0];
    column = parts[1];
  } else {
    reader.Complain("\"" + std::string(key) + "\" must be written as table.column: contacts.id");
  }
}

// Where the values of a path column come from when a query does not give them, and which table a value belongs to.
void ReadSource(ObjectReader& reader, Column& column) {
  column.words = reader.OptionalTextMap("words");
  ReadOtherColumn(reader, "from", column.from_table, column.from_column);
  ReadOtherColumn(reader, "references", column.references_table, column.references_column);
  if (column.from_table.empty()) return;
  if (!column.references_table.empty())
    reader.Complain("\"from\" says what the column refers to, so \"references\" must not stand beside it");
  column.references_table = column.from_table;
  column.references_column = column.from_column;
}

Result<Column> ReadColumn(json::Value object) {
  ObjectReader reader(object);
  Column column;
  column.name = reader.RequiredText("name");
  column.type = reader.RequiredWord(kColumnTypeWords, "type");
  column.role = reader.OptionalWord(kColumnRoleWords, "role");
  const bool is_value = column.role == ColumnRole::kValue;
  if (!is_value && reader.Has("path")) reader.Complain("\"path\" is for columns with the role value");
  auto path = json::Path::Compile(is_value ? reader.OptionalText("path", column.name) : "");
  if (path) {
    column.path = *std::move(path);
  } else {
    reader.Complain(path.status().message());
  }
  ReadSource(reader, column);
  column.outer = reader.OptionalBool("outer");
  column.detail = reader.OptionalBool("detail");
  // SELECT * must not cost a request for each row.
  column.hidden = reader.OptionalBool("hidden") || column.role == ColumnRole::kRequest || column.detail;
  column.order_by = reader.OptionalText("order_by", "");
  column.widens = reader.OptionalBool("widens");
  column.never_null = reader.OptionalBool("never_null");
  column.doc = reader.RequiredText("doc");
  const json::Value pushdowns = reader.OptionalArray("pushdowns");
  if (Status status = reader.Finish(); !status.ok()) return status;
  if (Status status = ReadPushdowns(pushdowns, column); !status.ok()) return status;
  return column;
}

// Gives each column the property that `fields` must name for it: the first member of its path, in capitals or not.
Status AssignFields(const std::vector<std::string>& fields, Entity& entity) {
  if (entity.fields_may_repeat && fields.size() < 2) {
    return InvalidArgument("\"fields_may_repeat\" is for \"fields\" of two names and more");
  }
  if (entity.fields_style == FieldsStyle::kNone) {
    return fields.empty() ? Status()
                          : InvalidArgument("\"fields\" needs \"fields_style\": \"exact\", \"additive\" or \"optional\"");
  }
  if (fields.empty()) {
    return InvalidArgument("\"fields_style\" needs \"fields\", the properties that the API lets a request name");
  }
  std::vector<std::string> unused = fields;
  for (Column& column : entity.columns) {
    if (column.role != ColumnRole::kValue || column.detail) continue;
    const std::string head(entity.IsNested() && !column.outer ? std::string_view(entity.nested) : column.path.head());
    const auto named = std::ranges::find_if(fields, [&](const std::string& name) { return EqualsIgnoreCase(name, head); });
    if (named != fields.end()) {
      column.field = *named;
      std::erase(unused, *named);
    } else if (entity.fields_style == FieldsStyle::kExact) {
      return InvalidArgument("\"fields\" does not name \"" + head + "\", which column " + column.name + " reads");
    }
  }
  if (unused.empty()) return Status();
  return InvalidArgument("\"fields\" names \"" + unused.front() + "\", which no column reads");
}

Status ReadColumns(json::Value array, const std::string& where, Entity& entity) {
  for (size_t i = 0; i < array.Size(); ++i) {
    auto column = ReadColumn(array.At(i));
    if (!column) return column.status().WithContext(where + "." + NameOrNumber(array.At(i), "name", "column", i));
    entity.columns.push_back(*std::move(column));
  }
  return Status();
}

void ReadAnswer(ObjectReader& reader, Entity& entity) {
  entity.answer = reader.OptionalWord(kAnswerWords, "answer");
  if (!entity.IsSingle()) {
    const bool is_array = entity.answer == Answer::kArray;
    entity.items = is_array ? reader.OptionalText("items", "") : reader.RequiredText("items");
    entity.nested = reader.OptionalText("nested", "");
  }
  if (!entity.IsPaged()) return;
  entity.page_size_min = reader.OptionalInteger("page_size_min", 1);
  entity.page_size_max = reader.RequiredInteger("page_size_max");
}

Result<std::vector<AccessPath>> ReadAccessPaths(json::Value array, const std::string& where) {
  std::vector<AccessPath> paths;
  for (size_t i = 0; i < array.Size(); ++i) {
    ObjectReader reader(array.At(i));
    AccessPath path{reader.RequiredText("table"), reader.RequiredTexts("columns")};
    if (Status status = reader.Finish(); !status.ok()) {
      return status.WithContext(where + ": access path " + NameOrNumber(array.At(i), "table", "number", i));
    }
    paths.push_back(std::move(path));
  }
  return paths;
}

// What is assumed where the file says nothing: a list that comes whole is short.
int TypicalRows(const Entity& entity) {
  constexpr int kPaged = 10000;
  constexpr int kWhole = 100;
  if (entity.IsSingle()) return 1;
  return entity.HasPathColumn() || !entity.IsPaged() ? kWhole : kPaged;
}

Result<Entity> ReadEntity(json::Value object, const std::string& where) {
  ObjectReader reader(object);
  Entity entity;
  entity.name = reader.RequiredText("name");
  entity.doc = reader.RequiredText("doc");
  entity.list_path = reader.RequiredText("list_path");
  entity.get_path = reader.OptionalText("get_path", "");
  entity.detail_path = reader.OptionalText("detail_path", "");
  ReadAnswer(reader, entity);
  entity.key = reader.RequiredTexts("key");
  entity.exclusive = reader.OptionalTextGroups("exclusive");
  entity.fields_style = reader.OptionalWord(kFieldsStyleWords, "fields_style");
  const std::vector<std::string> fields = reader.OptionalTexts("fields");
  entity.fields_may_repeat = reader.OptionalBool("fields_may_repeat");
  const json::Value access_paths = reader.OptionalArray("access_paths");
  entity.typical_rows = reader.OptionalInteger("typical_rows", TypicalRows(entity));
  if (entity.typical_rows < 1) reader.Complain("\"typical_rows\" must be 1 or more");
  entity.custom_fields = reader.OptionalText("custom_fields", "");
  entity.other_filters = reader.OptionalTexts("other_filters");
  const json::Value columns = reader.RequiredArray("columns");
  if (Status status = reader.Finish(); !status.ok()) return status.WithContext(where);
  if (Status status = ReadColumns(columns, where, entity); !status.ok()) return status;
  if (Status status = AssignFields(fields, entity); !status.ok()) return status.WithContext(where);
  auto paths = ReadAccessPaths(access_paths, where);
  if (!paths) return std::move(paths).status();
  entity.access_paths = *std::move(paths);
  return entity;
}

}  // namespace

Result<std::vector<Entity>> ReadEntities(const ProfileFile& file) {
  auto document = json::Document::Parse(file.text);
  if (!document) return InvalidArgument(document.status().message());
  const json::Value root = document->root();
  const bool is_array = root.kind() == Kind::kArray;
  if (!is_array && root.kind() != Kind::kObject) {
    return InvalidArgument("must hold one entity, which is an object, or an array of them");
  }
  std::vector<Entity> entities;
  for (size_t i = 0; i < (is_array ? root.Size() : 1); ++i) {
    const json::Value object = is_array ? root.At(i) : root;
    auto entity = ReadEntity(object, NameOrNumber(object, "name", "entity", i));
    if (!entity) return std::move(entity).status();
    entities.push_back(*std::move(entity));
  }
  return entities;
}

}  // namespace infusionsoft
