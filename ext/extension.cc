// SPDX-License-Identifier: MIT
// The entry point: .load infusionsoft, SELECT load_extension('infusionsoft').
#include "sqlite/extension_init.h"

SQLITE_EXTENSION_INIT1

namespace {

// Returns SQLITE_OK_LOAD_PERMANENTLY: OpenSSL registers exit handlers and libcurl may own threads, so the library must not
// be unloaded with the connection that loaded it. After an error SQLite does so whatever this returns; hence -z nodelete.
int Load(sqlite3* database, char** error, const sqlite3_api_routines* api) {
#ifndef SQLITE_CORE
  // There is one pointer for all connections, and a program may contain SQLite twice.
  if (sqlite3_api != nullptr && sqlite3_api != api && infusionsoft::sqlite::HasConnections()) {
    if (error != nullptr) {
      *error = api->mprintf(
          "infusionsoft serves another copy of SQLite in this process; load a copy of the library file, under another name");
    }
    return SQLITE_ERROR;
  }
#endif
  SQLITE_EXTENSION_INIT2(api);
  const int code = infusionsoft::sqlite::RegisterExtension(database, error);
  return code == SQLITE_OK ? SQLITE_OK_LOAD_PERMANENTLY : code;
}

}  // namespace

#define INFUSIONSOFT_ENTRY_POINT extern "C" __attribute__((visibility("default"))) int

INFUSIONSOFT_ENTRY_POINT sqlite3_infusionsoft_init(sqlite3* database, char** error, const sqlite3_api_routines* api) {
  return Load(database, error, api);
}

#ifndef SQLITE_CORE
// What SQLite looks for first, whatever the file is called. Linked into a program, every extension would have this name.
INFUSIONSOFT_ENTRY_POINT sqlite3_extension_init(sqlite3* database, char** error, const sqlite3_api_routines* api) {
  return Load(database, error, api);
}
#endif
