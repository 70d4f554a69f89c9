// SPDX-License-Identifier: MIT
#include "row_sequence.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "mix.h"

namespace infusionsoft::sandbox {
namespace {

// Under Break::kOrderLate.
constexpr std::ptrdiff_t kRowsInOrder = 6;

}  // namespace

std::optional<uint64_t> RowSequence::At(uint64_t position) const {
  if (stride_ != 0) position = position * stride_ % size_;
  if (ordered_ == nullptr) return descending_ ? high_ - 1 - position : low_ + position;
  const uint64_t row = OrderedAt(position);
  if (row < low_ || row >= high_) return std::nullopt;
  return row;
}

uint64_t RowSequence::OrderedAt(uint64_t position) const {
  const size_t nulls = ordered_->null_count;
  const size_t total = ordered_->rows.size();
  const uint64_t from_start = descending_ ? total - 1 - position : position;
  // The rows are stored with the nulls first; rotate them when this direction wants the other end.
  const bool stored_nulls_last = descending_;
  if (stored_nulls_last == nulls_last_) return ordered_->rows[from_start];
  return ordered_->rows[(from_start + nulls) % total];
}

RowSequence SequenceBuilder::Build(const ListSpec& list, const std::vector<Clause>& clauses,
                                   std::optional<std::vector<uint32_t>> scope, uint64_t parent, const Ordering& ordering,
                                   const FreedomSet& freedoms, const BreakSet& breaks) {
  const Entity& entity = *list.entity;
  low_ = 0;
  high_ = world_.Size(entity.kind);
  rows_ = std::move(scope);
  for (const Clause& clause : clauses) Narrow(list, clause);
  if (rows_) {
    std::erase_if(*rows_, [this](uint32_t row) { return row < low_ || row >= high_; });
  }
  const bool by_id = ordering.spec != nullptr && ordering.spec->property == "id";
  const bool natural = ordering.spec == nullptr || by_id;
  RowSequence out;
  out.low_ = low_;
  out.high_ = std::max(low_, high_);
  out.descending_ = ordering.descending;
  // Without the freedom, absent values come first in ascending and last in descending order.
  out.nulls_last_ = ordering.descending != Has(freedoms, Freedom::kNullsLast);
  if (rows_ && natural) {
    out.ordered_ = std::make_shared<OrderedRows>(OrderedRows{*std::move(rows_), 0});
    out.nulls_last_ = ordering.descending;
  } else if (rows_) {
    out.ordered_ = std::make_shared<OrderedRows>(SortRows(world_, entity, *ordering.spec, *std::move(rows_), parent));
  } else if (!natural) {
    out.ordered_ = indexes_.Ordered(entity, *ordering.spec);
  }
  out.size_ = out.ordered_ == nullptr ? out.high_ - out.low_ : out.ordered_->rows.size();
  if (ordering.spec != nullptr) {
    BreakOrder(entity, by_id, breaks, out);
    return out;
  }
  if (Has(freedoms, Freedom::kOrderDescending)) {
    out.descending_ = true;
    out.nulls_last_ = true;
  }
  if (Has(freedoms, Freedom::kOrderShuffled) && out.size_ > 2) {
    out.stride_ = out.size_ / 2 + 1;
    while (std::gcd(out.stride_, out.size_) != 1) ++out.stride_;
  }
  return out;
}

void SequenceBuilder::BreakOrder(const Entity& entity, bool by_id, const BreakSet& breaks, RowSequence& out) const {
  const bool by_text = by_id && Has(breaks, Break::kIdsAsText);
  if (!by_text && !Has(breaks, Break::kOrderIgnored) && !Has(breaks, Break::kOrderLate)) return;
  std::vector<uint32_t> rows;
  for (uint64_t position = 0; position < out.size_; ++position) {
    if (const std::optional<uint64_t> row = out.At(position)) rows.push_back(static_cast<uint32_t>(*row));
  }
  const std::vector<uint32_t> right = rows;
  if (by_text) {
    std::ranges::stable_sort(rows, {}, [&](uint32_t row) { return world_.IdText(entity.kind, row); });
    if (out.descending_) std::ranges::reverse(rows);
  } else if (Has(breaks, Break::kOrderIgnored)) {
    std::ranges::sort(rows, {}, [](uint32_t row) { return Mix(row); });
  } else if (rows.size() > kRowsInOrder) {
    std::ranges::reverse(rows.begin() + kRowsInOrder, rows.end());
  }
  out.is_broken_ = rows != right;
  out.ordered_ = std::make_shared<OrderedRows>(OrderedRows{std::move(rows), 0});
  out.size_ = out.ordered_->rows.size();
  out.descending_ = out.nulls_last_ = false;
}

void SequenceBuilder::Narrow(const ListSpec& list, const Clause& clause) {
  const Entity& entity = *list.entity;
  const FilterSpec& spec = *clause.spec;
  if (clause.sentinel || clause.ids.empty()) return;
  if (entity.has_own_keys && Has(world_.breaks(), Break::kRepeatedKeys)) return;
  if (spec.tests == "id") return NarrowToIds(entity, clause);
  if (clause.op != Op::kEqual || clause.ids.size() != 1) return;
  for (const Reference& reference : entity.references) {
    if (reference.path != spec.tests) continue;
    const std::optional<uint64_t> target = world_.Row(reference.target, clause.ids.front());
    Intersect(target ? indexes_.Referring(entity, reference, *target) : std::vector<uint32_t>{});
  }
}

void SequenceBuilder::NarrowToIds(const Entity& entity, const Clause& clause) {
  if (clause.op == Op::kEqual) {
    std::vector<uint32_t> rows;
    for (const uint64_t id : clause.ids) {
      const std::optional<uint64_t> row = world_.Row(entity.kind, id);
      if (row) rows.push_back(static_cast<uint32_t>(*row));
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return Intersect(std::move(rows));
  }
  const uint64_t id = clause.ids.front();
  switch (clause.op) {
    case Op::kGreater:
      low_ = std::max(low_, world_.LowerBound(entity.kind, id + 1));
      break;
    case Op::kGreaterEqual:
      low_ = std::max(low_, world_.LowerBound(entity.kind, id));
      break;
    case Op::kLess:
      high_ = std::min(high_, world_.LowerBound(entity.kind, id));
      break;
    case Op::kLessEqual:
      high_ = std::min(high_, world_.LowerBound(entity.kind, id + 1));
      break;
    case Op::kEqual:
    case Op::kNotEqual:
      break;
  }
}

void SequenceBuilder::Intersect(std::vector<uint32_t> rows) {
  if (!rows_) {
    rows_ = std::move(rows);
    return;
  }
  std::vector<uint32_t> both;
  std::set_intersection(rows_->begin(), rows_->end(), rows.begin(), rows.end(), std::back_inserter(both));
  rows_ = std::move(both);
}

}  // namespace infusionsoft::sandbox
