// SPDX-License-Identifier: MIT
// ReplacementFile: a new file that will take the place of another, with its room on the disk taken beforehand.
//
// What a full disk, a quota, a limit on the size of files or a read-only directory would refuse is refused by Make, before
// there is anything to lose.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/status.h"

namespace infusionsoft {

class ReplacementFile {
 public:
  // Makes the file `<path>.tmp`, mode 0600, and takes `room` bytes for it, durably. The name is fixed: a lock of the
  // caller's keeps other writers out, and what a killed one has left behind is cleared away here. Errors: kUnavailable, with
  // the step and the system's reason, without `path`.
  static Result<ReplacementFile> Make(const std::string& path, size_t room);

  ReplacementFile(ReplacementFile&& other) noexcept = default;
  ReplacementFile& operator=(ReplacementFile&&) = delete;
  // Removes the file unless it has taken the other's place.
  ~ReplacementFile();

  // Writes `text` and a line end, which take no new room on the disk while they fit, syncs, renames, syncs the directory.
  // Errors as Make. An error of the last two steps leaves open which of the files stands at `path`. To be called once.
  Status Commit(std::string_view text);

 private:
  ReplacementFile(std::string path, FileDescriptor file);

  std::string path_;
  std::string temporary_;
  FileDescriptor file_;  // not valid: there is nothing to remove
};

// The names that `path` is made and removed under, durably: syncs its directory. False with errno.
bool SyncDirectoryOf(const std::string& path);

}  // namespace infusionsoft
