// SPDX-License-Identifier: MIT
// ApiClient: the only caller of the transport for API requests: authorise, pace, send, retry, log.
//
// Source: KEAP_FACTS sections 2 (limits) and 3 (errors). Threads: Get may be called from several threads at once.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "api/quota.h"
#include "api/request_log.h"
#include "api/retry_policy.h"
#include "auth/connection_options.h"
#include "auth/credentials.h"
#include "base/cancellation.h"
#include "base/clock.h"
#include "base/status.h"
#include "http/transport.h"
#include "http/url.h"

namespace infusionsoft {

// The longest request line that the API's gateway takes: method, address, version and line end.
inline constexpr size_t kMaxRequestLine = 7168;

struct ApiRequest {
  std::string table_name;    // for messages and the log: "infusionsoft_contacts"
  std::string path;          // "/v2/contacts", encoded
  http::QueryParams params;  // not encoded
  enum class Accepts { kJson, kAnything };
  Accepts accepts = Accepts::kJson;
};

struct ApiResponse {
  bool found = true;   // false: the API's own 404, and there is no body. On a list without a parent that is an error
  std::string body;    // not parsed yet; where JSON is asked for, not empty, and JSON by its Content-Type
  int64_t log_id = 0;  // for RequestLog::SetRows
  std::string tenant{};  // the account, as the gateway names it in a header; may be empty
};

// What one SQL statement may spend: requests (MaxRequests) and time (QueryTimeout). It belongs to the thread of the
// statement; only requests that are under way at once count in it from several.
struct RequestBudget {
  int64_t statement = 0;                   // its number in the process, for the log; 0 = no statement of a person's
  std::atomic<int64_t> sent = 0;
  int64_t max = 0;                         // 0 = no bound
  std::chrono::milliseconds max_time{0};   // 0 = no bound
  std::optional<MonotonicTime> started{};  // when the time was first bounded

  // For the next statement.
  void Reset(int64_t next_statement);
  bool IsSpent() const { return max > 0 && sent >= max; }
  bool IsOver(MonotonicTime now) const { return max_time.count() > 0 && started && now >= *started + max_time; }
  // Takes what `options` bound more narrowly than is bounded so far; the time counts from the first bound.
  void Bound(const ConnectionOptions& options, Clock& clock);
};

class ApiClient {
 public:
  // All references outlive this object. `base_url` has no trailing slash.
  ApiClient(std::string base_url, http::HttpTransport& transport, Credentials& credentials, Clock& clock,
            RequestLog& log, RetryPolicy policy = {});

  // One GET, sent again after a 401 (once, with a fresh token), after 429 (Retry-After honoured), 5xx and lost
  // connections (back-off with jitter, bounded). 404 is an answer; any other failure is a Status whose message has the
  // request path, the API's own words and what to do (the caller adds the table), and no secret. Every attempt counts
  // against `budget` and stands in the log. kLimitExceeded when the budget is spent: nothing is sent or waited for after
  // its time, nor a request line above kMaxRequestLine. Nothing is sent, and it does not wait, while the day's allowance is
  // used up.
  Result<ApiResponse> Get(const ApiRequest& request, RequestBudget& budget, const Cancellation& cancellation);

  RequestLog& log() { return log_; }
  const Quota& quota() const { return quota_; }
  // Whether the server has answered any request with JSON. Until then a 404 may be that of some other server.
  bool has_answered() const { return has_answered_; }

 private:
  class Call;

  std::string base_url_;
  http::HttpTransport& transport_;
  Credentials& credentials_;
  Clock& clock_;
  RequestLog& log_;
  RetryPolicy policy_;
  Quota quota_;
  std::atomic<bool> has_answered_ = false;
};

}  // namespace infusionsoft
