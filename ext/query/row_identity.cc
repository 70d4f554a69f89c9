// SPDX-License-Identifier: MIT
#include "query/row_identity.h"

namespace infusionsoft {
namespace {

// Which outer columns a scan asks for depends on the query; those in the key it always does.
std::vector<int> ContentColumns(const Entity& entity) {
  std::vector<int> columns;
  for (size_t i = 0; i < entity.columns.size(); ++i) {
    const Column& column = entity.columns[i];
    if (!column.detail && (!column.outer || entity.IsInKey(column))) columns.push_back(static_cast<int>(i));
  }
  return columns;
}

}  // namespace

RowIdentity::RowIdentity(const Entity& source, const Entity& shown_as, RowIds& ids)
    : source_(source),
      shown_as_(shown_as),
      ids_(ids),
      content_columns_(ContentColumns(source)),
      has_numeric_key_(shown_as.HasNumericKey()),
      key_is_promised_(shown_as.key.empty() || !source.get_path.empty()) {
  bool has_item = false;
  for (const std::string& name : shown_as.key) {
    key_columns_.push_back(source.FindColumn(name));
    const Column& column = source.columns[static_cast<size_t>(key_columns_.back())];
    has_item = has_item || column.outer;
    if (column.outer || column.role == ColumnRole::kPath) item_columns_.push_back(key_columns_.back());
  }
  if (!has_item) item_columns_.clear();
}

void RowIdentity::BeginList() {
  of_list_ = RowIdSet();
  repeated_.clear();
}

void RowIdentity::BeginItem(const RowView& item) {
  item_comes_again_ = false;
  std::string key = "i";
  for (const int column : item_columns_) {
    const SqlValue part = item.Column(column);
    if (part.IsNull()) return;
    AppendToKey(part, key);
  }
  if (!item_columns_.empty()) item_comes_again_ = !items_.Insert(static_cast<int64_t>(ProcessHash().Of(key)));
}

Result<bool> RowIdentity::Take(const RowView& row) {
  const Result<Identity> identity = Identify(row);
  if (!identity) return identity.status();
  if (*identity != Identity::kRow) return false;
  const bool is_new = delivered_.Insert(row_id_);
  if (key_is_promised_) return is_new;
  const uint64_t said = ProcessHash().Of(std::to_string(row_id_) + ContentOf(row));
  if (!said_.Insert(static_cast<int64_t>(said)) || is_new) return is_new;
  return Status(StatusCode::kBadResponse,
                "GET " + source_.list_path +
                    ": two rows have the same key and different values; one may have changed while "
                    "the list was read, so run the statement again");
}

std::string RowIdentity::ContentOf(const RowView& row) const {
  std::string content = "c";
  for (const int column : content_columns_) AppendToKey(row.Column(column), content);
  return content;
}

Result<RowIdentity::Identity> RowIdentity::Identify(const RowView& row) {
  std::string key = "k";
  bool is_whole = !key_columns_.empty();
  for (size_t i = 0; i < key_columns_.size(); ++i) {
    const SqlValue part = row.Column(key_columns_[i]);
    if (has_numeric_key_) has_row_id_ = part.kind == SqlValue::Kind::kInteger;
    if (has_numeric_key_ && has_row_id_) return TakeNumber(part.integer);
    // SQLite relies on a number that is the rowid (Entity::DeclareTable): a join takes a NULL there for equal to another.
    if (part.IsNull() && (has_numeric_key_ || &source_ != &shown_as_)) return WithoutPart(i);
    is_whole = is_whole && !part.IsNull();
    AppendToKey(part, key);
  }
  if (!is_whole && item_comes_again_) return Identity::kCameWithItem;
  const Result<int64_t> row_id = is_whole ? IdOf(key) : IdOfContent(row);
  if (!row_id) return row_id.status();
  row_id_ = *row_id;
  return Identity::kRow;
}

// No API's number is below zero, where those are that RowIds makes for rows without a number.
Result<RowIdentity::Identity> RowIdentity::TakeNumber(int64_t number) {
  row_id_ = number;
  const Status status = number < 0 ? ids_.Claim(number, std::to_string(number)) : Status();
  if (!status.ok()) return status;
  return Identity::kRow;
}

// What another table has without a parent is no row below one. Of anything else it is not known which row it is.
Result<RowIdentity::Identity> RowIdentity::WithoutPart(size_t part) const {
  const Column& column = *shown_as_.ColumnNamed(shown_as_.key[part]);
  if (column.role == ColumnRole::kPath) return Identity::kNotOfTable;
  return Status(StatusCode::kBadResponse,
                "GET " + source_.list_path + ": a row has no " + column.name + ", which is in the key of this table");
}

Result<int64_t> RowIdentity::IdOfContent(const RowView& row) {
  const std::string content = ContentOf(row);
  const Result<int64_t> first = IdOf(content);
  if (!first) return first;
  const int64_t before = EqualRowsBefore(*first);
  return before == 0 ? first : IdOf(std::to_string(before) + content);
}

int64_t RowIdentity::EqualRowsBefore(int64_t row_id) { return of_list_.Insert(row_id) ? 0 : ++repeated_[row_id]; }

Result<int64_t> RowIdentity::IdOf(const std::string& key) {
  const int64_t hash = ids_.HashOf(key);
  const int64_t row_id = has_numeric_key_ ? -1 - hash : hash;
  const Status status = ids_.Claim(row_id, key);
  if (!status.ok()) return status;
  return row_id;
}

}  // namespace infusionsoft
