// SPDX-License-Identifier: MIT
// InterruptCheck: whether sqlite3_interrupt() was called, from inside a running statement.
#pragma once

#include "base/cancellation.h"
#include "sqlite/api.h"

namespace infusionsoft::sqlite {

// Asks sqlite3_is_interrupted, or before SQLite 3.41, which brought it, the parser: see interrupt.cc. Keeps no statement and
// runs none: the host's list of statements, its trace and its authorizer are the host's. Used by the thread that runs the
// statement, while it runs.
class InterruptCheck {
 public:
  explicit InterruptCheck(sqlite3* database) : database_(database) {}
  InterruptCheck(const InterruptCheck&) = delete;
  InterruptCheck& operator=(const InterruptCheck&) = delete;

  // Valid as long as this object.
  Cancellation cancellation() { return Cancellation(&InterruptCheck::Requested, this); }

 private:
  static bool Requested(void* context);

  sqlite3* const database_;
  bool can_parse_ = true;  // false once the host has closed the connection under its running statement
};

}  // namespace infusionsoft::sqlite
