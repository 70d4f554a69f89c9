// SPDX-License-Identifier: MIT
// Every allocation of SQLite's, in turn, finds no memory: no crash, no leak, no other answer than NOMEM or the right
// one.
#include <atomic>
#include <catch2/catch.hpp>
#include <string>
#include <thread>

#include "copies_support.h"
#include "profile/profile.h"
#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

sqlite3_mem_methods g_real;
// Only this thread's allocations fail: the sandbox has its own threads, and does not use SQLite.
thread_local int t_until_failure = -1;  // -1: none fails
thread_local bool t_failed = false;

bool MayAllocate() {
  if (t_until_failure < 0) return true;
  if (t_until_failure > 0) {
    --t_until_failure;
    return true;
  }
  t_failed = true;  // and so do all that follow
  return false;
}

void* Allocate(int size) { return MayAllocate() ? g_real.xMalloc(size) : nullptr; }
void* Reallocate(void* old, int size) { return MayAllocate() ? g_real.xRealloc(old, size) : nullptr; }

// SQLite takes another allocator only while it is shut down.
class FailingAllocator {
 public:
  FailingAllocator() {
    REQUIRE(sqlite3_shutdown() == SQLITE_OK);
    REQUIRE(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &g_real) == SQLITE_OK);
    sqlite3_mem_methods failing = g_real;
    failing.xMalloc = Allocate;
    failing.xRealloc = Reallocate;
    REQUIRE(sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) == SQLITE_OK);
    REQUIRE(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK);  // it would hide most allocations
    REQUIRE(sqlite3_initialize() == SQLITE_OK);
  }
  ~FailingAllocator() {
    t_until_failure = -1;
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_MALLOC, &g_real);
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 1200, 40);
    sqlite3_initialize();
  }
  FailingAllocator(const FailingAllocator&) = delete;
  FailingAllocator& operator=(const FailingAllocator&) = delete;
};

struct Attempt {
  int code = SQLITE_OK;
  int rows = 0;
};

// Prepares and runs one statement while allocation number `fail_at` and all after it fail.
Attempt RunFailing(sqlite3* handle, const std::string& sql, int fail_at) {
  Attempt attempt;
  t_failed = false;
  t_until_failure = fail_at;
  sqlite3_stmt* statement = nullptr;
  attempt.code = sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr);
  if (attempt.code == SQLITE_OK) {
    while ((attempt.code = sqlite3_step(statement)) == SQLITE_ROW) {
      // Reading a cell may need memory as well.
      for (int i = 0; i < sqlite3_column_count(statement); ++i) sqlite3_column_text(statement, i);
      ++attempt.rows;
    }
    if (attempt.code == SQLITE_DONE) attempt.code = SQLITE_OK;
  }
  sqlite3_finalize(statement);
  t_until_failure = -1;
  return attempt;
}

// Returns after how many allocations the statement works.
int FailEachAllocation(sqlite3* handle, const std::string& sql, int rows, int step = 1) {
  constexpr int kMostAllocations = 20000;
  for (int fail_at = 0; fail_at < kMostAllocations; fail_at += step) {
    const Attempt attempt = RunFailing(handle, sql, fail_at);
    if (!t_failed) {
      INFO(sql << ": " << sqlite3_errmsg(handle));
      CHECK(attempt.code == SQLITE_OK);
      CHECK(attempt.rows == rows);
      return fail_at;
    }
    // SQLite gets on without some of its allocations; then the answer is the right one.
    const bool right = attempt.code == SQLITE_NOMEM || (attempt.code == SQLITE_OK && attempt.rows == rows);
    if (!right) {
      INFO(sql);
      INFO(sqlite3_errmsg(handle));
      INFO("allocation " << fail_at << ", " << attempt.rows << " rows");
      CHECK(attempt.code == SQLITE_NOMEM);
      return fail_at;
    }
  }
  FAIL_CHECK("the statement never worked");
  return kMostAllocations;
}

TEST_CASE("OutOfMemory: each allocation of a statement fails in turn", "[sqlite]") {
  sandbox::SandboxOptions options = SmallAccount(6);
  options.rate_per_minute = 1'000'000;  // the client would wait when the minute's requests are used up
  const auto server = sandbox::Sandbox::Start(options);
  FailingAllocator allocator;
  const std::string connection = ConnectionString(*server, "Pagesize=4");
  {
    sqlite3* handle = OpenRegistered();
    REQUIRE(handle != nullptr);
    CHECK(FailEachAllocation(handle, "SELECT infusionsoft_connect('" + connection + "')", 1) > 5);
    CHECK(FailEachAllocation(handle, "SELECT id, email, update_time FROM infusionsoft_contacts WHERE id > 0", 6) > 5);
    CHECK(FailEachAllocation(handle, "SELECT * FROM infusionsoft_contacts WHERE id IN (1, 2, 3)", 0) > 5);
    CHECK(FailEachAllocation(handle, "SELECT name FROM infusionsoft_tables WHERE name LIKE '%_contacts'", 2) > 5);
    REQUIRE(CountRows(handle, "SELECT infusionsoft_connect('" + connection + "')") == 1);
    CHECK(FailEachAllocation(handle, "SELECT count(*) FROM infusionsoft_requests WHERE rows < 0", 1) > 5);
    const std::string explain = "SELECT * FROM infusionsoft_explain('SELECT email FROM infusionsoft_contacts WHERE id = 1')";
    CHECK(FailEachAllocation(handle, explain, 1) > 5);
    const std::string create =
        "CREATE VIRTUAL TABLE IF NOT EXISTS people USING infusionsoft_contacts('" + connection + "')";
    CHECK(FailEachAllocation(handle, create, 0) > 5);
    CHECK(CountRows(handle, "SELECT id FROM people") == 6);
    // Of many allocations one in some is tried: each attempt that gets as far sends a request.
    CHECK(FailEachAllocation(handle,
                             "CREATE VIRTUAL TABLE IF NOT EXISTS c USING infusionsoft_contacts(CustomFields=columns)", 0,
                             37) > 500);
    REQUIRE(CountRows(handle, "UPDATE c_fields SET column_name = 'old', label = 'old' WHERE id = 3") == 0);
    CHECK(FailEachAllocation(handle, "SELECT infusionsoft_refresh_fields('c')", 1, 37) > 500);
    CHECK(CountRows(handle, "SELECT score FROM c") == 6);
    CHECK(sqlite3_close(handle) == SQLITE_OK);
  }
  CHECK(sqlite3_memory_used() == 0);
}

TEST_CASE("OutOfMemory: each allocation of a list that is copied fails in turn", "[sqlite]") {
  const TemporaryFile file;
  const auto server = sandbox::Sandbox::Start(SmallAccount(6));
  FailingAllocator allocator;
  const std::string connect =
      "SELECT infusionsoft_connect('" + ConnectionString(*server, Caching(file) + ";Pagesize=4;CacheTolerance=");
  {
    sqlite3* handle = OpenRegistered();
    REQUIRE(handle != nullptr);
    CHECK(FailEachAllocation(handle, connect + "0')", 1) > 5);
    const std::string query = "SELECT id, email FROM infusionsoft_contacts WHERE id > 0";
    CHECK(FailEachAllocation(handle, query, 6, 5) > 5);  // makes a copy each time
    REQUIRE(CountRows(handle, connect + "1000')") == 1);
    CHECK(FailEachAllocation(handle, query, 6) > 5);
    CHECK(FailEachAllocation(handle, "SELECT * FROM infusionsoft_copies", 1) > 5);
    CHECK(sqlite3_close(handle) == SQLITE_OK);
  }
  CHECK(sqlite3_memory_used() == 0);
}

TEST_CASE("OutOfMemory: infusionsoft_create_tables leaves no transaction open, and completes its tables later", "[sqlite]") {
  FailingAllocator allocator;
  sqlite3* handle = OpenRegistered();
  REQUIRE(handle != nullptr);
  REQUIRE(CountRows(handle, "SELECT infusionsoft_connect('shop', 'OAuthAccessToken=x')") == 1);
  const std::string tables = "SELECT 1 FROM temp.sqlite_schema WHERE type = 'table'";
  // There are too many allocations to fail each: more and more of them are passed over.
  int attempts = 0;
  t_failed = true;
  for (int fail_at = 0; t_failed; fail_at += 1 + fail_at / 20, ++attempts) {
    const Attempt attempt = RunFailing(handle, "SELECT infusionsoft_create_tables('shop')", fail_at);
    INFO("allocation " << fail_at);
    CHECK(sqlite3_get_autocommit(handle) != 0);
    if (attempt.code == SQLITE_OK) break;
    CHECK(attempt.code == SQLITE_NOMEM);
  }
  CHECK(CountRows(handle, tables) == static_cast<int>(Profile::BuiltIn().entities().size()));
  CHECK(attempts > 50);
  CHECK(sqlite3_close(handle) == SQLITE_OK);
  CHECK(sqlite3_memory_used() == 0);
}

TEST_CASE("OutOfMemory: each allocation of the registration fails in turn", "[sqlite]") {
  FailingAllocator allocator;
  int fail_at = 0;
  for (t_failed = true; t_failed; ++fail_at) {
    t_failed = false;
    t_until_failure = fail_at;
    sqlite3* const handle = OpenRegistered();
    t_until_failure = -1;
    REQUIRE(sqlite3_close(handle) == SQLITE_OK);
    REQUIRE((handle != nullptr || t_failed));
  }
  CHECK(fail_at > 20);
  CHECK(sqlite3_memory_used() == 0);
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
