// SPDX-License-Identifier: MIT
#include "query/order_check.h"

#include <algorithm>
#include <string>
#include <utility>

#include "query/cell.h"

namespace infusionsoft {
namespace {

using Kind = SqlValue::Kind;

constexpr const char* kCure = "set the property OrderPushdown=false, and SQLite sorts them itself";

int RankOf(const SqlValue& value) {
  if (value.IsNull()) return 0;
  if (value.kind == Kind::kInteger || value.kind == Kind::kReal) return 1;
  return value.kind == Kind::kBlob ? 3 : 2;
}

template <typename T>
int Sign(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

// Has room for every integer and every real.
long double NumberOf(const SqlValue& value) {
  return value.kind == Kind::kInteger ? static_cast<long double>(value.integer) : static_cast<long double>(value.real);
}

const Column& OrderColumn(const Entity& entity, const QueryPlan& plan) {
  return entity.columns[static_cast<size_t>(plan.order->column)];
}

// The planner leaves an ascending order to the server only where no NULL is kept. Of a descending one the plan does not say
// it; a comparison that is sent does.
bool DropsNulls(const Entity& entity, const QueryPlan& plan) {
  if (!plan.order->descending && entity.MayBeNull(OrderColumn(entity, plan))) return true;
  return std::ranges::any_of(
      plan.terms, [&](const PlanTerm& term) { return term.column == plan.order->column && term.op != Op::kIsNull; });
}

}  // namespace

int CompareAsSorted(const SqlValue& a, const SqlValue& b) {
  const int rank = RankOf(a);
  if (rank != RankOf(b)) return Sign(rank, RankOf(b));
  if (rank == 0) return 0;
  return rank == 1 ? Sign(NumberOf(a), NumberOf(b)) : Sign(a.text, b.text);
}

OrderCheck::OrderCheck(const Entity& entity, const QueryPlan& plan)
    : column_(OrderColumn(entity, plan)), descending_(plan.order->descending), drops_nulls_(DropsNulls(entity, plan)) {}

Status OrderCheck::CheckPage(const Page& page, bool has_more) {
  std::optional<SqlValue> last;
  for (size_t i = 0; i < page.size(); ++i) {
    SqlValue value = ReadCell(column_, page.At(i));
    if (!Counts(value)) continue;
    if (Status status = CheckPair(last, value); !status.ok()) return status;
    has_value_ = has_value_ || !value.IsNull();
    last = std::move(value);
  }
  // Rows without a value that begin a descending list are in their place only if no other row follows.
  const bool begins_with_nulls = descending_ && last && !has_value_;
  return begins_with_nulls && has_more ? NullsFirst() : Status();
}

Status OrderCheck::CheckRow(json::Value item) {
  SqlValue value = ReadCell(column_, item);
  if (!Counts(value)) return Status();
  if (Status status = CheckPair(last_delivered_, value); !status.ok()) return status;
  last_delivered_ = std::move(value);
  return Status();
}

Status OrderCheck::CheckPair(const std::optional<SqlValue>& last, const SqlValue& value) const {
  if (!last) return Status();
  const int comparison = CompareAsSorted(*last, value);
  if (descending_ ? comparison >= 0 : comparison <= 0) return Status();
  return last->IsNull() ? NullsFirst() : WrongOrder();
}

Status OrderCheck::WrongOrder() const {
  return Status(StatusCode::kBadResponse,
                "the server's rows are not in the order of " + column_.name + " that was asked for; " + kCure);
}

Status OrderCheck::NullsFirst() const {
  return Status(StatusCode::kBadResponse, "in the descending order of " + column_.name +
                                              ", the server puts rows without a value first, and SQLite last; " + kCure);
}

}  // namespace infusionsoft
