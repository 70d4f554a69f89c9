// SPDX-License-Identifier: MIT
// CopyFile: the CopyStore of a SQLite database file that only its owner can read.
//
// It is in WAL mode, so that who reads a copy never waits for who replaces it: each reader has a connection of its own, in
// a transaction from its first page to its last. What is being copied waits in a TEMP table, and goes into the file in one
// transaction. Two programs that copy the same list at the same time both do so; the copy of the last one stays.
//
//   CREATE TABLE copies(id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT, request TEXT, table_name TEXT,
//                       copied_at INTEGER,   milliseconds since 1970
//                       pages INTEGER, bytes INTEGER, UNIQUE(account, request))
//   CREATE TABLE pages(copy INTEGER, number INTEGER, found INTEGER, body BLOB, UNIQUE(copy, number))
#pragma once

#include <sys/stat.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "query/copy_store.h"
#include "sqlite/api.h"

namespace infusionsoft::sqlite {

// Used by the thread of the SQLite connection whose tables read it.
class CopyFile : public CopyStore, public std::enable_shared_from_this<CopyFile> {
 public:
  // For another program that is writing, whose transactions take milliseconds.
  static constexpr std::chrono::milliseconds kPatience{10'000};

  explicit CopyFile(std::string path, std::chrono::milliseconds patience = kPatience);
  ~CopyFile() override;

  // Makes the file where there is none, and looks whether copies can be written to it.
  Status Prepare();
  // Whether what is there can be read; nothing is fine.
  Status Check();

  Result<std::unique_ptr<CopyReader>> Open(const CopyKey& key) override;
  Result<std::unique_ptr<CopyWriter>> Make(const CopyKey& key, const std::string& table_name) override;
  Result<std::vector<CopyInfo>> List(const std::string& account) override;
  Status Forget(const std::string& account) override;

 private:
  class Reader;
  class Writer;
  // One connection to the file. It goes back to the idle ones when its user is done.
  class Connection;

  // An idle connection or a new one; null when there is no file, or an empty one, which is being made. The file is looked at
  // each time: it may have been deleted or opened to others.
  Result<std::unique_ptr<Connection>> Take();
  Result<std::unique_ptr<Connection>> OpenFile(const struct stat& info);
  Result<std::unique_ptr<Connection>> TakeOrMake();
  Status MakeFile() const;
  Status FillFile() const;
  Status EnterWal(sqlite3* handle) const;
  Status Failed(sqlite3* handle, const std::string& what) const;
  Status Unusable(const std::string& why) const;

  const std::string path_;
  const std::chrono::milliseconds patience_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace infusionsoft::sqlite
