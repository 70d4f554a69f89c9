// SPDX-License-Identifier: MIT
// A host that forks: each process has connections of its own, and nothing that it inherits is used.
#include <sqlite3.h>

#include <array>
#include <catch2/catch.hpp>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "host.h"
#include "sandbox.h"

namespace infusionsoft::process_test {
namespace {

constexpr int kWorkers = 8;
constexpr int kQueries = 40;

// Lists of different rows, so that a list tells whose request it answers.
constexpr std::array<const char*, kWorkers> kTables = {"contacts", "companies", "tags",   "tag_categories",
                                                       "notes",    "tasks",     "orders", "products"};

std::unique_ptr<sandbox::Sandbox> StartSandbox() {
  sandbox::SandboxOptions options;
  options.sizes.contacts = 60;
  options.rate_per_minute = 1'000'000;
  auto server = sandbox::Sandbox::Start(options);
  REQUIRE(server != nullptr);
  return server;
}

std::string ConnectionTo(const sandbox::Sandbox& server) {
  return "URL=" + server.api_url() + ";OAuthAccessToken=" + server.options().access_token;
}

std::string WholeList(const char* table) { return std::string("SELECT group_concat(id) FROM infusionsoft_") + table; }

std::string OneRow(const std::string& id) {
  return "SELECT id, given_name, family_name FROM infusionsoft_contacts WHERE id = " + id;
}

std::vector<std::string> Ids(Database& database) {
  std::istringstream cells(database.Run("SELECT id FROM infusionsoft_contacts LIMIT " + std::to_string(kQueries)));
  std::vector<std::string> ids;
  for (std::string id; std::getline(cells, id, '|');) ids.push_back(id);
  REQUIRE(ids.size() == kQueries);
  return ids;
}

TEST_CASE("fork: workers that open databases of their own get the rows that they asked for", "[fork]") {
  const auto server = StartSandbox();
  std::vector<std::string> ids;
  std::vector<std::string> rows;
  std::vector<std::string> lists;
  {
    Database parent(ConnectionTo(*server));
    ids = Ids(parent);
    for (const std::string& id : ids) rows.push_back(parent.Run(OneRow(id)));
    for (const char* table : kTables) lists.push_back(parent.Run(WholeList(table)));
  }
  REQUIRE(rows[0] != rows[1]);
  REQUIRE(lists[0].size() > 100);
  std::vector<Child> workers;
  for (int worker = 0; worker < kWorkers; ++worker) {
    workers.emplace_back([&, worker]() -> std::string {
      Database database(ConnectionTo(*server));
      for (size_t i = 0; i < ids.size(); ++i) {
        const size_t row = (static_cast<size_t>(worker) * 5 + i) % ids.size();
        if (const std::string got = database.Run(OneRow(ids[row])); got != rows[row]) return got;
      }
      return database.Run(WholeList(kTables[static_cast<size_t>(worker)]));
    });
  }
  for (size_t worker = 0; worker < workers.size(); ++worker) CHECK(workers[worker].Wait() == lists[worker]);
}

TEST_CASE("fork: workers that copy lists into one file copy what they asked for", "[fork]") {
  const TemporaryFolder folder;
  const auto server = StartSandbox();
  const std::string cached = ConnectionTo(*server) + ";AutoCache=true;CacheLocation=" + folder.Path("copies.db");
  std::vector<std::string> lists;
  {
    Database parent(ConnectionTo(*server));
    for (const char* table : kTables) lists.push_back(parent.Run(WholeList(table)));
    // It copies one list, and with it opens the file.
    CHECK(Database(cached).Run(WholeList("users")) == parent.Run(WholeList("users")));
  }
  std::vector<Child> workers;
  for (const char* table : kTables) {
    workers.emplace_back([&, table] { return Database(cached).Run(WholeList(table)); });
  }
  for (size_t worker = 0; worker < workers.size(); ++worker) CHECK(workers[worker].Wait() == lists[worker]);
  Database offline(cached + ";Offline=true");
  server->ClearRequests();
  for (size_t i = 0; i < lists.size(); ++i) CHECK(offline.Run(WholeList(kTables[i])) == lists[i]);
  CHECK(server->api_requests() == 0);
}

// SQLite keeps its locks by process in memory that a child inherits.
TEST_CASE("fork: local copies that the parent has open are refused, and another file is not", "[fork]") {
  const TemporaryFolder folder;
  const auto server = StartSandbox();
  const auto cached = [&](const char* file) {
    return ConnectionTo(*server) + ";AutoCache=true;CacheLocation=" + folder.Path(file);
  };
  Database parent(cached("copies.db"));
  const std::string tags = parent.Run(WholeList("tags"));
  CHECK(Child([&] { return Database(cached("copies.db")).Run(WholeList("tags")); }).Wait().find("before fork()") !=
        std::string::npos);
  CHECK(Child([&] { return Database(cached("other.db")).Run(WholeList("tags")); }).Wait() == tags);
  CHECK(parent.Run(WholeList("notes")).size() > 10);
}

TEST_CASE("fork: an inherited database asks to be opened again, whatever is done with it", "[fork]") {
  const auto server = StartSandbox();
  auto parent = std::make_unique<Database>(ConnectionTo(*server));
  sqlite3_stmt* open_scan = nullptr;
  REQUIRE(sqlite3_prepare_v2(parent->handle(), "SELECT id FROM infusionsoft_contacts", -1, &open_scan, nullptr) ==
          SQLITE_OK);
  REQUIRE(sqlite3_step(open_scan) == SQLITE_ROW);
  server->ClearRequests();
  for (const std::string sql : {"SELECT id FROM infusionsoft_tags", "SELECT count(*) FROM infusionsoft_requests",
                                "SELECT infusionsoft_test_connection()", "SELECT infusionsoft_connect('APIKey=x')",
                                "SELECT infusionsoft_refresh_token()", "SELECT infusionsoft_disconnect()",
                                "SELECT * FROM infusionsoft_connection_properties"}) {
    INFO(sql);
    CHECK(Child([&] { return parent->Run(sql); }).Wait().find("open the database again in this process") !=
          std::string::npos);
  }
  CHECK(Child([&] {
          const int code = sqlite3_step(open_scan);
          const std::string message = sqlite3_errmsg(parent->handle());
          sqlite3_finalize(open_scan);
          parent.reset();
          return std::to_string(code) + " " + message;
        })
            .Wait()
            .find("1 this database connection was opened before fork()") == 0);
  CHECK(server->api_requests() == 0);
  // Nothing of that was the parent's.
  int rows = 1;
  while (sqlite3_step(open_scan) == SQLITE_ROW) ++rows;
  CHECK(rows == 60);
  CHECK(sqlite3_finalize(open_scan) == SQLITE_OK);
}

TEST_CASE("fork: a child that ends, or forks again, leaves the parent's connections alone", "[fork]") {
  const auto server = StartSandbox();
  Database parent(ConnectionTo(*server));
  const std::string tags = parent.Run(WholeList("tags"));
  const auto ask = [&] { return Database(ConnectionTo(*server)).Run(WholeList("tags")); };
  for (int i = 0; i < 3; ++i) {
    CHECK(Child([&] { return Child(ask).Wait(); }).Wait() == tags);
    CHECK(parent.Run(WholeList("tags")) == tags);
  }
}

}  // namespace
}  // namespace infusionsoft::process_test
