// SPDX-License-Identifier: MIT
#include "profile_check.h"

#include <algorithm>
#include <set>

namespace infusionsoft::official {
namespace {

using Kind = Shape::Kind;

void AddLeaves(const Shape& shape, const std::string& path, std::vector<std::pair<std::string, const Shape*>>& leaves) {
  if (shape.kind == Kind::kObject) {
    for (const Shape& property : shape.properties)
      AddLeaves(property, path.empty() ? property.name : path + "." + property.name, leaves);
  } else if (shape.kind == Kind::kArray) {
    AddLeaves(shape.element[0], path + "[]", leaves);
  } else {
    leaves.emplace_back(path, &shape);
  }
}

// The property at a path as profiles write it; a selector is an element of the array.
const Shape* FindShape(const Shape* shape, std::string_view path) {
  while (shape != nullptr && !path.empty()) {
    const size_t end = path.find_first_of(".[");
    if (end != 0) shape = shape->kind == Kind::kMap ? &shape->element[0] : shape->Find(path.substr(0, end));
    path.remove_prefix(std::min(end, path.size()));
    if (shape == nullptr || path.empty()) break;
    if (path.front() == '[') {
      if (!shape->IsArray()) return nullptr;
      shape = &shape->element[0];
      path.remove_prefix(path.find(']') + 1);
    }
    if (path.starts_with('.')) path.remove_prefix(1);
  }
  return shape;
}

const Shape* ItemShape(const Entity& entity, const Operation& operation) {
  const Shape* items = entity.items.empty() ? &operation.answer : operation.answer.Find(entity.items);
  if (items != nullptr && items->IsArray()) return &items->element[0];
  return entity.items.empty() ? items : nullptr;
}

// Whether `column` shows the property, or JSON that it is in.
bool Shows(const Column& column, const std::string& property) {
  const std::string& path = column.path.text();
  if (column.role == ColumnRole::kPath) return property == column.name;  // the same id, in the path and in the row
  if (column.role != ColumnRole::kValue) return false;
  if (property == path || (property.empty() && path.empty())) return true;
  if (column.type == ColumnType::kMoney) return property == path + ".amount";
  return column.type == ColumnType::kJson && (property.starts_with(path + ".") || property.starts_with(path + "["));
}

// Everything of one version of the API that the tables could use, and do not.
class GapFinder {
 public:
  Comparison Find(std::string_view version) {
    for (const Operation& operation : Operations()) {
      if (!operation.path.starts_with(version)) continue;
      where_ = WithoutNames(operation.path);
      AddOperation(operation);
    }
    std::ranges::sort(comparison_.findings);
    return std::move(comparison_);
  }

 private:
  void Note(bool is_used, const std::string& kind, const std::string& name = "") {
    ++comparison_.seen[kind];
    if (!is_used) comparison_.findings.push_back({where_, name.empty() ? kind : kind + " " + name});
  }

  void AddOperation(const Operation& operation) {
    if (operation.kind == Operation::Kind::kGet) {
      AddGet(operation);
      return;
    }
    std::vector<const Entity*> tables;
    for (const Entity& entity : Profile::BuiltIn().entities()) {
      if (IsHere(entity, entity.list_path)) tables.push_back(&entity);
    }
    const auto shows_items = [](const Entity* table) { return !table->IsNested(); };
    const auto table = std::ranges::find_if(tables, shows_items);
    Note(table != tables.end(), NameOf(operation.kind));
    if (table == tables.end()) {
      comparison_.seen["filter"] += operation.filters.size();
      comparison_.filters_without_table += operation.filters.size();
      return;
    }
    AddQuery(operation, tables);
    AddProperties(operation, **table);
  }

  static std::string NameOf(Operation::Kind kind) {
    if (kind == Operation::Kind::kList) return "list";
    return kind == Operation::Kind::kEmbedded ? "embedded" : "object";
  }

  // A row by its id: looked up, or read for its details, all of which must then have a column.
  void AddGet(const Operation& operation) {
    bool is_used = false;
    for (const Entity& entity : Profile::BuiltIn().entities()) {
      is_used = is_used || IsHere(entity, entity.get_path) || IsHere(entity, entity.detail_path);
      if (!IsHere(entity, entity.detail_path)) continue;
      for (const auto& [path, shape] : Leaves(operation.answer)) Note(IsShown(entity, path), "property", path);
    }
    Note(is_used, "get");
  }

  static bool IsShown(const Entity& table, const std::string& property) {
    const bool is_text = table.answer == Answer::kText;  // its only value is what the answer is
    return std::ranges::any_of(table.columns, [&](const Column& column) {
      return Shows(column, property) || (is_text && column.role == ColumnRole::kValue);
    });
  }

  bool IsHere(const Entity& entity, const std::string& path) const {
    return std::ranges::any_of(PathsOf(entity, path),
                               [&](const std::string& filled) { return WithoutNames(filled) == where_; });
  }

  void AddQuery(const Operation& operation, const std::vector<const Entity*>& tables) {
    std::set<std::string> filters;
    std::set<std::string> compared;
    std::set<std::string> orders;
    std::set<std::string> fields;
    for (const Entity* table : tables) {
      for (const Column& column : table->columns) {
        orders.insert(column.order_by);
        fields.insert(column.field);
        for (const Pushdown& pushdown : column.pushdowns) {
          filters.insert(pushdown.filter);
          if (pushdown.match == Match::kCompare) compared.insert(pushdown.filter);
          for (const auto& [name, word] : pushdown.with) filters.insert(name);
        }
      }
    }
    for (const Filter& filter : operation.filters) {
      Note(filters.contains(filter.name), "filter", filter.name);
      if (filter.Allows("<")) Note(compared.contains(filter.name), "comparison", filter.name);
    }
    // The profile has no word for "below all parents" yet, so no table can ask for it.
    for (const std::string& name : operation.any_value) Note(false, "all", name);
    for (const std::string& name : operation.order_by) Note(orders.contains(name), "order", name);
    for (const std::string& name : operation.fields) Note(fields.contains(name), "field", name);
    for (const Parameter& parameter : operation.parameters) {
      const bool is_known = std::ranges::find(kGeneralParameters, parameter.name) != std::end(kGeneralParameters);
      if (!is_known) Note(filters.contains(parameter.name), "parameter", parameter.name);
    }
  }

  void AddProperties(const Operation& operation, const Entity& table) {
    const Shape* row = RowShape(table, operation);
    if (row == nullptr) return;  // a mistake, and found as such
    for (const auto& [path, shape] : Leaves(*row)) Note(IsShown(table, path), "property", path);
    if (table.items.empty()) return;
    for (const Shape& property : operation.answer.properties) {
      const std::string& name = property.name;
      const auto echoes = [&](const Column& column) {
        return column.role == ColumnRole::kPath && column.name == name;
      };
      const bool is_known = name == table.items || std::ranges::find(kPaging, name) != std::end(kPaging);
      if (!is_known) Note(std::ranges::any_of(table.columns, echoes), "envelope", name);
    }
  }

  static constexpr std::string_view kPaging[] = {"next_page_token", "count", "next", "previous"};
  static constexpr std::string_view kGeneralParameters[] = {
      "filter", "order_by", "page_size", "page_token",      "fields",
      "limit",  "offset",   "order",     "order_direction", "optional_properties"};

  Comparison comparison_;
  std::string where_;
};

}  // namespace

std::vector<std::string> PathsOf(const Entity& entity, const std::string& path) {
  std::vector<std::string> paths = {path};
  for (const Column& column : entity.columns) {
    const std::string placeholder = "{" + column.name + "}";
    if (column.words.empty() || path.find(placeholder) == std::string::npos) continue;
    std::vector<std::string> filled;
    for (const std::string& open : paths) {
      for (const auto& [word, segment] : column.words) {
        filled.push_back(open);
        filled.back().replace(open.find(placeholder), placeholder.size(), segment);
      }
    }
    paths = std::move(filled);
  }
  return paths;
}

const Shape* RowShape(const Entity& entity, const Operation& operation) {
  const Shape* item = ItemShape(entity, operation);
  if (item == nullptr || !entity.IsNested()) return item;
  const Shape* array = item->Find(entity.nested);
  return array != nullptr && array->IsArray() ? &array->element[0] : nullptr;
}

std::vector<std::pair<std::string, const Shape*>> Leaves(const Shape& shape) {
  std::vector<std::pair<std::string, const Shape*>> leaves;
  AddLeaves(shape, "", leaves);
  return leaves;
}

const Shape* ColumnShape(const Entity& entity, const Operation& operation, const Column& column) {
  if (entity.answer == Answer::kText) return &operation.answer;
  const Operation* details = column.detail ? FindOperation(entity.detail_path) : nullptr;
  const Shape* row = details != nullptr ? &details->answer
                     : column.outer     ? ItemShape(entity, operation)
                                        : RowShape(entity, operation);
  return row == nullptr ? nullptr : FindShape(row, column.path.text());
}

Comparison FindGaps() { return GapFinder().Find("/v2/"); }

Comparison FindV1Gaps() { return GapFinder().Find("/v1/"); }

}  // namespace infusionsoft::official
