// SPDX-License-Identifier: MIT
#include "sqlite/interrupt.h"

namespace infusionsoft::sqlite {

bool InterruptCheck::Requested(void* context) {
  auto* self = static_cast<InterruptCheck*>(context);
  if (self->statement_ == nullptr &&
      sqlite3_prepare_v2(self->database_, "SELECT 1", -1, &self->statement_, nullptr) != SQLITE_OK) {
    return false;
  }
  const bool interrupted = sqlite3_step(self->statement_) == SQLITE_INTERRUPT;
  sqlite3_reset(self->statement_);
  return interrupted;
}

}  // namespace infusionsoft::sqlite
