// SPDX-License-Identifier: MIT
#include "api/api_client.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "api/api_error.h"
#include "api/query_deadline.h"
#include "auth/scrub.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/time.h"

namespace infusionsoft {
namespace {

using std::chrono::milliseconds;

// What one attempt brought.
struct Outcome {
  Verdict verdict = Verdict::kRefused;
  ApiResponse answer;   // kAnswer, kMissing
  Explanation failure;  // otherwise
  std::optional<milliseconds> retry_after;
  bool application_disabled = false;
};

std::string QueryText(const http::QueryParams& params) {
  std::string text;
  for (const auto& [name, value] : params) {
    if (!text.empty()) text += '&';
    text.append(name).append("=").append(value);
  }
  return text;
}

std::string ParamNames(const http::QueryParams& params) {
  std::string names;
  for (const auto& param : params) {
    if (!names.empty()) names += ", ";
    names += param.first;
  }
  return names;
}

std::string TimeText(WallTime time) { return FormatTimestamp(Timestamp{time.time_since_epoch().count()}); }

}  // namespace

// One call of Get: what it has spent and learnt so far.
class ApiClient::Call {
 public:
  Call(ApiClient& client, const ApiRequest& request, RequestBudget& budget, const Cancellation& cancellation)
      : client_(client), request_(request), budget_(budget), cancellation_(cancellation) {}

  Result<ApiResponse> Run();
  // Why the next attempt is waited for, or was when Run was cancelled; "" otherwise.
  const std::string& waits_for() const { return waits_for_; }

 private:
  Status CheckBudget() const;
  Status CheckLength() const;
  Status Authorise();
  void Use(Secret token);
  Status Pace(milliseconds at_least);
  void LogWait(milliseconds wait);
  RequestRecord NewRecord() const;
  Outcome Send();
  bool AcceptsAnything() const { return request_.accepts == ApiRequest::Accepts::kAnything; }
  std::string Address() const;
  http::HttpRequest BuildRequest() const;
  Outcome Receive(http::HttpResponse response, RequestRecord& record);
  Outcome Lose(const Status& status, RequestRecord& record) const;
  Status ReplaceToken(const Outcome& refused);
  // How long to wait before the next attempt, or the error to give up with.
  Result<milliseconds> AfterFailure(const Outcome& outcome) const;

  ApiClient& client_;
  const ApiRequest& request_;
  RequestBudget& budget_;
  const Cancellation cancellation_;
  int attempt_ = 0;
  MonotonicTime started_at_{};  // of the first attempt: a person's sign-in before it may take minutes
  bool token_replaced_ = false;
  std::string waits_for_;
  std::optional<Secret> token_;  // or key, or password: in use
  std::vector<Secret> secrets_;  // all that this call has used, as they travel
};

Result<ApiResponse> ApiClient::Call::Run() {
  if (Status status = CheckLength(); !status.ok()) return status;
  milliseconds wait{0};
  while (true) {
    if (Status status = CheckBudget(); !status.ok()) return status;
    if (Status status = Authorise(); !status.ok()) return status;
    if (Status status = Pace(wait); !status.ok()) return status;
    Outcome outcome = Send();
    switch (outcome.verdict) {
      case Verdict::kAnswer:
      case Verdict::kMissing:
        return std::move(outcome.answer);
      case Verdict::kTokenRefused: {
        if (Status status = ReplaceToken(outcome); !status.ok()) return status;
        wait = milliseconds(0);
        break;
      }
      case Verdict::kThrottled:
      case Verdict::kServerFailed: {
        const Result<milliseconds> next = AfterFailure(outcome);
        if (!next) return next.status();
        wait = *next;
        waits_for_ = "the last attempt failed (" + outcome.failure.what + ")";
        break;
      }
      case Verdict::kRefused:
        return outcome.failure.ToStatus();
    }
  }
}

// First of all, so that nobody waits for a request that will not be sent.
Status ApiClient::Call::CheckBudget() const {
  if (!budget_.IsSpent()) return Status();
  return Status(StatusCode::kLimitExceeded, RequestText(request_.path) +
                                                " was not sent: MaxRequests=" + std::to_string(budget_.max) +
                                                " and the statement has sent " + std::to_string(budget_.sent) +
                                                " requests; narrow the statement or raise MaxRequests");
}

// A failure to get a token is not tried again here: it may have opened a browser, and a refresh token that was sent
// once must not be sent twice.
Status ApiClient::Call::Authorise() {
  if (token_) return Status();
  Result<Secret> token = client_.credentials_.AccessToken(cancellation_);
  if (!token) return std::move(token).status();
  Use(*std::move(token));
  return Status();
}

void ApiClient::Call::Use(Secret token) {
  const std::vector<Secret> forms = client_.credentials_.WireForms(token);
  secrets_.insert(secrets_.end(), forms.begin(), forms.end());
  token_ = std::move(token);
}

Status ApiClient::Call::Pace(milliseconds at_least) {
  if (cancellation_.Requested()) return Status(StatusCode::kInterrupted, "interrupted");
  const MonotonicTime now = client_.clock_.Monotonic();
  if (const auto until = client_.quota_.DayUsedUpUntil(now)) {
    return Status(StatusCode::kLimitExceeded, RequestText(request_.path) +
                                                  " was not sent: " + client_.quota_.UsedUp(now) +
                                                  " are used up until " + TimeText(*until) + "; try again then");
  }
  const milliseconds for_quota = client_.quota_.Delay(now);
  const milliseconds wait = std::max(at_least, for_quota);
  if (wait.count() == 0) return Status();
  if (for_quota.count() > 0) waits_for_ = client_.quota_.UsedUp(now) + " are used up";
  if (for_quota >= std::chrono::seconds(1)) LogWait(wait);
  if (Status status = client_.clock_.Sleep(wait, cancellation_); !status.ok()) return status;
  waits_for_.clear();
  return Status();
}

// Shown while it lasts: people would take it for a hang.
void ApiClient::Call::LogWait(milliseconds wait) {
  RequestRecord record = NewRecord();
  record.attempt = attempt_ + 1;
  record.ms = wait.count();
  record.error = "waits until " + TimeText(record.time + wait) + ": " + waits_for_;
  client_.log_.Add(std::move(record));
}

RequestRecord ApiClient::Call::NewRecord() const {
  RequestRecord record;
  record.time = client_.clock_.Now();
  record.statement = budget_.statement;
  record.table_name = request_.table_name;
  record.path = request_.path;
  record.query = QueryText(request_.params);
  return record;
}

std::string ApiClient::Call::Address() const {
  const std::string query = http::EncodeQuery(request_.params);
  return client_.base_url_ + request_.path + (query.empty() ? "" : "?" + query);
}

// The gateway answers a longer one with a 414, or with none.
Status ApiClient::Call::CheckLength() const {
  const std::string address = Address();
  const size_t host = address.find("://");
  const size_t path = host == std::string::npos ? 0 : std::min(address.find('/', host + 3), address.size());
  const size_t line = std::string_view("GET  HTTP/1.1\r\n").size() + address.size() - path;
  if (line <= kMaxRequestLine) return Status();
  const bool has_token = !http::FindParam(request_.params, "page_token").empty();
  return Status(StatusCode::kLimitExceeded,
                RequestText(request_.path) + " was not sent: its request line has " + std::to_string(line) +
                    " bytes, and the API's gateway takes " + std::to_string(kMaxRequestLine) + ". " +
                    (has_token ? "The page token is longer than any before: run the statement again, and fewer values of its "
                                 "IN lists are sent at once"
                               : "Compare with shorter values"));
}

http::HttpRequest ApiClient::Call::BuildRequest() const {
  http::HttpRequest request;
  request.url = Address();
  request.headers = {{"Accept", AcceptsAnything() ? "*/*" : "application/json"}};
  client_.credentials_.Sign(*token_, request);
  return request;
}

Outcome ApiClient::Call::Send() {
  ++attempt_;
  ++budget_.sent;
  RequestRecord record = NewRecord();
  record.method = "GET";
  record.attempt = attempt_;
  const MonotonicTime sent_at = client_.clock_.Monotonic();
  if (attempt_ == 1) started_at_ = sent_at;
  const http::HttpRequest request = BuildRequest();
  client_.log_.Sending(request_.table_name, request);
  Result<http::HttpResponse> response = client_.transport_.Send(request, cancellation_);
  record.ms = (client_.clock_.Monotonic() - sent_at).count();
  if (response) client_.log_.Received(request_.table_name, *response);
  Outcome outcome = response ? Receive(*std::move(response), record) : Lose(response.status(), record);
  outcome.answer.log_id = client_.log_.Add(std::move(record));
  return outcome;
}

Outcome ApiClient::Call::Receive(http::HttpResponse response, RequestRecord& record) {
  const MonotonicTime now = client_.clock_.Monotonic();
  const WallTime wall_now = client_.clock_.Now();
  client_.quota_.Update(response, now, wall_now);
  record.status = response.status;
  record.bytes = response.wire_bytes;
  Outcome outcome;
  if (IsAnswer(response) || (AcceptsAnything() && response.status == 200)) {
    outcome.verdict = Verdict::kAnswer;
    if (IsAnswer(response)) client_.has_answered_ = true;
    constexpr size_t kLongestTenant = 100;
    outcome.answer.tenant = Excerpt(Trim(response.Header("x-keap-tenant-id")), kLongestTenant);
    outcome.answer.body = std::move(response.body);
    return outcome;
  }
  const ApiError error = ReadApiError(response, secrets_);
  record.error = error.words;
  outcome.verdict = Judge(response, error);
  outcome.answer.found = false;
  if (outcome.verdict == Verdict::kMissing) return outcome;
  const std::string param_names = ParamNames(request_.params);
  outcome.failure = Explain(response, error, {request_.path, param_names}, client_.quota_.UsedUp(now));
  outcome.retry_after = ReadRetryAfter(response, wall_now);
  outcome.application_disabled = IsApplicationDisabled(error);
  return outcome;
}

Outcome ApiClient::Call::Lose(const Status& status, RequestRecord& record) const {
  record.error = Scrub(status.message(), secrets_);
  Outcome outcome;
  outcome.verdict = status.code() == StatusCode::kUnavailable ? Verdict::kServerFailed : Verdict::kRefused;
  outcome.failure = {status.code(), RequestText(request_.path) + ": " + record.error, ""};
  return outcome;
}

Status ApiClient::Call::ReplaceToken(const Outcome& refused) {
  if (token_replaced_ || attempt_ >= client_.policy_.max_attempts) return refused.failure.ToStatus();
  token_replaced_ = true;
  Result<Secret> token = client_.credentials_.ReplaceRejected(*token_, cancellation_);
  if (token) {
    Use(*std::move(token));
    return Status();
  }
  if (token.status().code() == StatusCode::kInterrupted) return std::move(token).status();
  if (refused.application_disabled) return refused.failure.ToStatus();
  // The credentials know what the user can do about it.
  return Explanation{token.status().code(), refused.failure.what, token.status().message()}.ToStatus();
}

Result<milliseconds> ApiClient::Call::AfterFailure(const Outcome& outcome) const {
  using NextVerdict = NextAttempt::Verdict;
  const MonotonicTime now = client_.clock_.Monotonic();
  if (const auto until = client_.quota_.DayUsedUpUntil(now)) {
    return outcome.failure.ToStatus("until " + TimeText(*until));
  }
  const NextAttempt next = PlanNextAttempt(client_.policy_, {.number = attempt_,
                                                             .throttled = outcome.verdict == Verdict::kThrottled,
                                                             .elapsed = now - started_at_,
                                                             .retry_after = outcome.retry_after,
                                                             .quota_delay = client_.quota_.Delay(now)});
  const std::string given_up =
      "given up after " + std::to_string(attempt_) + (attempt_ == 1 ? " attempt" : " attempts");
  switch (next.verdict) {
    case NextVerdict::kAgain:
      break;
    case NextVerdict::kWaitTooLong:
      return outcome.failure.ToStatus("the server asks to wait until " + TimeText(client_.clock_.Now() + next.wait));
    case NextVerdict::kNoMoreAttempts:
      return outcome.failure.ToStatus(given_up);
    case NextVerdict::kNoMoreTime:
      return outcome.failure.ToStatus(given_up + " in " + std::to_string((now - started_at_).count() / 1000) + " s");
  }
  return next.wait;
}

ApiClient::ApiClient(std::string base_url, http::HttpTransport& transport, Credentials& credentials, Clock& clock,
                     RequestLog& log, RetryPolicy policy)
    : base_url_(std::move(base_url)),
      transport_(transport),
      credentials_(credentials),
      clock_(clock),
      log_(log),
      policy_(std::move(policy)) {
  if (!policy_.random) policy_.random = SeededRandom();
}

Result<ApiResponse> ApiClient::Get(const ApiRequest& request, RequestBudget& budget, const Cancellation& cancellation) {
  QueryDeadline deadline(budget, cancellation, clock_);
  Call call(*this, request, budget, deadline.cancellation());
  Result<ApiResponse> response = call.Run();
  if (response || !deadline.Passed() || response.status().code() != StatusCode::kInterrupted) return response;
  const std::string cause = call.waits_for().empty() ? "" : " It waited because " + call.waits_for();
  return Status(StatusCode::kLimitExceeded,
                RequestText(request.path) + " was not waited for: QueryTimeout=" +
                    std::to_string(budget.max_time.count() / 1000) + " seconds are over, and the statement has sent " +
                    std::to_string(budget.sent) + " requests; narrow the statement or raise QueryTimeout" +
                    (cause.empty() ? "" : "." + cause));
}

void RequestBudget::Reset(int64_t next_statement) {
  statement = next_statement;
  sent = 0;
  max = 0;
  max_time = milliseconds(0);
  started.reset();
}

void RequestBudget::Bound(const ConnectionOptions& options, Clock& clock) {
  const auto keep_smaller = [](auto& bound, auto other) {
    if (other > decltype(other){} && (bound == decltype(other){} || other < bound)) bound = other;
  };
  keep_smaller(max, options.max_requests);
  keep_smaller(max_time, options.query_timeout);
  if (!started && max_time.count() > 0) started = clock.Monotonic();
}

}  // namespace infusionsoft
