// SPDX-License-Identifier: MIT
// RowShape: whether what a list holds are rows of its table.
//
// Cells are read by name, so anything else would be a row of NULLs: text or numbers in the place of rows, and objects that
// have other properties only (an error told as a success, a list that was renamed). An object without any property is a row
// whose properties are all missing.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "json/document.h"
#include "profile/profile.h"

namespace infusionsoft {

class RowShape {
 public:
  // `entity` outlives this object.
  explicit RowShape(const Entity& entity);

  // Of an item of the list, or of a single object. Errors: kBadResponse, with what came instead of a row.
  Status Check(json::Value item) const;

 private:
  // What objects must have one of; empty: they are no objects, the whole value is a cell.
  using Properties = std::vector<std::string_view>;
  static void Add(const json::Path& path, Properties& properties, bool& is_cell);
  static Status CheckObject(json::Value value, const Properties& properties, std::string_view what);

  const Entity& entity_;
  std::optional<json::Path> nested_;
  Properties item_;
  Properties element_;  // of a nested table
  bool item_is_cell_ = false;
  bool element_is_cell_ = false;
};

}  // namespace infusionsoft
