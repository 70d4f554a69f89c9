// SPDX-License-Identifier: MIT
// FullDisk: as long as it lives, no file of this process grows beyond a size.
#pragma once

#include <sys/resource.h>

#include <csignal>
#include <stdexcept>

namespace infusionsoft {

// A write that begins below the size is cut off there, and the next one fails, as on a disk that is full; errno is EFBIG in
// place of ENOSPC. Of the whole process, its other threads too: keep output away meanwhile.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    if (getrlimit(RLIMIT_FSIZE, &before_) != 0) throw std::runtime_error("getrlimit");
    const rlimit limit{bytes, before_.rlim_max};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) throw std::runtime_error("setrlimit");
  }
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  void (*handler_)(int);
  rlimit before_{};
};

}  // namespace infusionsoft
