// SPDX-License-Identifier: MIT
// RowView: one row, as the columns of the table that it is read from see it.
#pragma once

#include <string>
#include <string_view>

#include "json/document.h"
#include "profile/profile.h"
#include "query/list_request.h"
#include "query/sql_value.h"

namespace infusionsoft {

// Borrows all that it refers to.
struct RowView {
  const Entity& entity;
  const ColumnValues& echoes;  // what path and request columns show
  json::Value row;
  json::Value outer_row;  // of a nested table: the item that holds the row; else the row itself
  std::string_view text;  // of Answer::kText: the value

  // NULL for an input of the request that has no value, and for a column that only the single object has.
  SqlValue Column(int index) const;
};

// Appends `value` so that two sequences of values make the same text only when they are the same.
void AppendToKey(const SqlValue& value, std::string& key);

}  // namespace infusionsoft
