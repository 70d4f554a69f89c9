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
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/status.h"

namespace infusionsoft {

struct CopyKey {
  std::string owner;    // ConnectionOptions::DataOwner
  std::string grant;    // Credentials::Grant, of whose data it is
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
  // In place of the copy that there was, and of all that its owner has of other sign-ins. They stay as they were when this
  // fails.
  virtual Status Publish(const CopyKey& key, WallTime copied_at) = 0;
};

// Errors say which file, what is wrong with it and what to do.
class CopyStore {
 public:
  virtual ~CopyStore() = default;
  // Null when nothing was ever copied.
  virtual Result<std::shared_ptr<CopySnapshot>> TakeSnapshot() = 0;
  virtual Result<std::unique_ptr<CopyWriter>> Make(const std::string& table_name) = 0;
  virtual Result<std::vector<CopyInfo>> List(const std::string& owner, const std::string& grant) = 0;
  // Of all sign-ins.
  virtual Status Forget(const std::string& owner) = 0;
};

// How one connection uses copies. What it refers to outlives it.
struct LocalCopies {
  std::shared_ptr<CopyStore> store;
  std::string owner;
  // Credentials::Grant and GrantInUse: they are asked for each list, because anybody may sign in at any time.
  std::function<Result<std::optional<std::string>>()> grant;
  std::function<std::optional<std::string>()> grant_in_use;
  std::chrono::milliseconds tolerance{0};  // how old a copy may be
  bool offline = false;                    // any age will do, and nothing is sent
  Clock& clock;
  Log& log;

  std::chrono::milliseconds AgeOf(const CopyInfo& copy) const { return clock.Now() - copy.copied_at; }
  // A copy of the future says that a clock was wrong, and nothing about its age.
  bool IsUsable(const CopyInfo& copy) const {
    const std::chrono::milliseconds age = AgeOf(copy);
    return offline || (age.count() >= 0 && age <= tolerance);
  }
};

}  // namespace infusionsoft
