// SPDX-License-Identifier: MIT
#include "query.h"

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
    if (!source.using_column.empty()) sql += " USING (" + source.using_column + ")";
  }
  if (!select.where.empty()) sql += " WHERE " + RenderCondition(select.where[0]);
  if (!select.group_by.empty()) sql += " GROUP BY " + JoinTexts(select.group_by);
  if (!select.having.empty()) sql += " HAVING " + RenderCondition(select.having[0]);
  return sql;
}

}  // namespace

std::vector<Binding> Query::Bindings(size_t run) const {
  std::vector<Binding> bindings;
  for (const Parameter& parameter : parameters) bindings.push_back({parameter.name, parameter.literals[run]});
  return bindings;
}

std::string_view MannerName(Manner manner) {
  switch (manner) {
    case Manner::kAlone:
      return "alone";
    case Manner::kTransaction:
      return "in a transaction";
    case Manner::kSavepoint:
      return "in a savepoint";
    case Manner::kInterleaved:
      return "two statements in turn";
    case Manner::kRestarted:
      return "restarted";
  }
  return "";
}

std::string Render(const Query& query) {
  std::string sql;
  for (const CommonTable& table : query.with) {
    sql += (sql.empty() ? "WITH " : ", ") + table.name + " AS" + table.hint + " (" + table.select + ")";
  }
  if (!sql.empty()) sql += " ";
  for (size_t i = 0; i < query.selects.size(); ++i) {
    if (i > 0) sql += " " + query.compound + " ";
    sql += RenderSelect(query.selects[i], query.order_by);
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

// FNV-1a, which is the same everywhere; std::hash is each library's own.
uint64_t Fingerprint(const Query& query) {
  uint64_t hash = 14695981039346656037U;
  const auto add = [&](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  };
  add(MannerName(query.manner));
  add(Render(query));
  for (const Parameter& parameter : query.parameters) {
    for (const std::string& literal : parameter.literals) add(literal);
  }
  return hash;
}

}  // namespace infusionsoft::differential
