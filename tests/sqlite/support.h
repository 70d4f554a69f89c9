// SPDX-License-Identifier: MIT
// A SQLite connection with the extension in it, and a sandbox to connect it to.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "profile/profile.h"
#include "sandbox.h"

namespace infusionsoft::sqlite_test {

// What a statement gave: its rows with '|' between the columns (NULL is empty), and how it ended.
struct Outcome {
  int code = SQLITE_OK;  // SQLITE_OK after the last row
  std::string error;
  std::vector<std::string> rows;
};

// A SQLite connection with the extension registered. Closing must succeed: a statement that nobody finalised is a
// failure.
class Database {
 public:
  explicit Database(const std::string& path = ":memory:");
  // One in memory that does not know the extension.
  enum class Plain { kPlain };
  explicit Database(Plain);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  sqlite3* handle() { return handle_; }
  // Closes now; the result code.
  int Close();

  // Runs all statements of `sql` until one fails.
  Outcome Try(const std::string& sql);
  // The rows of what must work.
  std::vector<std::string> Run(const std::string& sql);
  // The only cell of what must work.
  std::string Cell(const std::string& sql);
  // The message of what must fail.
  std::string Error(const std::string& sql);

 private:
  sqlite3* handle_ = nullptr;
};

// Without assertions, for threads and for shortage of memory: null and -1 when something failed.
sqlite3* OpenRegistered();
int CountRows(sqlite3* handle, const std::string& sql);

std::string ConnectionString(const sandbox::Sandbox& server, const std::string& more = "");

sandbox::SandboxOptions SmallAccount(uint64_t contacts = 60);

// A sandbox and a database that is connected to it.
class Account {
 public:
  explicit Account(const std::string& more = "", const sandbox::SandboxOptions& options = SmallAccount());

  sandbox::Sandbox& server() { return *server_; }
  Database& database() { return database_; }
  // Replaces the connection by one with these further properties.
  void Connect(const std::string& more = "");

  std::vector<std::string> Run(const std::string& sql) { return database_.Run(sql); }
  std::string Cell(const std::string& sql) { return database_.Cell(sql); }
  std::string Error(const std::string& sql) { return database_.Error(sql); }
  // How many API requests `sql` sends; its rows are in last_rows().
  uint64_t Requests(const std::string& sql);
  const std::vector<std::string>& last_rows() const { return last_rows_; }
  // The decoded query string of the last request.
  std::string LastQuery();

 private:
  std::unique_ptr<sandbox::Sandbox> server_;
  Database database_;
  std::vector<std::string> last_rows_;
};

// A column that only the table's own requests have, so that reading it leaves no other way to the rows; "" when all are shared.
std::string ColumnOfNoOtherTable(const Entity& entity);

// A file that is gone when the test ends.
class TemporaryFile {
 public:
  TemporaryFile();
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  std::string path() const { return directory_ + "/test.db"; }

 private:
  std::string directory_;
};

}  // namespace infusionsoft::sqlite_test
