// SPDX-License-Identifier: MIT
// CopyStore: local copies of what requests were answered, kept between statements and between processes. A seam: sqlite/
// keeps them in a file.
//
// A copy is one list, with all its pages, or one object. It is replaced as a whole. Who reads copies sees them as they were
// at one moment, to the last page, whatever becomes of them meanwhile. Used by one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/status.h"

namespace infusionsoft {

struct CopyKey {
  std::string account;  // ConnectionOptions::DataOwner
  std::string request;  // "/v2/contacts?fields=id%2Cemail": the same for all pages of a list
};

struct CopyInfo {
  int64_t id = 0;  // no two copies of a store have the same, one after another neither
  std::string request;
  std::string table_name;  // of the scan that made it
  WallTime copied_at{};    // before its first request was sent
  int64_t pages = 0;
  int64_t bytes = 0;  // of its answers
};

struct CopiedAnswer {
  bool found = true;  // false: the API's own 404
  std::string body;
};

// One copy, from its first page to its last.
class CopyReader {
 public:
  virtual ~CopyReader() = default;
  virtual const CopyInfo& info() const = 0;
  virtual Result<CopiedAnswer> Read(int64_t page) = 0;  // from 0
};

// All copies as they were when the first of them was looked for. Holds up nobody who makes copies or deletes them, but the
// store may grow by what they do as long as it is there.
class CopySnapshot {
 public:
  virtual ~CopySnapshot() = default;
  // Null when there is none. The copy stays readable when the snapshot is let go.
  virtual Result<std::unique_ptr<CopyReader>> Open(const CopyKey& key) = 0;
};

// A copy that is being made. Nobody sees it before it is published, and nothing is left of one that is not.
class CopyWriter {
 public:
  virtual ~CopyWriter() = default;
  virtual Status Add(bool found, std::string_view body) = 0;
  // In place of the copy that there was, which stays as it was when this fails.
  virtual Status Publish(WallTime copied_at) = 0;
};

// Errors say which file, what is wrong with it and what to do.
class CopyStore {
 public:
  virtual ~CopyStore() = default;
  // Null when nothing was ever copied.
  virtual Result<std::shared_ptr<CopySnapshot>> TakeSnapshot() = 0;
  virtual Result<std::unique_ptr<CopyWriter>> Make(const CopyKey& key, const std::string& table_name) = 0;
  virtual Result<std::vector<CopyInfo>> List(const std::string& account) = 0;
  virtual Status Forget(const std::string& account) = 0;
};

// How one connection uses copies. What it refers to outlives it.
struct LocalCopies {
  std::shared_ptr<CopyStore> store;
  std::string account;
  std::chrono::milliseconds tolerance{0};  // how old a copy may be
  bool offline = false;                    // any age will do, and nothing is sent
  Clock& clock;
  Log& log;
  // Deletes the copies of whoever was signed in before, when somebody has signed in since this was called last; null where
  // nobody signs in.
  std::function<Status()> forget_others = nullptr;

  std::chrono::milliseconds AgeOf(const CopyInfo& copy) const { return clock.Now() - copy.copied_at; }
  // A copy of the future says that a clock was wrong, and nothing about its age.
  bool IsUsable(const CopyInfo& copy) const {
    const std::chrono::milliseconds age = AgeOf(copy);
    return offline || (age.count() >= 0 && age <= tolerance);
  }
};

}  // namespace infusionsoft
