// SPDX-License-Identifier: MIT
#include "auth/file_token_store.h"

#include <fcntl.h>
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
// New tokens may be longer than those in the file: with its length, more than servers send.
constexpr size_t kMostOfAnAnswer = size_t{16} << 10;

// What was reserved under the lock goes with it, and before it.
struct HeldFileLock : TokenStore::Lock {
  HeldFileLock(FileLock held, std::optional<ReplacementFile>& reserved) : lock(std::move(held)), room(reserved) {}
  ~HeldFileLock() override { room.reset(); }
  FileLock lock;
  std::optional<ReplacementFile>& room;
};

Status NotSaved(const std::string& path, const Status& why) {
  return why.WithContext("the tokens could not be saved in " + path);
}

}  // namespace

FileTokenStore::FileTokenStore(std::string path, std::string client_id, Clock& clock, Secret token_key)
    : path_(std::move(path)), client_id_(std::move(client_id)), clock_(clock), seal_(std::move(token_key)) {}

Result<std::unique_ptr<TokenStore::Lock>> FileTokenStore::Acquire(const Cancellation& cancellation) {
  if (Status status = PrepareDirectory(kTokenFile, path_); !status.ok()) return status;
  auto lock = FileLock::Acquire(path_ + ".lock", clock_, cancellation);
  if (!lock) return std::move(lock).status();
  return std::unique_ptr<Lock>(std::make_unique<HeldFileLock>(*std::move(lock), room_));
}

Status FileTokenStore::Reserve() {
  if (room_) return Status();
  const auto text = ReadText();
  if (!text) return text.status();
  Status status = *text ? CheckReplaceable() : Status();
  if (status.ok()) status = MakeRoom(*text ? (*text)->Reveal().size() : 0);
  if (status.ok()) return status;
  return Status(StatusCode::kUnavailable, "new tokens could not be saved in " + path_ + ": " + status.message() +
                                              ", so none were asked for. Put that right, or set "
                                              "OAuthSettingsLocation to another place");
}

// A file that is mounted by itself, or that may not be changed, can be read, and nothing can take its place. It is not tried
// out, because where a lock does not reach (a network file system) that could undo what another program has just saved.
Status FileTokenStore::CheckReplaceable() const {
#if defined(STATX_ATTR_MOUNT_ROOT)
  struct statx info {};
  if (statx(AT_FDCWD, path_.c_str(), AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, &info) != 0) return Status();
  const auto attributes = info.stx_attributes & info.stx_attributes_mask;
  const auto fixed = [](int error) { return Status(StatusCode::kUnavailable, "replacing it: " + ErrnoText(error)); };
  if ((attributes & STATX_ATTR_MOUNT_ROOT) != 0) return fixed(EBUSY);
  if ((attributes & (STATX_ATTR_IMMUTABLE | STATX_ATTR_APPEND)) != 0) return fixed(EPERM);
#endif
  return Status();
}

Status FileTokenStore::MakeRoom(size_t size_before) {
  auto made = ReplacementFile::Make(path_, size_before + kMostOfAnAnswer);
  if (!made) return made.status();
  room_.emplace(*std::move(made));
  return Status();
}

Result<std::optional<Secret>> FileTokenStore::ReadText() const {
  return ReadPrivateFile(kTokenFile, path_, kMaxFileBytes);
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
  return text ? Replace(*text) : text.status();
}

Status FileTokenStore::Replace(const Secret& text) {
  Status status = room_ ? Status() : MakeRoom(text.Reveal().size());
  if (!status.ok()) return NotSaved(path_, status);
  ReplacementFile file = *std::move(room_);
  room_.reset();
  status = file.Commit(text.Reveal());
  return status.ok() ? status : NotSaved(path_, status);
}

Status FileTokenStore::Remove() {
  for (const std::string& file : {path_ + ".tmp", path_}) {
    if (unlink(file.c_str()) != 0 && errno != ENOENT) {
      return Status(StatusCode::kUnavailable, "the tokens in " + file + " could not be deleted: " + ErrnoText(errno));
    }
  }
  if (SyncDirectoryOf(path_)) return Status();
  return Status(StatusCode::kUnavailable,
                "the tokens in " + path_ + " are deleted, but not for certain if the power fails: " + ErrnoText(errno));
}

}  // namespace infusionsoft
