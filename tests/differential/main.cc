// SPDX-License-Identifier: MIT
// Random queries over the virtual tables, compared with ordinary tables that hold the same rows.
//   tests_differential [--broken] [--break NAME]... [--rowids-collide] [--queries N] [--seed N] [--jobs N] [--shrink-seconds
//   N] [--keep-going]
// tests_differential_weak has rowids of 6 bits, and takes --rowids-collide besides. With --broken the server of each world
// breaks one to three things that its documents do not promise, or those that are named by --break. Then an answer is right,
// or an error that names what was broken. A mismatch says the seed of its world: `--seed` with that number begins with it.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "account.h"
#include "breaks.h"
#include "checker.h"
#include "generator.h"
#include "random.h"

namespace infusionsoft::differential {
namespace {

constexpr uint64_t kBatch = 20;
// A run goes through many worlds, each with other data.
constexpr uint64_t kQueriesOfWorld = 1500;
constexpr uint64_t kQueriesOfBrokenWorld = 80;

// Between the seeds of two jobs: more worlds than a job goes through.
constexpr uint64_t kSeedsOfJob = 1'000'000;

struct Options {
  uint64_t queries = 3000;
  uint64_t seed = std::random_device{}();  // of the first world; the next ones count up
  uint64_t jobs = 1;                       // processes that share the queries
  uint64_t shrink_seconds = 60;            // the most that goes into making a mismatch smaller
  bool keep_going = false;
  bool broken = false;
  bool rowids_collide = false;
  std::vector<sandbox::Break> breaks;  // of every world; none: chosen for each of them
};

bool ParseOptions(int count, char** arguments, Options* options) {
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    const bool has_value = i + 1 < count;
    const auto value = [&] { return std::strtoull(arguments[++i], nullptr, 10); };
    if (name == "--keep-going") {
      options->keep_going = true;
    } else if (name == "--broken") {
      options->broken = true;
    } else if (name == "--rowids-collide") {
      options->rowids_collide = true;
    } else if (name == "--break" && has_value && sandbox::BreakFromName(arguments[i + 1])) {
      options->broken = true;
      options->breaks.push_back(*sandbox::BreakFromName(arguments[++i]));
    } else if (name == "--queries" && has_value) {
      options->queries = value();
    } else if (name == "--seed" && has_value) {
      options->seed = value();
    } else if (name == "--jobs" && has_value) {
      options->jobs = value();
    } else if (name == "--shrink-seconds" && has_value) {
      options->shrink_seconds = value();
    } else {
      std::fprintf(stderr,
                   "usage: tests_differential [--broken] [--break NAME]... [--rowids-collide] [--queries N] [--seed N] "
                   "[--jobs N] [--shrink-seconds N] [--keep-going]\n");
      return false;
    }
  }
  return options->jobs > 0;
}

Circumstances RandomCircumstances(Random& random) {
  Circumstances circumstances;
  const size_t kind = random.Below(100);
  const size_t chance = kind < 12 ? 0 : random.Between(5, 60);
  if (kind < 45 && kind >= 12) {
    circumstances.freedoms.push_back(static_cast<sandbox::Freedom>(random.Below(sandbox::kFreedoms)));
  } else {
    for (size_t i = 0; i < sandbox::kFreedoms; ++i) {
      if (random.Percent(chance)) circumstances.freedoms.push_back(static_cast<sandbox::Freedom>(i));
    }
  }
  constexpr int kPageSizes[] = {0, 0, 0, 2, 5, 7, 13, 40};
  circumstances.settings.page_size = random.Pick(kPageSizes);
  circumstances.settings.order_pushdown = !random.Percent(10);
  circumstances.settings.auto_cache = random.Percent(15);
  if (random.Percent(25)) circumstances.settings.max_concurrency = static_cast<int>(random.Between(2, 6));
  return circumstances;
}

bool BreaksOrder(const std::vector<sandbox::Break>& breaks) {
  return std::ranges::any_of(breaks, [](sandbox::Break what) { return Has(sandbox::OrderBreaks(), what); });
}

// Equal rows without a key are two rows, and one that comes again on the next page is one: nobody can tell them apart.
bool TakesKeys(const std::vector<sandbox::Break>& breaks) {
  return std::ranges::any_of(
      breaks, [](sandbox::Break what) { return what == sandbox::Break::kMissing || what == sandbox::Break::kNull; });
}

// In a broken world, freedoms have a part in half of the circumstances only, so that a mismatch is about the break.
Circumstances RandomBrokenCircumstances(Random& random, const std::vector<sandbox::Break>& breaks) {
  Circumstances circumstances = RandomCircumstances(random);
  if (random.Percent(50)) circumstances.freedoms.clear();
  // The first page is checked, and what a LIMIT leaves unread beyond it is not.
  if (BreaksOrder(breaks)) std::erase(circumstances.freedoms, sandbox::Freedom::kSmallPages);
  if (TakesKeys(breaks)) std::erase(circumstances.freedoms, sandbox::Freedom::kRowRepeated);
  return circumstances;
}

bool MayStandTogether(const std::vector<sandbox::Break>& breaks) {
  return !BreaksOrder(breaks) || std::ranges::find(breaks, sandbox::Break::kPageSizes) == breaks.end();
}

std::vector<sandbox::Break> RandomBreaks(const Options& options, uint64_t world_seed) {
  if (!options.broken || !options.breaks.empty()) return options.breaks;
  Random random(world_seed ^ 0x62726f6b656eULL);
  // All of them take turns, so that none is missing in 2,000 queries.
  std::vector<sandbox::Break> breaks = {static_cast<sandbox::Break>(world_seed % sandbox::kBreaks)};
  const size_t chance = random.Below(100);
  const size_t count = chance < 60 ? 1 : chance < 85 ? 2 : 3;
  while (breaks.size() < count) {
    const auto what = static_cast<sandbox::Break>(random.Below(sandbox::kBreaks));
    if (std::ranges::find(breaks, what) != breaks.end()) continue;
    breaks.push_back(what);
    if (!MayStandTogether(breaks)) breaks.pop_back();
  }
  return breaks;
}

// These decide whether an absent member stands as null in an object, which the text of a JSON column shows.
bool ChangesJson(const Circumstances& circumstances) {
  for (const sandbox::Freedom freedom : circumstances.freedoms) {
    if (freedom == sandbox::Freedom::kNullsExplicit || freedom == sandbox::Freedom::kNullsAbsent) return true;
  }
  return false;
}

// Compares queries over one world, until it is used up or `options.queries` are done. False after a mismatch that ends
// the run.
bool RunWorld(const Options& options, uint64_t world_seed, Counts& counts) {
  Account account(world_seed, RandomBreaks(options, world_seed));
  const uint64_t queries_of_world = options.broken ? kQueriesOfBrokenWorld : kQueriesOfWorld;
  if (!options.broken && !VerifyReference(account)) {
    ++counts.mismatches;
    return false;
  }
  Random random(world_seed);
  Generator generator(account.tables(), random);
  Checker checker(account, counts);
  checker.set_rowids_collide(options.rowids_collide);
  Circumstances circumstances;
  bool go_on = true;
  for (uint64_t done = 0; counts.queries < options.queries && done < queries_of_world && go_on; ++done) {
    if (done % kBatch == 0) {
      circumstances = options.broken ? RandomBrokenCircumstances(random, account.server().options().breaks)
                                     : RandomCircumstances(random);
      generator.set_json_allowed(!ChangesJson(circumstances));
      checker.Set(circumstances);
    }
    const Query query = generator.Next();
    counts.fingerprint += Fingerprint(query);
    if (checker.Check(query) != Verdict::kDifferent) continue;
    std::printf("MISMATCH in the world of seed %llu, query %llu\n", static_cast<unsigned long long>(world_seed),
                static_cast<unsigned long long>(done + 1));
    Circumstances shrunk = circumstances;
    checker.Print(checker.Shrink(query, shrunk, std::chrono::seconds(options.shrink_seconds)), shrunk);
    checker.Set(circumstances);
    go_on = options.keep_going;
  }
  counts.requests += account.server().requests();
  return go_on;
}

Counts RunJob(const Options& options) {
  Counts counts;
  for (uint64_t world = 0; counts.queries < options.queries; ++world) {
    if (!RunWorld(options, options.seed + world, counts)) break;
  }
  return counts;
}

struct Job {
  pid_t process = 0;
  int result = 0;  // where its Counts come from
};

Job StartJob(Options options, uint64_t number) {
  options.queries = options.queries / options.jobs + (number < options.queries % options.jobs ? 1 : 0);
  options.seed += number * kSeedsOfJob;
  int ends[2];
  if (pipe(ends) != 0) std::exit(2);
  Job job{fork(), ends[0]};
  if (job.process < 0) std::exit(2);
  if (job.process > 0) {
    close(ends[1]);
    return job;
  }
  const Counts counts = RunJob(options);
  std::fflush(stdout);
  _exit(write(ends[1], &counts, sizeof counts) == sizeof counts ? 0 : 2);
}

// One process for each job: the sandbox and the extension's sessions are one for each process. False when one of them ended
// before its queries were done.
bool RunJobs(const Options& options, Counts& counts) {
  if (options.jobs == 1) {
    counts = RunJob(options);
    return true;
  }
  std::vector<Job> jobs;
  for (uint64_t i = 0; i < options.jobs; ++i) jobs.push_back(StartJob(options, i));
  bool all_ended_well = true;
  for (const Job& job : jobs) {
    Counts of_job;
    const bool has_counts = read(job.result, &of_job, sizeof of_job) == sizeof of_job;
    close(job.result);
    int status = 0;
    waitpid(job.process, &status, 0);
    if (has_counts && status == 0) {
      counts.Add(of_job);
    } else {
      std::fprintf(stderr, "a job ended with status %d\n", status);
      all_ended_well = false;
    }
  }
  return all_ended_well;
}

void Print(const Counts& counts, double seconds) {
  const auto number = [](uint64_t value) { return static_cast<unsigned long long>(value); };
  std::printf(
      "%llu queries (%llu answers with rows, %llu too expensive, %llu invalid, %llu differ by SQLite's own defects), "
      "%llu mismatches, %llu requests, fingerprint %016llx, %.1f s\n",
      number(counts.queries), number(counts.with_rows), number(counts.too_expensive), number(counts.invalid),
      number(counts.sqlite_defects), number(counts.mismatches), number(counts.requests), number(counts.fingerprint),
      seconds);
}

int Main(int count, char** arguments) {
  Options options;
  if (!ParseOptions(count, arguments, &options)) return 2;
  // What jobs print is flushed as a whole, mismatch by mismatch.
  static char buffer[1 << 20];
  std::setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
  std::printf("seed %llu, %llu queries, %llu jobs\n", static_cast<unsigned long long>(options.seed),
              static_cast<unsigned long long>(options.queries), static_cast<unsigned long long>(options.jobs));
  std::fflush(stdout);
  const auto start = std::chrono::steady_clock::now();
  Counts counts;
  const bool all_ended_well = RunJobs(options, counts);
  if (options.broken || options.rowids_collide) std::printf("%s", counts.broken.Table().c_str());
  Print(counts, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  return all_ended_well && counts.mismatches == 0 ? 0 : 1;
}

}  // namespace
}  // namespace infusionsoft::differential

int main(int count, char** arguments) { return infusionsoft::differential::Main(count, arguments); }
