// SPDX-License-Identifier: MIT
#include "checker.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <utility>

#include "shrink.h"

namespace infusionsoft::differential {
namespace {

constexpr size_t kShownRows = 12;

std::vector<Row> Sorted(std::vector<Row> rows) {
  std::ranges::sort(rows);
  return rows;
}

// The order terms' values, which stand at the end of each row.
std::vector<Row> Keys(const Query& query, const std::vector<Row>& rows) {
  std::vector<Row> keys;
  for (const Row& row : rows) keys.emplace_back(row.end() - static_cast<std::ptrdiff_t>(query.order_by.size()), row.end());
  return keys;
}

bool IsTooExpensive(const Answer& answer) {
  return answer.too_long || answer.error.find("MaxRequests") != std::string::npos;
}

std::string Show(const Row& row) {
  std::string text;
  for (const std::string& cell : row)
    text += (text.empty() ? "" : " | ") + (cell.size() > 60 ? cell.substr(0, 60) + "..." : cell);
  return text;
}

void PrintDifference(const char* title, const std::vector<Row>& all, const std::vector<Row>& other) {
  std::vector<Row> extra;
  std::ranges::set_difference(Sorted(all), Sorted(other), std::back_inserter(extra));
  std::printf("  only %s (%zu of %zu rows):\n", title, extra.size(), all.size());
  for (size_t i = 0; i < extra.size() && i < kShownRows; ++i) std::printf("    %s\n", Show(extra[i]).c_str());
}

void PrintInOrder(const char* title, const std::vector<Row>& rows) {
  std::printf("  %s in order:\n", title);
  for (size_t i = 0; i < rows.size() && i < kShownRows; ++i) std::printf("    %s\n", Show(rows[i]).c_str());
}

}  // namespace

void Counts::Add(const Counts& other) {
  queries += other.queries;
  with_rows += other.with_rows;
  too_expensive += other.too_expensive;
  invalid += other.invalid;
  sqlite_defects += other.sqlite_defects;
  mismatches += other.mismatches;
  requests += other.requests;
  broken.Add(other.broken);
  fingerprint += other.fingerprint;
}

void Checker::Set(const Circumstances& circumstances) {
  account_.server().SetFreedoms(circumstances.freedoms);
  settings_ = circumstances.settings;
  account_.Connect(settings_);
}

// Two runs where values are bound, and where two statements run in turn.
std::vector<Answer> Checker::RunFound(const Query& query) {
  Statement statement(account_.virtual_database(), Render(query));
  if (query.manner == Manner::kInterleaved) {
    Statement other(account_.virtual_database(), Render(query));
    std::array<Answer, 2> answers = statement.RunInTurn(other, {query.Bindings(0), query.Bindings(1)});
    return {std::move(answers[0]), std::move(answers[1])};
  }
  std::vector<Answer> answers;
  const size_t runs = query.parameters.empty() ? 1 : 2;
  for (size_t run = 0; run < runs; ++run) {
    const size_t given_up = query.manner == Manner::kRestarted ? 3 : 0;
    answers.push_back(statement.RunAgain(query.Bindings(run), given_up));
  }
  return answers;
}

// Where requests are sent ahead, no bound on their number may be set. So the query runs first one by one, and a second time
// unless it is too expensive.
Checker::Answers Checker::RunAll(const Query& query) {
  account_.server().TakeStruck();
  Answers answers = RunOnceOrTwice(query);
  answers.struck = account_.server().TakeStruck();
  // A local copy has what was broken when it was made.
  if (settings_.auto_cache) answers.struck = in_copies_ |= answers.struck;
  return answers;
}

Checker::Answers Checker::RunOnceOrTwice(const Query& query) {
  if (settings_.max_concurrency == 1) return RunOnce(query);
  Settings settings = settings_;
  settings.max_concurrency = 1;
  account_.Connect(settings);
  Answers answers = RunOnce(query);
  settings = settings_;
  settings.max_requests = 0;
  account_.Connect(settings);
  return std::ranges::any_of(answers.found, IsTooExpensive) ? answers : RunOnce(query);
}

Checker::Answers Checker::RunOnce(const Query& query) {
  constexpr const char* kChange = "INSERT INTO local SELECT n + 1, t, folded, any_value, moment FROM local WHERE n % 2 = 0";
  const bool in_transaction = query.manner == Manner::kTransaction || query.manner == Manner::kSavepoint;
  const auto on_both = [&](const char* sql) {
    MustRun(account_.virtual_database(), sql);
    MustRun(account_.reference_database(), sql);
  };
  if (in_transaction) {
    on_both(query.manner == Manner::kTransaction ? "BEGIN" : "SAVEPOINT before");
    on_both(kChange);
  }
  Answers answers;
  answers.found = RunFound(query);
  Statement expected(account_.reference_database(), Render(query));
  for (size_t run = 0; run < answers.found.size(); ++run) answers.expected.push_back(expected.Run(query.Bindings(run)));
  if (!in_transaction) return answers;
  if (sqlite3_get_autocommit(account_.virtual_database()) != 0) answers.problem = "the transaction is gone";
  if (query.manner == Manner::kTransaction) {
    on_both("ROLLBACK");
  } else {
    on_both("ROLLBACK TO before");
    on_both("RELEASE before");
  }
  return answers;
}

Verdict Checker::Check(const Query& query) {
  const Answers answers = RunAll(query);
  const Verdict verdict = Judge(query, answers);
  ++counts_.queries;
  counts_.too_expensive += verdict == Verdict::kTooExpensive ? 1 : 0;
  counts_.invalid += verdict == Verdict::kInvalid ? 1 : 0;
  counts_.sqlite_defects += verdict == Verdict::kSqliteDefect ? 1 : 0;
  counts_.mismatches += verdict == Verdict::kDifferent ? 1 : 0;
  CountBroken(answers, verdict);
  if (verdict != Verdict::kSame) return verdict;
  for (const Answer& answer : answers.expected) counts_.with_rows += answer.rows.empty() ? 0 : 1;
  return verdict;
}

void Checker::CountBroken(const Answers& answers, Verdict verdict) {
  const std::vector<sandbox::Break>& breaks = account_.server().options().breaks;
  if (breaks.empty() && !rowids_collide_) return;
  const bool is_right = verdict == Verdict::kSame || verdict == Verdict::kSqliteDefect;
  if (is_right) ++counts_.broken.right;
  for (const Answer& found : answers.found) {
    if (verdict == Verdict::kBroken && !found.ok()) {
      ++counts_.broken.errors[CauseOf(found.error)];
      break;
    }
  }
  for (size_t i = 0; i < sandbox::kBreaks; ++i) {
    if (breaks.size() != 1 || !answers.struck[i]) continue;
    if (is_right) ++counts_.broken.right_with[i];
    if (verdict == Verdict::kBroken) ++counts_.broken.errors_with[i];
  }
}

Verdict Checker::Judge(const Query& query, const Answers& answers) {
  if (!answers.problem.empty()) return Verdict::kDifferent;
  Verdict verdict = Verdict::kSame;
  for (size_t run = 0; run < answers.found.size(); ++run) {
    const Answer& found = answers.found[run];
    const Answer& expected = answers.expected[run];
    const bool is_named =
        !found.ok() && (NamesBreak(found.error, answers.struck) || (rowids_collide_ && NamesCollision(found.error)));
    if ((IsTooExpensive(found) && !is_named) || IsTooExpensive(expected)) return Verdict::kTooExpensive;
    if (!found.ok() && !expected.ok()) return Verdict::kInvalid;
    if (is_named) {
      verdict = Verdict::kBroken;
      continue;
    }
    if (Compare(query, run, found, expected).empty()) continue;
    if (!DiffersByDefect(query, run, found)) return Verdict::kDifferent;
    verdict = Verdict::kSqliteDefect;
  }
  return verdict;
}

std::string Checker::Compare(const Query& query, size_t run, const Answer& found, const Answer& expected) {
  if (!found.ok()) return "the virtual table fails: " + found.error;
  if (!expected.ok()) return "only the ordinary table fails: " + expected.error;
  if (found.rows.size() != expected.rows.size()) return "the numbers of rows differ";
  if (query.total_order) return found.rows == expected.rows ? "" : "the sequences of rows differ";
  if (Keys(query, found.rows) != Keys(query, expected.rows)) return "the sequences of ORDER BY terms differ";
  if (!query.limit.empty()) return CompareLimited(query, run, found, expected);
  return Sorted(found.rows) == Sorted(expected.rows) ? "" : "the sets of rows differ";
}

// Without a total order SQLite is free to choose, but each row must be one of the whole answer, as often as there.
std::string Checker::CompareLimited(const Query& query, size_t run, const Answer& found, const Answer& expected) {
  if (Sorted(found.rows) == Sorted(expected.rows)) return "";
  Query unlimited = query;
  unlimited.limit = unlimited.offset = "";
  const Answer all = Run(account_.reference_database(), Render(unlimited), query.Bindings(run));
  return all.too_long || std::ranges::includes(Sorted(all.rows), Sorted(found.rows))
             ? ""
             : "a row is not one of the unlimited answer";
}

Query Checker::Shrink(Query query, Circumstances& circumstances, std::chrono::seconds most_time) {
  const auto until = std::chrono::steady_clock::now() + most_time;
  bool again = true;
  while (again) {
    again = false;
    for (Query& smaller : SmallerQueries(query)) {
      if (std::chrono::steady_clock::now() > until) break;
      if (!Differs(smaller)) continue;
      query = std::move(smaller);
      again = true;
      break;
    }
  }
  Circumstances plain{circumstances.freedoms, {}};
  Set(plain);
  if (Differs(query)) circumstances = plain;
  for (size_t i = circumstances.freedoms.size(); i-- > 0;) {
    Circumstances fewer = circumstances;
    fewer.freedoms.erase(fewer.freedoms.begin() + static_cast<std::ptrdiff_t>(i));
    Set(fewer);
    if (Differs(query)) circumstances = std::move(fewer);
  }
  Set(circumstances);
  return query;
}

void Checker::Print(const Query& query, const Circumstances& circumstances) {
  std::printf("  SQL: %s\n  freedoms:", Render(query).c_str());
  for (const sandbox::Freedom freedom : circumstances.freedoms)
    std::printf(" %s", std::string(FreedomName(freedom)).c_str());
  std::printf("\n  breaks:");
  for (const sandbox::Break what : account_.server().options().breaks)
    std::printf(" %s", std::string(BreakName(what)).c_str());
  std::printf("\n  %s, Pagesize=%d OrderPushdown=%d AutoCache=%d MaxConcurrency=%d\n",
              std::string(MannerName(query.manner)).c_str(), circumstances.settings.page_size,
              circumstances.settings.order_pushdown ? 1 : 0, circumstances.settings.auto_cache ? 1 : 0,
              circumstances.settings.max_concurrency);
  for (const Row& row : Run(account_.virtual_database(), "EXPLAIN QUERY PLAN " + Render(query)).rows) {
    std::printf("  plan: %s\n", row[3].c_str() + 2);
  }
  account_.server().ForgetRequests();
  const Answers answers = RunAll(query);
  if (!answers.problem.empty()) std::printf("  %s\n", answers.problem.c_str());
  std::printf("  struck:");
  for (size_t i = 0; i < sandbox::kBreaks; ++i) {
    if (answers.struck[i]) std::printf(" %s", std::string(BreakName(static_cast<sandbox::Break>(i))).c_str());
  }
  std::printf("\n");
  size_t shown = 0;
  for (const sandbox::SeenRequest& request : account_.server().seen()) {
    if (++shown > kShownRows) break;
    std::printf("  request: %s?%s -> %d\n", request.path.c_str(), request.query.c_str(), request.status);
  }
  for (size_t run = 0; run < answers.found.size(); ++run) PrintRun(query, answers, run);
  std::fflush(stdout);
}

void Checker::PrintRun(const Query& query, const Answers& answers, size_t run) {
  for (const Binding& binding : query.Bindings(run))
    std::printf("  %s = %s\n", binding.name.c_str(), binding.literal.c_str());
  const Answer& found = answers.found[run];
  const Answer& expected = answers.expected[run];
  const std::string problem = Compare(query, run, found, expected);
  std::printf("  run %zu: %s\n", run + 1, problem.empty() ? "same" : problem.c_str());
  if (problem.empty()) return;
  PrintDifference("virtual", found.rows, expected.rows);
  PrintDifference("ordinary", expected.rows, found.rows);
  if (!query.order_by.empty() || query.total_order) {
    PrintInOrder("virtual", found.rows);
    PrintInOrder("ordinary", expected.rows);
  }
}

}  // namespace infusionsoft::differential
