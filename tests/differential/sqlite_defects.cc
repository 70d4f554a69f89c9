// SPDX-License-Identifier: MIT
// SQLite's own defects: differences that two ordinary tables show as well, when SQLite reads them in two ways. A virtual
// table can only answer what SQLite makes of it, so such a difference is no mismatch. Each is told apart by an experiment in
// which the defect is out of the way, or strikes the ordinary table too, and in which both must then agree.
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "checker.h"
#include "plain_table.h"

namespace infusionsoft::differential {
namespace {

constexpr size_t kMostColumnsOfRowValues = 6;

// A column on the right of a join, and its table.
struct JoinedColumn {
  std::string table;
  std::string name;
  auto operator<=>(const JoinedColumn&) const = default;
};

// The columns of row values to the left of an IN.
std::set<JoinedColumn> ColumnsOfRowValues(const Query& query) {
  const std::string sql = Render(query);
  std::set<JoinedColumn> columns;
  for (size_t in = sql.find(") IN ("); in != std::string::npos; in = sql.find(") IN (", in + 1)) {
    const size_t start = sql.rfind('(', in);
    for (size_t dot = sql.find(".\"", start); dot < in; dot = sql.find(".\"", dot + 1)) {
      const std::string name = sql.substr(dot + 2, sql.find('"', dot + 2) - dot - 2);
      for (const Source& source : query.selects[0].from) {
        if (dot < source.alias.size() || sql.substr(dot - source.alias.size(), source.alias.size()) != source.alias)
          continue;
        columns.insert({source.plain.empty() ? source.table : source.plain, name});
      }
    }
  }
  return columns;
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

// SQLite (3.40.1) loses or repeats rows of `a RIGHT JOIN b ON ... WHERE (b.x, b.y) IN (SELECT x, y FROM c)` when an index
// serves one of x and y: for the rows of b that matched nothing it looks up b.y by the sub-query's x, and once for each of
// its rows. Ordinary tables are served like that by an index on y when x has a similar type, virtual ones always, and
// xBestIndex sees nothing of the row value. So the query is asked of virtual tables that are not the product's, for such
// queries only, with every choice of the columns that are looked up; what was found must be exactly what one of them says.
bool Checker::DiffersByRowValueInRightJoin(const Query& query, size_t run, const Answer& found) {
  const std::string sql = Render(query);
  if (sql.find(" RIGHT JOIN ") == std::string::npos && sql.find(" FULL JOIN ") == std::string::npos) return false;
  const std::set<JoinedColumn> all = ColumnsOfRowValues(query);
  const std::vector<JoinedColumn> columns(all.begin(), all.end());
  if (columns.size() > kMostColumnsOfRowValues) return false;
  // Each bit is a column; the lowest says which equality of a column is taken.
  for (size_t choice = 2; choice < size_t{2} << columns.size(); ++choice) {
    std::map<std::string, PlainTableOptions> options;
    for (size_t i = 0; i < columns.size(); ++i) {
      PlainTableOptions& of_table = options[columns[i].table];
      of_table.last = choice % 2 == 1;
      (choice >> (i + 1) & 1 ? of_table.taken : of_table.refused).insert(columns[i].name);
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
