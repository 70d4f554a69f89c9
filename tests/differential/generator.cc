// SPDX-License-Identifier: MIT
#include "generator.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "sql.h"

namespace infusionsoft::differential {
namespace {

constexpr std::string_view kJoins[] = {"JOIN",      "JOIN",       "JOIN",      ",",         "LEFT JOIN",
                                       "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN"};
constexpr std::string_view kCompounds[] = {"UNION", "UNION ALL", "EXCEPT", "INTERSECT"};

}  // namespace

bool MayBeSorted(const ColumnInfo& column) {
  return column.pushed && (column.type == ColumnType::kTime || column.type == ColumnType::kInteger);
}

std::string SqlOf(const Scope& scope, const ColumnInfo& column) { return scope.alias + ".\"" + column.name + "\""; }

std::string OutputSql(const Scope& scope, const ColumnInfo& column) {
  return column.folds_case ? "lower(" + SqlOf(scope, column) + ")" : SqlOf(scope, column);
}

Query Generator::Next() {
  focus_ = PickFocus();
  subqueries_ = 0;
  aliases_ = 0;
  parameters_.clear();
  with_.clear();
  const bool is_probe = focus_ != Focus::kAnything && random_.Percent(45);
  const size_t kind = random_.Below(100);
  Query query = is_probe ? Probe() : kind < 6 ? CompoundQuery() : kind < 12 ? MinMaxQuery() : PlainQuery();
  query.parameters = parameters_;
  query.with = with_;
  query.manner = PickManner(query);
  return query;
}

Manner Generator::PickManner(const Query& query) {
  const size_t kind = random_.Below(100);
  if (kind < 8) return Manner::kInterleaved;
  if (kind < 14) return Manner::kRestarted;
  // Where SQLite may choose the rows, what it may choose from is looked at after the change is rolled back.
  if (!query.limit.empty() && !query.total_order) return Manner::kAlone;
  return kind < 19 ? Manner::kTransaction : kind < 24 ? Manner::kSavepoint : Manner::kAlone;
}

Query Generator::PlainQuery() {
  Query query;
  const bool aggregated = random_.Percent(18);
  Select select;
  const std::vector<Scope> scopes = MakeFrom(select);
  if (random_.Percent(90)) {
    Condition where = MakeCondition(scopes, static_cast<int>(random_.Below(3)));
    // Without a parent these tables cost a request for each of them.
    for (const Scope& scope : scopes) {
      if (scope.table->path_columns.empty() || random_.Percent(12)) continue;
      where = {Condition::Kind::kAnd, "", {std::move(where), Condition::Leaf(PathCondition(scope, {}))}};
    }
    select.where = {std::move(where)};
  }
  if (aggregated) {
    AddGroups(select, scopes);
    query.selects = {std::move(select)};
    query.total_order = random_.Percent(50);
    if (query.total_order && random_.Percent(40)) AddLimit(query);
    return query;
  }
  select.distinct = random_.Percent(10);
  AddColumns(select, scopes);
  query.selects = {std::move(select)};
  AddOrder(query, scopes);
  if (random_.Percent(35)) AddLimit(query);
  return query;
}

// One condition alone, or an order, so that nothing else keeps a row that it loses out of the answer anyway.
Query Generator::Probe() {
  const TableInfo& table = PickTable(false);
  const std::vector<Scope> scopes = {{&table, "a"}};
  std::vector<Condition> conditions;
  if (focus_ != Focus::kOrder) conditions.push_back(Condition::Leaf(LeafInFocus(scopes)));
  if (!table.path_columns.empty()) conditions.push_back(Condition::Leaf(PathCondition(scopes[0], {})));
  Select select;
  select.from = {{table.name, "a", "", {}, "", ""}};
  if (!conditions.empty()) select.where = {{Condition::Kind::kAnd, "", std::move(conditions)}};
  AddColumns(select, scopes);
  Query query;
  query.selects = {std::move(select)};
  if (focus_ == Focus::kOrder) AddOrder(query, scopes);
  return query;
}

Query Generator::CompoundQuery() {
  Query query;
  query.compound = random_.Pick(kCompounds);
  const ColumnInfo* first = nullptr;
  const size_t selects = random_.Percent(25) ? 3 : 2;
  for (size_t i = 0; i < selects; ++i) {
    const TableInfo& table = CheapTable();
    const std::vector<Scope> scopes = {{&table, "a"}};
    const ColumnInfo& column = first == nullptr ? PickColumn(table) : Partner(table, *first);
    if (first == nullptr) first = &column;
    Select select;
    select.columns = {OutputSql(scopes[0], column)};
    select.from = {{table.name, "a", "", {}, "", ""}};
    if (random_.Percent(80)) select.where = {MakeCondition(scopes, 1)};
    query.selects.push_back(std::move(select));
  }
  query.total_order = random_.Percent(60);
  if (query.total_order && random_.Percent(50)) AddLimit(query);
  return query;
}

Query Generator::MinMaxQuery() {
  Query query;
  const TableInfo& table = CheapTable();
  const std::vector<Scope> scopes = {{&table, "a"}};
  Select select;
  select.from = {{table.name, "a", "", {}, "", ""}};
  const char* const function = random_.Percent(50) ? "min(" : "max(";
  select.columns = {Sql({function, OutputReference(scopes), ")"})};
  if (random_.Percent(50)) select.where = {MakeCondition(scopes, 1)};
  query.selects = {std::move(select)};
  return query;
}

std::vector<Scope> Generator::MakeFrom(Select& select) {
  static const std::vector<std::string> kAliases = {"a", "b", "c"};
  const size_t chance = random_.Below(100);
  const size_t count = chance < 68 ? 1 : chance < 96 ? 2 : 3;
  std::vector<Scope> scopes;
  for (size_t i = 0; i < count; ++i) {
    const bool self_join = i > 0 && random_.Percent(12);
    const TableInfo& table = self_join ? *scopes[0].table : PickTable(count > 1);
    const Scope scope{&table, kAliases[i]};
    Source source{table.name, scope.alias, i == 0 ? std::string() : std::string(random_.Pick(kJoins)), {}, "", ""};
    if (random_.Percent(12) && table.path_columns.empty() && !table.has_hidden) Derive(table, source);
    // Three scans of everything within each other would be a request for every pair of rows.
    const bool needs_on = source.join.size() > 1 && source.join != "CROSS JOIN";
    if (i > 0 && (needs_on || random_.Percent(70))) AddJoinCondition(scopes, scope, source);
    select.from.push_back(std::move(source));
    scopes.push_back(scope);
  }
  return scopes;
}

void Generator::AddJoinCondition(const std::vector<Scope>& scopes, const Scope& scope, Source& source) {
  if (source.join == ",") source.join = "JOIN";
  const bool is_plain = scope.table->path_columns.empty() && scopes.size() == 1 && source.join != "CROSS JOIN";
  const ColumnInfo& shared = PickColumn(*scope.table);
  const auto has_it = [&](const ColumnInfo& column) {
    return column.name == shared.name && column.type != ColumnType::kJson;
  };
  if (is_plain && random_.Percent(20) && std::ranges::any_of(scopes[0].table->columns, has_it)) {
    source.using_column = "\"" + shared.name + "\"";
    return;
  }
  Condition on = Condition::Leaf(JoinCondition(scopes, scope));
  if (random_.Percent(25)) on = {Condition::Kind::kAnd, "", {std::move(on), Condition::Leaf(Comparison({scope}))}};
  // Of the left tables only: in an outer join it takes out pairs of rows, and none of those tables' rows.
  if (random_.Percent(20)) {
    std::string left = focus_ == Focus::kOrder && random_.Percent(60) ? TimeBound(scopes) : Comparison(scopes);
    on = {Condition::Kind::kAnd, "", {std::move(on), Condition::Leaf(std::move(left))}};
  }
  if (!scope.table->path_columns.empty() && random_.Percent(85)) {
    on = {Condition::Kind::kAnd, "", {std::move(on), Condition::Leaf(PathCondition(scope, scopes))}};
  }
  source.on = {std::move(on)};
}

void Generator::Derive(const TableInfo& table, Source& source) {
  const std::string alias = "d" + std::to_string(++aliases_);
  source.plain = table.name;
  std::string select = "SELECT * FROM " + table.name + " AS " + alias;
  if (random_.Percent(85)) select += " WHERE " + Comparison({{&table, alias}});
  if (random_.Percent(10)) select += " UNION ALL SELECT * FROM " + table.name + " WHERE 0";
  if (random_.Percent(50)) {
    source.table = "(" + select + ")";
    return;
  }
  static const std::vector<std::string> kHints = {"", "", " MATERIALIZED", " NOT MATERIALIZED"};
  source.table = "w" + std::to_string(with_.size() + 1);
  with_.push_back({source.table, random_.Pick(kHints), std::move(select)});
}

void Generator::AddLimit(Query& query) {
  const auto count = [&] { return std::to_string(random_.Below(random_.Percent(50) ? 5 : 40)); };
  query.limit = random_.Percent(5) ? "-1" : MaybeParameter({count(), count()});
  if (random_.Percent(30)) query.offset = MaybeParameter({count(), count()});
}

Generator::Focus Generator::PickFocus() {
  constexpr Focus kFocuses[] = {Focus::kAbsence, Focus::kPrefix, Focus::kTime, Focus::kTime, Focus::kNumber,
                                Focus::kList,    Focus::kCase,   Focus::kOrder};
  return random_.Percent(65) ? random_.Pick(kFocuses) : Focus::kAnything;
}

bool Generator::IsUsable(const TableInfo& table) const {
  return std::ranges::any_of(table.columns, [&](const ColumnInfo& column) { return IsUsable(column); });
}

bool Generator::Suits(const TableInfo& table) const {
  return std::ranges::any_of(table.columns, [&](const ColumnInfo& column) {
    if (!IsUsable(column)) return false;
    switch (focus_) {
      case Focus::kAbsence:
        return column.takes_null;
      case Focus::kPrefix:
        return column.takes_prefix;
      case Focus::kTime:
        return column.type == ColumnType::kTime && column.pushed;
      case Focus::kNumber:
        return column.takes_bounds && column.type != ColumnType::kInteger;
      case Focus::kList:
        return column.takes_list;
      case Focus::kCase:
        return column.type == ColumnType::kText && column.pushed;
      case Focus::kOrder:
        return MayBeSorted(column);
      case Focus::kAnything:
        break;
    }
    return true;
  });
}

const TableInfo& Generator::PickTable(bool local_too) {
  if (random_.Percent(80)) {
    std::vector<const TableInfo*> suiting;
    for (const TableInfo& table : tables_) {
      if (focus_ != Focus::kAnything && !table.is_local && Suits(table)) suiting.push_back(&table);
    }
    if (!suiting.empty()) return *random_.Pick(suiting);
  }
  // The table with the most pushdowns is worth the most queries; of the others, those that are lists with filters.
  if (random_.Percent(20)) {
    for (const TableInfo& table : tables_) {
      if (table.name == "infusionsoft_contacts") return table;
    }
  }
  while (true) {
    const TableInfo& table = random_.Pick(tables_);
    if (table.is_local) {
      if (local_too) return table;
      continue;
    }
    const size_t chance = table.pushed < 3 ? 10 : table.path_columns.empty() ? 100 : 30;
    if (IsUsable(table) && random_.Percent(chance)) return table;
  }
}

const TableInfo& Generator::CheapTable() {
  while (true) {
    const TableInfo& table = PickTable(true);
    if (table.path_columns.empty()) return table;
  }
}

const ColumnInfo& Generator::PickColumn(const TableInfo& table) {
  while (true) {
    const ColumnInfo& column = random_.Pick(table.columns);
    if (!IsUsable(column) || (column.type == ColumnType::kJson && random_.Percent(90))) continue;
    if (column.detail && random_.Percent(90)) continue;
    // Many text columns are pushed down alike; numbers and times have more to go wrong.
    const size_t chance = !column.pushed ? 15 : column.type == ColumnType::kText ? 45 : 100;
    if (random_.Percent(chance)) return column;
  }
}

Generator::Reference Generator::PickReference(const std::vector<Scope>& scopes) {
  const Scope& scope = random_.Pick(scopes);
  const ColumnInfo& column = PickColumn(*scope.table);
  return {&column, SqlOf(scope, column)};
}

Generator::Reference Generator::PickReference(const std::vector<Scope>& scopes,
                                              const std::function<bool(const ColumnInfo&)>& suits) {
  Reference reference = PickReference(scopes);
  for (int tries = 0; tries < 40 && !suits(*reference.column); ++tries) reference = PickReference(scopes);
  return reference;
}

std::string Generator::OutputReference(const std::vector<Scope>& scopes) {
  const Scope& scope = random_.Pick(scopes);
  return OutputSql(scope, PickColumn(*scope.table));
}

const ColumnInfo& Generator::Partner(const TableInfo& table, const ColumnInfo& column) {
  std::vector<const ColumnInfo*> alike;
  for (const ColumnInfo& candidate : table.columns) {
    if (candidate.domain == column.domain && candidate.type != ColumnType::kJson) alike.push_back(&candidate);
  }
  if (!alike.empty() && random_.Percent(90)) return *random_.Pick(alike);
  return PickColumn(table);
}

}  // namespace infusionsoft::differential
