// SPDX-License-Identifier: MIT
#include "failing_write.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

namespace {

struct Disk {
  size_t room;
  int error;
  int zeros;
};

std::optional<Disk> disk;

}  // namespace

// In place of libc's in this program.
extern "C" ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
  if (disk && disk->room == 0) {
    if (disk->error == 0 && disk->zeros++ < 3) return 0;
    errno = disk->error == 0 ? EDOM : disk->error;
    return -1;
  }
  if (disk) {
    size = std::min(size, disk->room);
    disk->room -= size;
  }
  return syscall(SYS_pwrite64, fd, data, size, offset);
}

namespace infusionsoft {

FailingWrite::FailingWrite(size_t room, int error) { disk = Disk{room, error, 0}; }

FailingWrite::~FailingWrite() { disk.reset(); }

}  // namespace infusionsoft
