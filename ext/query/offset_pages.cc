// SPDX-License-Identifier: MIT
#include "query/offset_pages.h"

#include <cmath>
#include <string>

#include "base/text.h"

namespace infusionsoft {

std::optional<int64_t> CountOf(json::Value root) {
  if (root.kind() != json::Value::Kind::kObject) return std::nullopt;
  const json::Value count = root.Member("count");
  constexpr double kMost = 9e15;  // whole numbers up to there are exact
  switch (count.kind()) {
    case json::Value::Kind::kInteger:
      return count.Integer() < 0 ? std::nullopt : std::optional(count.Integer());
    case json::Value::Kind::kReal:
      if (count.Real() < 0 || count.Real() > kMost || std::floor(count.Real()) != count.Real()) return std::nullopt;
      return static_cast<int64_t>(count.Real());
    case json::Value::Kind::kString: {
      const std::optional<int64_t> number = ParseInt64(Trim(count.String()));
      return number && *number >= 0 ? number : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

void OffsetPages::AddTo(http::QueryParams& page) const {
  if (offset_ > 0) page.emplace_back("offset", std::to_string(offset_));
}

Result<bool> OffsetPages::Advance(json::Value root, size_t rows, int page_size) {
  if (Status status = TakeCount(CountOf(root)); !status.ok()) return status;
  offset_ += static_cast<int64_t>(rows);
  if (rows > 0) return rows >= static_cast<size_t>(page_size) || !count_ || *count_ != offset_;
  if (!count_ || *count_ <= offset_) return false;
  return Status(StatusCode::kBadResponse, "the list has " + std::to_string(*count_) +
                                              " rows, as the server counts them, and ended after " +
                                              std::to_string(offset_) + "; run the statement again");
}

Status OffsetPages::TakeCount(std::optional<int64_t> count) {
  if (!count) return Status();
  if (count_ && (*count < *count_ || (*count > *count_ && !rows_have_keys_))) {
    return Status(StatusCode::kBadResponse, "the list changed while it was read, from " + std::to_string(*count_) + " to " +
                                                std::to_string(*count) +
                                                " rows, so some may be missing or there twice; run the statement again");
  }
  count_ = count;
  return Status();
}

}  // namespace infusionsoft
