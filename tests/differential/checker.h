// SPDX-License-Identifier: MIT
// Checker: whether the two databases of an Account give the same answer to a query.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "account.h"
#include "answer.h"
#include "causes.h"
#include "query.h"

namespace infusionsoft::differential {

enum class Verdict {
  kSame,
  kDifferent,
  kTooExpensive,  // stopped by MaxRequests or for its many steps, so not compared
  kInvalid,       // refused by both databases
  kSqliteDefect,  // different, and two ordinary tables would differ too: see sqlite_defects.cc
  kBroken,        // an error that names what the server broke
};

struct Counts {
  uint64_t queries = 0;
  uint64_t with_rows = 0;  // answers that were the same and not empty
  uint64_t too_expensive = 0;
  uint64_t invalid = 0;
  uint64_t sqlite_defects = 0;
  uint64_t mismatches = 0;
  BrokenCounts broken;
  uint64_t requests = 0;
  uint64_t fingerprint = 0;  // of the queries: the same for a seed, whatever compiled the generator

  void Add(const Counts& other);
};

// The state under which a query is compared.
struct Circumstances {
  std::vector<sandbox::Freedom> freedoms;
  Settings settings;
};

class Checker {
 public:
  Checker(Account& account, Counts& counts) : account_(account), counts_(counts) {}

  // Different keys have one rowid all the time, so an error that says it is right.
  void set_rowids_collide(bool collide) { rowids_collide_ = collide; }
  void Set(const Circumstances& circumstances);
  // Prepares once, runs twice with the two sets of values when there are parameters. Counts what comes of it.
  Verdict Check(const Query& query);
  // The smallest query and the fewest freedoms that still differ, as far as they are found in that time.
  Query Shrink(Query query, Circumstances& circumstances, std::chrono::seconds most_time);
  // What a person needs to understand a mismatch.
  void Print(const Query& query, const Circumstances& circumstances);

 private:
  // What both databases say to all runs of a query, in its manner.
  struct Answers {
    std::vector<Answer> found;
    std::vector<Answer> expected;
    std::string problem;       // of the manner itself: a transaction that is gone
    sandbox::BreakSet struck;  // what the server broke in what it sent for them
  };
  Verdict Judge(const Query& query, const Answers& answers);
  Answers RunAll(const Query& query);
  Answers RunOnceOrTwice(const Query& query);
  Answers RunOnce(const Query& query);
  std::vector<Answer> RunFound(const Query& query);
  // "" when they agree; otherwise what is wrong.
  std::string Compare(const Query& query, size_t run, const Answer& found, const Answer& expected);
  void CountBroken(const Answers& answers, Verdict verdict);
  std::string CompareLimited(const Query& query, size_t run, const Answer& found, const Answer& expected);
  bool Differs(const Query& query) { return Judge(query, RunAll(query)) == Verdict::kDifferent; }
  void PrintRun(const Query& query, const Answers& answers, size_t run);

  // sqlite_defects.cc: whether a difference is SQLite's own.
  bool DiffersByDefect(const Query& query, size_t run, const Answer& found);
  bool DiffersByTransitivity(const Query& query, size_t run);
  bool DiffersByRightJoin(const Query& query, size_t run, const Answer& found);

  Account& account_;
  Counts& counts_;
  Settings settings_;
  bool rowids_collide_ = false;
  sandbox::BreakSet in_copies_;
};

}  // namespace infusionsoft::differential
