// SPDX-License-Identifier: MIT
// FileDescriptor: owns a POSIX descriptor. It belongs to the process that opened it: fork() closes it in the child, which
// would otherwise keep locks, ports and deleted files for as long as it lives.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/process.h"

namespace infusionsoft {

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd), forks_(ForkCount()) { CloseInChildren(fd_); }
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)), forks_(other.forks_) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    if (this != &other) {
      Close();
      fd_ = std::exchange(other.fd_, -1);
      forks_ = other.forks_;
    }
    return *this;
  }
  ~FileDescriptor() { Close(); }

  bool valid() const { return fd_ >= 0; }
  int get() const { return fd_; }
  // 0, or -1 with errno set, as close() has it.
  int Close() {
    const int fd = std::exchange(fd_, -1);
    if (fd < 0 || forks_ != ForkCount()) return 0;  // in a child the number may be another file's already
    KeepInChildren(fd);
    return close(fd);
  }

 private:
  int fd_ = -1;
  uint32_t forks_ = 0;
};

// What `call` returns, which is called again for as long as a signal interrupts it.
template <typename Call>
auto Uninterrupted(Call call) -> decltype(call()) {
  for (;;) {
    const auto result = call();
    if (result != -1 || errno != EINTR) return result;
  }
}

// Whether the process may have a file of this size. False with errno: writing past the limit would raise SIGXFSZ.
bool MayGrowTo(int64_t size);
// Writes all of `text` at `offset`, or at the end where the file was opened to be appended to and ends there. False with
// errno, and a part may be written; not even that where the limit on sizes would be passed.
bool WriteAll(int fd, std::string_view text, int64_t offset);

// What strerror says, without its shared buffer, as UTF-8: a host may have set a locale with another encoding.
std::string ErrnoText(int error);

}  // namespace infusionsoft
