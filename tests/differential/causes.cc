// SPDX-License-Identifier: MIT
#include "causes.h"

#include <cstdio>
#include <vector>

namespace infusionsoft::differential {
namespace {

using sandbox::Break;

constexpr std::string_view kCollision = "the same rowid by chance";

struct Cause {
  const char* name;
  std::vector<std::string_view> words;  // one of them stands in the error
  std::vector<Break> breaks;            // one of them showed
};

const std::vector<Cause>& Causes() {
  static const std::vector<Cause> kCauses = {
      {"another order than asked for",
       {"not in the order", "puts rows without a value first"},
       {Break::kOrderIgnored, Break::kOrderLate, Break::kIdsAsText, Break::kMissing, Break::kNull, Break::kTimeForms,
        Break::kPagesRepeated, Break::kRepeatedKeys, Break::kBigNumbers}},
      {"a page that is not there", {"404"}, {Break::kNotFoundLater}},
      {"the same rows again",
       {"same page twice", "same rows twice"},
       {Break::kPagesRepeated, Break::kOffsetIgnored, Break::kRepeatedKeys}},
      {"pages without rows", {"empty pages"}, {Break::kEmptyForEver}},
      {"a count that is not true",
       {"as the server counts them", "the server counts", "changed while it was read"},
       {Break::kCountWrong, Break::kOffsetEmpty, Break::kOffsetIgnored}},
      {"an item that is no object", {"not an object"}, {Break::kForeignItems}},
      {"an item of other properties", {"none of the table's properties"}, {Break::kEmptyObjects}},
      {"two rows with one key", {"with the same key", "have the same key and different values"}, {Break::kRepeatedKeys, Break::kMissing, Break::kNull}},
      {"a row without its key", {"a row has no "}, {Break::kMissing, Break::kNull}},
      {"a value that compares otherwise",
       {"compare alike"},
       {Break::kTimeForms, Break::kMissing, Break::kNull, Break::kBigNumbers, Break::kOtherTypes}},
      {"two keys with one rowid", {kCollision}, {}},
      {"a list without an end", {"MaxRequests"}, {Break::kEmptyForEver, Break::kPagesRepeated, Break::kOffsetIgnored}},
  };
  return kCauses;
}

std::string Line(const char* name, uint64_t right, uint64_t errors) {
  char line[120];
  const double share = right + errors == 0 ? 0 : 100.0 * static_cast<double>(errors) / static_cast<double>(right + errors);
  std::snprintf(line, sizeof line, "  %-40s %10llu %10llu %6.1f%%\n", name, static_cast<unsigned long long>(right),
                static_cast<unsigned long long>(errors), share);
  return line;
}

}  // namespace

size_t CauseOf(std::string_view error) {
  const std::vector<Cause>& causes = Causes();
  for (size_t i = 0; i < causes.size(); ++i) {
    for (const std::string_view word : causes[i].words) {
      if (error.find(word) != std::string_view::npos) return i;
    }
  }
  return kMostCauses;
}

bool NamesBreak(std::string_view error, const sandbox::BreakSet& struck) {
  const size_t cause = CauseOf(error);
  if (cause == kMostCauses) return false;
  for (const Break what : Causes()[cause].breaks) {
    if (Has(struck, what)) return true;
  }
  return false;
}

bool NamesCollision(std::string_view error) { return error.find(kCollision) != std::string_view::npos; }

void BrokenCounts::Add(const BrokenCounts& other) {
  right += other.right;
  for (size_t i = 0; i < errors.size(); ++i) errors[i] += other.errors[i];
  for (size_t i = 0; i < right_with.size(); ++i) {
    right_with[i] += other.right_with[i];
    errors_with[i] += other.errors_with[i];
  }
}

std::string BrokenCounts::Table() const {
  std::string table = "right answers: " + std::to_string(right) + "\nerrors by the cause that they name:\n";
  for (size_t i = 0; i < Causes().size(); ++i) {
    char line[100];
    std::snprintf(line, sizeof line, "  %-40s %10llu\n", Causes()[i].name, static_cast<unsigned long long>(errors[i]));
    table += line;
  }
  table += "where a world's only break showed                right     errors\n";
  for (size_t i = 0; i < sandbox::kBreaks; ++i) {
    table += Line(std::string(BreakName(static_cast<Break>(i))).c_str(), right_with[i], errors_with[i]);
  }
  return table;
}

}  // namespace infusionsoft::differential
