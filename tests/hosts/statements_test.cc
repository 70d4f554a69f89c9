// SPDX-License-Identifier: MIT
// The statements of a connection are the host's: it may list, trace, forbid and finalize them, and close early.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "host.h"

namespace infusionsoft::hosts_test {
namespace {

constexpr const char* kScan = "SELECT id, given_name FROM infusionsoft_contacts";
constexpr const char* kJoin =
    "SELECT c.id, t.tag_id FROM infusionsoft_contacts AS c JOIN infusionsoft_contact_tags AS t ON t.contact_id = c.id";

struct Scene {
  explicit Scene(const std::string& more = "Pagesize=7") : server(StartSandbox()) {
    REQUIRE(server != nullptr);
    INFO(host.error());
    REQUIRE(host.Load() == SQLITE_OK);
    REQUIRE(host.Connect(*server, more) == SQLITE_OK);
  }
  // A statement at its first row.
  sqlite3_stmt* Begin(const std::string& sql) {
    sqlite3_stmt* const statement = host.Prepare(sql);
    INFO(host.error());
    REQUIRE(statement != nullptr);
    REQUIRE(sqlite3_step(statement) == SQLITE_ROW);
    return statement;
  }

  std::unique_ptr<sandbox::Sandbox> server;
  Host host;
};

std::vector<std::string> Statements(sqlite3* handle) {
  std::vector<std::string> texts;
  for (sqlite3_stmt* each = sqlite3_next_stmt(handle, nullptr); each != nullptr; each = sqlite3_next_stmt(handle, each)) {
    texts.emplace_back(sqlite3_sql(each));
  }
  return texts;
}

TEST_CASE("Statements: a running scan adds none to the host's list", "[hosts]") {
  Scene scene;
  sqlite3_stmt* const scan = scene.Begin(kScan);
  CHECK(Statements(scene.host.handle()) == std::vector<std::string>{kScan});
  while (sqlite3_step(scan) == SQLITE_ROW) {
  }
  CHECK(Statements(scene.host.handle()) == std::vector<std::string>{kScan});
  CHECK(sqlite3_finalize(scan) == SQLITE_OK);
  CHECK(scene.host.Close() == SQLITE_OK);
}

TEST_CASE("Statements: a host may finalize all that it finds while scans are open", "[hosts]") {
  Scene scene;
  REQUIRE(scene.host.Run("CREATE VIRTUAL TABLE own USING infusionsoft_contacts('" +
                         ConnectionString(*scene.server, "Pagesize=7") + "')") == SQLITE_OK);
  for (const char* other : {kScan, kJoin, "SELECT id FROM own"}) {
    INFO(other);
    scene.Begin(kJoin);
    scene.Begin(other);
    sqlite3* const handle = scene.host.handle();
    int finalized = 0;
    for (; sqlite3_stmt* const each = sqlite3_next_stmt(handle, nullptr); ++finalized) sqlite3_finalize(each);
    CHECK(finalized == 2);
    // What the statements remembered is gone with them: a new one asks again.
    scene.server->ClearRequests();
    CHECK(scene.host.Query(kScan).size() == 60);
    CHECK(scene.server->api_requests() == 9);
  }
  CHECK(scene.host.Close() == SQLITE_OK);
}

TEST_CASE("Statements: a host may close the connection below a running scan", "[hosts]") {
  Scene scene;
  for (const char* sql : {kScan, kJoin}) {
    INFO(sql);
    Host host;
    REQUIRE(host.Load() == SQLITE_OK);
    REQUIRE(host.Connect(*scene.server, "Pagesize=7") == SQLITE_OK);
    const size_t expected = host.Query(sql).size();
    sqlite3_stmt* const finished = host.Prepare(sql);
    sqlite3_stmt* const left = host.Prepare(sql);
    REQUIRE(sqlite3_step(finished) == SQLITE_ROW);
    REQUIRE(sqlite3_step(left) == SQLITE_ROW);
    CHECK(host.Close() == SQLITE_BUSY);
    REQUIRE(sqlite3_close_v2(host.handle()) == SQLITE_OK);
    size_t rows = 1;
    while (sqlite3_step(finished) == SQLITE_ROW) ++rows;
    CHECK(rows == expected);
    CHECK(sqlite3_finalize(finished) == SQLITE_OK);
    host.Forget();  // the last statement frees the connection
    CHECK(sqlite3_finalize(left) == SQLITE_OK);
  }
}

TEST_CASE("Statements: a trace shows what the host runs and nothing else", "[hosts]") {
  Scene scene;
  std::vector<std::string> traced;
  const auto note = [](unsigned event, void* context, void* statement, void* text) {
    auto& texts = *static_cast<std::vector<std::string>*>(context);
    texts.emplace_back(event == SQLITE_TRACE_STMT ? static_cast<const char*>(text)
                                                  : sqlite3_sql(static_cast<sqlite3_stmt*>(statement)));
    return 0;
  };
  REQUIRE(sqlite3_trace_v2(scene.host.handle(), SQLITE_TRACE_STMT | SQLITE_TRACE_PROFILE, note, &traced) == SQLITE_OK);
  CHECK(scene.host.Query(kScan).size() == 60);
  CHECK(scene.server->api_requests() == 9);  // between which a request to stop was looked for
  CHECK(traced == std::vector<std::string>{kScan, kScan});
}

TEST_CASE("Statements: an interrupt is seen where the host forbids every statement but its own", "[hosts]") {
  Scene scene;
  sqlite3_stmt* const scan = scene.Begin(kScan);
  std::atomic<int> asked = 0;
  const auto refuse = [](void* count, int, const char*, const char*, const char*, const char*) {
    ++*static_cast<std::atomic<int>*>(count);
    return SQLITE_DENY;
  };
  REQUIRE(sqlite3_set_authorizer(scene.host.handle(), refuse, &asked) == SQLITE_OK);
  scene.server->ClearRequests();
  scene.server->SetLatency(20'000);
  std::atomic<bool> is_over = false;
  std::thread other([&] {
    while (scene.server->api_requests() == 0 && !is_over) std::this_thread::yield();
    sqlite3_interrupt(scene.host.handle());
  });
  const auto start = std::chrono::steady_clock::now();
  int code = SQLITE_ROW;
  while (code == SQLITE_ROW) code = sqlite3_step(scan);
  is_over = true;
  other.join();
  CHECK(code == SQLITE_INTERRUPT);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
  scene.server->SetLatency(0);
  CHECK(asked == 0);
  sqlite3_finalize(scan);
}

}  // namespace
}  // namespace infusionsoft::hosts_test
