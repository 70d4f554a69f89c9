// SPDX-License-Identifier: MIT
// What goes wrong on the way: an error is an error, never fewer rows, and never the end of the user's transaction.
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <thread>

#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;
using sandbox::FaultKind;

constexpr const char* kCount = "SELECT count(*) FROM infusionsoft_contacts";

TEST_CASE("Fault: a server that fails four times and then works costs five requests", "[sqlite]") {
  Account account;
  account.server().AddFault({FaultKind::k500, 4, 0, ""});
  CHECK(account.Requests(kCount) == 5);
  CHECK(account.last_rows() == std::vector<std::string>{"60"});
}

TEST_CASE("Fault: a lost connection in the middle of a page is asked again", "[sqlite]") {
  Account account("Pagesize=25");
  account.server().AddFault({FaultKind::kReset, 1, 0, ""});
  CHECK(account.Requests(kCount) == 4);
  CHECK(account.last_rows() == std::vector<std::string>{"60"});
}

TEST_CASE("Fault: a refused token that cannot be replaced is SQLITE_AUTH", "[sqlite]") {
  Account account;
  account.server().AddFault({FaultKind::k401, 1, 0, ""});
  const Outcome outcome = account.database().Try(kCount);
  CHECK(outcome.code == SQLITE_AUTH);
  CHECK_THAT(outcome.error, Contains("infusionsoft_contacts") && Contains("401"));
  CHECK(account.Cell(kCount) == "60");
}

TEST_CASE("Fault: a token that ends during a scan is refreshed once", "[sqlite]") {
  const auto server = sandbox::Sandbox::Start(SmallAccount());
  Database database;
  const sandbox::SandboxOptions& options = server->options();
  database.Run("SELECT infusionsoft_connect('URL=" + server->api_url() + ";OAuthAccessTokenURL=" + server->token_url() +
               ";InitiateOAuth=REFRESH;OAuthClientId=" + options.client_id +
               ";OAuthClientSecret=" + options.client_secret + ";OAuthRefreshToken=" + options.refresh_token +
               ";OAuthSettingsLocation=memory://fault_test;Pagesize=20')");
  CHECK(database.Cell(kCount) == "60");
  CHECK(server->refresh_count() == 1);
  server->AddFault({FaultKind::k401, 1, 0, ""});
  server->ClearRequests();
  CHECK(database.Cell(kCount) == "60");
  CHECK(server->refresh_count() == 2);
  CHECK(server->api_requests() == 4);
}

TEST_CASE("Fault: a damaged answer is an error and not an empty table", "[sqlite]") {
  Account account("Pagesize=25");
  account.server().AddFault({FaultKind::kTruncatedJson, 0, 2, ""});
  const Outcome damaged = account.database().Try("SELECT id FROM infusionsoft_contacts");
  CHECK(damaged.code == SQLITE_ERROR);
  CHECK_THAT(damaged.error, Contains("infusionsoft_contacts: ") && Contains("JSON"));
  CHECK(damaged.rows.size() == 25);  // what arrived before it
  account.server().ClearFaults();
  account.server().AddFault({FaultKind::kWrongContentType, 0, 1, ""});
  CHECK(account.database().Try(kCount).code == SQLITE_ERROR);
}

TEST_CASE("Fault: a page token that comes again and again ends in an error", "[sqlite]") {
  Account account("Pagesize=10");
  account.server().AddFault({FaultKind::kSameToken, 0, 1, ""});
  account.server().ClearRequests();
  CHECK_THAT(account.Error(kCount), Contains("same next_page_token"));
  CHECK(account.server().api_requests() <= 3);
}

TEST_CASE("Fault: a refused path is reported with the table and the path", "[sqlite]") {
  Account account;
  account.server().AddFault({FaultKind::k401, 0, 1, "/v2/orders"});
  CHECK_THAT(account.Error("SELECT * FROM infusionsoft_contacts, infusionsoft_orders"),
             Contains("infusionsoft_orders"));
}

TEST_CASE("Fault: a failed SELECT leaves the user's transaction open", "[sqlite]") {
  Account account("Pagesize=25");
  account.Run("CREATE TABLE local(x); BEGIN; INSERT INTO local VALUES (1)");
  account.server().AddFault({FaultKind::kTruncatedJson, 0, 2, ""});
  CHECK(account.database().Try(kCount).code == SQLITE_ERROR);
  CHECK(sqlite3_get_autocommit(account.database().handle()) == 0);
  account.server().AddFault({FaultKind::k401, 0, 1, ""});
  CHECK(account.database().Try(kCount).code == SQLITE_AUTH);
  CHECK(sqlite3_get_autocommit(account.database().handle()) == 0);
  account.Run("COMMIT");
  CHECK(account.Cell("SELECT count(*), sum(x) FROM local") == "1|1");
}

TEST_CASE("Fault: an INSERT whose SELECT fails leaves no row behind", "[sqlite]") {
  Account account("Pagesize=25");
  account.Run("CREATE TABLE local(x)");
  account.server().AddFault({FaultKind::kTruncatedJson, 0, 2, ""});
  const char* const copy = "INSERT INTO local SELECT id FROM infusionsoft_contacts";
  CHECK(account.database().Try(copy).code == SQLITE_ERROR);
  CHECK(account.Cell("SELECT count(*) FROM local") == "0");
  // Inside a transaction SQLite itself keeps what the statement has inserted so far; a savepoint takes it back.
  account.Run("BEGIN; SAVEPOINT before");
  CHECK(account.database().Try(copy).code == SQLITE_ERROR);
  account.Run("ROLLBACK TO before; COMMIT");
  CHECK(account.Cell("SELECT count(*) FROM local") == "0");
}

// Interrupts as soon as `ready` holds, from another thread.
template <typename Ready>
std::thread InterruptWhen(sqlite3* database, Ready ready) {
  return std::thread([database, ready] {
    while (!ready()) std::this_thread::yield();
    sqlite3_interrupt(database);
  });
}

TEST_CASE("Fault: an interrupt ends a wait for the server", "[sqlite]") {
  using Clock = std::chrono::steady_clock;
  Account account("Pagesize=10");
  account.server().SetLatency(20'000);
  account.server().ClearRequests();
  std::thread other = InterruptWhen(account.database().handle(), [&] { return account.server().api_requests() > 0; });
  const auto start = Clock::now();
  const Outcome outcome = account.database().Try(kCount);
  const auto took = Clock::now() - start;
  other.join();
  CHECK(outcome.code == SQLITE_INTERRUPT);
  CHECK(took < std::chrono::seconds(5));
  account.server().SetLatency(0);
  CHECK(account.Cell(kCount) == "60");
}

TEST_CASE("Fault: an interrupt ends the wait before a request is sent again", "[sqlite]") {
  using Clock = std::chrono::steady_clock;
  sandbox::SandboxOptions options = SmallAccount();
  options.retry_after_seconds = 30;
  Account account("", options);
  account.server().AddFault({FaultKind::k429RetryAfter, 0, 1, ""});
  account.server().ClearRequests();
  std::thread other = InterruptWhen(account.database().handle(), [&] { return account.server().api_requests() > 0; });
  const auto start = Clock::now();
  const Outcome outcome = account.database().Try(kCount);
  const auto took = Clock::now() - start;
  other.join();
  CHECK(outcome.code == SQLITE_INTERRUPT);
  CHECK(took < std::chrono::seconds(5));
}

TEST_CASE("Fault: threads with their own connections scan at once", "[sqlite]") {
  const auto server = sandbox::Sandbox::Start(SmallAccount());
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      sqlite3* const handle = OpenRegistered();
      const std::string connect = "SELECT infusionsoft_connect('" + ConnectionString(*server, "Pagesize=7") + "')";
      if (CountRows(handle, connect) == 1 && CountRows(handle, "SELECT id FROM infusionsoft_contacts") == 60 &&
          sqlite3_close(handle) == SQLITE_OK) {
        ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(right == 4);
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
