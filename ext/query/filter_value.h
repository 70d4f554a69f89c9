// SPDX-License-Identifier: MIT
// Filter values: from a SQL value to the clause of the API's filter that contains it.
//
// Source of the grammar: KEAP_FACTS section 5.1. It has no quoting, so what it cannot carry is not sent.
#pragma once

#include <string>
#include <string_view>

#include "profile/profile.h"
#include "query/predicate.h"
#include "query/sql_value.h"

namespace infusionsoft {

struct FilterClause {
  enum class Kind {
    kSend,    // `text` goes into the filter
    kSkip,    // the grammar cannot carry it: the server sends more, SQLite checks
    kNoRows,  // no row can satisfy it: a comparison with NULL, an id that is not a whole number
  };
  Kind kind = Kind::kSkip;
  std::string text;  // "start_update_time==2026-01-01T00:00:00.000Z"

  static FilterClause Skip() { return {}; }
  static FilterClause NoRows() { return {Kind::kNoRows, ""}; }
  static FilterClause Send(std::string text) { return {Kind::kSend, std::move(text)}; }
};

// The clause for `column op value`. `op` is one that takes a single value.
FilterClause MakeClause(const Column& column, const Pushdown& pushdown, Op op, const SqlValue& value);

// `column IS NULL`.
FilterClause MakeNullClause(const Pushdown& pushdown);

// One member of a comma list: its text, nothing to send, or a value that no row has.
FilterClause MakeSetMember(const Column& column, const SqlValue& value);

// A value in a path, which has no grammar: its text, nothing that a path can carry, or a value that no row has.
FilterClause MakePathValue(const Column& column, const SqlValue& value);

// Whether the grammar can carry `text` as a value.
bool CanCarry(std::string_view text);

}  // namespace infusionsoft
