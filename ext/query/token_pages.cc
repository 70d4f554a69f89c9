// SPDX-License-Identifier: MIT
#include "query/token_pages.h"

#include <string_view>

namespace infusionsoft {
namespace {

Status Bad(const char* what) { return Status(StatusCode::kBadResponse, what); }

// A token may arrive as the URL of the next page.
std::string TokenOf(std::string_view text) {
  if (!text.starts_with("http://") && !text.starts_with("https://") && !text.starts_with('/')) return std::string(text);
  const size_t question = text.find('?');
  if (question == std::string_view::npos) return std::string(text);
  const Result<http::QueryParams> params = http::ParseQuery(text.substr(question + 1));
  if (!params) return std::string(text);
  const std::string_view token = http::FindParam(*params, "page_token");
  return std::string(token.empty() ? text : token);
}

}  // namespace

void TokenPages::AddTo(http::QueryParams& page) const {
  if (!token_.empty()) page.emplace_back("page_token", token_);
}

Result<bool> TokenPages::Advance(json::Value root, size_t rows) {
  if (root.kind() != json::Value::Kind::kObject) return false;
  const json::Value next = root.Member("next_page_token");
  if (next.IsNothing()) return false;
  if (next.kind() != json::Value::Kind::kString) return Bad("next_page_token is not text");
  token_ = TokenOf(next.String());
  if (token_.empty()) return false;
  if (!seen_.insert(token_).second) {
    return Bad("the server sent the same next_page_token twice; the rows would repeat for ever, so the scan stops");
  }
  empty_pages_ = rows == 0 ? empty_pages_ + 1 : 0;
  if (empty_pages_ == kMaxEmptyPages) {
    return Bad("the server sent empty pages one after another, each with another next_page_token, so the scan stops");
  }
  return true;
}

}  // namespace infusionsoft
