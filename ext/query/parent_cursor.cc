// SPDX-License-Identifier: MIT
#include "query/parent_cursor.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "query/row_cursor.h"

namespace infusionsoft {
ParentCursor::ParentCursor(const Entity& entity, const Profile& profile, const ScanContext& context, int page_size)
    : entity_(entity), profile_(profile), context_(context), page_size_(page_size) {}

ParentCursor::~ParentCursor() = default;

Result<bool> ParentCursor::Next(const ColumnValues& wanted, ColumnValues& values) {
  for (size_t i = 0; i < entity_.columns.size(); ++i) {
    if (!entity_.columns[i].words.empty()) return NextWord(i, values);
  }
  while (true) {
    if (Status status = Advance(wanted); !status.ok()) return status;
    if (rows_->AtEnd()) return false;
    const Entity& parent = *profile_.Find(entity_.Parent());
    bool agrees = true;
    for (size_t i = 0; i < entity_.columns.size(); ++i) {
      const Column& column = entity_.columns[i];
      if (column.role != ColumnRole::kPath) continue;
      SqlValue value = rows_->Column(parent.FindColumn(column.from_column));
      // A parent without a usable key cannot be asked for.
      agrees = agrees && CanStandInPath(value) && (!wanted[i] || *wanted[i] == value);
      values[i] = std::move(value);
    }
    if (agrees) return true;
  }
}

bool ParentCursor::HasParentsAtHand() const {
  const bool are_words = std::ranges::any_of(entity_.columns, [](const Column& column) { return !column.words.empty(); });
  return are_words || (rows_ != nullptr && rows_->HasRowsAtHand());
}

bool ParentCursor::NextWord(size_t column, ColumnValues& values) {
  const auto& words = entity_.columns[column].words;
  if (next_word_ == words.size()) return false;
  values[column] = SqlValue::Text(words[next_word_++].first);
  return true;
}

Status ParentCursor::Advance(const ColumnValues& wanted) {
  if (rows_ != nullptr) return rows_->Next();
  const Entity* parent = profile_.Find(entity_.Parent());
  if (parent == nullptr) {
    return InvalidArgument(context_.table_name + " can be read below one parent only: give " +
                           Join(OpenColumns(entity_, wanted), ", ") + " in the WHERE clause");
  }
  return Start(*parent, wanted);
}

// Lists the parents, below their own parents where those are wanted; also those that their list leaves out unless asked.
Status ParentCursor::Start(const Entity& parent, const ColumnValues& wanted) {
  QueryPlan plan;
  std::vector<Argument> arguments;
  for (size_t i = 0; i < entity_.columns.size(); ++i) {
    const Column& column = entity_.columns[i];
    if (column.role != ColumnRole::kPath) continue;
    const int source = parent.FindColumn(column.from_column);
    const Column& source_column = parent.columns[static_cast<size_t>(source)];
    const bool takes_fields = parent.fields_style != FieldsStyle::kNone;
    if (takes_fields && !source_column.field.empty() &&
        std::ranges::find(plan.fields, source_column.field) == plan.fields.end()) {
      plan.fields.push_back(source_column.field);
    }
    if (!wanted[i] || source_column.role != ColumnRole::kPath) continue;
    arguments.push_back({*wanted[i]});
    plan.terms.push_back({source, Op::kEqual, static_cast<int>(arguments.size()), ""});
  }
  for (size_t i = 0; i < parent.columns.size(); ++i) {
    if (!parent.columns[i].widens) continue;
    arguments.push_back({SqlValue::Integer(1)});
    plan.terms.push_back(
        {static_cast<int>(i), Op::kEqual, static_cast<int>(arguments.size()), parent.columns[i].pushdowns[0].filter});
  }
  if (context_.copies != nullptr)
    plan.fields = AllFields(parent);  // the copy of the parents' own table, unless a term widens
  rows_ = std::make_unique<RowCursor>(parent, profile_, context_, ScanOptions{.page_size = page_size_});
  return rows_->Start(plan, arguments);
}

}  // namespace infusionsoft
