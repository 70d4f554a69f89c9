// SPDX-License-Identifier: MIT
#include "query/filter_value.h"

#include <catch2/catch.hpp>
#include <limits>
#include <string>

namespace infusionsoft {
namespace {

using Kind = FilterClause::Kind;

Column MakeColumn(ColumnType type, const char* name = "title") {
  Column column;
  column.name = name;
  column.type = type;
  return column;
}

Pushdown MakePushdown(Match match, bool prefix = false) {
  Pushdown pushdown;
  pushdown.filter = "f";
  pushdown.match = match;
  pushdown.prefix = prefix;
  return pushdown;
}

// What is sent, or "skip", or "no rows".
std::string Clause(ColumnType type, Match match, Op op, const SqlValue& value, bool prefix = true,
                   const char* name = "title") {
  const FilterClause clause = MakeClause(MakeColumn(type, name), MakePushdown(match, prefix), op, value);
  return clause.kind == Kind::kSend ? clause.text : clause.kind == Kind::kSkip ? "skip" : "no rows";
}

std::string TextEquals(const char* text) {
  return Clause(ColumnType::kText, Match::kEquals, Op::kEqual, SqlValue::Text(text));
}

}  // namespace

TEST_CASE("FilterValue: a comparison with NULL has no rows", "[query]") {
  for (Match match : {Match::kEquals, Match::kSince, Match::kUntil, Match::kCompare, Match::kBoolean}) {
    CHECK(Clause(ColumnType::kInteger, match, Op::kEqual, SqlValue::Null()) == "no rows");
  }
}

TEST_CASE("FilterValue: text that the grammar cannot carry is not sent", "[query]") {
  CHECK(TextEquals("Ann O'Hara 50%") == "f==Ann O'Hara 50%");
  for (const char* text : {"", "a;b", "a*", "a\nb", " a", "a ", "NONE", "UNASSIGNED", "=a", ">5", "\xff", "\x7f"}) {
    INFO(text);
    CHECK(TextEquals(text) == "skip");
  }
  CHECK(TextEquals(std::string(2000, 'a').c_str()) == "skip");
}

TEST_CASE("FilterValue: an operator or a comma inside a text is not sent, which a server might read as its own", "[query]") {
  for (const char* text : {"Smith, John", "a=b", "a>b", "a<b", "wow!", "x,"}) {
    INFO(text);
    CHECK(TextEquals(text) == "skip");
  }
}

TEST_CASE("FilterValue: the words for no value are not sent as values, in whatever letters", "[query]") {
  for (const char* text : {"NONE", "None", "none", "Unassigned", "unassigned"}) {
    INFO(text);
    CHECK(TextEquals(text) == "skip");
    CHECK(MakeSetMember(MakeColumn(ColumnType::kText), SqlValue::Text(text)).kind == Kind::kSkip);
  }
  CHECK(TextEquals("Nones") == "f==Nones");
}

TEST_CASE("FilterValue: a path takes what the filter's grammar does not", "[query]") {
  const auto path = [](const char* text) { return MakePathValue(MakeColumn(ColumnType::kText), SqlValue::Text(text)); };
  for (const char* text : {"none", "a,b", "a=b", "a;b", " a"}) {
    INFO(text);
    CHECK(path(text).text == text);
  }
  CHECK(path("").kind == Kind::kSkip);
  CHECK(MakePathValue(MakeColumn(ColumnType::kInteger, "id"), SqlValue::Integer(-1)).kind == Kind::kSkip);
}

TEST_CASE("FilterValue: numbers are not compared with text columns by the server", "[query]") {
  CHECK(Clause(ColumnType::kText, Match::kEquals, Op::kEqual, SqlValue::Integer(7)) == "skip");
  CHECK(Clause(ColumnType::kText, Match::kEquals, Op::kEqual, SqlValue::Real(7)) == "skip");
  CHECK(Clause(ColumnType::kText, Match::kEquals, Op::kEqual, SqlValue::Blob()) == "skip");
}

TEST_CASE("FilterValue: a pattern gives its fixed ASCII beginning", "[query]") {
  const auto like = [](const char* pattern, Op op = Op::kLike) {
    return Clause(ColumnType::kText, Match::kEquals, op, SqlValue::Text(pattern));
  };
  CHECK(like("ann%") == "f==ann*");
  CHECK(like("ann") == "f==ann*");
  CHECK(like("a_n%") == "f==a*");
  CHECK(like("ann %") == "f==ann*");
  CHECK(like("J\xc3\xb6rg%") == "f==J*");
  CHECK(like("%ann") == "skip");
  CHECK(like("") == "skip");
  CHECK(like("a;b%") == "f==a*");
  CHECK(like("Smith, J%") == "f==Smith*");
  CHECK(like("!a%") == "skip");
  CHECK(like("NONE%") == "skip");
  CHECK(like("ann*", Op::kGlob) == "f==ann*");
  CHECK(like("a[bc]*", Op::kGlob) == "f==a*");
  CHECK(like("an?", Op::kGlob) == "f==an*");
}

TEST_CASE("FilterValue: ids are whole numbers, and those below zero are compared by SQLite", "[query]") {
  const auto id = [](const SqlValue& value) {
    return Clause(ColumnType::kInteger, Match::kEquals, Op::kEqual, value, false, "id");
  };
  CHECK(id(SqlValue::Integer(12)) == "f==12");
  CHECK(id(SqlValue::Real(12.0)) == "f==12");
  CHECK(id(SqlValue::Real(12.5)) == "no rows");
  CHECK(id(SqlValue::Integer(-1)) == "skip");
  CHECK(id(SqlValue::Real(1e300)) == "no rows");
  CHECK(id(SqlValue::Real(std::numeric_limits<double>::quiet_NaN())) == "no rows");
  CHECK(id(SqlValue::Text("abc")) == "skip");
  CHECK(Clause(ColumnType::kInteger, Match::kEquals, Op::kEqual, SqlValue::Real(12.5), false, "quantity") == "skip");
}

TEST_CASE("FilterValue: a range with a fraction is widened to whole numbers", "[query]") {
  const auto range = [](Op op, const SqlValue& value) { return Clause(ColumnType::kInteger, Match::kCompare, op, value); };
  CHECK(range(Op::kGreater, SqlValue::Integer(5)) == "f>5");
  CHECK(range(Op::kGreater, SqlValue::Real(5.5)) == "f>=5");
  CHECK(range(Op::kLess, SqlValue::Real(5.5)) == "f<=6");
  CHECK(range(Op::kLessOrEqual, SqlValue::Integer(-3)) == "skip");
  CHECK(range(Op::kLess, SqlValue::Real(std::numeric_limits<double>::infinity())) == "skip");
  CHECK(range(Op::kLess, SqlValue::Text("abc")) == "skip");
}

TEST_CASE("FilterValue: times are widened by a second on each side", "[query]") {
  const auto time = [](Match match, Op op, const char* text) {
    return Clause(ColumnType::kTime, match, op, SqlValue::Text(text));
  };
  CHECK(time(Match::kSince, Op::kGreaterOrEqual, "2026-01-01") == "f==2025-12-31T23:59:59.000Z");
  CHECK(time(Match::kUntil, Op::kLessOrEqual, "2026-01-01T10:00:00.500Z") == "f==2026-01-01T10:00:01.500Z");
  CHECK(time(Match::kSince, Op::kGreater, "nonsense") == "skip");
  CHECK(Clause(ColumnType::kTime, Match::kSince, Op::kGreater, SqlValue::Integer(5)) == "skip");
}

TEST_CASE("FilterValue: reals are widened by a thousandth, and written as plain decimals", "[query]") {
  const auto real = [](Op op, const SqlValue& value) { return Clause(ColumnType::kReal, Match::kCompare, op, value); };
  CHECK(real(Op::kEqual, SqlValue::Real(0.1)) == "f>=0.099;f<=0.101");
  CHECK(real(Op::kEqual, SqlValue::Real(0)) == "f>=0;f<=0.001");
  CHECK(real(Op::kGreater, SqlValue::Integer(100000)) == "f>=99999.999");
  CHECK(real(Op::kGreaterOrEqual, SqlValue::Real(100000.001)) == "f>=100000");
  CHECK(real(Op::kLess, SqlValue::Real(1e11)) == "f<=100000000000.001");
  CHECK(real(Op::kLess, SqlValue::Real(1e300)) == "skip");
  CHECK(real(Op::kGreater, SqlValue::Real(-1)) == "skip");
  CHECK(real(Op::kGreater, SqlValue::Text("x")) == "skip");
}

TEST_CASE("FilterValue: a number that 64 bits may not hold is not sent", "[query]") {
  const auto id = [](Op op, int64_t value) {
    return Clause(ColumnType::kInteger, Match::kCompare, op, SqlValue::Integer(value), false, "id");
  };
  CHECK(id(Op::kEqual, 999999999999999999) == "f==999999999999999999");
  CHECK(id(Op::kEqual, 1000000000000000000) == "skip");
  CHECK(id(Op::kLess, std::numeric_limits<int64_t>::max()) == "skip");
}

TEST_CASE("FilterValue: a word that the API does not list is not sent", "[query]") {
  Pushdown pushdown = MakePushdown(Match::kEnum);
  pushdown.values = {"ONLINE", "OFFLINE"};
  const Column column = MakeColumn(ColumnType::kText);
  CHECK(MakeClause(column, pushdown, Op::kEqual, SqlValue::Text("ONLINE")).text == "f==ONLINE");
  CHECK(MakeClause(column, pushdown, Op::kEqual, SqlValue::Text("online")).kind == Kind::kSkip);
}

TEST_CASE("FilterValue: booleans are 0 and 1", "[query]") {
  CHECK(Clause(ColumnType::kBoolean, Match::kBoolean, Op::kEqual, SqlValue::Integer(1)) == "f==true");
  CHECK(Clause(ColumnType::kBoolean, Match::kBoolean, Op::kEqual, SqlValue::Real(0)) == "f==false");
  CHECK(Clause(ColumnType::kBoolean, Match::kBoolean, Op::kEqual, SqlValue::Integer(2)) == "skip");
}

TEST_CASE("FilterValue: clauses that must go along do", "[query]") {
  Pushdown pushdown = MakePushdown(Match::kEquals);
  pushdown.with = {{"phone_fields", "PHONE1"}};
  CHECK(MakeClause(MakeColumn(ColumnType::kText), pushdown, Op::kEqual, SqlValue::Text("555")).text ==
        "f==555;phone_fields==PHONE1");
}

TEST_CASE("FilterValue: members of a comma list hold no comma", "[query]") {
  CHECK(MakeSetMember(MakeColumn(ColumnType::kText), SqlValue::Text("a,b")).kind == Kind::kSkip);
  CHECK(MakeSetMember(MakeColumn(ColumnType::kText), SqlValue::Text("ab")).text == "ab");
  CHECK(MakeSetMember(MakeColumn(ColumnType::kInteger, "id"), SqlValue::Integer(5)).text == "5");
  CHECK(MakeSetMember(MakeColumn(ColumnType::kInteger, "id"), SqlValue::Null()).kind == Kind::kNoRows);
}

TEST_CASE("FilterValue: a flag is 1 or 0", "[query]") {
  const auto flag = [](const SqlValue& value) { return Clause(ColumnType::kBoolean, Match::kFlag, Op::kEqual, value); };
  CHECK(flag(SqlValue::Integer(1)) == "f==1");
  CHECK(flag(SqlValue::Real(0)) == "f==0");
  for (const SqlValue& other : {SqlValue::Integer(2), SqlValue::Real(0.5), SqlValue::Text("Yes"), SqlValue::Blob()}) {
    CHECK(flag(other) == "skip");
  }
  CHECK(flag(SqlValue::Null()) == "no rows");
}

TEST_CASE("FilterValue: a time under one name is sent two days wider", "[query]") {
  for (ColumnType type : {ColumnType::kTime, ColumnType::kDate}) {
    const auto clause = [type](Op op, const char* text) {
      return Clause(type, Match::kCompareTime, op, SqlValue::Text(text));
    };
    for (Op op : {Op::kGreater, Op::kGreaterOrEqual}) CHECK(clause(op, "2026-03-01") == "f>=2026-02-27T00:00:00.000Z");
    CHECK(clause(Op::kLess, "2026-03-01T00:00:00.000Z") == "f<=2026-03-03T00:00:00.000Z");
    CHECK(clause(Op::kEqual, "2026-03-01T10:00:00.000Z") == "f>=2026-02-27T10:00:00.000Z;f<=2026-03-03T10:00:00.000Z");
    CHECK(clause(Op::kGreater, "0000") == "f>=0000-01-01T00:00:00.000Z");  // where years begin
  }
  for (const SqlValue& other : {SqlValue::Integer(2026), SqlValue::Real(1.5), SqlValue::Blob()}) {
    CHECK(Clause(ColumnType::kTime, Match::kCompareTime, Op::kGreater, other) == "skip");
  }
  CHECK(Clause(ColumnType::kDate, Match::kCompareTime, Op::kLess, SqlValue::Null()) == "no rows");
}

}  // namespace infusionsoft
