// SPDX-License-Identifier: MIT
// Columns that only the single object has: the row's second request.
#include <algorithm>
#include <optional>
#include <utility>

#include "query/cell.h"
#include "query/row_cursor.h"

namespace infusionsoft {

Result<SqlValue> RowCursor::Read(int index) {
  const infusionsoft::Column& column = entity_.columns[static_cast<size_t>(index)];
  // Where a look-up brings the details, another way to the row saves nothing.
  if (column.detail && requests_.is_object && scan_ != nullptr) scan_->Stop();
  if (!column.detail || row_is_detail_) return Column(index);
  if (Status status = FetchDetail(); !status.ok()) return status;
  return detail_->found ? ReadCell(column, detail_->document.root()) : SqlValue::Null();
}

// A row that is gone since it was listed has no detail.
Status RowCursor::FetchDetail() {
  if (detail_ != nullptr) return Status();
  const std::optional<ListRequest> request = DetailOf(ViewOf(row_, outer_row_));
  if (!request) {
    detail_ = std::make_shared<ApiAnswer>(ApiAnswer{.found = false, .document = {}, .text = {}});
    return Status();
  }
  if (details_ahead_.is_on()) {
    details_ahead_.Prepare(detail_context_, ObjectRequest(entity_, *request),
                           [this](size_t count) { return NextDetails(count); });
  }
  Result<Fetched> object = GetObject(detail_context_, entity_, *request);
  if (!object) return std::move(object).status();
  detail_ = std::move(object->answer);
  some_detail_is_known_ = some_detail_is_known_ || detail_->found;
  return some_detail_is_known_ ? Status() : CheckRowIsGone();
}

Status RowCursor::CheckRowIsGone() const {
  if (!pager_ || nested_ || context_.copies != nullptr) return Status();
  const Result<std::optional<Page>> again = pager_->ReadAgain(context_);
  if (!again) return again.status();
  if (!again->has_value()) return Status();
  const Page& page = **again;
  const RowView wanted = ViewOf(row_, outer_row_);
  for (size_t i = 0; i < page.size(); ++i) {
    const RowView row = ViewOf(page.At(i), page.At(i));
    const bool is_it = std::ranges::all_of(entity_.key, [&](const std::string& name) {
      const int key = entity_.FindColumn(name);
      return row.Column(key) == wanted.Column(key);
    });
    if (!is_it) continue;
    return Status(StatusCode::kBadResponse,
                  "GET " + DetailOf(wanted)->path +
                      ": the server does not know this row (404), which its list still has; the API "
                      "does not offer the rest of such rows to this account");
  }
  return Status();
}

std::optional<ListRequest> RowCursor::DetailOf(const RowView& row) const {
  ListRequest request;
  request.path = entity_.detail_path;
  for (const std::string& name : entity_.key) {
    const int key = entity_.FindColumn(name);
    const SqlValue value = row.Column(key);
    if (!CanStandInPath(value)) return std::nullopt;
    FillPath(entity_.columns[static_cast<size_t>(key)], value, request.path);
  }
  return request;
}

// Rows that SQLite will not want the details of are among them: only it can tell.
std::vector<FetchRequest> RowCursor::NextDetails(size_t count) const {
  std::vector<FetchRequest> requests;
  for (size_t i = position_; !nested_ && i < page_->size() && requests.size() < count; ++i) {
    const json::Value row = page_->At(i);
    if (const auto request = DetailOf(ViewOf(row, row))) requests.push_back(ObjectRequest(entity_, *request));
  }
  return requests;
}

}  // namespace infusionsoft
