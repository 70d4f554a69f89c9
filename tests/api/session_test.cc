// SPDX-License-Identifier: MIT
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "api/connection_test.h"
#include "api_harness.h"

namespace infusionsoft {
namespace {

std::shared_ptr<Session> Shared(const std::string& connection_string) {
  const auto options = ParseConnectionString(connection_string);
  REQUIRE(options.ok());
  const auto session = Session::Share(*options);
  REQUIRE(session.ok());
  return *session;
}

std::string NewAccount() {
  static int count = 0;
  return "OAuthAccessToken=session-test-" + std::to_string(++count);
}

RequestRecord Marked() {
  RequestRecord record;
  record.table_name = "marked";
  return record;
}

TEST_CASE("Session: the same account in another spelling is the same session", "[api]") {
  const std::string account = NewAccount();
  const auto session = Shared(account + ";URL=https://api.test/rest");
  CHECK(Shared(account + ";URL=https://api.test/rest") == session);
  CHECK(Shared("url = 'https://api.test/rest' ; " + account + ";MaxRows=5;Pagesize=10;MaxRequests=3;") == session);
}

TEST_CASE("Session: another account is another session", "[api]") {
  const std::string account = NewAccount();
  const auto session = Shared(account + ";URL=https://api.test/rest");
  CHECK(Shared(NewAccount() + ";URL=https://api.test/rest") != session);
  CHECK(Shared(account + ";URL=https://other.test/rest") != session);
}

TEST_CASE("Session: the last sixteen live on without users, older ones only with them", "[api]") {
  const std::string held_account = NewAccount();
  const std::string dropped_account = NewAccount();
  const auto held = Shared(held_account);
  Shared(dropped_account)->log().Add(Marked());
  const auto is_there = [&] { return !Shared(dropped_account)->log().Snapshot().empty(); };
  for (size_t i = 0; i + 1 < Session::kKeptSessions; ++i) Shared(NewAccount());
  CHECK(is_there());  // named again: it is the newest now
  for (size_t i = 0; i + 1 < Session::kKeptSessions; ++i) Shared(NewAccount());
  const std::string busy_account = NewAccount();
  for (size_t i = 0; i < 2 * Session::kKeptSessions; ++i) Shared(busy_account);
  CHECK_FALSE(is_there());
  Shared(dropped_account)->log().Add(Marked());
  for (size_t i = 0; i < 2 * Session::kKeptSessions; ++i) Shared(busy_account);
  CHECK(is_there());
  for (size_t i = 0; i < Session::kKeptSessions; ++i) Shared(NewAccount());
  CHECK_FALSE(is_there());
  CHECK(Shared(held_account) == held);
}

TEST_CASE("Session: a child has sessions of its own, and leaves the parent's as they are", "[api]") {
  const std::string account = NewAccount();
  auto parents = Shared(account);
  // Tells of its end by the only thing that a child has of its own.
  struct FatalTransport : http::FakeTransport {
    using FakeTransport::FakeTransport;
    ~FatalTransport() override {
      if (getpid() != owner) _exit(7);
    }
    const pid_t owner = getpid();
  };
  const auto options = ParseConnectionString(account);
  REQUIRE(options.ok());
  SessionParts parts;
  parts.transport = std::make_unique<FatalTransport>([](const http::HttpRequest&) { return http::JsonResponse(200, "{}"); });
  auto made = Session::Make(*options, std::move(parts));
  REQUIRE(made.ok());
  const pid_t child = fork();
  if (child == 0) {
    const auto own = Session::Share(*options);
    if (!own || *own == parents) _exit(1);
    made = Status(StatusCode::kInternal, "gone");
    parents.reset();
    _exit(0);
  }
  int status = -1;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(Shared(account) == parents);
}

TEST_CASE("Session: threads that name an account at once get one session", "[api]") {
  const auto options = ParseConnectionString(NewAccount());
  REQUIRE(options.ok());
  std::vector<std::shared_ptr<Session>> sessions(8);
  std::vector<std::thread> threads;
  for (auto& session : sessions) {
    threads.emplace_back([&session, &options] {
      auto shared = Session::Share(*options);
      if (shared) session = *shared;
    });
  }
  for (auto& thread : threads) thread.join();
  REQUIRE(sessions[0] != nullptr);
  for (const auto& session : sessions) CHECK(session == sessions[0]);
}

TEST_CASE("Session: making one sends nothing", "[api]") {
  const ApiHarness api(RefreshableToken());
  CHECK(api.api_requests().empty());
  CHECK(api.token_requests().empty());
}

TEST_CASE("Session: Make does not share", "[api]") {
  ApiHarness first, second;
  CHECK(&first.session() != &second.session());
  CHECK(&first.session().clock() == &first.clock());
}

// A directory that is the configuration home while this lives.
class ConfigHome {
 public:
  ConfigHome()
      : path_(std::filesystem::temp_directory_path() / ("infusionsoft-session-test-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path_);
    for (const char* name : {"XDG_CONFIG_HOME", "HOME"}) {
      const char* value = std::getenv(name);
      saved_.emplace_back(name, value == nullptr ? "" : value);
      setenv(name, path_.c_str(), 1);
    }
  }
  ~ConfigHome() {
    for (const auto& [name, value] : saved_) {
      value.empty() ? unsetenv(name.c_str()) : setenv(name.c_str(), value.c_str(), 1);
    }
    std::filesystem::remove_all(path_);
  }
  bool IsEmpty() const { return std::filesystem::is_empty(path_); }

 private:
  std::filesystem::path path_;
  std::vector<std::pair<std::string, std::string>> saved_;
};

Status GetOnce(const ConnectionOptions& options) {
  SessionParts parts;
  parts.transport = std::make_unique<http::FakeTransport>([](const http::HttpRequest& request) {
    const char* body =
        request.method == "POST" ? R"({"access_token":"a","expires_in":86400,"refresh_token":"r"})" : "{}";
    return http::JsonResponse(200, body);
  });
  const auto session = Session::Make(options, std::move(parts));
  REQUIRE(session.ok());
  RequestBudget budget;
  const auto response = (*session)->client().Get({"infusionsoft_contacts", "/v2/contacts", {}}, budget, Cancellation());
  return response ? Status() : response.status();
}

TEST_CASE("Session: a given token leaves no trace on the disk, a refreshed one does", "[api]") {
  const ConfigHome home;
  CHECK(GetOnce(GivenToken()) == Status());
  CHECK(home.IsEmpty());
  ConnectionOptions refreshed = RefreshableToken();
  refreshed.oauth_access_token = Secret();
  CHECK(GetOnce(refreshed) == Status());
  CHECK_FALSE(home.IsEmpty());
}

TEST_CASE("TestConnection: the account's name comes from the user's data, or from the gateway's header", "[api]") {
  const auto tenant = [](const std::string& user, const Headers& headers) {
    ApiHarness api;
    api.Answer(WithHeaders(http::JsonResponse(200, user), headers));
    const Result<std::string> report = TestConnection(api.session(), GivenToken(), Cancellation());
    REQUIRE(report.ok());
    return report->substr(0, report->find(",\"user_id\""));
  };
  const Headers header = {{"x-keap-tenant-id", " ab103.infusionsoft.com "}};
  CHECK(tenant(R"({"id":"1","tenant_id":"xx123"})", header) == R"({"tenant":"xx123")");
  CHECK(tenant(R"({"id":"1"})", header) == R"({"tenant":"ab103.infusionsoft.com")");
  CHECK(tenant(R"({"id":"1","tenant_id":null})", header) == R"({"tenant":"ab103.infusionsoft.com")");
  CHECK(tenant(R"({"id":"1"})", {}) == R"({"tenant":null)");
}

}  // namespace
}  // namespace infusionsoft
