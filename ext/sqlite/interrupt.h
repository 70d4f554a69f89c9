// SPDX-License-Identifier: MIT
// InterruptCheck: whether sqlite3_interrupt() was called, from inside a running statement.
#pragma once

#include "base/cancellation.h"
#include "sqlite/api.h"

namespace infusionsoft::sqlite {

// sqlite3_is_interrupted came with SQLite 3.41. Any host answers by other means: while the flag is set, stepping a statement
// gives SQLITE_INTERRUPT. The statement is kept only as long as a cursor, because an open one would keep the database from
// being closed. Used by the thread that runs the statement.
class InterruptCheck {
 public:
  explicit InterruptCheck(sqlite3* database) : database_(database) {}
  InterruptCheck(const InterruptCheck&) = delete;
  InterruptCheck& operator=(const InterruptCheck&) = delete;
  ~InterruptCheck() { sqlite3_finalize(statement_); }

  // Valid as long as this object.
  Cancellation cancellation() { return Cancellation(&InterruptCheck::Requested, this); }

 private:
  static bool Requested(void* context);

  sqlite3* const database_;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace infusionsoft::sqlite
