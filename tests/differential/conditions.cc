// SPDX-License-Identifier: MIT
// Conditions: every operator that a planner may push down, and what surrounds them.
#include <algorithm>
#include <string_view>

#include "answer.h"
#include "generator.h"
#include "sql.h"

namespace infusionsoft::differential {
namespace {

constexpr std::string_view kComparisons[] = {
    "=", "=", "=", "==", "<", "<=", ">", ">=", "<>", "!=", "IS", "IS NOT", "IS DISTINCT FROM", "IS NOT DISTINCT FROM"};
constexpr std::string_view kRanges[] = {"<", "<=", ">", ">="};
constexpr std::string_view kJoinOperators[] = {"=", "=", "=", "=", "=", "IS", "<", ">="};
constexpr std::string_view kCollations[] = {" COLLATE NOCASE", " COLLATE NOCASE", " COLLATE RTRIM", " COLLATE RTRIM",
                                            " COLLATE BINARY"};
constexpr int kMostSubqueries = 2;

void RemoveAll(std::string& text, std::string_view part) {
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at)) text.erase(at, part.size());
}

// Whether both name the same column: alias."name".
bool ShareColumn(const std::string& a, const std::string& b) {
  for (size_t dot = a.find(".\""); dot != std::string::npos; dot = a.find(".\"", dot + 1)) {
    const std::string name = a.substr(dot - 1, a.find('"', dot + 2) - dot + 2);
    if (b.find(name) != std::string::npos) return true;
  }
  return false;
}

std::string FromText(const Scope& scope) { return Sql({" FROM ", scope.table->name, " AS ", scope.alias}); }

// SQLite (3.40 at least) reads `x COLLATE NOCASE = 1 OR x = 2` as `x IN (1, 2)`, and there the collation is lost,
// whenever an index, or a virtual table, serves x. An ordinary table without an index is read otherwise, so the two
// cannot be compared.
void AvoidMixedCollations(std::vector<Condition>& parts) {
  for (Condition& part : parts) {
    if (part.kind != Condition::Kind::kLeaf) continue;
    for (const Condition& other : parts) {
      if (&other == &part || !ShareColumn(part.sql, other.sql)) continue;
      for (const std::string_view collation : kCollations) RemoveAll(part.sql, collation);
    }
  }
}

}  // namespace

Condition Generator::MakeCondition(const std::vector<Scope>& scopes, int depth) {
  if (depth == 0 || random_.Percent(40)) return Condition::Leaf(Leaf(scopes));
  Condition condition;
  const size_t kind = random_.Below(10);
  condition.kind = kind < 5 ? Condition::Kind::kAnd : kind < 9 ? Condition::Kind::kOr : Condition::Kind::kNot;
  const size_t parts = condition.kind == Condition::Kind::kNot ? 1 : random_.Between(2, 3);
  for (size_t i = 0; i < parts; ++i) condition.parts.push_back(MakeCondition(scopes, depth - 1));
  if (condition.kind == Condition::Kind::kOr) AvoidMixedCollations(condition.parts);
  return condition;
}

Scope Generator::Inner(const TableInfo& table) { return {&table, "s" + std::to_string(++aliases_)}; }

std::string Generator::LeafInFocus(const std::vector<Scope>& scopes) {
  switch (focus_) {
    case Focus::kAbsence:
      return NullTest(scopes);
    case Focus::kPrefix:
      return Pattern(scopes);
    case Focus::kTime:
      return TimeBound(scopes);
    case Focus::kNumber:
      return NumberBound(scopes);
    case Focus::kList:
      return InList(scopes);
    case Focus::kCase:
      return Collated(scopes);
    case Focus::kOrder:
    case Focus::kAnything:
      break;
  }
  return Comparison(scopes);
}

std::string Generator::Leaf(const std::vector<Scope>& scopes) {
  if (focus_ != Focus::kAnything && random_.Percent(60)) return LeafInFocus(scopes);
  const size_t kind = random_.Below(100);
  if (kind < 29) return Comparison(scopes);
  if (kind < 36) return NumberBound(scopes);
  if (kind < 48) return Collated(scopes);
  if (kind < 57) return TimeBound(scopes);
  if (kind < 64) return InList(scopes);
  if (kind < 72) return Pattern(scopes);
  if (kind < 78) return NullTest(scopes);
  if (kind < 84) return OfExpression(scopes);
  if (kind < 87) return RowValues(scopes);
  if (kind < 90) return ColumnPair(scopes);
  if (subqueries_ >= kMostSubqueries) return Comparison(scopes);
  ++subqueries_;
  if (kind < 95) return InSelect(scopes);
  return kind < 98 ? Exists(scopes) : ScalarSelect(scopes);
}

std::string Generator::Value(const ColumnInfo& column) {
  return MaybeParameter({values_.Value(column), values_.Value(column)});
}

std::string Generator::MaybeParameter(const std::array<std::string, 2>& literals) {
  return random_.Percent(30) ? AsParameter(literals) : literals[0];
}

std::string Generator::AsParameter(const std::array<std::string, 2>& literals) {
  const std::string name = ":p" + std::to_string(parameters_.size());
  parameters_.push_back({name, literals});
  return name;
}

std::string Generator::Operator(std::span<const std::string_view> operators) {
  return Sql({" ", random_.Pick(operators), " "});
}

std::string Generator::Collate() { return std::string(random_.Percent(15) ? random_.Pick(kCollations) : ""); }

std::string Generator::Comparison(const std::vector<Scope>& scopes) {
  const Reference reference = PickReference(scopes);
  if (random_.Percent(12)) {
    return Sql({reference.sql, Collate(), random_.Percent(20) ? " NOT BETWEEN " : " BETWEEN ", Value(*reference.column),
                " AND ", Value(*reference.column)});
  }
  const std::string op = Operator(kComparisons);
  if (random_.Percent(12)) return Sql({Value(*reference.column), Collate(), op, reference.sql});
  if (random_.Percent(50)) return Sql({reference.sql, op, Value(*reference.column), Collate()});
  return Sql({reference.sql, Collate(), op, Value(*reference.column)});
}

std::string Generator::TimeBound(const std::vector<Scope>& scopes) {
  const Reference reference =
      PickReference(scopes, [](const ColumnInfo& column) { return column.type == ColumnType::kTime && column.pushed; });
  const auto value = [&] { return MaybeParameter({values_.Moment(*reference.column), values_.Moment(*reference.column)}); };
  if (random_.Percent(20)) return Sql({reference.sql, " BETWEEN ", value(), " AND ", value()});
  return Sql({reference.sql, Operator(kRanges), value()});
}

// At a value that occurs, where it matters whether the bound includes it, or near one.
std::string Generator::NumberBound(const std::vector<Scope>& scopes) {
  const bool is_real = random_.Percent(40);
  const Reference reference = PickReference(scopes, [&](const ColumnInfo& column) {
    return column.takes_bounds && (!is_real || column.type != ColumnType::kInteger);
  });
  return Sql({reference.sql, Operator(kRanges), Value(*reference.column)});
}

// A text and what another collation takes for the same.
std::string Generator::Collated(const std::vector<Scope>& scopes) {
  const std::string collation(random_.Pick(kCollations));
  // RTRIM matters to values that end in a space, of which there are few.
  const bool wants_space = collation.ends_with("RTRIM") && random_.Percent(70);
  const bool is_sent = random_.Percent(80);
  const auto suits = [&](const ColumnInfo& column) {
    if (column.type != ColumnType::kText || (is_sent && !column.pushed)) return false;
    return !wants_space || std::ranges::any_of(column.tricky, EndsInSpace);
  };
  const Reference reference = PickReference(scopes, suits);
  const auto alike = [&] {
    return wants_space ? values_.AlikeWithSpace(*reference.column)
                       : values_.Alike(*reference.column, collation.ends_with("NOCASE"));
  };
  const auto value = [&] { return MaybeParameter({alike(), alike()}); };
  const std::string op = random_.Percent(70) ? " = " : Operator(kComparisons);
  switch (random_.Below(4)) {
    case 0:
      return Sql({reference.sql, op, value(), collation});
    case 1:
      return Sql({value(), collation, op, reference.sql});
    case 2:
      return Sql({reference.sql, collation, " IN (", value(), ", ", value(), ")"});
    default:
      return Sql({reference.sql, collation, op, value()});
  }
}

// More ids than one request takes, with all of the table's own somewhere among them.
std::string Generator::LongIdList(const ColumnInfo& column) {
  const size_t size = random_.Between(100, 1200);
  // Sorted, the table's own come last or in the middle.
  const size_t first = random_.Percent(60) ? 1 : random_.Below(1'000'000);
  const size_t own = random_.Below(size);
  std::string list;
  for (size_t i = 0; i < size; ++i) {
    if (i == own) {
      for (const std::string& sample : column.samples) list += sample + ", ";
    }
    list += std::to_string(first + i) + (i + 1 < size ? ", " : "");
  }
  return list;
}

std::string Generator::InList(const std::vector<Scope>& scopes) {
  const bool is_sent = random_.Percent(60);
  const Reference reference = PickReference(scopes, [&](const ColumnInfo& column) { return !is_sent || column.takes_list; });
  const bool is_id = reference.column->takes_list && reference.column->type == ColumnType::kInteger;
  if (is_id && random_.Percent(40)) return Sql({reference.sql, " IN (", LongIdList(*reference.column), ")"});
  std::string list;
  const size_t size = random_.Percent(10) ? random_.Between(20, 120) : random_.Below(6);
  for (size_t i = 0; i < size; ++i) {
    const std::string value = size > 6 ? values_.Value(*reference.column) : Value(*reference.column);
    list += (i > 0 ? ", " : "") + value;
  }
  return Sql({reference.sql, Collate(), random_.Percent(20) ? " NOT IN (" : " IN (", list, ")"});
}

std::string Generator::Pattern(const std::vector<Scope>& scopes) {
  const bool is_sent = random_.Percent(70);
  const Reference reference =
      PickReference(scopes, [&](const ColumnInfo& column) { return !is_sent || column.takes_prefix; });
  const std::string no = random_.Percent(15) ? " NOT" : "";
  const std::string like = values_.LikePattern(*reference.column);
  switch (random_.Below(10)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return Sql({reference.sql, no, " GLOB ",
                  MaybeParameter({values_.GlobPattern(*reference.column), values_.GlobPattern(*reference.column)})});
    case 4:
      return Sql({reference.sql, no, " LIKE ", random_.Percent(50) ? like : "'a\\%%'", " ESCAPE '\\'"});
    case 5:
      if (random_.Percent(50)) return Sql({"like(", like, ", ", reference.sql, ")"});
      return Sql({reference.sql, Collate(), no, " LIKE ", like});
    default:
      return Sql({reference.sql, no, " LIKE ", MaybeParameter({like, values_.LikePattern(*reference.column)})});
  }
}

std::string Generator::NullTest(const std::vector<Scope>& scopes) {
  const bool is_sent = random_.Percent(80);
  const Reference reference = PickReference(scopes, [&](const ColumnInfo& column) { return !is_sent || column.takes_null; });
  static const std::vector<std::string> kTests = {" IS NULL",     " IS NULL", " IS NULL",      " ISNULL",
                                                  " IS NOT NULL", " NOTNULL", " IS NOT FALSE", " IS TRUE"};
  // Which of the two it is shows only when the statement runs.
  if (random_.Percent(20)) return Sql({reference.sql, " IS ", AsParameter({"NULL", values_.Value(*reference.column)})});
  return Sql({reference.sql, random_.Pick(kTests)});
}

std::string Generator::OfExpression(const std::vector<Scope>& scopes) {
  const Reference reference = PickReference(scopes);
  const std::string& c = reference.sql;
  const std::string value = Value(*reference.column);
  const std::string op = Operator(kComparisons);
  if (reference.column->type == ColumnType::kJson) return OfJson(c);
  switch (random_.Below(13)) {
    case 0:
      return Sql({c, " + 0", op, value});
    case 1:
      return Sql({"lower(", c, ")", op, "lower(", value, ")"});
    case 2:
      return Sql({c, " || ''", op, value});
    case 3:
      return Sql({"length(", c, ")", op, std::to_string(random_.Below(20))});
    case 4:
      return Sql({"+", c, op, value});
    case 5:
      return Sql({"CAST(", c, " AS TEXT)", op, value});
    case 6:
      return Sql({c, op, "CAST(", value, " AS INTEGER)"});
    case 7:
      return Sql({c, op, "CAST(", value, " AS TEXT)"});
    case 8:
      return Sql({"CASE WHEN ", c, op, value, " THEN 1 ELSE ", c, " IS NULL END"});
    case 9:
      return Sql({"CASE ", c, " WHEN ", value, " THEN 0 WHEN ", Value(*reference.column), " THEN 1 ELSE 2 END < 2"});
    case 10:
      return Sql({"(", c, op, value, ") IS ", random_.Percent(50) ? "TRUE" : "NOT TRUE"});
    case 11:
      return Sql({"coalesce(", c, ", ", value, ")", op, value});
    default:
      return c;
  }
}

std::string Generator::OfJson(const std::string& column) {
  switch (random_.Below(3)) {
    case 0:
      return Sql({"json_array_length(", column, ") > ", std::to_string(random_.Below(3))});
    case 1:
      return Sql({column, "->>'$[0].id' IS NOT NULL"});
    default:
      return Sql({"EXISTS (SELECT 1 FROM json_each(", column, ") WHERE value > ", std::to_string(random_.Below(50)), ")"});
  }
}

std::string Generator::RowValues(const std::vector<Scope>& scopes) {
  const Reference a = PickReference(scopes);
  const Reference b = PickReference(scopes);
  const std::string pair = Sql({"(", a.sql, ", ", b.sql, ")"});
  if (subqueries_ < kMostSubqueries && random_.Percent(25)) {
    ++subqueries_;
    const Scope inner = Inner(CheapTable());
    return Sql({pair, " IN (SELECT ", SqlOf(inner, Partner(*inner.table, *a.column)), ", ",
                SqlOf(inner, Partner(*inner.table, *b.column)), FromText(inner), ")"});
  }
  if (random_.Percent(30)) {
    return Sql({pair, " IN (VALUES (", values_.Value(*a.column), ", ", values_.Value(*b.column), "), (",
                values_.Value(*a.column), ", ", values_.Value(*b.column), "))"});
  }
  return Sql({pair, random_.Percent(50) ? " = " : Operator(kRanges), "(", Value(*a.column), ", ", Value(*b.column), ")"});
}

std::string Generator::ColumnPair(const std::vector<Scope>& scopes) {
  const Reference a = PickReference(scopes);
  const Scope& other = random_.Pick(scopes);
  const ColumnInfo& b = Partner(*other.table, *a.column);
  return Sql({a.sql, Collate(), Operator(kComparisons), SqlOf(other, b)});
}

std::string Generator::InSelect(const std::vector<Scope>& scopes) {
  const Reference reference = PickReference(scopes);
  const Scope inner = Inner(random_.Percent(60) ? tables_.back() : CheapTable());
  const ColumnInfo& partner = Partner(*inner.table, *reference.column);
  const bool limited = random_.Percent(20);
  const std::string column = limited ? OutputSql(inner, partner) : SqlOf(inner, partner);
  std::string select = Sql({"SELECT ", column, FromText(inner)});
  if (random_.Percent(60)) select += " WHERE " + Comparison({inner});
  // Ordered by what is selected, so that the same values are chosen from both databases.
  if (limited) {
    select += Sql({" ORDER BY ", column, random_.Percent(50) ? " DESC" : "", " LIMIT ", std::to_string(random_.Below(9))});
  }
  return Sql({reference.sql, Collate(), random_.Percent(20) ? " NOT IN (" : " IN (", select, ")"});
}

std::string Generator::Exists(const std::vector<Scope>& scopes) {
  const Scope inner = Inner(PickTable(true));
  std::string where = JoinCondition(scopes, inner);
  if (!inner.table->path_columns.empty()) where += " AND " + PathCondition(inner, scopes);
  if (random_.Percent(50)) where += " AND " + Comparison({inner});
  return Sql({random_.Percent(25) ? "NOT " : "", "EXISTS (SELECT ", random_.Percent(50) ? "1" : inner.alias + ".*",
              FromText(inner), " WHERE ", where, random_.Percent(15) ? " LIMIT 1)" : ")"});
}

std::string Generator::ScalarSelect(const std::vector<Scope>& scopes) {
  const Reference reference = PickReference(scopes);
  return Sql({reference.sql, Operator(kComparisons), ScalarSelectFor(scopes, *reference.column)});
}

std::string Generator::ScalarSelectFor(const std::vector<Scope>& scopes, const ColumnInfo& column) {
  const Scope inner = Inner(CheapTable());
  const std::string shown = OutputSql(inner, Partner(*inner.table, column));
  static const std::vector<std::string> kFunctions = {"min", "max", "count"};
  const std::string where = random_.Percent(50) ? " WHERE " + JoinCondition(scopes, inner) : "";
  const std::string rows = FromText(inner) + where;
  if (random_.Percent(40)) {
    return Sql({"(SELECT ", shown, rows, " ORDER BY ", shown, random_.Percent(50) ? " DESC" : "", " LIMIT 1)"});
  }
  return Sql({"(SELECT ", random_.Pick(kFunctions), "(", shown, ")", rows, ")"});
}

std::string Generator::JoinCondition(const std::vector<Scope>& left, const Scope& right) {
  // The column of the right table comes first, so that a key is often the one that is looked up.
  const ColumnInfo& first = right.table->columns[0];
  const ColumnInfo& b = random_.Percent(50) && IsUsable(first) ? first : PickColumn(*right.table);
  const Scope& scope = random_.Pick(left);
  const ColumnInfo& a = Partner(*scope.table, b);
  const std::string op = Operator(kJoinOperators);
  const std::string left_sql = SqlOf(scope, a);
  const std::string right_sql = SqlOf(right, b);
  return random_.Percent(50) ? Sql({left_sql, Collate(), op, right_sql}) : Sql({right_sql, op, left_sql, Collate()});
}

std::string Generator::PathCondition(const Scope& scope, const std::vector<Scope>& outer) {
  const ColumnInfo* path = nullptr;
  const std::string& name = random_.Pick(scope.table->path_columns);
  for (const ColumnInfo& column : scope.table->columns) {
    if (column.name == name) path = &column;
  }
  const std::string sql = SqlOf(scope, *path);
  if (!outer.empty() && random_.Percent(50)) {
    const Scope& other = random_.Pick(outer);
    const ColumnInfo& partner = Partner(*other.table, *path);
    if (partner.domain == path->domain) return Sql({sql, " = ", SqlOf(other, partner)});
  }
  if (random_.Percent(70)) return Sql({sql, " = ", Value(*path)});
  return Sql({sql, " IN (", Value(*path), ", ", Value(*path), ", ", Value(*path), ")"});
}

}  // namespace infusionsoft::differential
