// SPDX-License-Identifier: MIT
// OrderCheck: whether the rows of one list come in the order that the server was asked for.
//
// SQLite does not sort such rows again, so another order is an error, which names the cure. SQLite may stop after a few rows
// (LIMIT, min(), max()), so a page is checked as a whole before its first row is delivered, and has kRowsToCheck rows where
// the list has so many. That shows a server that sorts ids as texts or not at all; it proves nothing about later pages.
//
// Rows without a value: where SQLite drops them, as under `t > '2026'`, they may stand anywhere. Otherwise the order
// descends (planner.cc), and SQLite puts them last.
#pragma once

#include <optional>

#include "base/status.h"
#include "profile/profile.h"
#include "query/pager.h"
#include "query/query_plan.h"
#include "query/sql_value.h"

namespace infusionsoft {

// The least page size of a list with an order.
inline constexpr int kRowsToCheck = 100;

// -1, 0, 1 as SQLite sorts under BINARY: NULL, numbers, texts, blobs.
int CompareAsSorted(const SqlValue& a, const SqlValue& b);

class OrderCheck {
 public:
  // `entity` outlives this object; `plan` has an order.
  OrderCheck(const Entity& entity, const QueryPlan& plan);

  // Called with each page before its rows. `has_more`: another page follows.
  Status CheckPage(const Page& page, bool has_more);
  // Called with each row, or the item that holds it, before it is delivered. A page may repeat rows of an earlier one, which
  // is no matter here; those that are delivered must be in order over all pages.
  Status CheckRow(json::Value item);

 private:
  // False where the order does not matter for the row.
  bool Counts(const SqlValue& value) const { return !value.IsNull() || !drops_nulls_; }
  Status CheckPair(const std::optional<SqlValue>& last, const SqlValue& value) const;
  Status WrongOrder() const;
  Status NullsFirst() const;

  const Column& column_;
  const bool descending_;
  const bool drops_nulls_;
  bool has_value_ = false;  // whether a row of an earlier page, or of this one, has a value
  std::optional<SqlValue> last_delivered_;
};

}  // namespace infusionsoft
