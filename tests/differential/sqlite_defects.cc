// SPDX-License-Identifier: MIT
// SQLite's own defects: differences that two ordinary tables show as well, when SQLite reads them in two ways. A virtual
// table can only answer what SQLite makes of it, so such a difference is no mismatch. Each is told apart by an experiment in
// which the defect is out of the way, or strikes the ordinary table too, and in which both must then agree.
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "checker.h"
#include "plain_table.h"

namespace infusionsoft::differential {
namespace {

constexpr size_t kMostColumnsOfRowValues = 4;

struct ColumnOfTable {
  std::string table;
  std::string name;
  auto operator<=>(const ColumnOfTable&) const = default;
};

const std::string& TableOf(const Source& source) { return source.plain.empty() ? source.table : source.plain; }

// The columns of row values to the left of an IN.
std::vector<ColumnOfTable> ColumnsOfRowValues(const Query& query) {
  const std::string sql = Render(query);
  std::set<ColumnOfTable> columns;
  for (size_t in = sql.find(") IN ("); in != std::string::npos; in = sql.find(") IN (", in + 1)) {
    const size_t start = sql.rfind('(', in);
    for (size_t dot = sql.find(".\"", start); dot < in; dot = sql.find(".\"", dot + 1)) {
      const std::string name = sql.substr(dot + 2, sql.find('"', dot + 2) - dot - 2);
      for (const Source& source : query.selects[0].from) {
        if (std::string_view(sql).substr(0, dot).ends_with(source.alias)) columns.insert({TableOf(source), name});
      }
    }
  }
  return {columns.begin(), columns.end()};
}

}  // namespace

bool Checker::DiffersByDefect(const Query& query, size_t run, const Answer& found) {
  return DiffersByTransitivity(query, run) || DiffersByRightJoin(query, run, found);
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

// Two defects of SQLite (3.40.1), in the rows of `b` that match nothing in `a RIGHT JOIN b` or `a FULL JOIN b`:
// - Of `(b.x, b.y) IN (SELECT x, y FROM c)` it looks up b.y by the sub-query's x when y alone is served, and so loses rows,
// and
//   b.x as often as x is selected, and so repeats them. An index of an ordinary table serves y alone when x has a similar
//   type; a virtual table always does, because xBestIndex sees nothing of the row value.
// - What it has for a virtual table's xFilter is overwritten by what the SELECT computes for a row, so that of several
// look-ups
//   (`b.x = 1 AND b.y IN (2, 3)`) the first alone is right.
// So the query is asked of virtual tables that are not the product's, with every choice of columns to look up. What was
// found must be exactly what one of them says.
bool Checker::DiffersByRightJoin(const Query& query, size_t run, const Answer& found) {
  const std::string sql = Render(query);
  if (sql.find(" RIGHT JOIN ") == std::string::npos && sql.find(" FULL JOIN ") == std::string::npos) return false;
  const std::vector<ColumnOfTable> columns = ColumnsOfRowValues(query);
  if (columns.size() > kMostColumnsOfRowValues) return false;
  // The lowest bit of a choice is the order; each of the others is a column.
  for (size_t choice = 0; choice < size_t{2} << columns.size(); ++choice) {
    std::map<std::string, PlainTableOptions> options;
    for (const Source& source : query.selects[0].from) {
      if (TableOf(source) != "local") options[TableOf(source)].last = choice % 2 == 1;
    }
    for (size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].table != "local" && (choice >> (i + 1)) % 2 == 1)
        options[columns[i].table].refused.insert(columns[i].name);
    }
    std::vector<std::unique_ptr<PlainTable>> tables;
    for (const auto& [name, of_table] : options) {
      tables.push_back(std::make_unique<PlainTable>(account_.reference_database(), name, of_table));
    }
    if (Compare(query, run, found, RunAll(query).expected[run]).empty()) return true;
  }
  return false;
}

}  // namespace infusionsoft::differential
