// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <set>

#include "api/retry_policy.h"
#include "base/time.h"

namespace infusionsoft {
namespace {

using std::chrono::milliseconds;
using Verdict = NextAttempt::Verdict;

RetryPolicy Policy(double random) {
  RetryPolicy policy;
  policy.random = [random] { return random; };
  return policy;
}

milliseconds WaitAfter(const RetryPolicy& policy, const FailedAttempt& failed) {
  const NextAttempt next = PlanNextAttempt(policy, failed);
  REQUIRE(next.verdict == Verdict::kAgain);
  return next.wait;
}

http::HttpResponse With(const std::string& retry_after, const std::string& date = "") {
  http::HttpResponse response;
  response.status = 503;
  response.headers = {{"retry-after", retry_after}, {"date", date}};
  return response;
}

TEST_CASE("RetryPolicy: the ceiling doubles and is bounded, the wait is a random part of it", "[api]") {
  RetryPolicy policy = Policy(0.5);
  policy.max_attempts = 100;
  CHECK(WaitAfter(policy, {.number = 1}) == milliseconds(250));
  CHECK(WaitAfter(policy, {.number = 2}) == milliseconds(500));
  CHECK(WaitAfter(policy, {.number = 3}) == milliseconds(1000));
  CHECK(WaitAfter(policy, {.number = 4}) == milliseconds(2000));
  CHECK(WaitAfter(policy, {.number = 6}) == milliseconds(8000));
  CHECK(WaitAfter(policy, {.number = 7}) == milliseconds(15'000));
  CHECK(WaitAfter(policy, {.number = 90}) == milliseconds(15'000));
  CHECK(WaitAfter(Policy(0.0), {.number = 2}) == milliseconds(0));
}

TEST_CASE("RetryPolicy: there are five attempts and no more", "[api]") {
  CHECK(PlanNextAttempt(Policy(0.5), {.number = 4}).verdict == Verdict::kAgain);
  CHECK(PlanNextAttempt(Policy(0.5), {.number = 5}).verdict == Verdict::kNoMoreAttempts);
  CHECK(PlanNextAttempt(Policy(0.5), {.number = 5, .retry_after = milliseconds(1)}).verdict ==
        Verdict::kNoMoreAttempts);
}

TEST_CASE("RetryPolicy: after a bare 429 at least a second passes, then twice as long, with a random part", "[api]") {
  for (const auto& retry_after : {std::optional<milliseconds>(), std::optional(milliseconds(0))}) {
    const auto wait = [&](double random, int number) {
      return WaitAfter(Policy(random), {.number = number, .throttled = true, .retry_after = retry_after});
    };
    CHECK(wait(0.0, 1) == milliseconds(1000));
    CHECK(wait(0.5, 1) == milliseconds(1500));
    CHECK(wait(0.0, 2) == milliseconds(2000));
    CHECK(wait(0.999, 2) < milliseconds(4000));
    CHECK(wait(0.0, 3) == milliseconds(4000));
  }
  RetryPolicy patient = Policy(0.5);
  patient.max_attempts = 100;
  CHECK(WaitAfter(patient, {.number = 90, .throttled = true}) == milliseconds(45'000));
}

TEST_CASE("RetryPolicy: before the last attempt after a bare 429 a whole minute passes", "[api]") {
  CHECK(WaitAfter(Policy(0.0), {.number = 4, .throttled = true}) == milliseconds(60'000));
  CHECK(WaitAfter(Policy(0.5), {.number = 4, .throttled = true}) == milliseconds(60'500));
  CHECK(WaitAfter(Policy(0.5), {.number = 4, .throttled = true, .retry_after = milliseconds(3000)}) ==
        milliseconds(3000));
}

TEST_CASE("RetryPolicy: Retry-After is honoured up to 75 s, and 0 means the usual wait", "[api]") {
  CHECK(WaitAfter(Policy(0.5), {.number = 1, .retry_after = milliseconds(20'000)}) == milliseconds(20'000));
  CHECK(WaitAfter(Policy(0.5), {.number = 1, .retry_after = milliseconds(75'000)}) == milliseconds(75'000));
  CHECK(WaitAfter(Policy(0.5), {.number = 2, .retry_after = milliseconds(0)}) == milliseconds(500));
  const NextAttempt next = PlanNextAttempt(Policy(0.5), {.number = 1, .retry_after = milliseconds(75'001)});
  CHECK(next.verdict == Verdict::kWaitTooLong);
  CHECK(next.wait == milliseconds(75'001));
}

TEST_CASE("RetryPolicy: the wait is never shorter than the minute's allowance needs", "[api]") {
  CHECK(WaitAfter(Policy(0.5), {.number = 1, .throttled = true, .quota_delay = milliseconds(42'000)}) ==
        milliseconds(42'000));
  CHECK(WaitAfter(Policy(0.5), {.number = 1,
                                .throttled = true,
                                .retry_after = milliseconds(50'000),
                                .quota_delay = milliseconds(42'000)}) == milliseconds(50'000));
}

TEST_CASE("RetryPolicy: no attempt begins later than three minutes after the start", "[api]") {
  CHECK(WaitAfter(Policy(0.5), {.number = 2, .elapsed = milliseconds(179'500)}) == milliseconds(500));
  CHECK(PlanNextAttempt(Policy(0.5), {.number = 2, .elapsed = milliseconds(179'501)}).verdict == Verdict::kNoMoreTime);
}

TEST_CASE("RetryPolicy: Retry-After is read as seconds or as an HTTP date", "[api]") {
  const WallTime now(milliseconds(ParseTimestamp("2026-05-28T20:26:40Z")->ms));
  struct Row {
    const char* text;
    const char* date;
    std::optional<milliseconds> wait;
  };
  const std::vector<Row> table{
      {"", "", {}},
      {"0", "", milliseconds(0)},
      {"30", "", milliseconds(30'000)},
      {" 30 ", "", milliseconds(30'000)},
      {"-1", "", {}},
      {"1.5", "", {}},
      {"soon", "", {}},
      {"9223372036854775807", "", milliseconds(366LL * 86'400 * 1000)},
      {"Thu, 28 May 2026 20:27:00 GMT", "", milliseconds(20'000)},
      {"Thu, 28 May 2026 20:26:00 GMT", "", milliseconds(0)},  // past
      {"Thu, 28 May 2026 20:27:00 GMT", "Thu, 28 May 2026 20:26:55 GMT",
       milliseconds(5000)},  // the server's clock counts
      {"Thu, 28 May 2026 20:27:00 GMT", "yesterday", milliseconds(20'000)},
      {"Thu, 31 Feb 2026 20:27:00 GMT", "", {}},
      {"Thu, 28 Mai 2026 20:27:00 GMT", "", {}},
      {"Thu, 28 May 2026 20:27:00 CET", "", {}},
      {"Thursday, 28-May-26 20:27:00 GMT", "", {}},
      {"Tue, 01 Dec 2026 00:00:00 GMT", "Mon, 30 Nov 2026 23:59:59 GMT", milliseconds(1000)},
  };
  for (const Row& row : table) {
    INFO("Retry-After: " << row.text << " Date: " << row.date);
    CHECK(ReadRetryAfter(With(row.text, row.date), now) == row.wait);
  }
  CHECK_FALSE(ReadRetryAfter(http::HttpResponse(), now));
}

TEST_CASE("RetryPolicy: the seeded random source stays in its range and varies", "[api]") {
  const auto random = SeededRandom();
  std::set<double> seen;
  for (int i = 0; i < 100; ++i) {
    const double value = random();
    CHECK((value >= 0.0 && value < 1.0));
    seen.insert(value);
  }
  CHECK(seen.size() > 50);
  CHECK(SeededRandom()() != random());
}

}  // namespace
}  // namespace infusionsoft
