// SPDX-License-Identifier: MIT
// CopyFile: the CopyStore of a SQLite database file that only its owner can read.
//
// It is in WAL mode, so that who reads a copy never waits for who replaces it: each snapshot has a connection of its own, in
// one transaction. As long as there is one, the -wal is not written from its beginning again: it grows by all that is
// copied or deleted meanwhile. What is being copied waits in a TEMP table, and goes into the file in one transaction. Two
// programs that copy the same list at the same time both do so; the copy of the last one stays.
//
//   CREATE TABLE copies(id INTEGER PRIMARY KEY AUTOINCREMENT,
//                       account TEXT,        the owner, and behind a ':' the sign-in, where one is known
//                       request TEXT, table_name TEXT,
//                       copied_at INTEGER,   milliseconds since 1970
//                       pages INTEGER, bytes INTEGER, UNIQUE(account, request))
//   CREATE TABLE pages(copy INTEGER, number INTEGER, found INTEGER, body BLOB, UNIQUE(copy, number))
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "query/copy_store.h"
#include "sqlite/copy_connections.h"

namespace infusionsoft::sqlite {

// Used by the thread of the SQLite connection whose tables read it.
class CopyFile : public CopyStore, public std::enable_shared_from_this<CopyFile> {
 public:
  // For another program that is writing, whose transactions take milliseconds.
  static constexpr std::chrono::milliseconds kPatience{10'000};

  explicit CopyFile(std::string path, std::chrono::milliseconds patience = kPatience);

  // Makes the file where there is none, and looks whether copies can be written to it.
  Status Prepare();
  // Whether what is there can be read; nothing is fine.
  Status Check();

  Result<std::shared_ptr<CopySnapshot>> TakeSnapshot() override;
  Result<std::unique_ptr<CopyWriter>> Make(const std::string& table_name) override;
  Result<std::vector<CopyInfo>> List(const std::string& owner, const std::string& grant) override;
  Status Forget(const std::string& owner) override;

 private:
  class Snapshot;
  class Reader;
  class Writer;

  CopyConnections connections_;
};

}  // namespace infusionsoft::sqlite
