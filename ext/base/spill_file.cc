// SPDX-License-Identifier: MIT
#include "base/spill_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <utility>

namespace infusionsoft {

Result<SpillFile> SpillFile::Make() {
  std::error_code error;
  const std::string folder = std::filesystem::temp_directory_path(error).string();
  std::string name = folder + "/infusionsoft-XXXXXX";
  FileDescriptor file(error ? -1 : mkostemp(name.data(), O_CLOEXEC));
  SpillFile spill(std::move(file), folder);
  if (!spill.file_.valid()) return spill.Failed("made");
  unlink(name.c_str());
  return spill;
}

Result<int64_t> SpillFile::Append(std::string_view text) {
  const int64_t begin = size_;
  while (!text.empty()) {
    const ssize_t wrote = pwrite(file_.get(), text.data(), text.size(), size_);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return Failed("written");
    text.remove_prefix(static_cast<size_t>(wrote));
    size_ += wrote;
  }
  return begin;
}

Status SpillFile::Read(int64_t offset, size_t size, std::string& to) const {
  const size_t before = to.size();
  to.resize(before + size);
  for (size_t done = 0; done < size;) {
    const ssize_t got = pread(file_.get(), to.data() + before + done, size - done, offset + static_cast<int64_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return Failed("read");
    done += static_cast<size_t>(got);
  }
  return Status();
}

Status SpillFile::Failed(const char* what) const {
  return InvalidArgument("a temporary file in " + folder_ + " cannot be " + what + ": " + ErrnoText(errno) +
                         "; set TMPDIR to a folder with room");
}

}  // namespace infusionsoft
