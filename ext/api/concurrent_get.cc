// SPDX-License-Identifier: MIT
#include "api/concurrent_get.h"

#include <atomic>
#include <cassert>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

namespace infusionsoft {
namespace {

// As often as a transfer asks (http/curl_channel.cc), so that Ctrl-C feels the same here.
constexpr std::chrono::milliseconds kAskEvery{100};

// While it lives, threads that are started get none of the host program's signals.
class SignalBlock {
 public:
  SignalBlock() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalBlock() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalBlock(const SignalBlock&) = delete;
  SignalBlock& operator=(const SignalBlock&) = delete;

 private:
  sigset_t before_;
};

// One call of ConcurrentGet.
class Round {
 public:
  Round(ApiClient& client, const std::vector<ApiRequest>& requests, RequestBudget& budget, const Cancellation& cancellation)
      : client_(client), requests_(requests), budget_(budget), cancellation_(cancellation) {
    answers_.assign(requests.size(), Status(StatusCode::kInternal, "not sent"));
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
    if (!answers_[0].ok()) is_cancelled_ = true;
    for (size_t i = first_of_caller; i < requests_.size(); ++i) Send(i, Cancellation(&Round::AskCaller, this));
    WaitForThreads();
    Join();
  }

  std::vector<Result<ApiResponse>> TakeAnswers() { return std::move(answers_); }

 private:
  bool StartThread(size_t index) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      ++running_;
    }
    const SignalBlock block;
    try {
      threads_.emplace_back([this, index] {
        Send(index, Cancellation(&Round::IsCancelled, this));
        const std::lock_guard<std::mutex> lock(mutex_);
        --running_;
        ended_.notify_one();
      });
      return true;
    } catch (const std::exception&) {  // there is no room for a thread
      const std::lock_guard<std::mutex> lock(mutex_);
      --running_;
      return false;
    }
  }

  // An exception may not leave a thread.
  void Send(size_t index, Cancellation cancellation) noexcept {
    try {
      answers_[index] = client_.Get(requests_[index], budget_, cancellation);
    } catch (...) {
      answers_[index] = Status(StatusCode::kOutOfMemory, "");
    }
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
  RequestBudget& budget_;
  const Cancellation cancellation_;
  std::vector<Result<ApiResponse>> answers_;  // each is its thread's until that has ended
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
  return round.TakeAnswers();
}

}  // namespace infusionsoft
