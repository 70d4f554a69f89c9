// SPDX-License-Identifier: MIT
#include "query/fetch.h"

#include <cassert>
#include <cstdint>
#include <utility>

#include "base/text.h"
#include "query/copy_store.h"
#include "query/read_ahead.h"
#include "query/statement_memory.h"

namespace infusionsoft {
namespace {

// A JSON string, or else what came: HTML, or a file's bytes.
std::string TextOfBody(const std::string& body) {
  if (!body.starts_with('"')) return body;
  const Result<json::Document> document = json::Document::Parse(body);
  const bool is_text = document && document->root().kind() == json::Value::Kind::kString;
  return is_text ? std::string(document->root().String()) : body;
}

Result<ApiResponse> Send(const ScanContext& context, const FetchRequest& request) {
  if (context.ahead != nullptr) {
    if (auto answer = context.ahead->Take(FetchKey(context, request))) return *std::move(answer);
  }
  return context.client.Get(ToApiRequest(context, request), context.budget, context.cancellation);
}

}  // namespace

Result<std::shared_ptr<const ApiAnswer>> ReadAnswer(const FetchRequest& request, ApiResponse response) {
  auto answer = std::make_shared<ApiAnswer>();
  answer->found = response.found;
  if (!response.found) return std::shared_ptr<const ApiAnswer>(std::move(answer));
  if (request.accepts == ApiRequest::Accepts::kAnything) {
    answer->text = TextOfBody(response.body);
    return std::shared_ptr<const ApiAnswer>(std::move(answer));
  }
  if (request.hashes_body) answer->body_hash = StableHash64(response.body);
  Result<json::Document> document = json::Document::Parse(std::move(response.body));
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
  ApiRequest api_request{context.table_name, request.path, request.params, request.accepts};
  api_request.params.insert(api_request.params.end(), request.page.begin(), request.page.end());
  return api_request;
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
  Result<ApiResponse> response = Send(context, request);
  if (!response) return std::move(response).status();
  const int64_t log_id = response->log_id;
  if (context.recorder != nullptr) {
    if (Status status = context.recorder->Add(response->found, response->body); !status.ok()) return status;
  }
  Result<std::shared_ptr<const ApiAnswer>> answer = ReadAnswer(request, *std::move(response));
  if (!answer) return std::move(answer).status();
  if (context.memory != nullptr && keep == Keep::kYes) context.memory->answers().Insert(list, page, *answer);
  return Fetched{*std::move(answer), true, log_id};
}

}  // namespace infusionsoft
