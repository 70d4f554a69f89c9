// SPDX-License-Identifier: MIT
// Which operators of SQL a filter of the API may serve.
#pragma once

#include "profile/profile.h"
#include "query/predicate.h"

namespace infusionsoft {

// Whether `pushdown` may send a constraint of this kind without losing a row that SQLite would keep.
bool CanSend(const Column& column, const Pushdown& pushdown, Op op, Collation collation);

}  // namespace infusionsoft
