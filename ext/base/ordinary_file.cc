// SPDX-License-Identifier: MIT
#include "base/ordinary_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace infusionsoft {
namespace {

Status Unreadable() { return InvalidArgument("cannot be read: " + ErrnoText(errno)); }

}  // namespace

std::string AbsolutePath(const std::string& path) {
  if (path.empty()) return path;
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(path, error);
  return error ? path : absolute.string();
}

Result<FileDescriptor> OpenOrdinaryFile(const std::string& path) {
  FileDescriptor file(Uninterrupted([&] { return open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); }));
  if (!file.valid()) return Unreadable();
  struct stat info {};
  if (fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode)) return InvalidArgument("is not an ordinary file");
  return file;
}

Result<std::string> ReadUpTo(const FileDescriptor& file, size_t max_bytes) {
  std::string text(max_bytes, '\0');
  size_t size = 0;
  while (size < max_bytes) {
    const ssize_t got = Uninterrupted([&] { return read(file.get(), text.data() + size, max_bytes - size); });
    if (got < 0) return Unreadable();
    if (got == 0) break;
    size += static_cast<size_t>(got);
  }
  text.resize(size);
  return text;
}

}  // namespace infusionsoft
