// SPDX-License-Identifier: MIT
// Copy owners: no copy outlives the sign-in of whoever it was made for.
#pragma once

#include <cstdint>
#include <string>

#include "base/status.h"
#include "sqlite/copy_file.h"

namespace infusionsoft::sqlite {

// Deletes the copies of `account` in `file`, once in this process for each `sign_in` (Credentials::LastSignIn), however many
// connections come to know of it: what is copied after that is the new person's. May be called by all threads.
Status ForgetCopiesBefore(int64_t sign_in, CopyFile& file, const std::string& account);

}  // namespace infusionsoft::sqlite
