// SPDX-License-Identifier: MIT
#include "base/log_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>

namespace infusionsoft {
namespace {

Status Unavailable(const std::string& why) { return Status(StatusCode::kUnavailable, why); }

Status Failed(const char* what) { return Unavailable(std::string(what) + ": " + ErrnoText(errno)); }

}  // namespace

Status LogFile::Open() {
  // Not O_NOFOLLOW: a log may be a link to where logs are kept. O_NONBLOCK, because a pipe must not be waited for.
  FileDescriptor file(open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600));
  if (!file.valid()) return Unavailable(ErrnoText(errno));
  struct stat status {};
  if (fstat(file.get(), &status) != 0) return Unavailable(ErrnoText(errno));
  if (!S_ISREG(status.st_mode)) return Unavailable("it is not a file");
  // A log holds what was searched for, and whoever writes to it could forge it.
  constexpr mode_t kOthers = S_IRWXG | S_IRWXO;
  if (status.st_uid != geteuid()) {
    return Unavailable("it belongs to another user (uid " + std::to_string(status.st_uid) + ")");
  }
  if ((status.st_mode & kOthers) != 0 && fchmod(file.get(), status.st_mode & ~kOthers & 07777) != 0) {
    return Failed("taking it from other users");
  }
  file_ = std::move(file);
  return Status();
}

bool LogFile::IsCurrent() const {
  struct stat held {};
  struct stat named {};
  return fstat(file_.get(), &held) == 0 && stat(path_.c_str(), &named) == 0 && held.st_dev == named.st_dev &&
         held.st_ino == named.st_ino;
}

// Bounded, because a process that was stopped while it held the lock must not stop queries here.
Status LogFile::Lock() const {
  for (int waited = 0;; ++waited) {
    if (flock(file_.get(), LOCK_EX | LOCK_NB) == 0) return Status();
    if (errno != EWOULDBLOCK && errno != EINTR) return Failed("locking it");
    if (waited == kPatience) return Unavailable("another process holds its lock");
    const timespec millisecond{0, 1'000'000};
    nanosleep(&millisecond, nullptr);
  }
}

// Somebody may have turned the file over, or deleted it, while we waited.
Status LogFile::LockCurrent() {
  for (int attempt = 0; attempt < kPatience; ++attempt) {
    if (!file_.valid()) {
      if (Status status = Open(); !status.ok()) return status;
    }
    if (Status status = Lock(); !status.ok()) return status;
    if (IsCurrent()) return Status();
    file_.Close();  // releases the lock
  }
  return Unavailable("it is replaced all the time");
}

Status LogFile::Check() {
  const std::lock_guard guard(mutex_);
  Status status = LockCurrent();
  if (file_.valid()) flock(file_.get(), LOCK_UN);  // closing it would not do where a child has it too
  file_.Close();
  if (status.ok()) return status;
  return InvalidArgument("the log " + path_ + " cannot be written: " + status.message() +
                         "; set Logfile to a place that can be written to");
}

Status LogFile::TurnOver() {
  if (max_files_ == 1) return ftruncate(file_.get(), 0) == 0 ? Status() : Failed("emptying it");
  for (int i = max_files_ - 1; i > 0; --i) {
    const std::string from = i == 1 ? path_ : path_ + "." + std::to_string(i - 1);
    const std::string to = path_ + "." + std::to_string(i);
    if (rename(from.c_str(), to.c_str()) != 0 && errno != ENOENT) return Failed("renaming it");
  }
  file_.Close();
  return LockCurrent();
}

Status LogFile::WriteWhole(std::string_view lines, int64_t size) const {
  if (WriteAll(file_.get(), lines, size)) return Status();
  Status failed = Failed("writing to it");
  // A part of a line would be joined with the next one. What cannot be cut off stays.
  return ftruncate(file_.get(), size) == 0 ? failed : Unavailable(failed.message() + ", and a part of a line stayed");
}

Status LogFile::Append(std::string_view lines) {
  const std::lock_guard guard(mutex_);
  Status status = LockCurrent();
  struct stat state {};
  if (status.ok() && fstat(file_.get(), &state) != 0) status = Failed("looking at it");
  const auto added = static_cast<int64_t>(lines.size());
  if (status.ok() && state.st_size > 0 && state.st_size + added > max_bytes_) {
    status = TurnOver();
    if (status.ok() && fstat(file_.get(), &state) != 0) status = Failed("looking at it");
  }
  if (status.ok()) status = WriteWhole(lines, state.st_size);
  if (file_.valid()) flock(file_.get(), LOCK_UN);
  return status;
}

}  // namespace infusionsoft
