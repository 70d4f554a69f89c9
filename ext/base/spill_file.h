// SPDX-License-Identifier: MIT
// SpillFile: bytes that do not fit memory, in a temporary file without a name, which is gone with its object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/status.h"

namespace infusionsoft {

// Errors are kInvalidArgument, with the folder and the system's reason. Used by one thread.
class SpillFile {
 public:
  // In $TMPDIR or /tmp, with mode 0600.
  static Result<SpillFile> Make();

  // Where `text` begins, for Read.
  Result<int64_t> Append(std::string_view text);
  // Appends to `to` what was written there.
  Status Read(int64_t offset, size_t size, std::string& to) const;

 private:
  SpillFile(FileDescriptor file, std::string folder) : file_(std::move(file)), folder_(std::move(folder)) {}
  Status Failed(const char* what, const std::string& why) const;

  FileDescriptor file_;
  std::string folder_;
  int64_t size_ = 0;
};

}  // namespace infusionsoft
