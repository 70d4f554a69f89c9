// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "api_description.h"
#include "faults.h"
#include "list_query.h"
#include "match.h"
#include "message.h"
#include "oauth.h"
#include "quota.h"
#include "row_index.h"
#include "sandbox.h"
#include "world.h"

namespace infusionsoft::sandbox {

// Everything but the HTTP library: from a request to its reply.
class Service {
 public:
  explicit Service(const SandboxOptions& options);

  HttpReply Answer(const HttpRequest& request);

  // Must be set before the first request.
  void set_url(std::string url) { url_ = std::move(url); }
  Oauth& oauth() { return oauth_; }
  Faults& faults() { return faults_; }
  Quota& quota() { return quota_; }
  void set_latency(int milliseconds) { latency_ms_ = milliseconds; }
  // Ends the waiting of requests in progress.
  void Stop();
  void SetFreedom(Freedom freedom, bool on);
  void SetFreedoms(const std::vector<Freedom>& freedoms);
  // While true, the breaks of rows remain and those of lists rest: what is read then are all the rows there are. Not while a
  // request is in progress.
  void KeepListsWhole(bool on) { keeps_lists_whole_ = on; }

  std::vector<SeenRequest> Requests() const;
  uint64_t api_requests() const { return api_requests_; }
  uint64_t token_requests() const { return token_requests_; }
  uint64_t peak_concurrency() const;
  void HoldUntilTogether(uint64_t count, const std::string& path);
  void ClearRequests();

 private:
  HttpReply Dispatch(const HttpRequest& request);
  HttpReply AnswerApi(const HttpRequest& request);
  HttpReply AnswerRouted(const HttpRequest& request, const AnswerStyle& style);
  // False with a 401 in `reply` when the request may not pass.
  bool Authenticate(const HttpRequest& request, std::string* token, bool* is_api_key, HttpReply* reply);
  FreedomSet freedoms() const;
  void WaitLatency();
  // Whether the request is one of those that are counted.
  bool Arrive(const HttpRequest& request);
  void Leave();

  const std::string api_key_;
  const bool trusts_everyone_;
  const int retry_after_seconds_;
  std::string url_;
  const ApiDescription description_;
  const World world_;
  RowIndexes indexes_;
  ListQuery lists_;
  Oauth oauth_;
  Faults faults_;
  Quota quota_;
  std::atomic<int> latency_ms_;
  std::atomic<uint64_t> api_requests_ = 0;
  std::atomic<uint64_t> token_requests_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable stopped_;
  std::condition_variable peak_reached_;
  bool stopping_ = false;
  uint64_t active_ = 0;
  uint64_t peak_ = 0;
  std::string counted_path_;
  uint64_t awaited_peak_ = 0;
  std::chrono::steady_clock::time_point hold_until_{};
  FreedomSet freedoms_;
  bool keeps_lists_whole_ = false;
  std::vector<SeenRequest> requests_;
};

}  // namespace infusionsoft::sandbox
