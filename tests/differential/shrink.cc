// SPDX-License-Identifier: MIT
#include "shrink.h"

#include <functional>
#include <utility>

namespace infusionsoft::differential {
namespace {

// Calls `add` with every condition that is one step smaller.
void SmallerConditions(const Condition& condition, const std::function<void(Condition)>& add) {
  if (condition.kind == Condition::Kind::kLeaf) {
    for (std::string& text : SmallerTexts(condition.sql)) add(Condition::Leaf(std::move(text)));
  }
  for (const Condition& part : condition.parts) add(part);
  for (size_t i = 0; i < condition.parts.size(); ++i) {
    if (condition.parts.size() > 2) {
      Condition smaller = condition;
      smaller.parts.erase(smaller.parts.begin() + static_cast<std::ptrdiff_t>(i));
      add(std::move(smaller));
    }
    SmallerConditions(condition.parts[i], [&](Condition part) {
      Condition smaller = condition;
      smaller.parts[i] = std::move(part);
      add(std::move(smaller));
    });
  }
}

template <typename T>
void EachWithoutOne(const std::vector<T>& items, const std::function<void(std::vector<T>)>& add) {
  for (size_t i = 0; i < items.size(); ++i) {
    std::vector<T> fewer = items;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    add(std::move(fewer));
  }
}

class Shrinker {
 public:
  explicit Shrinker(const Query& query) : query_(query) {}

  std::vector<Query> All() {
    if (query_.manner != Manner::kAlone) Add([](Query& q) { q.manner = Manner::kAlone; });
    EachWithoutOne<CommonTable>(query_.with, [&](auto fewer) { Add([&](Query& q) { q.with = std::move(fewer); }); });
    if (query_.selects.size() > 1) {
      EachWithoutOne<Select>(query_.selects, [&](auto fewer) { Add([&](Query& q) { q.selects = std::move(fewer); }); });
    }
    if (!query_.limit.empty()) Add([](Query& q) { q.limit = q.offset = ""; });
    if (!query_.offset.empty()) Add([](Query& q) { q.offset = ""; });
    if (query_.total_order) Add([](Query& q) { q.total_order = false; });
    EachWithoutOne<OrderTerm>(query_.order_by, [&](auto fewer) { Add([&](Query& q) { q.order_by = std::move(fewer); }); });
    for (size_t i = 0; i < query_.selects.size(); ++i) ShrinkSelect(i);
    for (size_t i = 0; i < query_.with.size(); ++i) {
      for (std::string& text : SmallerTexts(query_.with[i].select)) {
        Add([&](Query& q) { q.with[i].select = std::move(text); });
      }
    }
    for (size_t i = 0; i < query_.parameters.size(); ++i) ShrinkParameter(i);
    return std::move(smaller_);
  }

 private:
  void Add(const std::function<void(Query&)>& change) {
    smaller_.push_back(query_);
    change(smaller_.back());
  }

  // The same value in both runs, or a simpler one.
  void ShrinkParameter(size_t index) {
    const std::array<std::string, 2>& literals = query_.parameters[index].literals;
    for (size_t run = 0; run < 2; ++run) {
      if (literals[run] != literals[1 - run]) {
        Add([&](Query& q) { q.parameters[index].literals[run] = literals[1 - run]; });
      }
      // An expression that is no SQL any more could not be bound.
      if (literals[run].find_first_of("(|") != std::string::npos) continue;
      for (std::string& text : SmallerTexts(literals[run])) {
        Add([&](Query& q) { q.parameters[index].literals[run] = std::move(text); });
      }
    }
  }

  void ShrinkSource(size_t index, size_t position) {
    const Source& source = query_.selects[index].from[position];
    const auto change = [&](const std::function<void(Source&)>& to) {
      Add([&](Query& q) { to(q.selects[index].from[position]); });
    };
    if (!source.plain.empty() && source.table != source.plain) change([](Source& s) { s.table = s.plain; });
    if (source.join.size() > 4 && source.join != "JOIN") change([](Source& s) { s.join = "JOIN"; });
    if (source.table.starts_with('(')) {
      for (std::string& text : SmallerTexts(source.table)) change([&](Source& s) { s.table = std::move(text); });
    }
    if (source.on.empty()) return;
    SmallerConditions(source.on[0], [&](Condition smaller) { change([&](Source& s) { s.on[0] = std::move(smaller); }); });
  }

  void ShrinkSelect(size_t index) {
    const Select& select = query_.selects[index];
    if (!select.having.empty()) Add([&](Query& q) { q.selects[index].having.clear(); });
    if (!select.where.empty()) {
      Add([&](Query& q) { q.selects[index].where.clear(); });
      SmallerConditions(select.where[0],
                        [&](Condition smaller) { Add([&](Query& q) { q.selects[index].where[0] = std::move(smaller); }); });
    }
    if (select.from.size() > 1) {
      EachWithoutOne<Source>(select.from, [&](auto fewer) {
        fewer[0].join.clear();
        fewer[0].on.clear();
        fewer[0].using_column.clear();
        Add([&](Query& q) { q.selects[index].from = std::move(fewer); });
      });
    }
    for (size_t i = 0; i < select.from.size(); ++i) ShrinkSource(index, i);
    if (select.distinct) Add([&](Query& q) { q.selects[index].distinct = false; });
    if (select.columns.size() > 1) {
      EachWithoutOne<std::string>(select.columns,
                                  [&](auto fewer) { Add([&](Query& q) { q.selects[index].columns = std::move(fewer); }); });
    }
    if (select.group_by.size() > 1) {
      EachWithoutOne<std::string>(select.group_by,
                                  [&](auto fewer) { Add([&](Query& q) { q.selects[index].group_by = std::move(fewer); }); });
    }
  }

  const Query& query_;
  std::vector<Query> smaller_;
};

}  // namespace

std::vector<Query> SmallerQueries(const Query& query) { return Shrinker(query).All(); }

}  // namespace infusionsoft::differential
