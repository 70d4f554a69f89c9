// SPDX-License-Identifier: MIT
#include "profile/validator.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "profile/custom_field.h"

namespace infusionsoft {
namespace {

// infusionsoft_<name> belongs to the project for these.
constexpr std::array<std::string_view, 6> kReservedNames = {"tables",    "columns",  "keys",
                                                            "pushdowns", "requests", "connections"};
constexpr int kLargestPage = 1000;

bool Contains(std::span<const std::string> texts, std::string_view text) {
  return std::ranges::find(texts, text) != texts.end();
}

// The names between braces; nothing when the path is not one.
std::optional<std::vector<std::string>> Placeholders(std::string_view path) {
  if (!path.starts_with('/') || path.ends_with('/')) return std::nullopt;
  std::vector<std::string> names;
  for (std::string_view segment : Split(path.substr(1), '/')) {
    if (segment.empty() || segment.find_first_of(" ?#%") != std::string_view::npos) return std::nullopt;
    // A verb may follow the name: /v2/affiliates/{affiliate_id}:commissions
    if (segment.starts_with('{')) {
      const size_t close = segment.find('}');
      if (close == std::string_view::npos || close == 1) return std::nullopt;
      names.emplace_back(segment.substr(1, close - 1));
      segment = segment.substr(close + 1);
      if (!segment.empty() && !segment.starts_with(':')) return std::nullopt;
    }
    if (segment.find_first_of("{}") != std::string_view::npos) return std::nullopt;
  }
  return names;
}

Status BadPath(const char* key) {
  return InvalidArgument("\"" + std::string(key) + "\" must be a path of the API: /v2/contacts/{contact_id}/tags");
}

Status CheckNames(const Entity& entity) {
  if (!IsSnakeCase(entity.name)) {
    return InvalidArgument(
        "an entity's name must be snake_case: lower-case letters, digits and underscores, a letter first");
  }
  if (std::ranges::find(kReservedNames, entity.name) != kReservedNames.end()) {
    return InvalidArgument("the name is taken: infusionsoft_" + entity.name + " is a system table");
  }
  if (!IsDoc(entity.doc)) return InvalidArgument("\"doc\" must be a sentence in one line that ends with a period");
  if (!entity.IsPaged() || !entity.items.empty()) return Status();
  return InvalidArgument("\"items\" must name the array that holds the rows of an answer");
}

Status CheckPageSize(const Entity& entity) {
  if (1 <= entity.page_size_min && entity.page_size_min <= entity.page_size_max && entity.page_size_max <= kLargestPage) {
    return Status();
  }
  return InvalidArgument("page sizes must be 1 <= page_size_min <= page_size_max <= " + std::to_string(kLargestPage));
}

Status CheckColumnNames(const Entity& entity) {
  if (entity.columns.empty()) return InvalidArgument("\"columns\" must not be empty");
  for (size_t i = 0; i < entity.columns.size(); ++i) {
    for (size_t other = 0; other < i; ++other) {
      // SQLite ignores case in names; these have none.
      if (entity.columns[other].name != entity.columns[i].name) continue;
      return InvalidArgument("column " + entity.columns[i].name + " stands twice");
    }
  }
  return Status();
}

Status CheckKey(const Entity& entity) {
  for (size_t i = 0; i < entity.key.size(); ++i) {
    const Column* column = entity.ColumnNamed(entity.key[i]);
    const bool usable = column != nullptr && column->role != ColumnRole::kRequest &&
                        (column->type == ColumnType::kInteger || column->type == ColumnType::kText);
    if (!usable) return InvalidArgument("\"key\" names " + entity.key[i] + "; it must name columns of type integer or text");
    if (Contains(std::span(entity.key).first(i), entity.key[i])) {
      return InvalidArgument("\"key\" names " + entity.key[i] + " twice");
    }
  }
  return Status();
}

Status CheckListPath(const Entity& entity) {
  const auto names = Placeholders(entity.list_path);
  if (!names) return BadPath("list_path");
  for (const std::string& name : *names) {
    const Column* column = entity.ColumnNamed(name);
    if (column != nullptr && column->role == ColumnRole::kPath) continue;
    return InvalidArgument("\"list_path\" has {" + name + "}, which needs a column of that name with the role path");
  }
  size_t path_columns = 0;
  for (const Column& column : entity.columns) {
    if (column.role != ColumnRole::kPath) continue;
    if (!Contains(*names, column.name)) {
      return InvalidArgument("column " + column.name + " has the role path, but \"list_path\" has no {" + column.name + "}");
    }
    ++path_columns;
  }
  if (entity.key.empty()) return Status();
  // Two parents may have the same child: only together with the parent is it one row.
  for (size_t i = 0; i < path_columns; ++i) {
    if (i < entity.key.size() && entity.ColumnNamed(entity.key[i])->role == ColumnRole::kPath) continue;
    return InvalidArgument("\"key\" must begin with the columns that have the role path");
  }
  return Status();
}

// `name`: "get_path" or "detail_path", the path of one row.
Status CheckRowPath(const Entity& entity, const char* name, const std::string& path) {
  if (path.empty()) return Status();
  if (entity.key.empty()) return InvalidArgument("\"" + std::string(name) + "\" needs a \"key\"");
  const auto names = Placeholders(path);
  if (!names) return BadPath(name);
  const bool same = names->size() == entity.key.size() &&
                    std::ranges::all_of(*names, [&](const std::string& placeholder) { return Contains(entity.key, placeholder); });
  if (same) return Status();
  return InvalidArgument("the names in braces of \"" + std::string(name) + "\" must be the columns of \"key\": " +
                         Join(entity.key, ", "));
}

Status CheckGetPath(const Entity& entity) { return CheckRowPath(entity, "get_path", entity.get_path); }

// What a second request fills in is asked for by the key of a row that the first one gave.
Status CheckDetail(const Entity& entity) {
  if (Status status = CheckRowPath(entity, "detail_path", entity.detail_path); !status.ok()) return status;
  const bool has_detail = std::ranges::any_of(entity.columns, &Column::detail);
  if (has_detail && entity.detail_path.empty()) return InvalidArgument("a column with \"detail\" needs the entity's \"detail_path\"");
  if (!has_detail && !entity.detail_path.empty()) return InvalidArgument("\"detail_path\" is for columns with \"detail\"");
  if (has_detail && entity.IsNested()) return InvalidArgument("a table with \"nested\" has no \"detail_path\"");
  return Status();
}

// The body of the answer is the one value: the key can only be what was asked for.
Status CheckText(const Entity& entity) {
  if (entity.answer != Answer::kText) return Status();
  const auto values = std::ranges::count(entity.columns, ColumnRole::kValue, &Column::role);
  const bool is_keyed = !entity.key.empty() && std::ranges::all_of(entity.key, [&](const std::string& name) {
    return entity.ColumnNamed(name)->role == ColumnRole::kPath;
  });
  if (values == 1 && is_keyed && entity.get_path.empty()) return Status();
  return InvalidArgument("an answer that is a \"text\" has one column with the role value, and its \"key\" are columns of the path");
}

Status CheckOffset(const Entity& entity) {
  if (entity.answer != Answer::kOffset) return Status();
  for (const Column& column : entity.columns) {
    if (!column.order_by.empty()) return InvalidArgument("column " + column.name + " has \"order_by\", which is for pages with a token");
  }
  return Status();
}

// What the API sorts are the items. A filter may test what an element shows: it leaves out items that have no such element.
Status CheckNested(const Entity& entity) {
  if (entity.IsNested() && !entity.get_path.empty()) return InvalidArgument("a table with \"nested\" has no \"get_path\"");
  for (const Column& column : entity.columns) {
    if (column.outer && !entity.IsNested()) {
      return InvalidArgument("column " + column.name + " is \"outer\", which is for tables with \"nested\"");
    }
    if (entity.IsNested() && !column.outer && !column.order_by.empty()) {
      return InvalidArgument("column " + column.name + " is an element's, which the API does not sort by");
    }
  }
  return Status();
}

bool HasFilter(const Entity& entity, std::string_view filter) {
  return std::ranges::any_of(entity.columns, [&](const Column& column) {
    return std::ranges::any_of(column.pushdowns, [&](const Pushdown& pushdown) { return pushdown.filter == filter; });
  });
}

Status CheckExclusive(const Entity& entity) {
  for (const std::vector<std::string>& group : entity.exclusive) {
    if (group.size() < 2) return InvalidArgument("a group of \"exclusive\" must name two filters or more");
    for (const std::string& filter : group) {
      if (!HasFilter(entity, filter)) return InvalidArgument("\"exclusive\" names " + filter + ", which is no filter here");
    }
  }
  return Status();
}

constexpr std::string_view kCustomFields = "custom_fields";

Status CheckCustomFields(const Entity& entity) {
  if (entity.custom_fields.empty()) {
    return entity.other_filters.empty() ? Status()
                                        : InvalidArgument("\"other_filters\" is for tables with \"custom_fields\"");
  }
  const Column* column = entity.ColumnNamed(kCustomFields);
  if (column == nullptr || column->type != ColumnType::kJson || column->path.text() != kCustomFields || entity.IsNested()) {
    return InvalidArgument(
        "\"custom_fields\" needs a column custom_fields of type json, which shows the array of that name");
  }
  if (!std::ranges::all_of(entity.other_filters, IsFilterName)) {
    return InvalidArgument("each of \"other_filters\" must be letters, digits and underscores");
  }
  return Status();
}

// The values of the path columns come from one table, so that they are read together; or they are words.
Status CheckSources(const Entity& entity) {
  std::string_view table;
  size_t sources = 0;
  bool has_words = false;
  for (const Column& column : entity.columns) {
    if (column.role != ColumnRole::kPath) continue;
    if (sources > 0 && (has_words || !column.words.empty() || table != column.from_table)) {
      return InvalidArgument(
          "the columns with the role path must be listed \"from\" the same table, or one of them by \"words\"");
    }
    ++sources;
    table = column.from_table;
    has_words = !column.words.empty();
  }
  return Status();
}

}  // namespace

Status ValidateEntity(const Entity& entity) {
  if (Status status = CheckNames(entity); !status.ok()) return status.WithContext(entity.name);
  for (const Column& column : entity.columns) {
    if (Status status = ValidateColumn(column); !status.ok()) return status.WithContext(entity.name + "." + column.name);
  }
  for (auto rule :
       {CheckPageSize, CheckColumnNames, CheckKey, CheckListPath, CheckGetPath, CheckDetail, CheckText, CheckOffset, CheckNested,
        CheckExclusive, CheckCustomFields, CheckSources}) {
    if (Status status = rule(entity); !status.ok()) return status.WithContext(entity.name);
  }
  return Status();
}

}  // namespace infusionsoft
