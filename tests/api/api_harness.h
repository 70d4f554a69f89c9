// SPDX-License-Identifier: MIT
// ApiHarness: a session over a scripted transport and a clock that does not wait.
#pragma once

#include <catch2/catch.hpp>

#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "api/session.h"
#include "support/fake_clock.h"
#include "support/fake_transport.h"

namespace infusionsoft {

inline constexpr char kFirstToken[] = "first-access-token-7c21";
inline constexpr char kSecondToken[] = "second-access-token-9f04";
inline constexpr char kRefreshToken[] = "refresh-token-51aa";
inline constexpr char kClientSecret[] = "client-secret-33d0";

using Headers = std::vector<std::pair<std::string, std::string>>;

inline http::HttpResponse WithHeaders(http::HttpResponse response, const Headers& headers) {
  response.headers.insert(response.headers.end(), headers.begin(), headers.end());
  return response;
}

inline http::HttpResponse Respond(int status, const std::string& content_type, std::string body) {
  http::HttpResponse response = http::JsonResponse(status, std::move(body));
  response.headers = {{"content-type", content_type}};
  return response;
}

// A token that nothing can replace.
inline ConnectionOptions GivenToken() {
  ConnectionOptions options;
  options.url = "https://api.test/crm/rest";
  options.oauth_access_token = Secret(kFirstToken);
  return options;
}

// A token that a refresh replaces by kSecondToken.
inline ConnectionOptions RefreshableToken() {
  ConnectionOptions options = GivenToken();
  options.initiate_oauth = InitiateOAuth::kRefresh;
  options.oauth_client_id = "client";
  options.oauth_client_secret = Secret(kClientSecret);
  options.oauth_refresh_token = Secret(kRefreshToken);
  options.oauth_expires_in = std::chrono::hours(24);
  options.oauth_token_timestamp = std::chrono::milliseconds(1'780'000'000'000);  // FakeClock's start
  options.access_token_url = "https://api.test/token";
  return options;
}

class ApiHarness {
 public:
  explicit ApiHarness(ConnectionOptions options = GivenToken(), Clock* other_clock = nullptr) {
    static int count = 0;
    if (options.oauth_settings_location.empty()) {
      options.oauth_settings_location = "memory://api-test-" + std::to_string(++count);
    }
    auto transport = std::make_unique<http::FakeTransport>([this](const auto& request) { return Handle(request); });
    transport_ = transport.get();
    SessionParts parts;
    parts.transport = std::move(transport);
    parts.clock = other_clock == nullptr ? &clock_ : other_clock;
    parts.retry_policy.random = [this] { return random_; };
    Result<std::shared_ptr<Session>> session = Session::Make(options, std::move(parts));
    REQUIRE(session.ok());
    session_ = *std::move(session);
  }

  // Scripts the next answers of the API; after them every answer is {"ok":true}.
  void Answer(Result<http::HttpResponse> response) { answers_.push_back(std::move(response)); }
  void Answer(int times, const Result<http::HttpResponse>& response) {
    for (int i = 0; i < times; ++i) answers_.push_back(response);
  }
  void AnswerToken(http::HttpResponse response) { token_answer_ = std::move(response); }
  void set_random(double value) { random_ = value; }

  Result<ApiResponse> Get(const ApiRequest& request = {"infusionsoft_contacts", "/v2/contacts", {}},
                          const Cancellation& cancellation = Cancellation()) {
    Result<ApiResponse> response = session_->client().Get(request, budget_, cancellation);
    if (!response.ok()) CheckNoSecret(response.status().message());
    for (const RequestRecord& record : session_->log().Snapshot()) {
      CheckNoSecret(record.error + record.path + record.query);
    }
    return response;
  }
  // Get, which must fail.
  Status Fail() {
    const Result<ApiResponse> response = Get();
    REQUIRE_FALSE(response.ok());
    return response.status();
  }

  // Without those to the token endpoint.
  std::vector<http::HttpRequest> api_requests() const { return Requests("GET"); }
  std::vector<http::HttpRequest> token_requests() const { return Requests("POST"); }
  std::vector<std::chrono::milliseconds> sleeps() { return clock_.sleeps(); }
  std::vector<RequestRecord> api_records() const {
    std::vector<RequestRecord> records = session_->log().Snapshot();
    std::erase_if(records, [](const RequestRecord& record) { return record.table_name.empty(); });
    return records;
  }
  FakeClock& clock() { return clock_; }
  Session& session() { return *session_; }
  RequestBudget& budget() { return budget_; }

 private:
  Result<http::HttpResponse> Handle(const http::HttpRequest& request) {
    std::lock_guard lock(mutex_);
    if (request.method == "POST") return token_answer_;
    if (answers_.empty()) return http::JsonResponse(200, R"({"ok":true})");
    Result<http::HttpResponse> answer = std::move(answers_.front());
    answers_.pop_front();
    return answer;
  }
  std::vector<http::HttpRequest> Requests(const std::string& method) const {
    std::vector<http::HttpRequest> requests = transport_->requests();
    std::erase_if(requests, [&](const http::HttpRequest& request) { return request.method != method; });
    return requests;
  }
  static void CheckNoSecret(const std::string& text) {
    for (const char* secret : {kFirstToken, kSecondToken, kRefreshToken, kClientSecret}) {
      INFO(text);
      CHECK(text.find(secret) == std::string::npos);
    }
  }

  FakeClock clock_;
  double random_ = 0.5;
  std::mutex mutex_;
  std::deque<Result<http::HttpResponse>> answers_;
  http::HttpResponse token_answer_ = http::JsonResponse(
      200, std::string(R"({"access_token":")") + kSecondToken +
               R"(","token_type":"bearer","expires_in":86400,"refresh_token":"refresh-token-52bb","scope":"full"})");
  RequestBudget budget_;
  std::shared_ptr<Session> session_;
  http::FakeTransport* transport_ = nullptr;
};

inline bool Has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace infusionsoft
