// SPDX-License-Identifier: MIT
#include "auth/token_location.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "auth/crypto.h"
#include "base/file_descriptor.h"

namespace infusionsoft {
namespace {

namespace fs = std::filesystem;

// An absolute path from the environment, or "".
std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && value[0] == '/' ? value : "";
}

Status NoHome() {
  return Status(StatusCode::kUnauthenticated,
                "there is no place for the tokens: HOME and XDG_CONFIG_HOME are not set; set OAuthSettingsLocation");
}

Result<std::string> DefaultDirectory() {
  if (std::string config = Variable("XDG_CONFIG_HOME"); !config.empty()) return config + "/infusionsoft/";
  if (std::string home = Variable("HOME"); !home.empty()) return home + "/.config/infusionsoft/";
  return NoHome();
}

}  // namespace

std::string TokenFileName(const std::string& client_id) {
  constexpr size_t kReadable = 40;
  std::string name;
  for (char c : client_id.substr(0, kReadable)) {
    const bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    name += safe ? c : '_';
  }
  return name + (name.empty() ? "" : "-") + Sha256Hex(client_id).substr(0, 16) + ".json";
}

Result<std::string> TokenFilePath(const std::string& location, const std::string& client_id) {
  std::string path = location;
  if (path.empty()) {
    auto directory = DefaultDirectory();
    if (!directory) return directory;
    path = *directory;
  } else if (path.starts_with("~/")) {
    const std::string home = Variable("HOME");
    if (home.empty()) return NoHome();
    path = home + path.substr(1);
  }
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  if (error) return Status(StatusCode::kUnauthenticated, "OAuthSettingsLocation: " + error.message());
  path = absolute.lexically_normal().string();
  if (!path.ends_with('/') && fs::is_directory(path, error)) path += '/';
  return path.ends_with('/') ? path + TokenFileName(client_id) : path;
}

Status CheckDirectory(const std::string& path) {
  const std::string directory = fs::path(path).parent_path().string();
  const auto refuse = [&](const std::string& why) {
    return Status(StatusCode::kUnauthenticated, "the directory " + directory + " of the token file: " + why);
  };
  struct stat info {};
  if (stat(directory.c_str(), &info) != 0) {
    return errno == ENOENT ? Status() : refuse(ErrnoText(errno) + "; set OAuthSettingsLocation to another place");
  }
  if (!S_ISDIR(info.st_mode)) return refuse("it is not a directory; set OAuthSettingsLocation to another place");
  if (info.st_uid != geteuid() && info.st_uid != 0) {
    return refuse("it belongs to another user (uid " + std::to_string(info.st_uid) +
                  "), who may replace the file; set OAuthSettingsLocation to a directory of your own");
  }
  if ((info.st_mode & (S_IWGRP | S_IWOTH)) != 0 && (info.st_mode & S_ISVTX) == 0) {
    return refuse("others may replace files in it; run: chmod 700 " + directory);
  }
  return Status();
}

Status PrepareDirectory(const std::string& path) {
  const std::string directory = fs::path(path).parent_path().string();
  for (size_t at = 1;;) {
    const size_t slash = directory.find('/', at);
    const std::string part = directory.substr(0, slash);
    if (mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) {
      const int error = errno;
      struct stat info {};
      // Above the part that is ours, mkdir may answer EACCES or EROFS for what exists.
      if (stat(part.c_str(), &info) != 0) {
        return Status(StatusCode::kUnauthenticated, "the directory " + part + " for the tokens cannot be made: " +
                                                        ErrnoText(error) + "; set OAuthSettingsLocation to another place");
      }
    }
    if (slash == std::string::npos) break;
    at = slash + 1;
  }
  return CheckDirectory(path);
}

}  // namespace infusionsoft
