// SPDX-License-Identifier: MIT
// FileLock: one holder among all threads and processes that name the same lock file.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "auth/gate.h"
#include "auth/private_file.h"
#include "base/cancellation.h"
#include "base/clock.h"
#include "base/file_descriptor.h"
#include "base/process.h"
#include "base/status.h"

namespace infusionsoft {

// Longer than a sign-in takes at most, because the holder may be waiting for a person.
inline constexpr std::chrono::seconds kLockPatience{150};

class FileLock {
 public:
  // flock() on `path`, which is made (mode 0600) and never deleted: deleting it would let two holders lock two files of
  // the same name. Waits at most kLockPatience, then kUnavailable; kInterrupted when cancelled.
  // `kind` is what the lock is for.
  static Result<FileLock> Acquire(const std::string& path, Clock& clock, const Cancellation& cancellation,
                                  const PrivateFile& kind = kTokenFile);
  FileLock(FileLock&&) = default;
  ~FileLock();

 private:
  FileLock(std::shared_ptr<Gate> gate, Gate::Pass pass, FileDescriptor file)
      : gate_(std::move(gate)), pass_(std::move(pass)), file_(std::move(file)) {}

  // Destroyed from the last to the first: the file's lock goes before the process's.
  std::shared_ptr<Gate> gate_;
  Gate::Pass pass_;
  FileDescriptor file_;
  ProcessMark mark_;
};

}  // namespace infusionsoft
