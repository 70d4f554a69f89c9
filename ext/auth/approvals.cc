// SPDX-License-Identifier: MIT
#include "auth/approvals.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "auth/crypto.h"
#include "auth/file_lock.h"
#include "auth/private_file.h"
#include "auth/replacement_file.h"
#include "base/text.h"

namespace infusionsoft {
namespace {

constexpr PrivateFile kFile{"file of approved tables",
                            "the approvals of tables",
                            "XDG_CONFIG_HOME",
                            "XDG_CONFIG_HOME",
                            ".config",
                            StatusCode::kUnavailable,
                            true};
constexpr std::string_view kFormat = "infusionsoft approved tables 1";
constexpr size_t kKeyBytes = 32;
constexpr size_t kDigits = 64;  // of a digest, and of the key
constexpr size_t kMaxFileBytes = 2 * Approvals::kMostApprovals * (kDigits + 1);

// The file, line by line: its format, the key, the digests.
struct Content {
  Secret key;
  std::vector<std::string> digests;
};

bool IsHex(std::string_view text) {
  const auto digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return text.size() == kDigits && std::all_of(text.begin(), text.end(), digit);
}

Result<std::string> Path() { return PrivatePath(kFile, "", "approved_tables"); }

std::optional<Content> Parse(std::string_view text) {
  std::vector<std::string_view> lines = Split(text, '\n');
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  if (lines.size() < 2 || lines[0] != kFormat || !std::all_of(lines.begin() + 1, lines.end(), IsHex)) return std::nullopt;
  Content content{Secret(lines[1]), {}};
  content.digests.assign(lines.begin() + 2, lines.end());
  return content;
}

// Nothing when there is no file.
Result<std::optional<Content>> Read(const std::string& path) {
  const auto text = ReadPrivateFile(kFile, path, kMaxFileBytes);
  if (!text) return text.status();
  if (!*text) return std::optional<Content>();
  auto content = Parse((*text)->Reveal());
  if (content) return content;
  return Status(kFile.code, std::string(kFile.name) + " " + path + ": it is damaged; delete it, and approve tables again");
}

bool Has(const Content& content, const std::string& digest) {
  return std::ranges::find(content.digests, digest) != content.digests.end();
}

Status Write(const std::string& path, const Content& content) {
  std::string text = std::string(kFormat) + "\n" + std::string(content.key.Reveal());
  for (const std::string& digest : content.digests) text += "\n" + digest;
  auto file = ReplacementFile::Make(path, text.size() + 1);
  Status status = file ? file->Commit(text) : file.status();
  WipeText(text);
  return status.WithContext(std::string(kFile.name) + " " + path);
}

}  // namespace

Result<bool> Approvals::Contain(std::string_view text) const {
  const auto path = Path();
  if (!path) return path.status();
  const auto content = Read(*path);
  if (!content) return content.status();
  return content->has_value() && Has(**content, HmacSha256Hex((*content)->key, text));
}

Status Approvals::Add(std::string_view text, const Cancellation& cancellation) const {
  const auto path = Path();
  if (!path) return path.status();
  if (Status status = PrepareDirectory(kFile, *path); !status.ok()) return status;
  const auto lock = FileLock::Acquire(*path + ".lock", clock_, cancellation, kFile);
  if (!lock) return lock.status();
  auto read = Read(*path);
  if (!read) return std::move(read).status();
  Content content;
  if (*read) {
    content = **std::move(read);
  } else {
    const auto key = RandomHex(kKeyBytes);
    if (!key) return key.status();
    content.key = Secret(*key);
  }
  std::string digest = HmacSha256Hex(content.key, text);
  if (Has(content, digest)) return Status();
  content.digests.push_back(std::move(digest));
  if (content.digests.size() > kMostApprovals) content.digests.erase(content.digests.begin());
  return Write(*path, content);
}

}  // namespace infusionsoft
