// SPDX-License-Identifier: MIT
// Random queries over the virtual tables, compared with ordinary tables that hold the same rows.
//   tests_differential [--queries N] [--seed N] [--keep-going]
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

#include "account.h"
#include "checker.h"
#include "generator.h"
#include "random.h"

namespace infusionsoft::differential {
namespace {

constexpr uint64_t kBatch = 20;
// A run goes through many worlds, each with other data. One ends before the server says that the account's requests of
// this minute are used up, because the client would then wait for the next minute.
constexpr uint64_t kRequestsOfWorld = 7000;

struct Options {
  uint64_t queries = 3000;
  uint64_t seed = std::random_device{}();  // of the first world; the next ones count up
  bool keep_going = false;
};

bool ParseOptions(int count, char** arguments, Options* options) {
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    const bool has_value = i + 1 < count;
    if (name == "--keep-going") {
      options->keep_going = true;
    } else if (name == "--queries" && has_value) {
      options->queries = std::strtoull(arguments[++i], nullptr, 10);
    } else if (name == "--seed" && has_value) {
      options->seed = std::strtoull(arguments[++i], nullptr, 10);
    } else {
      std::fprintf(stderr, "usage: tests_differential [--queries N] [--seed N] [--keep-going]\n");
      return false;
    }
  }
  return true;
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
  return circumstances;
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
bool RunWorld(const Options& options, uint64_t world_seed, Counts& counts, uint64_t& requests) {
  Account account(world_seed);
  if (!VerifyReference(account)) {
    ++counts.mismatches;
    return false;
  }
  Random random(world_seed);
  Generator generator(account.tables(), random);
  Checker checker(account, counts);
  Circumstances circumstances;
  bool go_on = true;
  for (uint64_t done = 0; counts.queries < options.queries && account.requests() < kRequestsOfWorld && go_on; ++done) {
    if (done % kBatch == 0) {
      circumstances = RandomCircumstances(random);
      generator.set_json_allowed(!ChangesJson(circumstances));
      checker.Set(circumstances);
    }
    const Query query = generator.Next();
    ++counts.queries;
    const Verdict verdict = checker.Check(query);
    if (verdict == Verdict::kTooExpensive) ++counts.too_expensive;
    if (verdict != Verdict::kDifferent) continue;
    ++counts.mismatches;
    Circumstances shrunk = circumstances;
    checker.Print(checker.Shrink(query, shrunk), shrunk);
    checker.Set(circumstances);
    go_on = options.keep_going;
  }
  requests += account.requests();
  return go_on;
}

int Main(int count, char** arguments) {
  Options options;
  if (!ParseOptions(count, arguments, &options)) return 2;
  std::printf("seed %llu, %llu queries\n", static_cast<unsigned long long>(options.seed),
              static_cast<unsigned long long>(options.queries));
  std::fflush(stdout);
  const auto start = std::chrono::steady_clock::now();
  Counts counts;
  uint64_t requests = 0;
  for (uint64_t world = 0; counts.queries < options.queries; ++world) {
    if (!RunWorld(options, options.seed + world, counts, requests)) break;
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::printf(
      "%llu queries (%llu answers with rows, %llu too expensive, %llu invalid, %llu differ by SQLite's transitivity), "
      "%llu mismatches, %llu requests, %.1f s\n",
      static_cast<unsigned long long>(counts.queries), static_cast<unsigned long long>(counts.with_rows),
      static_cast<unsigned long long>(counts.too_expensive), static_cast<unsigned long long>(counts.invalid),
      static_cast<unsigned long long>(counts.by_transitivity), static_cast<unsigned long long>(counts.mismatches),
      static_cast<unsigned long long>(requests), seconds.count());
  return counts.mismatches == 0 ? 0 : 1;
}

}  // namespace
}  // namespace infusionsoft::differential

int main(int count, char** arguments) { return infusionsoft::differential::Main(count, arguments); }
