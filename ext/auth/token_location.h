// SPDX-License-Identifier: MIT
// Where the token file of a connection stands.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"

namespace infusionsoft {

inline constexpr std::string_view kMemoryLocation = "memory://";

// A name for `client_id` that is safe in any file system and different for different ids.
std::string TokenFileName(const std::string& client_id);

// Whether `location` is memory://NAME: the tokens end with the process.
bool IsMemory(const std::string& location);

// The absolute path for `location` (ConnectionOptions::oauth_settings_location, not memory://), as PrivatePath has it.
Result<std::string> TokenFilePath(const std::string& location, const std::string& client_id);

}  // namespace infusionsoft
