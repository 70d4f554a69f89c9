// SPDX-License-Identifier: MIT
// Where the token file of a connection stands.
#pragma once

#include <string>

#include "base/status.h"

namespace infusionsoft {

// A name for `client_id` that is safe in any file system and different for different ids.
std::string TokenFileName(const std::string& client_id);

// The absolute path for `location` (ConnectionOptions::oauth_settings_location, not memory://), as PrivatePath has it.
Result<std::string> TokenFilePath(const std::string& location, const std::string& client_id);

}  // namespace infusionsoft
