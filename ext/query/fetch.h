// SPDX-License-Identifier: MIT
// Fetch: the answer to one request, from what the statement remembers or from the API.
#pragma once

#include <memory>
#include <string>

#include "api/api_client.h"
#include "api/list_sizes.h"
#include "api/spellings.h"
#include "base/cancellation.h"
#include "base/status.h"
#include "http/url.h"
#include "profile/profile.h"
#include "query/answer_cache.h"

namespace infusionsoft {

class CopyWriter;
class ReadAhead;
struct LocalCopies;
class StatementMemory;

// What a scan sends its requests through. All references outlive the scan; used by one thread.
struct ScanContext {
  ApiClient& client;
  RequestBudget& budget;
  Cancellation cancellation;
  std::string table_name;             // for messages and the log
  StatementMemory* memory = nullptr;  // null: nothing is remembered
  ListSizes* sizes = nullptr;         // null: nothing is learned for estimates
  // Lists and objects are read from their local copies; null: all is asked for.
  const LocalCopies* copies = nullptr;
  CopyWriter* recorder = nullptr;  // gets every answer as it came; null: none does
  ReadAhead* ahead = nullptr;      // what was sent for before it was needed; null: nothing was
  Spellings* spellings = nullptr;  // which spelling of a request the server takes; null: the first one is sent
};

// One request, without and with what asks for a further page of its list.
struct FetchRequest {
  std::string path;
  http::QueryParams params;
  http::QueryParams page;  // page_token or offset; empty for the first page
  ApiRequest::Accepts accepts = ApiRequest::Accepts::kJson;
  const Entity* entity = nullptr;  // whose request it is, where it may be spelled otherwise; outlives this object
};

struct Fetched {
  std::shared_ptr<const ApiAnswer> answer;
  bool was_sent = false;  // false: it was remembered
  int64_t log_id = 0;     // of a request that was sent, for RequestLog::SetRows
};

enum class Keep { kYes, kNo };

// The answer that a response makes. `response` is of `request`.
Result<std::shared_ptr<const ApiAnswer>> ReadAnswer(const FetchRequest& request, ApiResponse response,
                                                    const Cancellation& cancellation);

// What tells a list from others, of other accounts too, in the memory of a statement.
std::string ListKey(const ScanContext& context, const std::string& path, const http::QueryParams& params);

// What tells a request from all others.
std::string FetchKey(const ScanContext& context, const FetchRequest& request);
ApiRequest ToApiRequest(const ScanContext& context, const FetchRequest& request);

// `context.copies` is null: what is copied is read by copied_list.h. Errors are those of ApiClient::Get, and kBadResponse
// for an answer that is not JSON where JSON is asked for. Whatever fails is not remembered.
Result<Fetched> Fetch(const ScanContext& context, const FetchRequest& request, Keep keep);

// Whether Fetch would send nothing.
bool IsRemembered(const ScanContext& context, const FetchRequest& request);

}  // namespace infusionsoft
