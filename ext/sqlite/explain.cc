// SPDX-License-Identifier: MIT
#include "sqlite/explain.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "base/text.h"
#include "query/plan_note.h"
#include "sqlite/catalog.h"
#include "sqlite/sql_words.h"
#include "sqlite/statement.h"

namespace infusionsoft::sqlite {
namespace {

// Some PRAGMAs act when they are prepared, also behind EXPLAIN.
bool CanBeExplained(const std::string& sql) {
  constexpr std::array<std::string_view, 8> kStatements = {"SELECT", "WITH",   "VALUES",  "INSERT",
                                                           "UPDATE", "DELETE", "REPLACE", "CREATE"};
  const std::string word = FirstWord(sql);
  return std::ranges::any_of(kStatements, [&](std::string_view known) { return EqualsIgnoreCase(word, known); });
}

// Not SQLite's own error: to get it, the text would have to be prepared.
Status NotExplained(const std::string& sql) {
  constexpr std::array<std::string_view, 15> kOthers = {"ALTER",   "ANALYZE", "ATTACH", "BEGIN",    "COMMIT",
                                                        "DETACH",  "DROP",    "END",    "EXPLAIN",  "PRAGMA",
                                                        "REINDEX", "RELEASE", "VACUUM", "ROLLBACK", "SAVEPOINT"};
  const std::string word = FirstWord(sql);
  const bool is_other = std::ranges::any_of(kOthers, [&](std::string_view other) { return EqualsIgnoreCase(word, other); });
  if (word.empty() || is_other) {
    return InvalidArgument("only a statement that reads or writes tables can be explained: SELECT ...");
  }
  constexpr size_t kShownBytes = 40;
  return InvalidArgument("near \"" + Excerpt(word, kShownBytes) +
                         "\": syntax error; a statement begins with SELECT, for example");
}

// "SCAN c VIRTUAL TABLE INDEX 0:GET /v2/contacts?... -- about 10 requests", and more that SQLite puts behind it: "
// LEFT-JOIN".
std::optional<std::vector<SqlValue>> ReadScan(std::string_view line) {
  constexpr std::string_view kIndex = " VIRTUAL TABLE INDEX ";
  const size_t index = line.find(kIndex);
  const size_t word = line.find(' ');
  if (index == std::string_view::npos || word >= index) return std::nullopt;
  const std::string table(line.substr(word + 1, index - word - 1));
  line.remove_prefix(index + kIndex.size());
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  line.remove_prefix(colon + 1);
  std::optional<PlanSummary> plan = SummarizePlan(line);
  if (!plan) return std::nullopt;
  return std::vector<SqlValue>{SqlValue::Text(table), SqlValue::Text(std::move(plan->request)),
                               TextOrNull(std::move(plan->pushed)), TextOrNull(std::move(plan->local)),
                               SqlValue::Integer(plan->requests)};
}

// "USE TEMP B-TREE FOR ORDER BY"
std::optional<std::vector<SqlValue>> ReadSort(std::string_view line) {
  constexpr std::string_view kSort = "USE TEMP B-TREE FOR ";
  if (!line.starts_with(kSort)) return std::nullopt;
  return std::vector<SqlValue>{SqlValue::Null(), SqlValue::Null(), SqlValue::Null(),
                               SqlValue::Text(std::string(line.substr(kSort.size()))), SqlValue::Integer(0)};
}

}  // namespace

Result<Rows> Explain(const Database& database, const std::string& sql) {
  if (!CanBeExplained(sql)) return NotExplained(sql);
  Result<Statement> statement =
      Statement::Prepare(database.handle(), "EXPLAIN QUERY PLAN " + sql, Statement::Tail::kRefused);
  if (!statement) return std::move(statement).status();
  Rows rows;
  while (true) {
    const Result<bool> has_row = statement->Step();
    if (!has_row) return has_row.status();
    if (!*has_row) return rows;
    const std::string line = statement->Text(3);
    std::optional<std::vector<SqlValue>> row = ReadScan(line);
    if (!row) row = ReadSort(line);
    if (row) rows.push_back(*std::move(row));
  }
}

}  // namespace infusionsoft::sqlite
