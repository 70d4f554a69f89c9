// SPDX-License-Identifier: MIT
#include "query/page_keys.h"

#include <utility>

#include "base/text.h"
#include "query/row_hash.h"
#include "query/row_view.h"

namespace infusionsoft {
namespace {

// Nothing where a part is missing.
std::optional<std::string> KeyOf(const RowView& row, const std::vector<int>& columns) {
  std::string key;
  for (const int column : columns) {
    const SqlValue part = row.Column(column);
    if (part.IsNull()) return std::nullopt;
    AppendToKey(part, key);
  }
  return key;
}

Status TwoRows(const RowView& row, const std::vector<int>& columns) {
  std::string key;
  for (const int column : columns) {
    const SqlValue part = row.Column(column);
    key += (key.empty() ? "" : ", ") + row.entity.columns[static_cast<size_t>(column)].name + "=" +
           (part.kind == SqlValue::Kind::kInteger ? std::to_string(part.integer) : Excerpt(part.text, 40));
  }
  return Status(StatusCode::kBadResponse, "the server sent two rows with the same key, " + key + ", on one page");
}

}  // namespace

// Parts of the key that stand in the list's path are the same in all rows.
PageKeys::PageKeys(const Entity& entity) : entity_(entity) {
  if (entity.IsNested()) nested_ = *json::Path::Compile(entity.nested);
  for (const std::string& name : entity.key) {
    const int index = entity.FindColumn(name);
    const Column& column = entity.columns[static_cast<size_t>(index)];
    if (column.role != ColumnRole::kValue) continue;
    row_columns_.push_back(index);
    if (!entity.IsNested() || column.outer) item_columns_.push_back(index);
  }
}

Status PageKeys::Check(const Page& page) {
  may_be_repeated_ = false;
  if (page.is_object || page.size() == 0) return Status();
  const ColumnValues no_echoes(entity_.columns.size());
  bool has_keys = !item_columns_.empty();
  std::string all;
  Keys keys;
  for (size_t i = 0; i < page.size(); ++i) {
    const json::Value item = page.At(i);
    // What the statement remembers, or was copied, was checked when it was sent.
    if (Status status = page.was_sent ? CheckItem(item, keys) : Status(); !status.ok()) return status;
    const auto key = KeyOf({entity_, no_echoes, item, item, {}}, item_columns_);
    has_keys = has_keys && key;
    if (has_keys) all += *key;
  }
  if (!has_keys) {
    if (entity_.answer != Answer::kOffset) return Status();
    const uint64_t content = ProcessHash().Of(page.items.Text());
    may_be_repeated_ = std::exchange(last_content_, content) == content;
    return Status();
  }
  if (seen_.insert(ProcessHash().Of(all)).second) return Status();
  const std::string asked_by = entity_.answer == Answer::kOffset ? "offset" : "page_token";
  return Status(StatusCode::kBadResponse,
                "the server sent the same rows twice; it may not know \"" + asked_by + "\", and the scan stops");
}

Status PageKeys::CheckItem(json::Value item, Keys& keys) const {
  if (entity_.key.empty()) return Status();
  const ColumnValues no_echoes(entity_.columns.size());
  const json::Value array = nested_ ? nested_->Find(item) : json::Value();
  const size_t rows = !nested_ ? 1 : array.kind() == json::Value::Kind::kArray ? array.Size() : 0;
  for (size_t i = 0; i < rows; ++i) {
    const RowView row{entity_, no_echoes, nested_ ? array.At(i) : item, item, {}};
    std::optional<std::string> key = KeyOf(row, row_columns_);
    if (key && !keys.insert(*std::move(key)).second) return TwoRows(row, row_columns_);
  }
  return Status();
}

}  // namespace infusionsoft
