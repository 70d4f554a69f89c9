// SPDX-License-Identifier: MIT
#include "base/spill_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

namespace infusionsoft {

Result<SpillFile> SpillFile::Make() {
  const char* named = std::getenv("TMPDIR");
  std::string folder = named != nullptr && *named != '\0' ? named : "/tmp";
  std::string name = folder + "/infusionsoft-XXXXXX";
  FileDescriptor file(mkostemp(name.data(), O_CLOEXEC));
  const int error = errno;
  SpillFile spill(std::move(file), std::move(folder));
  if (!spill.file_.valid()) return spill.Failed("made", ErrnoText(error));
  unlink(name.c_str());
  return spill;
}

Result<int64_t> SpillFile::Append(std::string_view text) {
  if (!WriteAll(file_.get(), text, size_)) return Failed("written", ErrnoText(errno));
  return std::exchange(size_, size_ + static_cast<int64_t>(text.size()));
}

Status SpillFile::Read(int64_t offset, size_t size, std::string& to) const {
  const size_t before = to.size();
  to.resize(before + size);
  for (size_t done = 0; done < size;) {
    const ssize_t got = pread(file_.get(), to.data() + before + done, size - done, offset + static_cast<int64_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Failed("read", ErrnoText(errno));
    if (got == 0) return Failed("read", "it is shorter than what was written");
    done += static_cast<size_t>(got);
  }
  return Status();
}

Status SpillFile::Failed(const char* what, const std::string& why) const {
  return InvalidArgument("a temporary file in " + folder_ + " cannot be " + what + ": " + why +
                         "; set TMPDIR to a folder with room");
}

}  // namespace infusionsoft
