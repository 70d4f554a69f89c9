// SPDX-License-Identifier: MIT
#include "query/row_shape.h"

#include <algorithm>
#include <string>

namespace infusionsoft {
namespace {

using Kind = json::Value::Kind;

std::string_view KindName(Kind kind) {
  switch (kind) {
    case Kind::kAbsent:
    case Kind::kNull:
      return "null";
    case Kind::kBool:
      return "true or false";
    case Kind::kInteger:
    case Kind::kReal:
      return "a number";
    case Kind::kString:
      return "text";
    case Kind::kArray:
      return "a list";
    case Kind::kObject:
      return "an object";
  }
  return "nothing";
}

Status NoRow(const std::string& what) { return Status(StatusCode::kBadResponse, what); }

bool HasMember(json::Value value, std::string_view name) { return value.Member(name).kind() != Kind::kAbsent; }

}  // namespace

RowShape::RowShape(const Entity& entity) : entity_(entity) {
  for (const Column& column : entity.columns) {
    if (column.role != ColumnRole::kValue) continue;
    const bool is_of_item = column.outer || !entity.IsNested();
    Add(column.path, is_of_item ? item_ : element_, is_of_item ? item_is_cell_ : element_is_cell_);
  }
  if (!entity.IsNested()) return;
  nested_ = *json::Path::Compile(entity.nested);
  Add(*nested_, item_, item_is_cell_);
}

void RowShape::Add(const json::Path& path, Properties& properties, bool& is_cell) {
  if (path.head().empty()) {
    is_cell = true;
  } else if (std::ranges::find(properties, path.head()) == properties.end()) {
    properties.push_back(path.head());
  }
}

Status RowShape::CheckObject(json::Value value, const Properties& properties, std::string_view what) {
  if (value.kind() != Kind::kObject) {
    return NoRow(std::string(what) + " is " + std::string(KindName(value.kind())) + " and not an object");
  }
  const auto has = [&](std::string_view name) { return HasMember(value, name); };
  if (value.Size() == 0 || properties.empty() || std::ranges::any_of(properties, has)) return Status();
  return NoRow(std::string(what) + " has none of the table's properties, not even \"" + std::string(properties.front()) +
               "\"; it is no row of this table");
}

Status RowShape::Check(json::Value item) const {
  if (!item_is_cell_) {
    const std::string_view what = entity_.IsSingle() ? "the answer" : "an item of the list";
    if (Status status = CheckObject(item, item_, what); !status.ok()) return status;
  }
  if (!nested_) return Status();
  const json::Value elements = nested_->Find(item);
  if (elements.IsNothing()) return Status();
  if (elements.kind() != Kind::kArray) {
    return NoRow("\"" + entity_.nested + "\" of an item is " + std::string(KindName(elements.kind())) + " and not a list");
  }
  for (size_t i = 0; !element_is_cell_ && i < elements.Size(); ++i) {
    if (Status status = CheckObject(elements.At(i), element_, "an element of \"" + entity_.nested + "\""); !status.ok())
      return status;
  }
  return Status();
}

}  // namespace infusionsoft
