// SPDX-License-Identifier: MIT
#include "query/pager.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "http/url.h"
#include "query/row_shape.h"

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

Status CheckRow(const Entity& entity, const ListRequest& request, json::Value object) {
  const Status status = RowShape(entity).Check(object);
  return status.ok() ? status : BadPage(request, status.message());
}

Status CheckRows(const Entity& entity, const ListRequest& request, json::Value items) {
  const RowShape shape(entity);
  for (size_t i = 0; i < items.Size(); ++i) {
    if (Status status = shape.Check(items.At(i)); !status.ok()) return BadPage(request, status.message());
  }
  return Status();
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

ApiRequest::Accepts Pager::Accepts() const {
  return entity_.answer == Answer::kText ? ApiRequest::Accepts::kAnything : ApiRequest::Accepts::kJson;
}

FetchRequest Pager::NextRequest() const {
  FetchRequest request{.path = request_.path, .params = request_.params, .page = {}};
  if (request_.page_size > 0) request.params.emplace_back(PageSizeParameter(entity_), std::to_string(request_.page_size));
  if (!token_.empty()) request.page.emplace_back("page_token", token_);
  if (offset_ > 0) request.page.emplace_back("offset", std::to_string(offset_));
  request.accepts = Accepts();
  request.hashes_body = entity_.answer == Answer::kOffset;
  request.entity = &entity_;
  return request;
}

bool Pager::NextIsRemembered(const ScanContext& context) const {
  if (!has_more_) return false;
  if (context.copies == nullptr) return IsRemembered(context, NextRequest());
  return copy_ || CopiedList::IsThere(*context.copies, request_, context.memory);
}

Result<std::optional<Page>> Pager::Next(const ScanContext& context) {
  if (!has_more_) return std::optional<Page>();
  if (context.copies != nullptr) return NextOfCopy(context);
  const FetchRequest request = NextRequest();
  has_more_ = false;
  Result<Fetched> fetched = Fetch(context, request, keep_);
  if (!fetched) return std::move(fetched).status();
  if (!fetched->answer->found) return EndWithoutList();
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

// The copy has the pages one after another, whatever it took to ask for them.
Result<std::optional<Page>> Pager::NextOfCopy(const ScanContext& context) {
  has_more_ = false;
  if (!copy_) {
    Result<CopiedList> opened = CopiedList::Open(context, request_, [this](const ScanContext& plain) {
      Pager pages(entity_, request_, Keep::kNo);
      while (pages.has_more()) {
        if (const auto page = pages.Next(plain); !page) return page.status();
      }
      return Status();
    });
    if (!opened) return std::move(opened).status();
    copy_ = *std::move(opened);
  }
  auto answer = copy_->Next(context, Accepts(), keep_);
  if (!answer) return std::move(answer).status();
  if (!(*answer)->found) return EndWithoutList();
  ++page_number_;
  has_more_ = copy_->has_more();
  if (!has_more_) copy_.reset();
  Result<Page> page = PageOf(*std::move(answer));
  if (!page) return std::move(page).status();
  return std::optional<Page>(*std::move(page));
}

// Below a parent: the parent does not exist, so it has no rows. Otherwise the list itself is missing; what fixed words of
// the path name is no parent.
Result<std::optional<Page>> Pager::EndWithoutList() {
  parent_is_missing_ = IsBelowRow(entity_);
  if (parent_is_missing_) return std::optional<Page>();
  return BadPage(request_, "the server does not know this list (404); check the URL property");
}

Result<std::optional<Page>> Pager::ReadPage(const ScanContext& context, Fetched fetched) {
  Result<Page> page = PageOf(fetched.answer);
  if (!page) return std::move(page).status();
  page->was_sent = fetched.was_sent;
  if (fetched.was_sent) context.client.log().SetRows(fetched.log_id, static_cast<int64_t>(page->size()));
  if (entity_.IsSingle()) return std::optional<Page>(*std::move(page));
  const json::Value root = fetched.answer->document.root();
  const Status status =
      entity_.answer == Answer::kOffset ? AdvanceOffset(root, page->size(), fetched.answer->body_hash) : TakeToken(root);
  if (!status.ok()) return status;
  return std::optional<Page>(*std::move(page));
}

Result<Page> Pager::PageOf(std::shared_ptr<const ApiAnswer> answer) const {
  if (entity_.answer == Answer::kText) return Page{std::move(answer), json::Value(), true};
  const json::Value root = answer->document.root();
  if (entity_.answer == Answer::kObject) {
    if (Status status = CheckRow(entity_, request_, root); !status.ok()) return status;
    return Page{std::move(answer), root, true};
  }
  const json::Value items = entity_.items.empty() ? root : root.Member(entity_.items);
  if (items.kind() != Kind::kArray && items.kind() != Kind::kNull) {
    return BadPage(request_,
                   entity_.items.empty() ? "the answer is not a list" : "the answer has no list \"" + entity_.items + "\"");
  }
  if (Status status = CheckRows(entity_, request_, items); !status.ok()) return status;
  return Page{std::move(answer), items, false};
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

FetchRequest ObjectRequest(const Entity& entity, const ListRequest& request) {
  return {.path = request.path, .params = request.params, .page = {}, .entity = &entity};
}

namespace {

Result<Fetched> FetchObject(const ScanContext& context, const Entity& entity, const ListRequest& request) {
  if (context.copies == nullptr) {
    return Fetch(context, ObjectRequest(entity, request), Keep::kYes);
  }
  const auto download = [&](const ScanContext& plain) { return GetObject(plain, entity, request).status(); };
  Result<CopiedList> copy = CopiedList::Open(context, request, download);
  if (!copy) return std::move(copy).status();
  auto answer = copy->Next(context, ApiRequest::Accepts::kJson, Keep::kYes);
  if (!answer) return std::move(answer).status();
  return Fetched{*std::move(answer)};
}

}  // namespace

Result<Fetched> GetObject(const ScanContext& context, const Entity& entity, const ListRequest& request) {
  Result<Fetched> fetched = FetchObject(context, entity, request);
  if (!fetched || !fetched->answer->found) return fetched;
  if (Status status = CheckRow(entity, request, fetched->answer->document.root()); !status.ok()) return status;
  if (fetched->was_sent) context.client.log().SetRows(fetched->log_id, 1);
  return fetched;
}

}  // namespace infusionsoft
