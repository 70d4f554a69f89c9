// SPDX-License-Identifier: MIT
// What whoever starts the process decides, by its environment: no SQL can change it.
//
// Read whenever it is asked for, so a host may set up connections first and restrict SQL then.
#pragma once

#include <optional>
#include <string>

#include "base/status.h"

namespace infusionsoft {

// INFUSIONSOFT_SQL=restricted: SQL may choose columns and rows, name connections that there are, and tighten their limits.
// Any other value than "" counts as this one, because a mistake in it must not open what was to be closed.
bool IsSqlRestricted();

// INFUSIONSOFT_CONNECTION: the connection string of the unnamed connection where none was made; file:PATH is a file with it,
// which only its owner may write. Nothing when it is not set. Errors name the variable.
Result<std::optional<std::string>> DefaultConnection();

// INFUSIONSOFT_TRUSTED: absolute paths, with ':' between them, of database files, or of directories with such files at any
// depth. Whether `path` is one of them, or in one, where symbolic links lead.
bool IsTrustedFile(const std::string& path);

}  // namespace infusionsoft
