// SPDX-License-Identifier: MIT
// Ordinary files that a user named: where they are, and what is in them. Nothing is waited for: a named pipe without a
// writer would hold the caller for ever.
//
// Errors are kInvalidArgument, and go on where a sentence has named the file: "cannot be read: Permission denied".
#pragma once

#include <cstddef>
#include <string>

#include "base/file_descriptor.h"
#include "base/status.h"

namespace infusionsoft {

// `path` as a host that changes its working directory later still finds it; "" stays.
std::string AbsolutePath(const std::string& path);

// Through links; whatever is no ordinary file is refused.
Result<FileDescriptor> OpenOrdinaryFile(const std::string& path);

// The file from its position on, at most `max_bytes` of it; read into one block, so that growing leaves no part of a secret
// behind.
Result<std::string> ReadUpTo(const FileDescriptor& file, size_t max_bytes);

}  // namespace infusionsoft
