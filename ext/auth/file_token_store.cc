// SPDX-License-Identifier: MIT
#include "auth/file_token_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "auth/file_lock.h"
#include "auth/private_file.h"
#include "auth/token_file.h"

namespace infusionsoft {
namespace {

constexpr size_t kMaxFileBytes = size_t{1} << 20;

struct HeldFileLock : TokenStore::Lock {
  explicit HeldFileLock(FileLock held) : lock(std::move(held)) {}
  FileLock lock;
};

Status Unusable(const std::string& path, const std::string& why) {
  return Status(StatusCode::kUnauthenticated, "token file " + path + ": " + why);
}

Status NotSaved(const std::string& path, const std::string& what, int error) {
  return Status(StatusCode::kUnavailable,
                "the tokens could not be saved in " + path + ": " + what + ": " + ErrnoText(error));
}

Status CheckOpenFile(int fd, const std::string& path) {
  struct stat info {};
  return fstat(fd, &info) == 0 ? CheckFile(kTokenFile, path, info) : Unusable(path, ErrnoText(errno));
}

bool WriteAll(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t wrote = write(fd, text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return false;
    text.remove_prefix(static_cast<size_t>(wrote));
  }
  return true;
}

// After a rename only this makes sure that the directory still names the new file when the power fails.
bool SyncDirectoryOf(const std::string& path) {
  const std::string directory = std::filesystem::path(path).parent_path().string();
  const FileDescriptor fd(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // EINVAL: a file system that has nothing to sync for directories.
  return fd.valid() && (fsync(fd.get()) == 0 || errno == EINVAL);
}

// The whole file in one block, so that growing leaves no part of it behind. Too long a text comes back longer than
// kMaxFileBytes; nothing when reading fails.
std::optional<Secret> ReadAll(int fd) {
  struct stat info {};
  if (fstat(fd, &info) != 0) return std::nullopt;
  std::string text(std::min(static_cast<size_t>(info.st_size), kMaxFileBytes) + 1, '\0');
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

FileTokenStore::FileTokenStore(std::string path, std::string client_id, Clock& clock, Secret token_key)
    : path_(std::move(path)),
      temporary_(path_ + ".tmp"),
      client_id_(std::move(client_id)),
      clock_(clock),
      seal_(std::move(token_key)) {}

Result<std::unique_ptr<TokenStore::Lock>> FileTokenStore::Acquire(const Cancellation& cancellation) {
  if (Status status = PrepareDirectory(kTokenFile, path_); !status.ok()) return status;
  auto lock = FileLock::Acquire(path_ + ".lock", clock_, cancellation);
  if (!lock) return std::move(lock).status();
  // Whoever takes the lock is about to spend a refresh token: a place that takes no file must be found out before.
  const auto probe = MakeTemporary();
  if (!probe) return probe.status();
  unlink(temporary_.c_str());
  return std::unique_ptr<Lock>(std::make_unique<HeldFileLock>(*std::move(lock)));
}

Result<std::optional<Secret>> FileTokenStore::ReadText() const {
  if (Status status = CheckDirectory(kTokenFile, path_); !status.ok()) return status;
  // Not following a link and not blocking on a pipe: the name must be an ordinary file.
  const FileDescriptor file(open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
  if (!file.valid()) {
    if (errno == ENOENT) return std::optional<Secret>();
    return Unusable(path_, errno == ELOOP ? "it is a symbolic link; set OAuthSettingsLocation to the file itself"
                                          : "it cannot be read: " + ErrnoText(errno));
  }
  if (Status status = CheckOpenFile(file.get(), path_); !status.ok()) return status;
  auto text = ReadAll(file.get());
  if (!text) return Unusable(path_, "it cannot be read: " + ErrnoText(errno));
  if (text->Reveal().size() > kMaxFileBytes) return Unusable(path_, "it is too large for a token file");
  return text;
}

Result<std::optional<TokenSet>> FileTokenStore::Load() {
  const auto text = ReadText();
  if (!text) return text.status();
  if (!*text) return std::optional<TokenSet>();
  const auto open_text = seal_.Open(**text);
  if (!open_text) return open_text.status().WithContext("token file " + path_);
  auto tokens = ParseTokenFile(*open_text, client_id_);
  if (!tokens) return tokens.status().WithContext("token file " + path_);
  return std::optional(*std::move(tokens));
}

Status FileTokenStore::Save(const TokenSet& tokens) {
  const auto previous = ReadText();
  if (!previous) return previous.status();
  Secret kept;
  if (previous->has_value()) {  // what is there must be ours, and readable, before it is replaced
    auto open_text = seal_.Open(**previous);
    if (!open_text) return open_text.status().WithContext("token file " + path_);
    if (auto parsed = ParseTokenFile(*open_text, client_id_); !parsed)
      return parsed.status().WithContext("token file " + path_);
    kept = *std::move(open_text);
  }
  const auto open_text = FormatTokenFile(tokens, client_id_, kept);
  if (!open_text) return open_text.status();
  const auto text = seal_.Close(*open_text, previous->value_or(Secret()));
  return text ? Replace(text->Reveal()) : text.status();
}

Result<FileDescriptor> FileTokenStore::MakeTemporary() const {
  if (unlink(temporary_.c_str()) != 0 && errno != ENOENT) return NotSaved(path_, "clearing " + temporary_, errno);
  FileDescriptor file(open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.valid()) return NotSaved(path_, "making " + temporary_, errno);
  return file;
}

Status FileTokenStore::Replace(std::string_view text) const {
  auto made = MakeTemporary();
  if (!made) return made.status();
  FileDescriptor file = *std::move(made);
  const char* step = "setting the mode";
  bool done = fchmod(file.get(), 0600) == 0;  // an unusual umask may have taken the owner's rights away
  if (done) done = (step = "writing", WriteAll(file.get(), text) && WriteAll(file.get(), "\n"));
  if (done) done = (step = "syncing", fsync(file.get()) == 0);
  if (done) done = (step = "closing", file.Close() == 0);
  if (done) done = (step = "renaming", rename(temporary_.c_str(), path_.c_str()) == 0);
  if (!done) {
    const int error = errno;
    unlink(temporary_.c_str());
    return NotSaved(path_, step, error);
  }
  return SyncDirectoryOf(path_) ? Status() : NotSaved(path_, "syncing the directory", errno);
}

Status FileTokenStore::Remove() {
  for (const std::string& file : {temporary_, path_}) {
    if (unlink(file.c_str()) != 0 && errno != ENOENT) {
      return Status(StatusCode::kUnavailable, "the tokens in " + file + " could not be deleted: " + ErrnoText(errno));
    }
  }
  if (SyncDirectoryOf(path_)) return Status();
  return Status(StatusCode::kUnavailable,
                "the tokens in " + path_ + " are deleted, but not for certain if the power fails: " + ErrnoText(errno));
}

}  // namespace infusionsoft
