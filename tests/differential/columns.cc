// SPDX-License-Identifier: MIT
// Columns: what a SELECT shows and how it is sorted. Everything here is a function of the rows alone, not of their order.
#include <algorithm>
#include <string_view>

#include "generator.h"
#include "sql.h"

namespace infusionsoft::differential {
namespace {

constexpr std::string_view kDirections[] = {"", " ASC", " DESC"};

}  // namespace

void Generator::AddColumns(Select& select, const std::vector<Scope>& scopes) {
  const Scope& scope = random_.Pick(scopes);
  const TableInfo& table = *scope.table;
  // SQLite takes a column of USING for ambiguous in a.* when a third table has it too.
  const auto is_using = [](const Source& source) { return !source.using_column.empty(); };
  const bool is_ambiguous = scopes.size() > 2 && std::ranges::any_of(select.from, is_using);
  if (random_.Percent(8) && !is_ambiguous && !table.is_local && !table.has_hidden && (json_allowed_ || !table.has_json)) {
    select.columns = {scope.alias + ".*"};
    return;
  }
  if (random_.Percent(10)) select.columns.push_back(WindowFunction(scopes));
  if (random_.Percent(10)) select.columns.push_back(ShownExpression(scopes));
  const size_t count = random_.Between(1, 4);
  for (size_t i = 0; i < count; ++i) select.columns.push_back(OutputReference(scopes));
}

void Generator::AddGroups(Select& select, const std::vector<Scope>& scopes) {
  const size_t groups = random_.Below(3);
  for (size_t i = 0; i < groups; ++i) select.group_by.push_back(OutputReference(scopes));
  select.columns = select.group_by;
  const size_t aggregations = random_.Between(1, 3);
  for (size_t i = 0; i < aggregations; ++i) select.columns.push_back(Aggregation(scopes));
  if (select.group_by.empty() || !random_.Percent(25)) return;
  select.having = {Condition::Leaf(random_.Percent(50) ? Sql({"count(*) > ", std::to_string(random_.Below(4))})
                                                       : Sql({Aggregation(scopes), " IS NOT NULL"}))};
}

void Generator::AddOrder(Query& query, const std::vector<Scope>& scopes) {
  const bool is_focus = focus_ == Focus::kOrder;
  if (!is_focus && !random_.Percent(55)) return;
  const size_t terms = random_.Percent(is_focus ? 20 : 55) ? 1 : random_.Between(2, 3);
  for (size_t i = 0; i < terms; ++i) {
    const std::string sql = is_focus && i == 0         ? PickReference(scopes, MayBeSorted).sql
                            : random_.Percent(92) ? OutputReference(scopes)
                                                  : ShownExpression(scopes);
    OrderTerm term{sql, sql, std::string(random_.Pick(kDirections))};
    if (random_.Percent(10)) term = {sql + " COLLATE NOCASE", "lower(" + sql + ")", term.direction};
    if (random_.Percent(5)) term.direction += random_.Percent(50) ? " NULLS LAST" : " NULLS FIRST";
    query.order_by.push_back(std::move(term));
  }
  const bool star = query.selects[0].columns[0].ends_with("*");
  query.total_order = !star && random_.Percent(25);
}

std::string Generator::Aggregation(const std::vector<Scope>& scopes) {
  static const std::vector<std::string> kFunctions = {"min(", "max(", "count(", "count(DISTINCT "};
  static const std::vector<std::string> kSums = {"sum(", "total(", "avg(", "sum(DISTINCT "};
  const Reference summed = PickReference(scopes);
  std::string call = "count(*)";
  if (summed.column->type == ColumnType::kInteger && random_.Percent(30)) {
    call = Sql({random_.Pick(kSums), summed.sql, ")"});
  } else if (!random_.Percent(30)) {
    call = Sql({random_.Pick(kFunctions), OutputReference(scopes), ")"});
  }
  return random_.Percent(15) ? Sql({call, " FILTER (WHERE ", Comparison(scopes), ")"}) : call;
}

// The default frame ends with the last of the rows that are sorted alike, so that which of them comes first is no matter.
std::string Generator::WindowFunction(const std::vector<Scope>& scopes) {
  static const std::vector<std::string> kRanks = {"rank()", "dense_rank()", "percent_rank()", "cume_dist()"};
  static const std::vector<std::string> kFunctions = {"min(", "max(", "count("};
  const std::string partition = random_.Percent(60) ? "PARTITION BY " + OutputReference(scopes) : "";
  const std::string by = OutputReference(scopes);
  const std::string order = Sql({partition.empty() ? "ORDER BY " : " ORDER BY ", by, random_.Pick(kDirections)});
  switch (random_.Below(5)) {
    case 0:
      return Sql({random_.Pick(kRanks), " OVER (", partition, order, ")"});
    case 1:
      return Sql({"first_value(", by, ") OVER (", partition, order, ")"});
    case 2:
      return Sql({"count(*) FILTER (WHERE ", Comparison(scopes), ") OVER (", partition, ")"});
    default:
      return Sql(
          {random_.Pick(kFunctions), OutputReference(scopes), ") OVER (", partition, random_.Percent(60) ? order : "", ")"});
  }
}

std::string Generator::ShownExpression(const std::vector<Scope>& scopes) {
  const Reference reference = PickReference(scopes);
  const std::string shown = OutputReference(scopes);
  if (subqueries_ < 1 && random_.Percent(25)) {
    ++subqueries_;
    return ScalarSelectFor(scopes, *reference.column);
  }
  switch (random_.Below(5)) {
    case 0:
      return Sql({"CASE WHEN ", Comparison(scopes), " THEN ", shown, " ELSE 'else' END"});
    case 1:
      return Sql({"(", Comparison(scopes), ")"});
    case 2:
      return "coalesce(" + shown + ", 0)";
    case 3:
      return "length(" + shown + ")";
    default:
      return "substr(" + shown + ", 1, 4)";
  }
}

}  // namespace infusionsoft::differential
