// SPDX-License-Identifier: MIT
#include "sqlite/copy_owners.h"

#include <map>
#include <mutex>
#include <utility>

namespace infusionsoft::sqlite {

Status ForgetCopiesBefore(int64_t sign_in, CopyFile& file, const std::string& account) {
  static std::mutex mutex;
  static auto& known = *new std::map<std::pair<std::string, std::string>, int64_t>();
  if (sign_in == 0) return Status();
  // Held until they are deleted, so that nobody deletes what another thread copies afterwards.
  const std::lock_guard lock(mutex);
  int64_t& last = known[{file.path(), account}];
  if (last >= sign_in) return Status();
  Status status = file.Forget(account);
  if (status.ok()) last = sign_in;
  return status;
}

}  // namespace infusionsoft::sqlite
