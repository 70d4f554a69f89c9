// SPDX-License-Identifier: MIT
#include "query.h"

#include <functional>
#include <utility>

namespace infusionsoft::differential {
namespace {

std::string RenderCondition(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::kLeaf:
      return condition.sql;
    case Condition::Kind::kNot:
      return "NOT (" + RenderCondition(condition.parts[0]) + ")";
    default:
      break;
  }
  std::string text;
  for (const Condition& part : condition.parts) {
    if (!text.empty()) text += condition.kind == Condition::Kind::kAnd ? " AND " : " OR ";
    const bool plain = part.kind == Condition::Kind::kLeaf || part.kind == Condition::Kind::kNot;
    text += plain ? RenderCondition(part) : "(" + RenderCondition(part) + ")";
  }
  return text;
}

std::string JoinTexts(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : ", ") + text;
  return joined;
}

std::string RenderSelect(const Select& select, const std::vector<OrderTerm>& keys) {
  std::vector<std::string> columns = select.columns;
  for (const OrderTerm& key : keys) columns.push_back(key.key);
  std::string sql = std::string("SELECT ") + (select.distinct ? "DISTINCT " : "") + JoinTexts(columns) + " FROM ";
  for (const Source& source : select.from) {
    if (!source.join.empty()) sql += source.join == "," ? ", " : " " + source.join + " ";
    sql += source.table + " AS " + source.alias;
    if (!source.on.empty()) sql += " ON " + RenderCondition(source.on[0]);
  }
  if (!select.where.empty()) sql += " WHERE " + RenderCondition(select.where[0]);
  if (!select.group_by.empty()) sql += " GROUP BY " + JoinTexts(select.group_by);
  return sql;
}

// Calls `add` with every condition that is one step smaller.
void SmallerConditions(const Condition& condition, const std::function<void(Condition)>& add) {
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
    if (query_.selects.size() > 1) {
      EachWithoutOne<Select>(query_.selects, [&](auto fewer) { Add([&](Query& q) { q.selects = std::move(fewer); }); });
    }
    if (!query_.limit.empty()) Add([](Query& q) { q.limit = q.offset = ""; });
    if (!query_.offset.empty()) Add([](Query& q) { q.offset = ""; });
    if (query_.total_order) Add([](Query& q) { q.total_order = false; });
    EachWithoutOne<OrderTerm>(query_.order_by,
                              [&](auto fewer) { Add([&](Query& q) { q.order_by = std::move(fewer); }); });
    for (size_t i = 0; i < query_.selects.size(); ++i) ShrinkSelect(i);
    return std::move(smaller_);
  }

 private:
  void Add(const std::function<void(Query&)>& change) {
    smaller_.push_back(query_);
    change(smaller_.back());
  }

  void ShrinkSelect(size_t index) {
    const Select& select = query_.selects[index];
    if (!select.where.empty()) {
      Add([&](Query& q) { q.selects[index].where.clear(); });
      SmallerConditions(select.where[0], [&](Condition smaller) {
        Add([&](Query& q) { q.selects[index].where[0] = std::move(smaller); });
      });
    }
    if (select.from.size() > 1) {
      EachWithoutOne<Source>(select.from, [&](auto fewer) {
        fewer[0].join.clear();
        fewer[0].on.clear();
        Add([&](Query& q) { q.selects[index].from = std::move(fewer); });
      });
    }
    for (size_t i = 0; i < select.from.size(); ++i) {
      if (select.from[i].on.empty()) continue;
      SmallerConditions(select.from[i].on[0], [&](Condition smaller) {
        Add([&](Query& q) { q.selects[index].from[i].on[0] = std::move(smaller); });
      });
    }
    if (select.distinct) Add([&](Query& q) { q.selects[index].distinct = false; });
    if (select.columns.size() > 1) {
      EachWithoutOne<std::string>(
          select.columns, [&](auto fewer) { Add([&](Query& q) { q.selects[index].columns = std::move(fewer); }); });
    }
    if (select.group_by.size() > 1) {
      EachWithoutOne<std::string>(
          select.group_by, [&](auto fewer) { Add([&](Query& q) { q.selects[index].group_by = std::move(fewer); }); });
    }
  }

  const Query& query_;
  std::vector<Query> smaller_;
};

}  // namespace

std::vector<Binding> Query::Bindings(size_t run) const {
  std::vector<Binding> bindings;
  for (const Parameter& parameter : parameters) bindings.push_back({parameter.name, parameter.literals[run]});
  return bindings;
}

std::string Render(const Query& query) {
  std::string sql;
  for (const Select& select : query.selects) {
    if (!sql.empty()) sql += " " + query.compound + " ";
    sql += RenderSelect(select, query.order_by);
  }
  std::vector<std::string> order;
  for (const OrderTerm& term : query.order_by) order.push_back(term.expression + term.direction);
  if (query.total_order) {
    const size_t columns = query.selects[0].columns.size() + query.order_by.size();
    for (size_t i = 1; i <= columns; ++i) order.push_back(std::to_string(i));
  }
  if (!order.empty()) sql += " ORDER BY " + JoinTexts(order);
  if (!query.limit.empty()) sql += " LIMIT " + query.limit;
  if (!query.offset.empty()) sql += " OFFSET " + query.offset;
  return sql;
}

std::vector<Query> SmallerQueries(const Query& query) { return Shrinker(query).All(); }

}  // namespace infusionsoft::differential
