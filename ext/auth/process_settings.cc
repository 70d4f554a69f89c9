// SPDX-License-Identifier: MIT
#include "auth/process_settings.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/ordinary_file.h"
#include "base/text.h"

namespace infusionsoft {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDefaultConnection = "INFUSIONSOFT_CONNECTION";
constexpr size_t kMaxConnectionBytes = size_t{64} << 10;

// "" when it is not set.
std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Status Unusable(const std::string& path, const std::string& why) {
  return InvalidArgument(std::string(kDefaultConnection) + ": the file " + Excerpt(path, 300) + " " + why);
}

Result<std::string> ReadConnectionFile(const std::string& path) {
  const auto file = OpenOrdinaryFile(path);
  if (!file) return Unusable(path, file.status().message());
  struct stat info {};
  if (fstat(file->get(), &info) != 0) return Unusable(path, "cannot be read: " + ErrnoText(errno));
  if ((info.st_uid != geteuid() && info.st_uid != 0) || (info.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return Unusable(path, "can be written by others, who could choose the server; make it yours, and run: chmod 600");
  }
  const auto text = ReadUpTo(*file, kMaxConnectionBytes + 1);
  if (!text) return Unusable(path, text.status().message());
  if (text->size() > kMaxConnectionBytes) return Unusable(path, "is too large for a connection string");
  return std::string(Trim(*text));
}

// "" when nothing is there.
std::string Canonical(const std::string& path) {
  std::error_code error;
  const fs::path canonical = fs::canonical(path, error);
  return error ? "" : canonical.string();
}

bool IsIn(const std::string& path, const std::string& place) {
  if (path == place) return true;
  const std::string directory = place.ends_with('/') ? place : place + "/";
  return path.starts_with(directory);
}

}  // namespace

bool IsSqlRestricted() { return !Variable("INFUSIONSOFT_SQL").empty(); }

Result<std::optional<std::string>> DefaultConnection() {
  std::string text = Variable(kDefaultConnection.data());
  if (Trim(text).empty()) return std::optional<std::string>();
  constexpr std::string_view kFile = "file:";
  if (!EqualsIgnoreCase(std::string_view(text).substr(0, kFile.size()), kFile)) return std::optional(std::move(text));
  auto read = ReadConnectionFile(text.substr(kFile.size()));
  if (!read) return std::move(read).status();
  return std::optional(*std::move(read));
}

bool IsTrustedFile(const std::string& path) {
  const std::string places = Variable("INFUSIONSOFT_TRUSTED");
  const std::string canonical = path.empty() || places.empty() ? "" : Canonical(path);
  if (canonical.empty()) return false;
  const std::vector<std::string_view> all = Split(places, ':');
  return std::ranges::any_of(all, [&](std::string_view place) {
    const std::string known = place.starts_with('/') ? Canonical(std::string(place)) : "";
    return !known.empty() && IsIn(canonical, known);
  });
}

}  // namespace infusionsoft
