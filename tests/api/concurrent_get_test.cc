// SPDX-License-Identifier: MIT
#include "api/concurrent_get.h"

#include <catch2/catch.hpp>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "api_harness.h"

namespace infusionsoft {
namespace {

// Lets nobody pass before `count` have come, or ten seconds are over.
class Gate {
 public:
  explicit Gate(int count) : count_(count) {}
  bool Pass() {
    std::unique_lock<std::mutex> lock(mutex_);
    ++come_;
    changed_.notify_all();
    return changed_.wait_for(lock, std::chrono::seconds(10), [this] { return come_ >= count_; });
  }
  int come() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return come_;
  }

 private:
  const int count_;
  int come_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
};

// A session whose server is a function.
std::shared_ptr<Session> Serve(http::FakeTransport::Handler handler) {
  SessionParts parts;
  parts.transport = std::make_unique<http::FakeTransport>(std::move(handler));
  static FakeClock clock;
  parts.clock = &clock;
  Result<std::shared_ptr<Session>> session = Session::Make(GivenToken(), std::move(parts));
  REQUIRE(session.ok());
  return *std::move(session);
}

std::vector<ApiRequest> Requests(int count) {
  std::vector<ApiRequest> requests;
  for (int i = 0; i < count; ++i) requests.push_back({"infusionsoft_notes", "/v2/notes/" + std::to_string(i), {}});
  return requests;
}

// "{"path":"/v2/notes/0"}"
http::HttpResponse Echo(const http::HttpRequest& request) {
  return http::JsonResponse(200, R"({"path":")" + request.url.substr(request.url.find("/v2")) + "\"}");
}

TEST_CASE("ConcurrentGet: all requests are under way at once, and answered in their order", "[api]") {
  Gate gate(5);
  std::atomic<bool> all_came = true;
  const auto session = Serve([&](const http::HttpRequest& request) -> Result<http::HttpResponse> {
    if (!gate.Pass()) all_came = false;
    return Echo(request);
  });
  RequestBudget budget;
  const auto answers = ConcurrentGet(session->client(), Requests(5), budget, Cancellation());
  CHECK(all_came);
  REQUIRE(answers.size() == 5);
  for (int i = 0; i < 5; ++i) {
    const auto& answer = answers[static_cast<size_t>(i)];
    REQUIRE(answer.ok());
    CHECK(answer->body == R"({"path":"/v2/notes/)" + std::to_string(i) + "\"}");
  }
  CHECK(budget.sent == 5);
}

TEST_CASE("ConcurrentGet: a failure is the answer to its own request, and all attempts count", "[api]") {
  const auto session = Serve([](const http::HttpRequest& request) -> Result<http::HttpResponse> {
    if (request.url.ends_with("/1")) return http::JsonResponse(500, R"({"message":"boom"})");
    return Echo(request);
  });
  RequestBudget budget;
  budget.sent = 7;
  const auto answers = ConcurrentGet(session->client(), Requests(3), budget, Cancellation());
  CHECK(answers[0].ok());
  REQUIRE(!answers[1].ok());
  CHECK_THAT(answers[1].status().message(), Catch::Contains("boom") && Catch::Contains("/v2/notes/1"));
  CHECK(answers[2].ok());
  CHECK(budget.sent == 7 + 2 + RetryPolicy().max_attempts);
}

// What SQLite is asked on another thread than the statement's would wait for it for ever.
TEST_CASE("ConcurrentGet: only the calling thread is asked whether to stop, and a yes stops all", "[api]") {
  struct Person {
    const std::thread::id thread = std::this_thread::get_id();
    std::atomic<bool> wants_to_stop = false;
    std::atomic<bool> was_asked_elsewhere = false;
  } person;
  const Cancellation cancellation(
      [](void* context) {
        auto& asked = *static_cast<Person*>(context);
        if (std::this_thread::get_id() != asked.thread) asked.was_asked_elsewhere = true;
        return asked.wants_to_stop.load();
      },
      &person);
  // The server answers nobody before all have come; then the person stops, and a lost connection is not tried again.
  Gate gate(4);
  const auto session = Serve([&](const http::HttpRequest&) -> Result<http::HttpResponse> {
    gate.Pass();
    person.wants_to_stop = true;
    return Status(StatusCode::kUnavailable, "connection reset");
  });
  RequestBudget budget;
  const auto answers = ConcurrentGet(session->client(), Requests(4), budget, cancellation);
  CHECK(gate.come() >= 4);
  CHECK(answers[0].status().code() == StatusCode::kInterrupted);
  CHECK_FALSE(person.was_asked_elsewhere);
}

// Refuses the first note, and sends the others only when the call is cancelled.
class PatientTransport : public http::HttpTransport {
 public:
  Result<http::HttpResponse> Send(const http::HttpRequest& request, const Cancellation& cancellation) override {
    if (request.url.ends_with("/0")) return http::JsonResponse(403, R"({"message":"not for you"})");
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < until) {
      if (cancellation.Requested()) return Status(StatusCode::kInterrupted, "interrupted");
      std::this_thread::yield();
    }
    return Echo(request);
  }
};

TEST_CASE("ConcurrentGet: the others are given up when the first fails", "[api]") {
  SessionParts parts;
  parts.transport = std::make_unique<PatientTransport>();
  const Result<std::shared_ptr<Session>> session = Session::Make(GivenToken(), std::move(parts));
  REQUIRE(session.ok());
  RequestBudget budget;
  const auto answers = ConcurrentGet((*session)->client(), Requests(3), budget, Cancellation());
  CHECK_THAT(answers[0].status().message(), Catch::Contains("not for you"));
  CHECK(answers[1].status().code() == StatusCode::kInterrupted);
  CHECK(answers[2].status().code() == StatusCode::kInterrupted);
}

TEST_CASE("ConcurrentGet: its threads get no signals of the host program", "[api]") {
  const std::thread::id caller = std::this_thread::get_id();
  std::atomic<int> open_threads = 0;
  const auto is_open = [] {
    sigset_t blocked;
    pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
    return sigismember(&blocked, SIGINT) == 0;
  };
  const auto session = Serve([&](const http::HttpRequest& request) -> Result<http::HttpResponse> {
    if (std::this_thread::get_id() != caller && is_open()) ++open_threads;
    return Echo(request);
  });
  RequestBudget budget;
  REQUIRE(is_open());
  ConcurrentGet(session->client(), Requests(4), budget, Cancellation());
  CHECK(open_threads == 0);
  CHECK(is_open());
}

}  // namespace
}  // namespace infusionsoft
