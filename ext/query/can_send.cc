// SPDX-License-Identifier: MIT
#include "query/can_send.h"

namespace infusionsoft {
namespace {

bool TakesPrefix(const Column& column, const Pushdown& pushdown) {
  return pushdown.prefix && column.type == ColumnType::kText;
}

}  // namespace

bool CanSend(const Column& column, const Pushdown& pushdown, Op op, Collation collation) {
  const bool is_text = column.type == ColumnType::kText;
  // The collations of SQLite's own agree on numbers and on formatted times; on text only BINARY equality is certain to be
  // contained in what the server calls equal. A prefix ignores case by documentation, so it contains NOCASE equality.
  if (collation == Collation::kOther) return false;
  const bool no_case = collation != Collation::kBinary;
  // An input is given, not compared: no row shows what it is, so nothing would take out what a prefix finds too much.
  if (column.role == ColumnRole::kRequest && (op != Op::kEqual || (is_text && no_case))) return false;
  // So that what two requests' values exclude can be said by comparing them as bytes.
  if (no_case && SqlTypeName(column.type) == "TEXT" && !is_text) return false;
  switch (op) {
    case Op::kEqual:
      if (pushdown.match == Match::kSince || pushdown.match == Match::kUntil) return true;
      if (!is_text || !no_case) return true;
      return collation == Collation::kNoCase && TakesPrefix(column, pushdown);
    case Op::kIn:
      return pushdown.match == Match::kSet && (!is_text || !no_case);
    case Op::kGreater:
    case Op::kGreaterOrEqual:
      return Compares(pushdown.match) || pushdown.match == Match::kSince;
    case Op::kLess:
    case Op::kLessOrEqual:
      return Compares(pushdown.match) || pushdown.match == Match::kUntil;
    case Op::kLike:
    case Op::kGlob:
      return TakesPrefix(column, pushdown);
    case Op::kIsNull:
      return !pushdown.null_word.empty();
    default:
      return false;
  }
}

}  // namespace infusionsoft
