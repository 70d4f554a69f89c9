// SPDX-License-Identifier: MIT
// The entry point: .load infusionsoft, SELECT load_extension('infusionsoft').
#include "sqlite/extension_init.h"

SQLITE_EXTENSION_INIT1

// Returns SQLITE_OK_LOAD_PERMANENTLY: OpenSSL registers exit handlers and libcurl may own threads, so the library must not be
// unloaded with the connection that loaded it.
extern "C" __attribute__((visibility("default"))) int sqlite3_infusionsoft_init(sqlite3* database, char** error,
                                                                                const sqlite3_api_routines* api) {
  SQLITE_EXTENSION_INIT2(api);
  const int code = infusionsoft::sqlite::RegisterExtension(database, error);
  return code == SQLITE_OK ? SQLITE_OK_LOAD_PERMANENTLY : code;
}
