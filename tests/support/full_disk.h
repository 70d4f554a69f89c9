// SPDX-License-Identifier: MIT
// FileSizeLimit, FullDisk: as long as one lives, no file of this process grows beyond a size.
#pragma once

#include <sys/resource.h>

#include <csignal>
#include <optional>
#include <stdexcept>
#include <utility>

namespace infusionsoft {

// Of the whole process, its other threads too: keep output away meanwhile. A write beyond the size ends the program by
// SIGXFSZ, so what is tested must look at the limit first.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    if (getrlimit(RLIMIT_FSIZE, &before_) != 0) throw std::runtime_error("getrlimit");
    const rlimit limit{bytes, before_.rlim_max};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) throw std::runtime_error("setrlimit");
  }
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
};

// For what SQLite writes, which knows of no limit: a write that begins below the size is cut off there, and the next one
// fails, as on a disk that is full; errno is EFBIG in place of ENOSPC.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)), limit_(std::in_place, bytes) {}
  ~FullDisk() {
    limit_.reset();
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  void (*handler_)(int);
  std::optional<FileSizeLimit> limit_;
};

}  // namespace infusionsoft
