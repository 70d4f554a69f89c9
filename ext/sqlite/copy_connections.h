// SPDX-License-Identifier: MIT
// CopyConnections: connections to a file of local copies, which is made, looked at and kept in WAL mode here. What stands in
// it is copy_file.h's.
#pragma once

#include <sys/stat.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/process.h"
#include "base/status.h"
#include "sqlite/api.h"

namespace infusionsoft::sqlite {

// One connection to the file, in autocommit mode when it is taken. SQLite forbids a child of this process to use or close
// it.
class CopyConnection {
 public:
  CopyConnection(sqlite3* handle, const struct stat& info);
  ~CopyConnection();
  CopyConnection(const CopyConnection&) = delete;
  CopyConnection& operator=(const CopyConnection&) = delete;

  sqlite3* handle() const { return handle_; }
  bool IsOf(const struct stat& info) const { return info.st_dev == device_ && info.st_ino == inode_; }
  // Ends the transaction that may be open; what is not committed is undone.
  void EndTransaction();
  // Whether the process that forked this one had the file open then. Its SQLite has left behind that this process holds
  // locks on it, which are the parent's: a connection that is opened here would trust them.
  static bool IsOpenInParent(const struct stat& info);

 private:
  static CopyConnection* open_;  // all of them, also those of the parent; guarded by ForkMutex

  const ProcessMark mark_;
  CopyConnection* next_ = nullptr;
  sqlite3* const handle_;
  const dev_t device_;
  const ino_t inode_;
};

// Used by one thread. Errors name the file, say what is wrong with it and what to do.
class CopyConnections {
 public:
  CopyConnections(std::string path, std::chrono::milliseconds patience) : path_(std::move(path)), patience_(patience) {}
  CopyConnections(const CopyConnections&) = delete;
  CopyConnections& operator=(const CopyConnections&) = delete;

  const std::string& path() const { return path_; }
  // An idle connection or a new one; null when there is no file, or an empty one, which is being made. The file is looked at
  // each time: it may have been deleted or opened to others.
  Result<std::unique_ptr<CopyConnection>> Take();
  // The same; makes the file where there is none.
  Result<std::unique_ptr<CopyConnection>> TakeOrMake();
  // Takes one back for whoever comes next. Its transaction ends.
  void Return(std::unique_ptr<CopyConnection> connection) noexcept;
  // So that the next one looks into the file anew.
  void CloseIdle() { idle_.clear(); }

  // What SQLite says of its last failure on `handle`, and what to do about it.
  Status Failed(sqlite3* handle, const std::string& what) const;
  Status Unusable(const std::string& why) const;

 private:
  Result<std::unique_ptr<CopyConnection>> OpenFile(const struct stat& info);
  Status MakeFile() const;
  int NameEmptyFile(const std::string& temporary) const;
  Status FillFile() const;
  Status EnterWal(sqlite3* handle) const;

  const std::string path_;
  const std::chrono::milliseconds patience_;
  std::vector<std::unique_ptr<CopyConnection>> idle_;
};

// What committed into a file that is gone stands in its -wal, which must not come to the next file of that name.
inline constexpr const char* kDeleteIt =
    "; delete the file and those with -wal and -shm behind its name, and copies are made anew";

}  // namespace infusionsoft::sqlite
