// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "api_description.h"
#include "world.h"

namespace infusionsoft::sandbox {

// Rows in the order of a property, those without it first. Equal ones keep their row order.
struct OrderedRows {
  std::vector<uint32_t> rows;
  size_t null_count = 0;
};

OrderedRows SortRows(const World& world, const Entity& entity, const OrderSpec& order, std::vector<uint32_t> rows,
                     uint64_t parent);

// For each row of the target, the rows that refer to it, ascending.
class InverseIndex {
 public:
  explicit InverseIndex(uint64_t targets) : starts_(targets + 1, 0) {}

  // `visit(add)` calls add(target, row) for all references, the same ones each time, rows
  // ascending.
  template <typename Visit>
  void Build(const Visit& visit) {
    visit([this](uint64_t target, uint64_t) { ++starts_[target + 1]; });
    for (size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    rows_.resize(starts_.back());
    std::vector<uint32_t> next(starts_.begin(), starts_.end() - 1);
    visit([this, &next](uint64_t target, uint64_t row) { rows_[next[target]++] = static_cast<uint32_t>(row); });
  }

  std::vector<uint32_t> Rows(uint64_t target) const {
    const auto at = [this](uint64_t i) { return rows_.begin() + static_cast<std::ptrdiff_t>(starts_[i]); };
    return {at(target), at(target + 1)};
  }

 private:
  std::vector<uint32_t> starts_;
  std::vector<uint32_t> rows_;
};

// What answers need beyond the rows themselves. Built when first asked for, then kept: four bytes a
// row.
class RowIndexes {
 public:
  explicit RowIndexes(const World& world) : world_(world) {}

  std::shared_ptr<const OrderedRows> Ordered(const Entity& entity, const OrderSpec& order);
  // The rows of `entity` whose reference is row `target`.
  std::vector<uint32_t> Referring(const Entity& entity, const Reference& reference, uint64_t target);
  std::vector<uint32_t> TagContacts(uint64_t tag);

 private:
  using Key = std::pair<std::string, std::string>;

  const World& world_;
  std::mutex mutex_;
  std::map<Key, std::shared_ptr<const OrderedRows>> ordered_;
  std::map<Key, std::shared_ptr<const InverseIndex>> referring_;
  std::shared_ptr<const InverseIndex> tag_contacts_;
};

}  // namespace infusionsoft::sandbox
