// SPDX-License-Identifier: MIT
#include "auth/private_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/file_descriptor.h"

namespace infusionsoft {
namespace {

namespace fs = std::filesystem;

// An absolute path from the environment, or "".
std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && value[0] == '/' ? value : "";
}

std::string Elsewhere(const PrivateFile& kind) { return std::string("set ") + kind.property; }

Status NoHome(const PrivateFile& kind) {
  return Status(kind.code, std::string("there is no place for ") + kind.contents + ": HOME and " + kind.home_variable +
                               " are not set; " + Elsewhere(kind));
}

Result<std::string> DefaultDirectory(const PrivateFile& kind) {
  if (std::string folder = Variable(kind.home_variable); !folder.empty()) return folder + "/infusionsoft/";
  if (std::string home = Variable("HOME"); !home.empty()) return home + "/" + kind.home_folder + "/infusionsoft/";
  return NoHome(kind);
}

Status Refuse(const PrivateFile& kind, const std::string& path, const std::string& why) {
  return Status(kind.code, std::string(kind.name) + " " + path + ": " + why);
}

// The whole file in one block, so that growing leaves no part of it behind. Too long a text comes back longer than
// `max_bytes`; nothing, with errno, when reading fails.
std::optional<Secret> ReadAll(int fd, size_t max_bytes) {
  struct stat info {};
  if (fstat(fd, &info) != 0) return std::nullopt;
  std::string text(std::min(static_cast<size_t>(info.st_size), max_bytes) + 1, '\0');
  size_t size = 0;
  ssize_t got = 1;
  while (got > 0 && size < text.size()) {
    do {
      got = read(fd, text.data() + size, text.size() - size);
    } while (got < 0 && errno == EINTR);
    if (got > 0) size += static_cast<size_t>(got);
  }
  std::optional<Secret> whole;
  if (got >= 0) whole = Secret(std::string_view(text).substr(0, size));
  const int error = errno;
  WipeText(text);
  errno = error;
  return whole;
}

}  // namespace

Result<std::string> PrivatePath(const PrivateFile& kind, const std::string& location, const std::string& name) {
  std::string path = location;
  if (path.empty()) {
    auto directory = DefaultDirectory(kind);
    if (!directory) return directory;
    path = *directory;
  } else if (path.starts_with("~/")) {
    const std::string home = Variable("HOME");
    if (home.empty()) return NoHome(kind);
    path = home + path.substr(1);
  }
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  if (error) return Status(kind.code, std::string(kind.property) + ": " + ErrnoText(error.value()));
  path = absolute.lexically_normal().string();
  if (!path.ends_with('/') && fs::is_directory(path, error)) path += '/';
  return path.ends_with('/') ? path + name : path;
}

Status CheckDirectory(const PrivateFile& kind, const std::string& path) {
  const std::string directory = fs::path(path).parent_path().string();
  const auto refuse = [&](const std::string& why) {
    return Status(kind.code, "the directory " + directory + " of the " + kind.name + ": " + why);
  };
  struct stat info {};
  if (stat(directory.c_str(), &info) != 0) {
    return errno == ENOENT ? Status() : refuse(ErrnoText(errno) + "; " + Elsewhere(kind) + " to another place");
  }
  if (!S_ISDIR(info.st_mode)) return refuse("it is not a directory; " + Elsewhere(kind) + " to another place");
  if (info.st_uid != geteuid() && info.st_uid != 0) {
    return refuse("it belongs to another user (uid " + std::to_string(info.st_uid) + "), who may replace the file; " +
                  Elsewhere(kind) + " to a directory of your own");
  }
  if ((info.st_mode & (S_IWGRP | S_IWOTH)) == 0) return Status();
  if ((info.st_mode & S_ISVTX) == 0) return refuse("others may replace files in it; run: chmod 700 " + directory);
  if (!kind.is_alone) return refuse("others may put files into it; " + Elsewhere(kind) + " to a directory of your own");
  return Status();
}

Status PrepareDirectory(const PrivateFile& kind, const std::string& path) {
  const std::string directory = fs::path(path).parent_path().string();
  for (size_t at = 1;;) {
    const size_t slash = directory.find('/', at);
    const std::string part = directory.substr(0, slash);
    if (mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) {
      const int error = errno;
      struct stat info {};
      // Above the part that is ours, mkdir may answer EACCES or EROFS for what exists.
      if (stat(part.c_str(), &info) != 0) {
        return Status(kind.code, "the directory " + part + " for " + kind.contents + " cannot be made: " + ErrnoText(error) +
                                     "; " + Elsewhere(kind) + " to another place");
      }
    }
    if (slash == std::string::npos) break;
    at = slash + 1;
  }
  return CheckDirectory(kind, path);
}

Status CheckFile(const PrivateFile& kind, const std::string& path, const struct stat& info) {
  const auto refuse = [&](const std::string& why) { return Refuse(kind, path, why); };
  if (S_ISLNK(info.st_mode)) return refuse("it is a symbolic link; " + Elsewhere(kind) + " to the file itself");
  if (!S_ISREG(info.st_mode)) return refuse("it is not an ordinary file");
  if (info.st_uid != geteuid()) {
    return refuse("it belongs to another user (uid " + std::to_string(info.st_uid) + "); " + Elsewhere(kind) +
                  " to a file of your own");
  }
  if ((info.st_mode & 077) != 0) return refuse("others can read or write it; run: chmod 600 " + path);
  return Status();
}

Result<std::optional<Secret>> ReadPrivateFile(const PrivateFile& kind, const std::string& path, size_t max_bytes) {
  if (Status status = CheckDirectory(kind, path); !status.ok()) return status;
  // Not following a link and not blocking on a pipe: the name must be an ordinary file.
  const FileDescriptor file(
      Uninterrupted([&] { return open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY); }));
  if (!file.valid()) {
    if (errno == ENOENT) return std::optional<Secret>();
    return Refuse(kind, path, errno == ELOOP ? "it is a symbolic link; " + Elsewhere(kind) + " to the file itself"
                                             : "it cannot be read: " + ErrnoText(errno));
  }
  struct stat info {};
  if (fstat(file.get(), &info) != 0) return Refuse(kind, path, ErrnoText(errno));
  if (Status status = CheckFile(kind, path, info); !status.ok()) return status;
  auto text = ReadAll(file.get(), max_bytes);
  if (!text) return Refuse(kind, path, "it cannot be read: " + ErrnoText(errno));
  if (text->Reveal().size() > max_bytes) return Refuse(kind, path, "it is too large for a " + std::string(kind.name));
  return text;
}

}  // namespace infusionsoft
