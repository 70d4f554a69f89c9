// SPDX-License-Identifier: MIT
#include "api/concurrent_get.h"

#include <atomic>
#include <cassert>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <utility>

namespace infusionsoft {
namespace {

// As often as a transfer asks (http/curl_channel.cc), so that Ctrl-C feels the same here.
constexpr std::chrono::milliseconds kAskEvery{100};

class Round {
 public:
  Round(ApiClient& client, const std::vector<ApiRequest>& requests, const RequestBudget& budget,
        const Cancellation& cancellation)
      : client_(client), requests_(requests), budget_(budget), cancellation_(cancellation) {
    answers_.assign(requests.size(), Status(StatusCode::kInternal, "not sent"));
    sent_.assign(requests.size(), 0);
  }
  Round(const Round&) = delete;
  Round& operator=(const Round&) = delete;
  // Only after an exception on the calling thread are there threads that nobody waits for any more.
  ~Round() {
    is_cancelled_ = true;
    Join();
  }

  void Run() {
    threads_.reserve(requests_.size());
    size_t first_of_caller = 1;
    for (; first_of_caller < requests_.size() && StartThread(first_of_caller); ++first_of_caller) {
    }
    Send(0, Cancellation(&Round::AskCaller, this));
    for (size_t i = first_of_caller; i < requests_.size(); ++i) Send(i, Cancellation(&Round::AskCaller, this));
    WaitForThreads();
    Join();
  }

  int64_t sent() const {
    int64_t sum = 0;
    for (const int64_t sent : sent_) sum += sent;
    return sum;
  }
  std::vector<Result<ApiResponse>> TakeAnswers() { return std::move(answers_); }

 private:
  bool StartThread(size_t index) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      ++running_;
    }
    try {
      threads_.emplace_back([this, index] {
        Send(index, Cancellation(&Round::IsCancelled, this));
        const std::lock_guard<std::mutex> lock(mutex_);
        --running_;
        ended_.notify_one();
      });
      return true;
    } catch (const std::system_error&) {
      const std::lock_guard<std::mutex> lock(mutex_);
      --running_;
      return false;
    }
  }

  // An exception may not leave a thread.
  void Send(size_t index, Cancellation cancellation) noexcept {
    RequestBudget budget = budget_;
    try {
      answers_[index] = client_.Get(requests_[index], budget, cancellation);
    } catch (...) {
      answers_[index] = Status(StatusCode::kOutOfMemory, "");
    }
    sent_[index] = budget.sent - budget_.sent;
  }

  void WaitForThreads() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!ended_.wait_for(lock, kAskEvery, [this] { return running_ == 0; })) {
      lock.unlock();
      AskCaller(this);
      lock.lock();
    }
  }

  void Join() {
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  static bool AskCaller(void* context) {
    auto& self = *static_cast<Round*>(context);
    if (self.cancellation_.Requested()) self.is_cancelled_ = true;
    return self.is_cancelled_;
  }
  static bool IsCancelled(void* context) { return static_cast<const Round*>(context)->is_cancelled_; }

  ApiClient& client_;
  const std::vector<ApiRequest>& requests_;
  const RequestBudget budget_;
  const Cancellation cancellation_;
  // An element each for one thread, read when all have ended.
  std::vector<Result<ApiResponse>> answers_;
  std::vector<int64_t> sent_;
  std::atomic<bool> is_cancelled_ = false;
  std::mutex mutex_;
  std::condition_variable ended_;
  size_t running_ = 0;  // threads; guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace

std::vector<Result<ApiResponse>> ConcurrentGet(ApiClient& client, const std::vector<ApiRequest>& requests,
                                               RequestBudget& budget, const Cancellation& cancellation) {
  assert(!requests.empty() && budget.max == 0);
  Round round(client, requests, budget, cancellation);
  round.Run();
  budget.sent += round.sent();
  return round.TakeAnswers();
}

}  // namespace infusionsoft
