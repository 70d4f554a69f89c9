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

Result<json::Document> ParseBody(const ListRequest& request, std::string body) {
  Result<json::Document> document = json::Document::Parse(std::move(body));
  if (!document) return BadPage(request, "the answer is not JSON: " + document.status().message());
  return document;
}

// A JSON string, or else what came: HTML, or a file's bytes.
std::string TextOfBody(const std::string& body) {
  if (!body.starts_with('"')) return body;
  const Result<json::Document> document = json::Document::Parse(body);
  return document && document->root().kind() == Kind::kString ? std::string(document->root().String()) : body;
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

Pager::Pager(const Entity& entity, const ScanContext& context, ListRequest request)
    : entity_(entity), context_(context), request_(std::move(request)) {}

void Pager::UseWholePages(int page_size) {
  request_.page_size = page_size;
  request_.page_size_is_hint = false;
  if (entity_.answer == Answer::kOffset) return;
  token_.clear();
  seen_tokens_.clear();
}

Result<ApiResponse> Pager::SendRequest() {
  ApiRequest request{context_.table_name, request_.path, request_.params};
  if (request_.page_size > 0) request.params.emplace_back(PageSizeParameter(entity_), std::to_string(request_.page_size));
  if (!token_.empty()) request.params.emplace_back("page_token", token_);
  if (offset_ > 0) request.params.emplace_back("offset", std::to_string(offset_));
  if (entity_.answer == Answer::kText) request.accepts = ApiRequest::Accepts::kAnything;
  return context_.client.Get(request, context_.budget, context_.cancellation);
}

Result<std::optional<Page>> Pager::Next() {
  if (!has_more_) return std::optional<Page>();
  has_more_ = false;
  Result<ApiResponse> response = SendRequest();
  if (!response) return std::move(response).status();
  if (!response->found) {
    // Below a parent: the parent does not exist, so it has no rows. Otherwise the list itself is missing; what fixed words
    // of the path name is no parent.
    if (IsBelowRow(entity_)) return std::optional<Page>();
    return BadPage(request_, "the server does not know this list (404); check the URL property");
  }
  ++page_number_;
  return ReadPage(*std::move(response));
}

Result<std::optional<Page>> Pager::ReadPage(ApiResponse response) {
  const int64_t log_id = response.log_id;
  if (entity_.answer == Answer::kText) {
    context_.client.log().SetRows(log_id, 1);
    Page page;
    page.is_object = true;
    page.text = TextOfBody(response.body);
    return std::optional<Page>(std::move(page));
  }
  const uint64_t page_hash = entity_.answer == Answer::kOffset ? StableHash64(response.body) : 0;
  Result<json::Document> document = ParseBody(request_, std::move(response.body));
  if (!document) return std::move(document).status();
  const json::Value root = document->root();
  if (entity_.answer == Answer::kObject) {
    if (root.kind() != Kind::kObject) return BadPage(request_, "the answer is not an object");
    context_.client.log().SetRows(log_id, 1);
    return std::optional<Page>(Page{*std::move(document), root, true, ""});
  }
  const json::Value items = entity_.items.empty() ? root : root.Member(entity_.items);
  if (items.kind() != Kind::kArray && items.kind() != Kind::kNull) {
    return BadPage(request_, entity_.items.empty() ? "the answer is not a list" : "the answer has no list \"" + entity_.items + "\"");
  }
  context_.client.log().SetRows(log_id, static_cast<int64_t>(items.Size()));
  const Status status = entity_.answer == Answer::kOffset ? AdvanceOffset(root, items.Size(), page_hash) : TakeToken(root);
  if (!status.ok()) return status;
  return std::optional<Page>(Page{*std::move(document), items, false, ""});
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
    return BadPage(request_, "the server sent the same next_page_token twice; the rows would repeat for ever, so the scan stops");
  }
  has_more_ = true;
  return Status();
}

Result<std::optional<json::Document>> GetObject(const ScanContext& context, const ListRequest& request) {
  const ApiRequest api_request{context.table_name, request.path, request.params};
  Result<ApiResponse> response = context.client.Get(api_request, context.budget, context.cancellation);
  if (!response) return std::move(response).status();
  if (!response->found) return std::optional<json::Document>();
  Result<json::Document> document = ParseBody(request, std::move(response->body));
  if (!document) return std::move(document).status();
  if (document->root().kind() != Kind::kObject) return BadPage(request, "the answer is not an object");
  context.client.log().SetRows(response->log_id, 1);
  return std::optional<json::Document>(*std::move(document));
}

}  // namespace infusionsoft
