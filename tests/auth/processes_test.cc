// SPDX-License-Identifier: MIT
// Several processes and one token file; processes that are killed.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <chrono>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "base/file_descriptor.h"
#include "auth_fixture.h"
#include "base/clock.h"
#include "temp_dir.h"

namespace infusionsoft {
namespace {

// A token endpoint of all processes: its state is files, and every call leaves a byte. Not locked by itself: two calls
// at once are the defect that the tests look for.
Result<http::HttpResponse> FileEndpoint(const TempDir& dir, const http::HttpRequest& request) {
  const FileDescriptor calls(open(dir.Path("calls").c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
  if (write(calls.get(), ".", 1) != 1) return Status(StatusCode::kUnavailable, "calls");
  const std::string good = ReadFile(dir.Path("good"));
  if (FormValue(request, "refresh_token") != good) return http::JsonResponse(400, R"({"error":"invalid_grant"})");
  const std::string next = good + "x";
  WriteFile(dir.Path("good"), next);
  return http::JsonResponse(
      200, R"({"access_token":"access-)" + next + R"(","refresh_token":")" + next + R"(","expires_in":86400})");
}

// What one process does: 0 when it has got the token that only one refresh gives.
int UseToken(const TempDir& dir, const std::string& expected) {
  http::FakeTransport transport([&](const http::HttpRequest& request) { return FileEndpoint(dir, request); });
  FakeBrowser browser;
  Credentials credentials(RefreshOptions(), transport, *OpenTokenStore(dir.Path("t.json"), "client-id", SystemClock()),
                          SystemClock(), browser);
  const auto token = credentials.AccessToken(Cancellation());
  return token && token->Reveal() == expected ? 0 : 1;
}

TEST_CASE("Credentials: several processes and one expired token make one refresh", "[auth][processes]") {
  const TempDir dir;
  for (int round = 0; round < 5; ++round) {
    const std::string good(static_cast<size_t>(round) + 1, 'r');
    WriteFile(dir.Path("good"), good);
    WriteFile(dir.Path("calls"), "");
    WriteFile(dir.Path("t.json"),
              R"({"format":"infusionsoft tokens","version":1,"access_token":"old","refresh_token":")" + good +
                  R"(","expires_at":"2020-01-01T00:00:00Z"})");
    int start[2];
    REQUIRE(pipe(start) == 0);
    std::vector<pid_t> children;
    for (int i = 0; i < 6; ++i) {
      const pid_t child = fork();
      if (child == 0) {
        char go = 0;
        close(start[1]);
        (void)!read(start[0], &go, 1);  // returns when the parent closes its end: all start together
        _exit(UseToken(dir, "access-" + good + "x"));
      }
      children.push_back(child);
    }
    close(start[0]);
    close(start[1]);
    for (pid_t child : children) {
      int status = -1;
      REQUIRE(waitpid(child, &status, 0) == child);
      CHECK(status == 0);
    }
    CHECK(ReadFile(dir.Path("calls")) == ".");
  }
}

TEST_CASE("Credentials: two of one process share a token file without a deadlock", "[auth][threads]") {
  const TempDir dir;
  WriteFile(dir.Path("good"), "r");
  WriteFile(dir.Path("t.json"),
            R"({"format":"infusionsoft tokens","version":1,"access_token":"old","refresh_token":"r",)"
            R"("expires_at":"2020-01-01T00:00:00Z"})");
  http::FakeTransport transport([&](const http::HttpRequest& request) { return FileEndpoint(dir, request); });
  FakeBrowser browser;
  FakeClock clock;  // waiting for each other must not spend the lock's patience
  const auto make = [&] {
    return Credentials(RefreshOptions(), transport, *OpenTokenStore(dir.Path("t.json"), "client-id", clock), clock,
                       browser);
  };
  Credentials one = make();
  Credentials two = make();
  std::vector<std::string> tokens(8);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < tokens.size(); ++i) {
    threads.emplace_back([&, i] { tokens[i] = Fixture::Text((i % 2 == 0 ? one : two).AccessToken(Cancellation())); });
  }
  for (auto& thread : threads) thread.join();
  CHECK(tokens == std::vector<std::string>(8, "access-rx"));
  CHECK(ReadFile(dir.Path("calls")) == ".");
}

[[noreturn]] void SaveForEver(const std::string& path, int report) {
  auto store = *OpenTokenStore(path, "id", SystemClock());
  for (unsigned i = 0;; ++i) {
    TokenSet tokens;
    tokens.access_token = Secret("access-" + std::to_string(i));
    tokens.refresh_token = Secret(std::string(3000, static_cast<char>('a' + i % 26)));
    auto lock = store->Acquire(Cancellation());
    if (!lock || !store->Save(tokens).ok() || write(report, ".", 1) != 1) _exit(1);
  }
}

TEST_CASE("FileTokenStore: killed at any moment, it leaves the old file or the new one", "[auth][processes]") {
  const auto seed = static_cast<unsigned>(std::chrono::steady_clock::now().time_since_epoch().count());
  CAPTURE(seed);
  std::mt19937 random(seed);
  const TempDir dir;
  const std::string path = dir.Path("t.json");
  for (int round = 0; round < 50; ++round) {
    int report[2];
    REQUIRE(pipe(report) == 0);
    const pid_t child = fork();
    if (child == 0) {
      close(report[0]);
      SaveForEver(path, report[1]);
    }
    close(report[1]);
    // At least one save is through; then a moment that no one can foresee.
    for (auto saves = 1 + random() % 3; saves > 0; --saves) {
      char saved = 0;
      REQUIRE(read(report[0], &saved, 1) == 1);
    }
    const auto moment = std::chrono::steady_clock::now() + std::chrono::microseconds(random() % 2000);
    while (std::chrono::steady_clock::now() < moment) {
    }
    kill(child, SIGKILL);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    close(report[0]);
    auto store = *OpenTokenStore(path, "id", SystemClock());
    const auto loaded = store->Load();
    REQUIRE(loaded);
    REQUIRE(*loaded);
    const std::string_view refresh = (*loaded)->refresh_token.Reveal();
    CHECK(refresh.size() == 3000);
    CHECK(refresh.find_first_not_of(refresh[0]) == std::string_view::npos);
    CHECK(store->Acquire(Cancellation()));  // the dead hold no lock
  }
}

}  // namespace
}  // namespace infusionsoft
