// SPDX-License-Identifier: MIT
#include "query/fetch.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <utility>

#include "base/text.h"
#include "query/copy_store.h"
#include "query/other_spelling.h"
#include "query/read_ahead.h"
#include "query/statement_memory.h"

namespace infusionsoft {
namespace {

// A JSON string, or else what came: HTML, or a file's bytes.
std::string TextOfBody(std::string&& body) {
  if (!body.starts_with('"')) return body;
  const Result<json::Document> document = json::Document::Parse(body);
  const bool is_text = document && document->root().kind() == json::Value::Kind::kString;
  return is_text ? std::string(document->root().String()) : std::move(body);
}

std::optional<OtherSpelling> OtherSpellingOf(const ScanContext& context, const FetchRequest& request) {
  if (context.spellings == nullptr || request.entity == nullptr) return std::nullopt;
  return Respell(*request.entity, request.params);
}

ApiRequest MakeApiRequest(const ScanContext& context, const FetchRequest& request, http::QueryParams params) {
  ApiRequest api_request{context.table_name, request.path, std::move(params), request.accepts};
  api_request.params.insert(api_request.params.end(), request.page.begin(), request.page.end());
  return api_request;
}

// How many of the properties that `other` names are missing from every row; nothing where the response does not show it.
std::optional<size_t> MissingFrom(const FetchRequest& request, const OtherSpelling& other, const ApiResponse& response) {
  if (!response.found) return std::nullopt;
  const Result<json::Document> document = json::Document::Parse(response.body);
  return document ? CountMissing(*request.entity, other.fields, document->root()) : std::nullopt;
}

Result<ApiResponse> Send(const ScanContext& context, const FetchRequest& request) {
  if (context.ahead != nullptr) {
    if (auto answer = context.ahead->Take(FetchKey(context, request))) return *std::move(answer);
  }
  return context.client.Get(ToApiRequest(context, request), context.budget, context.cancellation);
}

// The same, and once in a session in the other spelling, where the first one did not give what was asked for.
Result<ApiResponse> SendSpelled(const ScanContext& context, const FetchRequest& request) {
  Result<ApiResponse> first = Send(context, request);
  const std::optional<OtherSpelling> other = OtherSpellingOf(context, request);
  if (!other || context.spellings->Find(other->name) != Spellings::Choice::kOpen) return first;
  if (!first && first.status().code() != StatusCode::kBadResponse) return first;
  const std::optional<size_t> missing = first ? MissingFrom(request, *other, *first) : other->fields.size() + 1;
  if (!missing) return first;  // without a row there is nothing to learn
  if (*missing == 0) {
    context.spellings->Keep(other->name, Spellings::Choice::kFirst);
    return first;
  }
  Result<ApiResponse> second =
      context.client.Get(MakeApiRequest(context, request, other->params), context.budget, context.cancellation);
  if (!second && second.status().code() != StatusCode::kBadResponse) return first;
  const bool is_better = second && MissingFrom(request, *other, *second).value_or(other->fields.size()) < *missing;
  context.spellings->Keep(other->name, is_better ? Spellings::Choice::kSecond : Spellings::Choice::kFirst);
  return is_better ? std::move(second) : std::move(first);
}

}  // namespace

Result<std::shared_ptr<const ApiAnswer>> ReadAnswer(const FetchRequest& request, ApiResponse response,
                                                    const Cancellation& cancellation) {
  auto answer = std::make_shared<ApiAnswer>();
  answer->found = response.found;
  if (!response.found) return std::shared_ptr<const ApiAnswer>(std::move(answer));
  if (request.accepts == ApiRequest::Accepts::kAnything) {
    answer->text = TextOfBody(std::move(response.body));
    return std::shared_ptr<const ApiAnswer>(std::move(answer));
  }
  Result<json::Document> document = json::Document::Parse(std::move(response.body), {.cancellation = cancellation});
  if (document.status().code() == StatusCode::kInterrupted) return document.status();
  if (document.status().code() == StatusCode::kLimitExceeded) {
    return Status(StatusCode::kLimitExceeded,
                  "GET " + request.path + ": the response is too large: " + document.status().message());
  }
  if (!document) {
    return Status(StatusCode::kBadResponse,
                  "GET " + request.path + ": the answer is not JSON: " + document.status().message());
  }
  answer->document = *std::move(document);
  return std::shared_ptr<const ApiAnswer>(std::move(answer));
}

// Two accounts may be asked for the same path in one statement.
std::string ListKey(const ScanContext& context, const std::string& path, const http::QueryParams& params) {
  return std::to_string(reinterpret_cast<uintptr_t>(&context.client)) + " " + path + "?" + http::EncodeQuery(params);
}

std::string FetchKey(const ScanContext& context, const FetchRequest& request) {
  return ListKey(context, request.path, request.params) + " " + http::EncodeQuery(request.page);
}

ApiRequest ToApiRequest(const ScanContext& context, const FetchRequest& request) {
  std::optional<OtherSpelling> other = OtherSpellingOf(context, request);
  const bool is_other = other && context.spellings->Find(other->name) == Spellings::Choice::kSecond;
  return MakeApiRequest(context, request, is_other ? std::move(other->params) : request.params);
}

bool IsRemembered(const ScanContext& context, const FetchRequest& request) {
  return context.memory != nullptr && context.memory->answers().Find(ListKey(context, request.path, request.params),
                                                                     http::EncodeQuery(request.page)) != nullptr;
}

Result<Fetched> Fetch(const ScanContext& context, const FetchRequest& request, Keep keep) {
  assert(context.copies == nullptr);
  std::string list;
  std::string page;
  if (context.memory != nullptr) {
    list = ListKey(context, request.path, request.params);
    page = http::EncodeQuery(request.page);
    if (auto known = context.memory->answers().Find(list, page)) return Fetched{std::move(known), false, 0};
  }
  Result<ApiResponse> response = SendSpelled(context, request);
  if (!response) return std::move(response).status();
  const int64_t log_id = response->log_id;
  if (context.recorder != nullptr) {
    if (Status status = context.recorder->Add(response->found, response->body); !status.ok()) return status;
  }
  Result<std::shared_ptr<const ApiAnswer>> answer = ReadAnswer(request, *std::move(response), context.cancellation);
  if (!answer) return std::move(answer).status();
  if (context.memory != nullptr && keep == Keep::kYes) context.memory->answers().Insert(list, page, *answer);
  return Fetched{*std::move(answer), true, log_id};
}

}  // namespace infusionsoft
