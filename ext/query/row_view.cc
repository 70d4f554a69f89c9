// SPDX-License-Identifier: MIT
#include "query/row_view.h"

#include "base/text.h"
#include "query/cell.h"

namespace infusionsoft {

SqlValue RowView::Column(int index) const {
  const auto i = static_cast<size_t>(index);
  if (echoes[i]) return *echoes[i];
  const infusionsoft::Column& column = entity.columns[i];
  if (column.role != ColumnRole::kValue) return SqlValue::Null();
  if (entity.answer == Answer::kText) return ReadText(column, text);
  return ReadCell(column, column.outer ? outer_row : row);
}

void AppendToKey(const SqlValue& value, std::string& key) {
  switch (value.kind) {
    case SqlValue::Kind::kNull:
      key += 'n';
      return;
    case SqlValue::Kind::kInteger:
      key += 'i' + std::to_string(value.integer) + ';';
      return;
    case SqlValue::Kind::kReal:
      key += 'r' + FormatDouble(value.real) + ';';
      return;
    default:
      key += (value.kind == SqlValue::Kind::kBlob ? 'b' : 't') + std::to_string(value.text.size()) + ':' + value.text;
  }
}

}  // namespace infusionsoft
