// SPDX-License-Identifier: MIT
// The built-in profile against the vendor's own documents: everything that they offer is used or left out for a reason, and
// nothing is used that they do not offer. Prints how much there is of each kind.
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <set>

#include "profile_check.h"
#include "reviewed.h"

namespace infusionsoft::official {
namespace {

using Findings = std::set<std::pair<std::string, std::string>>;

// "list", "get": about a path, not about a name below it.
bool IsPath(const std::string& what) { return what.find(' ') == std::string::npos; }

Findings Named(const std::vector<Finding>& findings) {
  Findings named;
  for (const Finding& finding : findings) named.emplace(finding.where, finding.what);
  return named;
}

Findings Named(std::span<const Reviewed> reviewed) {
  Findings named;
  for (const Reviewed& one : reviewed) named.emplace(one.where, one.what);
  return named;
}

std::string Text(const Findings& findings) {
  std::string text;
  for (const auto& [where, what] : findings) text += where + ": " + what + "\n";
  return text;
}

Findings Without(const Findings& all, const Findings& known) {
  Findings rest;
  std::ranges::set_difference(all, known, std::inserter(rest, rest.end()));
  return rest;
}

size_t CountUnused(const Comparison& comparison, const std::string& kind) {
  return static_cast<size_t>(std::ranges::count_if(comparison.findings, [&](const Finding& finding) {
    return finding.what == kind || finding.what.starts_with(kind + " ");
  }));
}

// "lists 83 of 84"
std::string CountPaths(const Comparison& comparison, const std::string& kind, const std::string& plural) {
  const size_t seen = comparison.seen.at(kind);
  return plural + " " + std::to_string(seen - CountUnused(comparison, kind)) + " of " + std::to_string(seen);
}

// "filters 276 used + 21 left out + 7 of paths without a table of 304"
std::string CountNames(const Comparison& comparison, const std::string& kind, const std::string& plural) {
  const size_t seen = comparison.seen.at(kind);
  const size_t unused = CountUnused(comparison, kind);
  const size_t without_table = kind == "filter" ? comparison.filters_without_table : 0;
  std::string text =
      plural + " " + std::to_string(seen - unused - without_table) + " used + " + std::to_string(unused) + " left out";
  if (without_table > 0) text += " + " + std::to_string(without_table) + " of paths without a table";
  return text + " of " + std::to_string(seen);
}

TEST_CASE("Official: everything that is offered is used, or left out for a reason", "[official]") {
  const Comparison gaps = FindGaps();
  std::cout << "v2 " << CountPaths(gaps, "list", "lists") << ", " << CountPaths(gaps, "embedded", "embedded lists") << ", "
            << CountPaths(gaps, "object", "single objects") << ", " << CountPaths(gaps, "get", "look-ups by id") << "\n"
            << "v2 " << CountNames(gaps, "filter", "filters") << "\n"
            << "v2 " << CountNames(gaps, "comparison", "filters that compare") << "\n"
            << "v2 " << CountNames(gaps, "parameter", "other parameters") << "\n"
            << "v2 " << CountNames(gaps, "order", "orders") << "\n"
            << "v2 " << CountNames(gaps, "field", "names of fields") << "\n"
            << "v2 " << CountNames(gaps, "all", "lists below all parents at once") << "\n"
            << "v2 " << CountNames(gaps, "property", "properties of rows") << "\n"
            << "v2 " << CountNames(gaps, "envelope", "properties beside the rows") << "\n";
  Findings found = Named(gaps.findings);
  // Of v1, the names below the paths that have a table.
  const Findings of_v1 = Named(FindV1Gaps().findings);
  std::ranges::copy_if(of_v1, std::inserter(found, found.end()),
                       [](const auto& finding) { return !IsPath(finding.second); });
  const Findings reviewed = Named(ReviewedGaps());
  INFO("without a reason:\n" << Text(Without(found, reviewed)));
  INFO("left out no longer:\n" << Text(Without(reviewed, found)));
  CHECK(found == reviewed);
  for (const Reviewed& one : ReviewedGaps()) CHECK(std::string_view(one.reason).size() > 10);
}

TEST_CASE("Official: every GET of v1 has a table, of its own or of v2", "[official]") {
  const Comparison gaps = FindV1Gaps();
  Findings without_table;
  for (const Finding& gap : gaps.findings) {
    if (IsPath(gap.what)) without_table.emplace(gap.where, "");
  }
  const size_t paths = gaps.seen.at("list") + gaps.seen.at("embedded") + gaps.seen.at("object") + gaps.seen.at("get");
  Findings shown;
  for (const ShownBy& known : ShownByOtherTables()) {
    INFO(known.path << ": " << known.table);
    shown.emplace(known.path, "");
    CHECK(Profile::BuiltIn().Find(known.table) != nullptr);
  }
  std::cout << "v1 paths " << paths - without_table.size() << " with a table, " << shown.size()
            << " shown by other tables, of " << paths << "\n";
  INFO("without a table:\n" << Text(Without(without_table, shown)));
  INFO("shown by other tables no longer:\n" << Text(Without(shown, without_table)));
  CHECK(without_table == shown);
}

TEST_CASE("Official: nothing is used that the documents do not offer", "[official]") {
  const Findings found = Named(FindMistakes());
  const Findings reviewed = Named(ReviewedMistakes());
  INFO("not offered:\n" << Text(Without(found, reviewed)));
  INFO("a mistake no longer:\n" << Text(Without(reviewed, found)));
  CHECK(found == reviewed);
}

TEST_CASE("Official: the documents are read whole", "[official]") {
  const auto count = [](std::string_view version, Operation::Kind kind) {
    return std::ranges::count_if(Operations(), [&](const Operation& operation) {
      return operation.path.starts_with(version) && operation.kind == kind;
    });
  };
  CHECK(count("/v2/", Operation::Kind::kList) == 84);
  CHECK(count("/v2/", Operation::Kind::kEmbedded) == 10);
  CHECK(count("/v2/", Operation::Kind::kObject) == 11);
  CHECK(count("/v2/", Operation::Kind::kGet) == 55);
  CHECK(Operations().size() == 160 + 69);
}

}  // namespace
}  // namespace infusionsoft::official
