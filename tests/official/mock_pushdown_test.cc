// SPDX-License-Identifier: MIT
// Every filter and every order of every table, sent to a server made from the vendor's documents. Prints how many there are.
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>

#include "base/text.h"
#include "mock_account.h"
#include "request_check.h"

namespace infusionsoft::official {
namespace {

constexpr const char* kTime = "'2024-01-31T08:00:00Z'";

// The SQL conditions that the pushdown serves.
std::vector<std::string> ConditionsFor(const Column& column, const Pushdown& pushdown) {
  const bool is_input = column.role == ColumnRole::kRequest;
  const bool is_text = column.type == ColumnType::kText;
  std::vector<std::string> conditions;
  switch (pushdown.match) {
    case Match::kEquals:
      conditions.emplace_back(is_text ? "= 'ann'" : "= 7");
      break;
    case Match::kSet:
      conditions.emplace_back(is_text ? "IN ('ann', 'bob')" : "IN (7, 8)");
      break;
    case Match::kSince:
    case Match::kUntil:
      conditions.push_back((is_input ? "= " : pushdown.match == Match::kSince ? ">= " : "<= ") + std::string(kTime));
      break;
    case Match::kCompare:
      conditions =
          is_input ? std::vector<std::string>{"= 7"} : std::vector<std::string>{"> 7", "<= 9", "BETWEEN 7 AND 9", "= 7"};
      break;
    case Match::kEnum:
      for (const std::string& word : pushdown.values) conditions.push_back("= '" + word + "'");
      break;
    case Match::kBoolean:
      conditions = {"= 1", "= 0"};
      break;
    case Match::kCompareTime:
    case Match::kFlag:
      break;  // of custom fields, which no document lists
  }
  if (pushdown.prefix && !is_input)
    conditions.insert(conditions.end(), {"LIKE 'ann%'", "GLOB 'ann*'", "= 'ann' COLLATE NOCASE"});
  if (!pushdown.null_word.empty()) conditions.emplace_back("IS NULL");
  return conditions;
}

// One parent, so that a condition costs one request.
std::vector<std::string> BelowOneParent(const Entity& entity) {
  std::vector<std::string> conditions;
  for (const Column& column : entity.columns) {
    if (column.role != ColumnRole::kPath) continue;
    if (column.type == ColumnType::kInteger) conditions.push_back(Quoted(column.name) + " = 7");
    if (!column.words.empty()) conditions.push_back(Quoted(column.name) + " = '" + column.words[0].first + "'");
  }
  return conditions;
}

std::string Where(const std::vector<std::string>& conditions) {
  return conditions.empty() ? "" : " WHERE " + Join(conditions, " AND ");
}

bool Sent(const std::vector<MockRequest>& requests, const Pushdown& pushdown) {
  return std::ranges::any_of(requests, [&](const MockRequest& request) {
    if (pushdown.is_parameter) return !http::FindParam(request.params, pushdown.filter).empty();
    const std::vector<Clause> clauses = SplitFilter(http::FindParam(request.params, "filter"));
    return std::ranges::find(clauses, pushdown.filter, &Clause::name) != clauses.end();
  });
}

struct Counts {
  size_t tables = 0;
  size_t asked = 0;
  size_t sent = 0;
  size_t statements = 0;
};

std::string Text(const Counts& counts, const std::string& what, const MockAccount& account) {
  return what + ": " + std::to_string(counts.sent) + " of " + std::to_string(counts.asked) + " sent from " +
         std::to_string(counts.tables) + " tables, in " + std::to_string(counts.statements) + " statements and " +
         std::to_string(account.sent()) + " requests, " + std::to_string(account.refused().size()) + " refused\n";
}

void ExpectNoneRefused(const MockAccount& account) {
  for (const std::string& refused : account.refused()) UNSCOPED_INFO(refused);
  CHECK(account.refused().empty());
}

TEST_CASE("Mock: every pushdown sends its filter, as the documents describe it", "[official]") {
  MockAccount account(NumberStyle::kAsNumbers);
  Counts counts;
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    const size_t before = counts.asked;
    for (const Column& column : entity.columns) {
      for (const Pushdown& pushdown : column.pushdowns) {
        INFO(entity.name << "." << column.name << ", filter " << pushdown.filter);
        bool was_sent = false;
        for (const std::string& condition : ConditionsFor(column, pushdown)) {
          std::vector<std::string> conditions = BelowOneParent(entity);
          conditions.push_back(Quoted(column.name) + " " + condition);
          account.FirstRow("SELECT count(*) FROM " + TableName(entity) + Where(conditions));
          INFO(account.error());
          CHECK(account.error().empty());
          was_sent = was_sent || Sent(account.requests(), pushdown);
          ++counts.statements;
        }
        CHECK(was_sent);
        ++counts.asked;
        counts.sent += was_sent ? 1 : 0;
      }
    }
    counts.tables += counts.asked > before ? 1 : 0;
  }
  std::cout << Text(counts, "pushdowns", account);
  ExpectNoneRefused(account);
}

TEST_CASE("Mock: every order that SQLite leaves to the API is one that the documents describe", "[official]") {
  MockAccount account(NumberStyle::kAsStrings);
  Counts counts;
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    const size_t before = counts.asked;
    for (const Column& column : entity.columns) {
      const bool is_alike = column.type == ColumnType::kInteger || column.type == ColumnType::kTime;
      if (column.order_by.empty() || !column.never_null || !is_alike || entity.IsNested()) continue;
      INFO(entity.name << "." << column.name);
      for (const std::string direction : {"asc", "desc"}) {
        std::vector<std::string> conditions = BelowOneParent(entity);
        // Without it, rows without a value come first: only the key that is the rowid is certain to have one.
        const bool is_left_to_sqlite = direction == "asc" && entity.MayBeNull(column);
        if (is_left_to_sqlite) conditions.push_back(Quoted(column.name) + (column.type == ColumnType::kTime ? " > ''" : " > 0"));
        account.FirstRow("SELECT 1 FROM " + TableName(entity) + Where(conditions) + " ORDER BY " +
                         Quoted(column.name) + " " + direction + " LIMIT 3");
        INFO(account.error());
        CHECK(account.error().empty());
        REQUIRE_FALSE(account.requests().empty());
        const http::QueryParams& params = account.requests()[0].params;
        const bool was_sent = http::FindParam(params, "order_by") == column.order_by + " " + direction;
        CHECK(was_sent);
        if (!is_left_to_sqlite) CHECK(http::FindParam(params, "page_size") == "100");
        ++counts.statements;
        ++counts.asked;
        counts.sent += was_sent ? 1 : 0;
      }
    }
    counts.tables += counts.asked > before ? 1 : 0;
  }
  std::cout << Text(counts, "orders", account);
  ExpectNoneRefused(account);
}

}  // namespace
}  // namespace infusionsoft::official
