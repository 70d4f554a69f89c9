// SPDX-License-Identifier: MIT
#include "auth/replacement_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

namespace infusionsoft {
namespace {

Status Failed(const std::string& step, int error) {
  return Status(StatusCode::kUnavailable, step + ": " + ErrnoText(error));
}

// File systems without fallocate get the bytes themselves. False with errno.
bool TakeRoom(int fd, size_t bytes) {
  if (!MayGrowTo(static_cast<int64_t>(bytes))) return false;
  int error = EINTR;
  while (error == EINTR) error = posix_fallocate(fd, 0, static_cast<off_t>(bytes));
  if (error == 0) return true;
  errno = error;
  if (error != EOPNOTSUPP && error != EINVAL && error != ENOSYS) return false;
  return WriteAll(fd, std::string(bytes, '\n'), 0);
}

bool Sync(int fd) {
  return Uninterrupted([&] { return fsync(fd); }) == 0;
}

}  // namespace

bool SyncDirectoryOf(const std::string& path) {
  const std::string directory = std::filesystem::path(path).parent_path().string();
  const FileDescriptor fd(Uninterrupted([&] { return open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  // EINVAL: a file system that has nothing to sync for directories.
  return fd.valid() && (Sync(fd.get()) || errno == EINVAL);
}

ReplacementFile::ReplacementFile(std::string path, FileDescriptor file)
    : path_(std::move(path)), temporary_(path_ + ".tmp"), file_(std::move(file)) {}

ReplacementFile::~ReplacementFile() {
  if (file_.valid()) unlink(temporary_.c_str());
}

Result<ReplacementFile> ReplacementFile::Make(const std::string& path, size_t room) {
  const std::string temporary = path + ".tmp";
  if (unlink(temporary.c_str()) != 0 && errno != ENOENT) return Failed("clearing " + temporary, errno);
  const int fd =
      Uninterrupted([&] { return open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600); });
  if (fd < 0) return Failed("making " + temporary, errno);
  ReplacementFile made(path, FileDescriptor(fd));
  if (fchmod(fd, 0600) != 0) return Failed("setting the mode", errno);  // an unusual umask may have taken the owner's rights
  // A file system that allocates late, on a server or by quota, says so at the sync.
  if (!TakeRoom(fd, room) || !Sync(fd)) return Failed("making room for " + std::to_string(room) + " bytes", errno);
  return made;
}

Status ReplacementFile::Commit(std::string_view text) {
  const int fd = file_.get();
  const char* step = "writing";
  bool done = WriteAll(fd, text, 0) && WriteAll(fd, "\n", static_cast<int64_t>(text.size()));
  if (done) done = ftruncate(fd, static_cast<off_t>(text.size() + 1)) == 0;
  if (done) done = (step = "syncing", Sync(fd));
  if (!done) return Failed(step, errno);
  if (rename(temporary_.c_str(), path_.c_str()) != 0) return Failed("renaming", errno);
  file_.Close();
  return SyncDirectoryOf(path_) ? Status() : Failed("syncing the directory", errno);
}

}  // namespace infusionsoft
