// SPDX-License-Identifier: MIT
#include "base/file_descriptor.h"

#include <sys/resource.h>

#include "base/text.h"

namespace infusionsoft {
namespace {

// Writing past this limit raises SIGXFSZ, which ends a host that does not expect it.
bool ExceedsSizeLimit(uint64_t end) {
  rlimit limit{};
  return getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && end > limit.rlim_cur;
}

}  // namespace

bool MayGrowTo(int64_t size) {
  if (!ExceedsSizeLimit(static_cast<uint64_t>(size))) return true;
  errno = EFBIG;
  return false;
}

bool WriteAll(int fd, std::string_view text, int64_t offset) {
  if (!MayGrowTo(offset + static_cast<int64_t>(text.size()))) return false;
  while (!text.empty()) {
    const ssize_t wrote = Uninterrupted([&] { return pwrite(fd, text.data(), text.size(), offset); });
    if (wrote == 0) errno = EIO;  // POSIX leaves open what it means; asking again may never end
    if (wrote <= 0) return false;
    text.remove_prefix(static_cast<size_t>(wrote));
    offset += wrote;
  }
  return true;
}

std::string ErrnoText(int error) {
  constexpr size_t kShownBytes = 200;
  return Excerpt(std::generic_category().message(error), kShownBytes);
}

}  // namespace infusionsoft
