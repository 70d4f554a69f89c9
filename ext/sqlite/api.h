// SPDX-License-Identifier: MIT
// The way to SQLite: through the pointers that the host hands to a loadable extension, or directly (SQLITE_CORE, in tests).
#pragma once

#include <sqlite3ext.h>

#ifndef SQLITE_CORE
// extension.cc defines it (SQLITE_EXTENSION_INIT1); SQLite's headers turn every call into one through this table.
SQLITE_EXTENSION_INIT3
#endif
