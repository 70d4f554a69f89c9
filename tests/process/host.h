// SPDX-License-Identifier: MIT
// A host program's side: databases that load the built library, children, and a folder for their files.
#pragma once

#include <sqlite3.h>
#include <sys/types.h>

#include <functional>
#include <string>

namespace infusionsoft::process_test {

// A SQLite connection in memory with the library loaded and `connection` as its unnamed account.
class Database {
 public:
  explicit Database(const std::string& connection);
  ~Database() { sqlite3_close_v2(handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  sqlite3* handle() { return handle_; }
  // All cells of all rows, '|' behind each, or "error: " and the message. Makes no assertion, for children.
  std::string Run(const std::string& sql);

 private:
  sqlite3* handle_ = nullptr;
  std::string error_;
};

// A process that runs `body` and tells its parent what that returns. Ended by a signal after a minute, so that a test of
// something that hangs fails.
class Child {
 public:
  explicit Child(const std::function<std::string()>& body);
  ~Child();
  Child(Child&& other) noexcept;
  Child& operator=(const Child&) = delete;

  pid_t id() const { return id_; }
  // Waits for its end. "killed by signal N" when it had no other.
  std::string Wait();

 private:
  pid_t id_ = 0;
  int result_ = -1;
};

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string Path(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace infusionsoft::process_test
