// SPDX-License-Identifier: MIT
// Files of local copies, for the tests of AutoCache.
#pragma once

#include <string>
#include <vector>

#include "support.h"

namespace infusionsoft::sqlite_test {

// In the folder of `file`, which goes with it.
inline std::string CopiesOf(const TemporaryFile& file) { return file.path() + ".copies"; }

inline std::string Caching(const TemporaryFile& file) { return "AutoCache=true;CacheLocation=" + CopiesOf(file); }

inline std::string Offline(const TemporaryFile& file) { return "Offline=true;CacheLocation=" + CopiesOf(file); }

// Runs `sql` on the file of copies itself.
std::vector<std::string> RunOnCopies(const TemporaryFile& file, const std::string& sql);

// Makes all copies this much older.
void Age(const TemporaryFile& file, int seconds);

// Of any file; "" when there is none.
std::string TextOfFile(const std::string& path);
std::vector<std::string> LinesOf(const std::string& path);

}  // namespace infusionsoft::sqlite_test
