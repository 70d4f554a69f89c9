// SPDX-License-Identifier: MIT
// What is done while allocations fail, and how it is known afterwards that nothing was lost.
#pragma once

#include <sqlite3.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sandbox.h"

namespace infusionsoft::memory_test {

// How a statement ended, and all that it said.
struct Answer {
  int code = SQLITE_OK;
  std::string text;  // rows, or the error's message

  friend bool operator==(const Answer&, const Answer&) = default;
};

// A database connection with the extension, a sandbox, and a folder that goes with them. Nothing of it asserts: it is used where
// assertions would need memory.
class Host {
 public:
  Host();
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  sandbox::Sandbox& server() { return *server_; }
  const std::string& folder() const { return folder_; }
  sqlite3* database() { return database_; }

  void Open();
  // The result code; SQLITE_BUSY would mean that the extension left a statement behind.
  int Close();
  Answer Run(const std::string& sql);
  // The statement that a scenario tries: made while there is memory.
  void set_statement(std::string sql) { statement_ = std::move(sql); }
  Answer RunStatement() { return Run(statement_); }
  // Another number each time.
  int count() { return ++count_; }
  // A connection string for the sandbox with a token that does not end, or one with tokens in a file.
  std::string WithToken(const std::string& more) const;
  std::string WithTokenFile(const std::string& more) const;

 private:
  std::unique_ptr<sandbox::Sandbox> server_;
  std::string folder_;
  sqlite3* database_ = nullptr;
  std::string statement_;
  int count_ = 0;
};

struct Scenario {
  std::string name;
  std::function<void(Host&)> prepare;    // before each attempt
  std::function<Answer(Host&)> attempt;  // while allocations fail
  std::function<Answer(Host&)> verify;   // with memory again: always the same answer, whatever the attempt came to
  int stride = 1;                        // tried is one allocation of so many, where all would take minutes
  bool spends_token = false;             // a refresh token, in a request whose answer may not arrive
};

const std::vector<Scenario>& Scenarios();

}  // namespace infusionsoft::memory_test
