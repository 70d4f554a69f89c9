// SPDX-License-Identifier: MIT
#include "sqlite/interrupt.h"

#include <cstddef>
#include <cstring>

namespace infusionsoft::sqlite {
namespace {

using IsInterrupted = int (*)(sqlite3*);

// Null where the host has no such function.
IsInterrupted HostsIsInterrupted() {
  constexpr int kFirstVersion = 3041000;
  if (sqlite3_libversion_number() < kFirstVersion) return nullptr;
#ifndef SQLITE_CORE
  // The table of routines only ever grows at its end, so the place of a routine is known to headers that lack its name.
  constexpr size_t kPlace = offsetof(sqlite3_api_routines, vtab_in_next) + 5 * sizeof(IsInterrupted);
#if SQLITE_VERSION_NUMBER >= 3041000
  static_assert(kPlace == offsetof(sqlite3_api_routines, is_interrupted));
#endif
  IsInterrupted routine = nullptr;
  std::memcpy(&routine, reinterpret_cast<const char*>(sqlite3_api) + kPlace, sizeof(routine));
  return routine;
#elif SQLITE_VERSION_NUMBER >= 3041000
  return sqlite3_is_interrupted;
#else
  return nullptr;
#endif
}

}  // namespace

bool InterruptCheck::Requested(void* context) {
  auto& self = *static_cast<InterruptCheck*>(context);
  if (const IsInterrupted routine = HostsIsInterrupted()) return routine(self.database_) != 0;
  if (!self.can_parse_) return false;
  // The parser of 3.38 to 3.40 looks at the flag when it meets white space. A text that is nothing else makes no statement,
  // so there is nothing to authorise, to trace or to finalise.
  sqlite3_stmt* none = nullptr;
  const int code = sqlite3_prepare_v2(self.database_, " ", -1, &none, nullptr);
  self.can_parse_ = code != SQLITE_MISUSE;  // what sqlite3_close_v2 leaves prepares nothing, and logs each attempt
  return code == SQLITE_INTERRUPT;
}

}  // namespace infusionsoft::sqlite
