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

// Beyond any list.
constexpr std::string_view kFarOffset = "1000000000";

bool IsBelowRow(const Entity& entity) {
  return std::ranges::any_of(entity.columns,
                             [](const Column& column) { return column.role == ColumnRole::kPath && column.words.empty(); });
}

Status CheckRow(const Entity& entity, const ListRequest& request, json::Value object) {
  const Status status = RowShape(entity).Check(object);
  return status.ok() ? status : BadPage(request, status.message());
}

// What the documents show beside a list: counts, sums, other lists, and texts that are a token, a link or an id.
bool MayStandBesideList(std::string_view name, json::Value value) {
  switch (value.kind()) {
    case Kind::kString:
      return value.String().empty() || name == "next" || name == "previous" || name.ends_with("_token") ||
             name.ends_with("_id") || name == "count";
    case Kind::kBool:
    case Kind::kObject:
      return false;
    default:
      return true;
  }
}

// A server that leaves out what is empty may say null for it; one that has failed may, too, and says why beside it.
Status CheckNoList(const Entity& entity, const ListRequest& request, json::Value root) {
  if (entity.items.empty()) return BadPage(request, "the answer is null and not a list");
  for (size_t i = 0; i < root.Size(); ++i) {
    if (MayStandBesideList(root.MemberName(i), root.MemberValue(i))) continue;
    return BadPage(request, "the list \"" + entity.items + "\" is null beside \"" + std::string(root.MemberName(i)) +
                                "\": " + Excerpt(root.MemberValue(i).Text(), 100));
  }
  return Status();
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
    : entity_(entity), request_(std::move(request)), keep_(keep), offsets_(!entity.key.empty()), keys_(entity) {}

void Pager::UseWholePages(int page_size) {
  request_.page_size = page_size;
  request_.page_size_is_hint = false;
  if (entity_.answer == Answer::kOffset) return;
  tokens_ = TokenPages();
  keys_.BeginList();
  rows_ = 0;
}

ApiRequest::Accepts Pager::Accepts() const {
  return entity_.answer == Answer::kText ? ApiRequest::Accepts::kAnything : ApiRequest::Accepts::kJson;
}

FetchRequest Pager::NextRequest() const {
  FetchRequest request{.path = request_.path, .params = request_.params, .page = {}};
  if (request_.page_size > 0) request.params.emplace_back(PageSizeParameter(entity_), std::to_string(request_.page_size));
  tokens_.AddTo(request.page);
  offsets_.AddTo(request.page);
  request.accepts = Accepts();
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
  sent_ = NextRequest();
  has_more_ = false;
  Result<Fetched> fetched = Fetch(context, sent_, keep_);
  if (!fetched) return std::move(fetched).status();
  if (!fetched->answer->found) return EndWithoutList();
  ++page_number_;
  Result<std::optional<Page>> page = ReadPage(context, *std::move(fetched));
  if (page && page->has_value()) TeachSize(context, **page);
  return page;
}

Result<std::optional<Page>> Pager::ReadAgain(const ScanContext& context) const {
  ScanContext alone = context;
  alone.memory = nullptr;
  alone.recorder = nullptr;
  alone.ahead = nullptr;
  Result<Fetched> fetched = Fetch(alone, sent_, Keep::kNo);
  if (!fetched) return std::move(fetched).status();
  if (!fetched->answer->found) return std::optional<Page>();
  Result<Page> page = PageOf(std::move(fetched->answer));
  if (!page) return std::move(page).status();
  return std::optional<Page>(*std::move(page));
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
  if (Status status = keys_.Check(*page); !status.ok()) return BadPage(request_, status.message());
  rows_ += static_cast<int64_t>(page->size());
  return std::optional<Page>(*std::move(page));
}

// What fixed words of the path name is no parent.
Result<std::optional<Page>> Pager::EndWithoutList() {
  if (page_number_ > 0) {
    return BadPage(request_, "the server does not know a later page of this list (404); run the statement again");
  }
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
  if (Status status = keys_.Check(*page); !status.ok()) return BadPage(request_, status.message());
  if (keys_.MayBeRepeated() && !offset_is_known_) {
    if (Status status = CheckOffsetIsKnown(context); !status.ok()) return status;
  }
  const Result<bool> has_more = Advance(fetched.answer->document.root(), page->size());
  if (!has_more) return BadPage(request_, has_more.status().message());
  has_more_ = *has_more;
  if (has_more_ && context.sizes != nullptr) context.sizes->SawPageToken(http::PercentEncode(tokens_.token()).size());
  return std::optional<Page>(*std::move(page));
}

Result<bool> Pager::Advance(json::Value root, size_t rows) {
  if (entity_.answer == Answer::kOffset) return offsets_.Advance(root, rows, request_.page_size);
  const std::optional<int64_t> count = CountOf(root);
  if (entity_.answer == Answer::kArray && count && *count > static_cast<int64_t>(rows)) {
    return Status(StatusCode::kBadResponse, "the server counts " + std::to_string(*count) + " rows and sent " +
                                                std::to_string(rows) + ", and there is no way to ask for the others");
  }
  return tokens_.Advance(root, rows);
}

// Part of no list: neither copied nor sent ahead.
Status Pager::CheckOffsetIsKnown(const ScanContext& context) {
  FetchRequest request = NextRequest();
  request.page = {{"offset", std::string(kFarOffset)}};
  ScanContext alone = context;
  alone.recorder = nullptr;
  alone.ahead = nullptr;
  Result<Fetched> fetched = Fetch(alone, request, keep_);
  if (!fetched) return std::move(fetched).status();
  if (fetched->answer->found) {
    const Result<Page> page = PageOf(fetched->answer);
    if (!page) return page.status();
    if (page->size() > 0) {
      return BadPage(request_, "the server sent the same page twice; it does not know \"offset\", and the scan stops");
    }
  }
  offset_is_known_ = true;
  return Status();
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
  if (items.kind() == Kind::kNull) {
    if (Status status = CheckNoList(entity_, request_, root); !status.ok()) return status;
  }
  if (Status status = CheckRows(entity_, request_, items); !status.ok()) return status;
  return Page{std::move(answer), items, false};
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
