// SPDX-License-Identifier: MIT
#include "service.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

#include "replies.h"
#include "row_writer.h"

namespace infusionsoft::sandbox {
namespace {

constexpr std::string_view kApiRoot = "/crm/rest";
constexpr std::string_view kBearer = "Bearer ";

HttpReply UserInfo() {
  HttpReply reply;
  reply.body = R"({"email":"owner@example.com","sub":"12345","id":"123456","keap_id":"owner@example.com",)"
               R"("family_name":"Smith","given_name":"John","middle_name":"Robert",)"
               R"("preferred_name":"Johnny","is_admin":true,"tenant_id":"xx123"})";
  return reply;
}

}  // namespace

Service::Service(const SandboxOptions& options)
    : api_key_(options.api_key),
      trusts_everyone_(options.trusts_everyone),
      retry_after_seconds_(options.retry_after_seconds),
      world_(options.seed, options.sizes, options.breaks),
      indexes_(world_),
      lists_(world_, indexes_),
      oauth_(options),
      quota_(options.rate_per_minute),
      latency_ms_(options.latency_ms) {
  for (const Freedom freedom : options.freedoms) SetFreedom(freedom, true);
  for (const Fault& fault : options.faults) faults_.Add(fault);
}

HttpReply Service::Answer(const HttpRequest& request) {
  HttpReply reply = Dispatch(request);
  const std::lock_guard lock(mutex_);
  requests_.push_back({request.method, request.path, request.query, reply.status});
  return reply;
}

void Service::Stop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  stopped_.notify_all();
  peak_reached_.notify_all();
}

void Service::WaitLatency() {
  const std::chrono::milliseconds latency(latency_ms_);
  if (latency.count() <= 0) return;
  std::unique_lock lock(mutex_);
  stopped_.wait_for(lock, latency, [this] { return stopping_; });
}

bool Service::Arrive(const HttpRequest& request) {
  std::unique_lock lock(mutex_);
  if (request.path.find(counted_path_) == std::string::npos) return false;
  peak_ = std::max(peak_, ++active_);
  if (peak_ >= awaited_peak_) awaited_peak_ = 0;
  peak_reached_.notify_all();
  peak_reached_.wait_until(lock, hold_until_, [this] { return awaited_peak_ == 0 || stopping_; });
  return true;
}

void Service::Leave() {
  const std::lock_guard lock(mutex_);
  --active_;
}

// Called while none is in progress.
void Service::HoldUntilTogether(uint64_t count, const std::string& path) {
  const std::lock_guard lock(mutex_);
  peak_ = 0;
  awaited_peak_ = count;
  counted_path_ = path;
  hold_until_ = std::chrono::steady_clock::now() + std::chrono::seconds(20);
}

uint64_t Service::peak_concurrency() const {
  const std::lock_guard lock(mutex_);
  return peak_;
}

HttpReply Service::Dispatch(const HttpRequest& request) {
  if (request.path.starts_with(kApiRoot)) {
    ++api_requests_;
    const bool is_counted = Arrive(request);
    WaitLatency();
    HttpReply reply = AnswerApi(request);
    if (is_counted) Leave();
    return reply;
  }
  if (request.path == "/token") {
    ++token_requests_;
    if (request.method != "POST") return OauthError(405, "invalid_request", "POST only");
    if (faults_.StrikeRefresh()) return OauthError(500, "server_error", "Internal error");
    return oauth_.Token(request);
  }
  if (request.method == "GET") {
    if (request.path == "/app/oauth/authorize") return oauth_.Authorize(request);
    if (request.path == "/app/oauth/authorize/allow") return oauth_.Decide(request, true);
    if (request.path == "/app/oauth/authorize/deny") return oauth_.Decide(request, false);
  }
  return HtmlPage(404, "Not found", "<p>There is nothing here.</p>");
}

bool Service::Authenticate(const HttpRequest& request, std::string* token, bool* is_api_key, HttpReply* reply) {
  *token = request.api_key;
  if (request.authorization.starts_with(kBearer)) {
    *token = request.authorization.substr(kBearer.size());
  }
  *is_api_key = !api_key_.empty() && *token == api_key_;
  if (*is_api_key || trusts_everyone_) return true;
  if (!request.authorization.starts_with(kBearer)) {
    *reply = GatewayFault(401, "Invalid access token", "oauth.v2.InvalidAccessToken");
    return false;
  }
  switch (oauth_.Check(*token)) {
    case TokenState::kValid:
      return true;
    case TokenState::kExpired:
      *reply = GatewayFault(401, "Access Token expired", "keymanagement.service.access_token_expired");
      return false;
    case TokenState::kUnknown:
      *reply = GatewayFault(401, "Invalid Access Token", "keymanagement.service.invalid_access_token");
      return false;
  }
  return false;
}

HttpReply Service::AnswerApi(const HttpRequest& request) {
  HttpReply reply;
  std::string token;
  bool is_api_key = false;
  // The gateway looks at the token before it looks at the path.
  if (!Authenticate(request, &token, &is_api_key, &reply)) {
    Quota::WriteBlank(&reply);
    return reply;
  }
  HttpReply headers;
  const bool within = quota_.Take(token, is_api_key, &headers);
  const std::vector<FaultKind> faults = faults_.StrikeApi(request.path);
  bool replaced = false;
  if (!within) {
    reply = QuotaExceeded();
    replaced = true;
  }
  for (const FaultKind kind : faults) {
    replaced = replaced || ReplaceReply(kind, retry_after_seconds_, &reply);
  }
  if (!replaced) {
    AnswerStyle style{freedoms(), keeps_lists_whole_ ? BreakSet() : world_.breaks(), false, url_};
    style.same_token = std::find(faults.begin(), faults.end(), FaultKind::kSameToken) != faults.end();
    reply = AnswerRouted(request, style);
    for (const FaultKind kind : faults) DamageReply(kind, &reply);
  }
  reply.headers.insert(reply.headers.end(), headers.headers.begin(), headers.headers.end());
  return reply;
}

HttpReply Service::AnswerRouted(const HttpRequest& request, const AnswerStyle& style) {
  constexpr size_t kLongestLine = 7168;  // the gateway's limit
  const size_t line = std::string_view("GET ? HTTP/1.1\r\n").size() + request.path.size() + request.query.size();
  if (line > kLongestLine) return ApiError(414, "the request line is too long", "uri");
  const std::string_view path = std::string_view(request.path).substr(kApiRoot.size());
  const bool user_info = path == "/v2/oauth/connect/userinfo";
  const std::optional<Route> route = description_.Find(path);
  if (!route && path.starts_with("/v1/")) return ThrowableError(404, "Not found");
  if (!route && !user_info) return ApiError(404, "no such path", "path");
  if (request.method != "GET") return ApiError(405, "only GET is offered", "method");
  if (user_info) {
    return request.query.empty() ? UserInfo() : ApiError(400, "no parameters here", "userinfo");
  }
  return lists_.Answer(*route, request, style);
}

FreedomSet Service::freedoms() const {
  const std::lock_guard lock(mutex_);
  return freedoms_;
}

void Service::SetFreedom(Freedom freedom, bool on) {
  const std::lock_guard lock(mutex_);
  freedoms_.set(static_cast<size_t>(freedom), on);
}

void Service::SetFreedoms(const std::vector<Freedom>& freedoms) {
  const std::lock_guard lock(mutex_);
  freedoms_.reset();
  for (const Freedom freedom : freedoms) freedoms_.set(static_cast<size_t>(freedom));
}

std::vector<SeenRequest> Service::Requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void Service::ClearRequests() {
  const std::lock_guard lock(mutex_);
  requests_.clear();
  api_requests_ = 0;
  token_requests_ = 0;
  peak_ = 0;
}

}  // namespace infusionsoft::sandbox
