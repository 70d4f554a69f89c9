// SPDX-License-Identifier: MIT
#include "auth/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <map>
#include <mutex>
#include <utility>

namespace infusionsoft {
namespace {

constexpr std::chrono::milliseconds kSlice{50};

// One gate per path. flock() alone would do, since each open file has its own lock; the gate wakes waiting threads at
// once and keeps them from polling.
struct Gates {
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<Gate>> by_path;
};

std::shared_ptr<Gate> GateOf(const std::string& path) {
  static constinit PerProcess<Gates> gates;
  Gates& known = gates.Get();
  std::lock_guard lock(known.mutex);
  std::shared_ptr<Gate>& gate = known.by_path[path];
  if (gate == nullptr) gate = std::make_shared<Gate>();
  return gate;
}

Status Failed(const PrivateFile& kind, const std::string& path, const std::string& why) {
  return Status(kind.code, "the lock file " + path + " cannot be used: " + why + "; set " + kind.property +
                               " to a place that can be written to");
}

Status Busy(const std::string& path) {
  return Status(StatusCode::kUnavailable, "the lock file " + path + " was held by others for " +
                                              std::to_string(kLockPatience.count()) +
                                              " s; somebody may be signing in at another program; try again");
}

bool IsSameFile(int fd, const std::string& path) {
  struct stat held {};
  struct stat named {};
  return fstat(fd, &held) == 0 && stat(path.c_str(), &named) == 0 && held.st_dev == named.st_dev &&
         held.st_ino == named.st_ino;
}

}  // namespace

// To close the file is not enough: a child that was forked between open() and here, or by the bare system call, has it too.
FileLock::~FileLock() {
  if (file_.valid() && mark_.IsCurrent()) flock(file_.get(), LOCK_UN);
}

Result<FileLock> FileLock::Acquire(const std::string& path, Clock& clock, const Cancellation& cancellation,
                                   const PrivateFile& kind) {
  std::shared_ptr<Gate> gate = GateOf(path);
  auto pass = gate->Enter(cancellation, kLockPatience);
  if (!pass) return pass.status().code() == StatusCode::kInterrupted ? pass.status() : Busy(path);
  const MonotonicTime deadline = clock.Monotonic() + kLockPatience;
  for (;;) {
    FileDescriptor file(
        Uninterrupted([&] { return open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600); }));
    if (!file.valid()) return Failed(kind, path, errno == ELOOP ? "it is a symbolic link" : ErrnoText(errno));
    fchmod(file.get(), 0600);  // an unusual umask may have locked out even its owner; of no matter when it is not ours
    while (flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EINTR) continue;
      if (errno != EWOULDBLOCK) return Failed(kind, path, "the file system has no locks (" + ErrnoText(errno) + ")");
      if (clock.Monotonic() >= deadline) return Busy(path);
      if (Status status = clock.Sleep(kSlice, cancellation); !status.ok()) return status;
    }
    // Somebody may have deleted the file while we waited; then others lock its successor.
    if (IsSameFile(file.get(), path)) return FileLock(std::move(gate), *std::move(pass), std::move(file));
    if (clock.Monotonic() >= deadline) return Busy(path);
  }
}

}  // namespace infusionsoft
