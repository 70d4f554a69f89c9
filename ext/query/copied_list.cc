// SPDX-License-Identifier: MIT
#include "query/copied_list.h"

#include <optional>
#include <utility>

#include "api/api_error.h"
#include "query/statement_memory.h"

namespace infusionsoft {
namespace {

CopyKey KeyOf(const LocalCopies& copies, const std::optional<std::string>& grant, const ListRequest& request) {
  const std::string query = http::EncodeQuery(request.params);
  return {copies.owner, grant.value_or(""), request.path + (query.empty() ? "" : "?" + query)};
}

void LogCopy(const ScanContext& context, const CopyInfo& copy, std::string_view event) {
  constexpr int kWithRequests = 2;
  context.copies->log.Write(
      {.module = LogModule::kQuery, .verbosity = kWithRequests}, context.table_name, [&](LogLine& line) {
        line.Add("copy", event).Add("request", ReadableRequest(copy)).Add("age_ms", context.copies->AgeOf(copy).count());
        line.Add("pages", copy.pages).Add("bytes", copy.bytes);
      });
}

Status NoCopy(const ListRequest& request) {
  return InvalidArgument("Offline=true, and there is no local copy of " + RequestText(request.path) +
                         "; connect with AutoCache=true instead, and read the table once");
}

// The older copy is not read unasked: who wants old data rather than none says so. Offline=true would not read that of
// whoever was signed in before.
Status WithOlderCopy(const LocalCopies& copies, const std::optional<std::string>& grant, std::chrono::milliseconds age,
                     const Status& failure) {
  const std::optional<std::string> used = copies.grant_in_use();
  if (used && used != grant) return failure;
  if (failure.code() == StatusCode::kInterrupted || failure.code() == StatusCode::kOutOfMemory) return failure;
  return Status(failure.code(), failure.message() + "; there is a local copy of " + std::to_string(age.count() / 1000) +
                                    " seconds ago, which Offline=true reads");
}

// `grant` is whose data was asked for when the download began. Its first request may sign in, where nobody has yet. The key
// under which the copy is kept.
Result<CopyKey> MakeCopy(const ScanContext& context, const std::optional<std::string>& grant, const ListRequest& request,
                         const CopiedList::Download& download) {
  const WallTime started = context.copies->clock.Now();
  Result<std::unique_ptr<CopyWriter>> writer = context.copies->store->Make(context.table_name);
  if (!writer) return std::move(writer).status();
  ScanContext plain = context;
  plain.memory = nullptr;
  plain.copies = nullptr;
  plain.recorder = writer->get();
  if (Status status = download(plain); !status.ok()) return status;
  const std::optional<std::string> used = context.copies->grant_in_use();
  if (grant && used != grant) {
    return Status(StatusCode::kUnavailable, "somebody signed in while " + RequestText(request.path) +
                                                " was copied, so whose data it is cannot be said; run the statement again");
  }
  CopyKey key = KeyOf(*context.copies, used, request);
  if (Status status = (*writer)->Publish(key, started); !status.ok()) return status;
  return key;
}

}  // namespace

std::string ReadableRequest(const CopyInfo& copy) {
  const Result<std::string> text = http::PercentDecode(copy.request);
  return RequestText(text ? *text : copy.request);
}

Result<CopiedList> CopiedList::Open(const ScanContext& context, const ListRequest& request, const Download& download) {
  const Result<std::optional<std::string>> grant = context.copies->grant();
  if (!grant) return grant.status();
  const std::shared_ptr<CopyStore>& store = context.copies->store;
  CopyKey key = KeyOf(*context.copies, *grant, request);
  StatementCopies of_this_scan;
  StatementCopies& versions = context.memory != nullptr ? context.memory->copies() : of_this_scan;
  Result<FoundCopy> copy = versions.Find(store, key);
  if (!copy) return std::move(copy).status();
  const bool is_known = copy->reader != nullptr;
  const bool was_taken = versions.HasTaken(store, key);
  if (!is_known && context.copies->offline) return NoCopy(request);
  if (!is_known || (!was_taken && !context.copies->IsUsable(copy->reader->info()))) {
    const std::chrono::milliseconds age =
        is_known ? context.copies->AgeOf(copy->reader->info()) : std::chrono::milliseconds(0);
    *copy = FoundCopy();  // a download may take long
    Result<CopyKey> made = MakeCopy(context, *grant, request, download);
    if (!made) return is_known ? WithOlderCopy(*context.copies, *grant, age, made.status()) : std::move(made).status();
    key = *std::move(made);
    copy = versions.Find(store, key);
    if (!copy) return std::move(copy).status();
    if (copy->reader == nullptr)
      return Status(StatusCode::kUnavailable, "the local copy was deleted while it was made; try again");
    LogCopy(context, copy->reader->info(), "made");
  } else if (!was_taken) {
    LogCopy(context, copy->reader->info(), "used");
  }
  versions.Take(store, key, copy->snapshot);
  std::string memory_key =
      "copy " + std::to_string(copy->reader->info().id) + " " + ListKey(context, request.path, request.params);
  return CopiedList(request.path, std::move(memory_key), std::move(copy->reader));
}

bool CopiedList::IsThere(const LocalCopies& copies, const ListRequest& request, StatementMemory* memory) {
  const Result<std::optional<std::string>> grant = copies.grant();
  if (!grant) return false;
  const CopyKey key = KeyOf(copies, *grant, request);
  const StatementCopies none;
  const StatementCopies& versions = memory != nullptr ? memory->copies() : none;
  const Result<FoundCopy> found = versions.Find(copies.store, key);
  if (!found || found->reader == nullptr) return false;
  return copies.IsUsable(found->reader->info()) || versions.HasTaken(copies.store, key);
}

Result<std::shared_ptr<const ApiAnswer>> CopiedList::Next(const ScanContext& context, ApiRequest::Accepts accepts,
                                                          Keep keep) {
  const std::string page = std::to_string(next_page_);
  if (context.memory != nullptr) {
    if (auto known = context.memory->answers().Find(memory_key_, page)) {
      ++next_page_;
      return known;
    }
  }
  Result<CopiedAnswer> copied = reader_->Read(next_page_++);
  if (!copied) return std::move(copied).status();
  auto answer = ReadAnswer({.path = path_, .params = {}, .page = {}, .accepts = accepts},
                           {.found = copied->found, .body = std::move(copied->body)}, context.cancellation);
  if (answer && context.memory != nullptr && keep == Keep::kYes)
    context.memory->answers().Insert(memory_key_, page, *answer);
  return answer;
}

}  // namespace infusionsoft
