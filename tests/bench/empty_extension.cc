// SPDX-License-Identifier: MIT
// An extension that registers nothing: what loading costs at least.
#include <sqlite3ext.h>

SQLITE_EXTENSION_INIT1

extern "C" __attribute__((visibility("default"))) int sqlite3_emptyextension_init(sqlite3*, char**,
                                                                                  const sqlite3_api_routines* api) {
  SQLITE_EXTENSION_INIT2(api);
  return SQLITE_OK;
}
