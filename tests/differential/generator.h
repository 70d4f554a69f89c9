// SPDX-License-Identifier: MIT
// Generator: random queries over the tables of an Account.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "account.h"
#include "query.h"
#include "random.h"
#include "value_generator.h"

namespace infusionsoft::differential {

// A table of a FROM clause.
struct Scope {
  const TableInfo* table;
  std::string alias;
};

// alias."column"
// By the API, if it sorts the table at all.
bool MayBeSorted(const ColumnInfo& column);
std::string SqlOf(const Scope& scope, const ColumnInfo& column);
// The same where values are shown, grouped or sorted: of values that are equal under NOCASE, SQLite may show any.
std::string OutputSql(const Scope& scope, const ColumnInfo& column);

class Generator {
 public:
  Generator(const std::vector<TableInfo>& tables, Random& random) : tables_(tables), random_(random), values_(random) {}

  // False: no column with JSON, because a freedom of the server changes its text; so no table either that has nothing else.
  void set_json_allowed(bool allowed) { json_allowed_ = allowed; }

  Query Next();

 private:
  // The kind of condition that a query is about. Few tables have columns for some kinds, so that chance alone would seldom
  // bring the two together.
  enum class Focus { kAnything, kAbsence, kPrefix, kTime, kNumber, kList, kCase, kOrder };

  struct Reference {
    const ColumnInfo* column;
    std::string sql;  // alias.column
  };

  // generator.cc: the shape of a query.
  Query PlainQuery();
  Query Probe();
  Query CompoundQuery();
  Query MinMaxQuery();
  std::vector<Scope> MakeFrom(Select& select);
  std::string JoinText();
  // In place of a plain table: a sub-query of its rows, or a common table.
  void Derive(const TableInfo& table, Source& source);
  void AddJoinCondition(const std::vector<Scope>& scopes, const Scope& scope, Source& source);
  void AddLimit(Query& query);
  Manner PickManner(const Query& query);

  // columns.cc: what a SELECT shows and how it is sorted.
  void AddColumns(Select& select, const std::vector<Scope>& scopes);
  void AddGroups(Select& select, const std::vector<Scope>& scopes);
  void AddOrder(Query& query, const std::vector<Scope>& scopes);
  std::string Aggregation(const std::vector<Scope>& scopes);
  std::string WindowFunction(const std::vector<Scope>& scopes);
  std::string ShownExpression(const std::vector<Scope>& scopes);

  // conditions.cc: what stands in WHERE and ON.
  Condition MakeCondition(const std::vector<Scope>& scopes, int depth);
  std::string Leaf(const std::vector<Scope>& scopes);
  std::string LeafInFocus(const std::vector<Scope>& scopes);
  std::string Comparison(const std::vector<Scope>& scopes);
  std::string Collated(const std::vector<Scope>& scopes);
  std::string TimeBound(const std::vector<Scope>& scopes);
  std::string NumberBound(const std::vector<Scope>& scopes);
  std::string LongIdList(const ColumnInfo& column);
  std::string InList(const std::vector<Scope>& scopes);
  std::string InSelect(const std::vector<Scope>& scopes);
  std::string Pattern(const std::vector<Scope>& scopes);
  std::string NullTest(const std::vector<Scope>& scopes);
  std::string OfExpression(const std::vector<Scope>& scopes);
  std::string RowValues(const std::vector<Scope>& scopes);
  std::string ColumnPair(const std::vector<Scope>& scopes);
  std::string Exists(const std::vector<Scope>& scopes);
  std::string ScalarSelect(const std::vector<Scope>& scopes);
  std::string ScalarSelectFor(const std::vector<Scope>& scopes, const ColumnInfo& column);
  std::string OfJson(const std::string& column);
  // A table of a sub-query, under an alias of its own.
  Scope Inner(const TableInfo& table);
  std::string JoinCondition(const std::vector<Scope>& left, const Scope& right);
  // `path column = something`, for a table that is expensive without it.
  std::string PathCondition(const Scope& scope, const std::vector<Scope>& outer);

  Focus PickFocus();
  bool IsUsable(const ColumnInfo& column) const { return json_allowed_ || column.type != ColumnType::kJson; }
  bool IsUsable(const TableInfo& table) const;
  bool Suits(const TableInfo& table) const;
  const TableInfo& PickTable(bool local_too);
  const TableInfo& CheapTable();
  const ColumnInfo& PickColumn(const TableInfo& table);
  Reference PickReference(const std::vector<Scope>& scopes);
  // One that suits, if some tries find it; else any.
  Reference PickReference(const std::vector<Scope>& scopes, const std::function<bool(const ColumnInfo&)>& suits);
  std::string OutputReference(const std::vector<Scope>& scopes);
  // A column of `table` that holds what `column` holds, or any.
  const ColumnInfo& Partner(const TableInfo& table, const ColumnInfo& column);
  std::string Value(const ColumnInfo& column);
  // The first of the literals, or a parameter with a value for each run.
  std::string MaybeParameter(const std::array<std::string, 2>& literals);
  std::string AsParameter(const std::array<std::string, 2>& literals);
  // " = "
  std::string Operator(std::span<const std::string_view> operators);
  std::string Collate();

  const std::vector<TableInfo>& tables_;
  Random& random_;
  ValueGenerator values_;
  bool json_allowed_ = true;
  Focus focus_ = Focus::kAnything;  // of the query that is being made
  int subqueries_ = 0;              // in it
  int aliases_ = 0;
  std::vector<Parameter> parameters_;
  std::vector<CommonTable> with_;
};

}  // namespace infusionsoft::differential
