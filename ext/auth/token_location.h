// SPDX-License-Identifier: MIT
// Where the token file of a connection stands.
#pragma once

#include <string>

#include "base/status.h"

namespace infusionsoft {

// A name for `client_id` that is safe in any file system and different for different ids.
std::string TokenFileName(const std::string& client_id);

// The absolute path for `location` (ConnectionOptions::oauth_settings_location, not memory://): "" is the default
// directory; a directory, or what ends in '/', gets TokenFileName in it; anything else is the file. A leading "~/" is
// the home directory.
Result<std::string> TokenFilePath(const std::string& location, const std::string& client_id);

// Refuses the directory of `path` when somebody else could replace the file in it: it belongs to another user than this
// one or root, or others may write to it. A directory in which only owners may rename and remove (sticky, like /tmp) is no
// danger to what is there. What is looked at is where symbolic links lead. One that does not exist is fine.
Status CheckDirectory(const std::string& path);

// Makes the directory of `path` and its missing parents, mode 0700, and checks it.
Status PrepareDirectory(const std::string& path);

}  // namespace infusionsoft
