// SPDX-License-Identifier: MIT
// SQLite's own defects: differences that two ordinary tables show as well, when SQLite reads them in two ways. A virtual
// table can only answer what SQLite makes of it, so such a difference is no mismatch. Each is told apart by an experiment in
// which the defect is out of the way, or strikes the ordinary table too, and in which both must then agree.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "checker.h"

namespace infusionsoft::differential {
namespace {

// The columns of the row values to the left of an IN, as alias."column".
std::vector<std::string> ColumnsOfRowValues(std::string_view sql) {
  constexpr std::string_view kIn = ") IN (";
  std::vector<std::string> columns;
  for (size_t in = sql.find(kIn); in != std::string_view::npos; in = sql.find(kIn, in + 1)) {
    std::string_view row = sql.substr(0, in);
    row.remove_prefix(row.rfind('(') + 1);
    while (row.find(".\"") != std::string_view::npos) {
      const size_t end = row.find('"', row.find(".\"") + 2) + 1;
      columns.emplace_back(row.substr(0, end));
      row.remove_prefix(std::min(row.size(), end + std::string_view(", ").size()));
    }
  }
  return columns;
}

// table("column") for each of those columns.
std::vector<std::string> IndexesOfRowValues(const Query& query) {
  std::vector<std::string> indexes;
  for (const std::string& column : ColumnsOfRowValues(Render(query))) {
    for (const Source& source : query.selects[0].from) {
      if (!column.starts_with(source.alias + ".")) continue;
      const std::string& table = source.plain.empty() ? source.table : source.plain;
      indexes.push_back(table + "(" + column.substr(source.alias.size() + 1) + ")");
    }
  }
  return indexes;
}

}  // namespace

bool Checker::DiffersByDefect(const Query& query, size_t run, const Answer& found) {
  return DiffersByTransitivity(query, run) || DiffersByRowValueInRightJoin(query, run, found);
}

// SQLite (3.40.1 and 3.53.4) loses rows of `a.x = b.x AND b.x COLLATE NOCASE = 'X'` when it reads a first: it tests the
// implied a.x = 'X' without the collation. Whether it reads a first depends on costs, which differ between the two kinds of
// tables. So both are asked again without implied constraints, for queries with a collation only.
bool Checker::DiffersByTransitivity(const Query& query, size_t run) {
  constexpr int kTransitive = 0x80;
  if (Render(query).find(" COLLATE ") == std::string::npos) return false;
  const auto disable = [&](int optimizations) {
    sqlite3_test_control(SQLITE_TESTCTRL_OPTIMIZATIONS, account_.virtual_database(), optimizations);
    sqlite3_test_control(SQLITE_TESTCTRL_OPTIMIZATIONS, account_.reference_database(), optimizations);
  };
  disable(kTransitive);
  const Answers answers = RunAll(query);
  disable(0);
  return answers.problem.empty() && Compare(query, run, answers.found[run], answers.expected[run]).empty();
}

// SQLite (3.40.1) loses rows of `a RIGHT JOIN b ON ... WHERE (b.x, b.y) IN (SELECT x, y FROM c)` when an index serves y and
// not x: for that index it takes x out of the sub-query, and then tests the rows of b that matched nothing by what is left.
// A virtual table that takes an equality is served like this, and xBestIndex sees nothing of the row value. So the ordinary
// table is asked again with an index on one of the row value's columns, for such queries only, and what was found must be
// exactly what it says then.
bool Checker::DiffersByRowValueInRightJoin(const Query& query, size_t run, const Answer& found) {
  const std::string sql = Render(query);
  if (sql.find(" RIGHT JOIN ") == std::string::npos && sql.find(" FULL JOIN ") == std::string::npos) return false;
  for (const std::string& index : IndexesOfRowValues(query)) {
    MustRun(account_.reference_database(), "CREATE INDEX one_column ON " + index);
    const bool agree = Compare(query, run, found, RunAll(query).expected[run]).empty();
    MustRun(account_.reference_database(), "DROP INDEX one_column");
    if (agree) return true;
  }
  return false;
}

}  // namespace infusionsoft::differential
