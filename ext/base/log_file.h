// SPDX-License-Identifier: MIT
// LogFile: a file to which several threads and processes append whole lines, and which makes room when it is full.
//
// When a line would make `path` longer than its bound, path.1 becomes path.2 and so on, and `path` becomes path.1; the last
// one goes. Writing and turning over happen under flock() on the file itself. Threads: safe.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/status.h"

namespace infusionsoft {

class LogFile {
 public:
  // Creates nothing. `max_files` counts `path` itself; with 1 it is emptied when it is full.
  LogFile(std::string path, int64_t max_bytes, int max_files)
      : path_(std::move(path)), max_bytes_(max_bytes), max_files_(max_files) {}

  // Whether a line can be written now: opens or makes the file (mode 0600), and takes an older one from other users.
  // kInvalidArgument says why not; another user's file is refused.
  Status Check();
  // Appends `lines`, which end with a line break, as a whole or not at all. Another process may hold the lock; it is waited
  // for at most kPatience milliseconds. kUnavailable: what the system says.
  Status Append(std::string_view lines);

  const std::string& path() const { return path_; }
  static constexpr int kPatience = 1000;

 private:
  Status Open();
  Status Lock() const;
  bool IsCurrent() const;
  Status LockCurrent();
  Status TurnOver();
  Status WriteWhole(std::string_view lines, int64_t size) const;

  const std::string path_;
  const int64_t max_bytes_;
  const int max_files_;
  std::mutex mutex_;
  FileDescriptor file_;
};

}  // namespace infusionsoft
