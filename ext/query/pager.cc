// SPDX-License-Identifier: MIT
#include "query/pager.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "http/url.h"

namespace infusionsoft {
namespace {

using Kind = json::Value::Kind;

Status BadPage(const ListRequest& request, const std::string& what) {
  return Status(StatusCode::kBadResponse, "GET " + request.path + ": " + what);
}

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

bool IsBelowRow(const Entity& entity) {
  return std::ranges::any_of(entity.columns,
                             [](const Column& column) { return column.role == ColumnRole::kPath && column.words.empty(); });
}

}  // namespace

Pager::Pager(const Entity& entity, ListRequest request, Keep keep)
    : entity_(entity), request_(std::move(request)), keep_(keep) {}

void Pager::UseWholePages(int page_size) {
  request_.page_size = page_size;
  request_.page_size_is_hint = false;
  if (entity_.answer == Answer::kOffset) return;
  token_.clear();
  seen_tokens_.clear();
  rows_ = 0;
}

FetchRequest Pager::MakeRequest() const {
  FetchRequest request{.path = request_.path, .params = request_.params, .page = {}};
  if (request_.page_size > 0) request.params.emplace_back(PageSizeParameter(entity_), std::to_string(request_.page_size));
  if (!token_.empty()) request.page.emplace_back("page_token", token_);
  if (offset_ > 0) request.page.emplace_back("offset", std::to_string(offset_));
  if (entity_.answer == Answer::kText) request.accepts = ApiRequest::Accepts::kAnything;
  request.hashes_body = entity_.answer == Answer::kOffset;
  return request;
}

Result<std::optional<Page>> Pager::Next(const ScanContext& context) {
  if (!has_more_) return std::optional<Page>();
  const FetchRequest request = MakeRequest();
  has_more_ = false;
  Result<Fetched> fetched = Fetch(context, request, keep_);
  if (!fetched) return std::move(fetched).status();
  if (!fetched->answer->found) {
    // Below a parent: the parent does not exist, so it has no rows. Otherwise the list itself is missing; what fixed words
    // of the path name is no parent.
    parent_is_missing_ = IsBelowRow(entity_);
    if (parent_is_missing_) return std::optional<Page>();
    return BadPage(request_, "the server does not know this list (404); check the URL property");
  }
  ++page_number_;
  Result<std::optional<Page>> page = ReadPage(context, *std::move(fetched));
  if (page && page->has_value()) TeachSize(context, **page);
  return page;
}

void Pager::TeachSize(const ScanContext& context, const Page& page) {
  rows_ += static_cast<int64_t>(page.size());
  if (context.sizes == nullptr || request_.kind.empty() || page.is_object) return;
  if (has_more_) {
    context.sizes->SawMoreThan(request_.kind, rows_);
  } else {
    context.sizes->SawAll(request_.kind, rows_);
  }
}

Result<std::optional<Page>> Pager::ReadPage(const ScanContext& context, Fetched fetched) {
  const auto set_rows = [&](size_t rows) {
    if (fetched.was_sent) context.client.log().SetRows(fetched.log_id, static_cast<int64_t>(rows));
  };
  Page page{fetched.answer, json::Value(), true, fetched.was_sent};
  if (entity_.answer == Answer::kText) {
    set_rows(1);
    return std::optional<Page>(std::move(page));
  }
  const json::Value root = page.answer->document.root();
  if (entity_.answer == Answer::kObject) {
    if (root.kind() != Kind::kObject) return BadPage(request_, "the answer is not an object");
    set_rows(1);
    page.items = root;
    return std::optional<Page>(std::move(page));
  }
  const json::Value items = entity_.items.empty() ? root : root.Member(entity_.items);
  if (items.kind() != Kind::kArray && items.kind() != Kind::kNull) {
    return BadPage(request_,
                   entity_.items.empty() ? "the answer is not a list" : "the answer has no list \"" + entity_.items + "\"");
  }
  set_rows(items.Size());
  const Status status =
      entity_.answer == Answer::kOffset ? AdvanceOffset(root, items.Size(), page.answer->body_hash) : TakeToken(root);
  if (!status.ok()) return status;
  page.items = items;
  page.is_object = false;
  return std::optional<Page>(std::move(page));
}

Status Pager::AdvanceOffset(json::Value root, size_t rows, uint64_t page_hash) {
  if (rows == 0) return Status();
  if (page_number_ > 1 && page_hash == last_page_hash_) {
    return BadPage(request_, "the server sent the same page twice; it may not know \"offset\", and the scan stops");
  }
  last_page_hash_ = page_hash;
  offset_ += static_cast<int64_t>(rows);
  const json::Value count = root.Member("count");
  const bool is_full = rows >= static_cast<size_t>(request_.page_size);
  has_more_ = is_full || (count.kind() == Kind::kInteger && count.Integer() > offset_);
  return Status();
}

Status Pager::TakeToken(json::Value root) {
  if (root.kind() != Kind::kObject) return Status();
  const json::Value next = root.Member("next_page_token");
  if (next.IsNothing()) return Status();
  if (next.kind() != Kind::kString) return BadPage(request_, "next_page_token is not text");
  token_ = TokenOf(next.String());
  if (token_.empty()) return Status();
  if (!seen_tokens_.insert(token_).second) {
    return BadPage(request_,
                   "the server sent the same next_page_token twice; the rows would repeat for ever, so the scan stops");
  }
  has_more_ = true;
  return Status();
}

Result<Fetched> GetObject(const ScanContext& context, const ListRequest& request) {
  Result<Fetched> fetched = Fetch(context, {.path = request.path, .params = request.params, .page = {}}, Keep::kYes);
  if (!fetched || !fetched->answer->found) return fetched;
  if (fetched->answer->document.root().kind() != Kind::kObject) return BadPage(request, "the answer is not an object");
  if (fetched->was_sent) context.client.log().SetRows(fetched->log_id, 1);
  return fetched;
}

}  // namespace infusionsoft
