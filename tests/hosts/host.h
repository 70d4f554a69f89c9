// SPDX-License-Identifier: MIT
// Host: a connection of this process to SQLite that has loaded the built library, and a sandbox for it to ask.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <vector>

#include "sandbox.h"

namespace infusionsoft::hosts_test {

// An account of 60 contacts.
std::unique_ptr<sandbox::Sandbox> StartSandbox();

// `more` is further properties: "Pagesize=25".
std::string ConnectionString(const sandbox::Sandbox& server, const std::string& more = "");

// Nothing of Catch2 is in it, so that threads and children may have one each.
class Host {
 public:
  explicit Host(const std::string& path = ":memory:");
  ~Host() { sqlite3_close_v2(handle_); }
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  sqlite3* handle() { return handle_; }
  // Result codes of SQLite; error() has the message.
  int Load(const std::string& file = EXTENSION);
  int Connect(const sandbox::Sandbox& server, const std::string& more = "");
  int Run(const std::string& sql);
  // Fails while there are statements.
  int Close();
  // The connection is somebody else's to close.
  void Forget() { handle_ = nullptr; }
  // The first column of all rows; what failed is in error().
  std::vector<std::string> Query(const std::string& sql);
  // Null after an error.
  sqlite3_stmt* Prepare(const std::string& sql);
  const std::string& error() const { return error_; }

 private:
  int Note(int code);

  sqlite3* handle_ = nullptr;
  std::string error_;  // of the last call that failed
};

}  // namespace infusionsoft::hosts_test
