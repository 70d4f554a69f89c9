// SPDX-License-Identifier: MIT
#include "pushdown_table.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string_view>
#include <vector>

#include "http/url.h"

namespace infusionsoft::sqlite_test {
namespace {

using sandbox::Freedom;

// The server's habits that the documents leave open and that decide which rows come. None is first.
const std::vector<std::vector<Freedom>> kHabits = {
    {},
    {Freedom::kEqualityIgnoresCase},
    {Freedom::kEqualityIsContains},
    {Freedom::kEqualityTrims, Freedom::kBoundsExclusive},
    {Freedom::kBoundsExclusive, Freedom::kBoundsWholeSeconds},
    {Freedom::kFiltersIgnored},
};

std::vector<std::string> Sorted(std::vector<std::string> rows) {
  std::ranges::sort(rows);
  return rows;
}

}  // namespace

PushdownTable::PushdownTable() {
  for (const char* table : {"contacts", "tasks", "opportunities", "tags", "contact_tags"}) Copy(table);
}

std::string PushdownTable::Columns(const std::string& table) {
  return account_.Cell("SELECT group_concat('\"' || name || '\"') FROM pragma_table_info('copy_" + table + "')");
}

void PushdownTable::Copy(const std::string& table) {
  const std::string source = "infusionsoft_" + table;
  // CREATE TABLE AS keeps the affinity of each column. The rowid of a table with a numeric key is that key.
  account_.Run("CREATE TABLE copy_" + table + " AS SELECT * FROM " + source + " LIMIT 0");
  account_.Run("INSERT INTO copy_" + table + "(rowid, " + Columns(table) + ") SELECT rowid, * FROM " + source);
}

void PushdownTable::Define(const std::string& name, const std::string& sql) { values_[name] = account_.Cell(sql); }

std::string PushdownTable::Fill(std::string text) const {
  for (const auto& [name, value] : values_) {
    const std::string hole = "{" + name + "}";
    for (size_t at = text.find(hole); at != std::string::npos; at = text.find(hole, at + value.size())) {
      text.replace(at, hole.size(), value);
    }
  }
  return text;
}

std::string PushdownTable::Sent() {
  constexpr std::string_view kRoot = "/crm/rest";
  std::string text;
  for (const sandbox::SeenRequest& request : account_.server().Requests()) {
    const Result<http::QueryParams> params = http::ParseQuery(request.query);
    REQUIRE(params.ok());
    if (!http::FindParam(*params, "page_token").empty()) continue;
    text += (text.empty() ? "" : " + ") + request.path.substr(kRoot.size());
    for (const auto& [name, value] : *params) {
      if (name == "filter") text += "?" + value;
    }
  }
  return text;
}

size_t PushdownTable::CheckOne(const PushdownCase& given) {
  const std::string table = given.table;
  const std::string condition = Fill(given.condition);
  INFO(table << ": " << condition);
  INFO(given.setup);
  INFO(given.why);
  account_.Run(given.setup);
  const char* const columns = table == "contact_tags" ? "contact_id, tag_id" : "id";
  const auto select = [&](const std::string& source) {
    return std::string("SELECT ") + columns + " FROM " + source + table + " AS t WHERE " + condition;
  };
  const std::vector<std::string> expected = Sorted(account_.Run(select("copy_")));
  for (const std::vector<Freedom>& habits : kHabits) {
    INFO("habits: " << (habits.empty() ? "none" : FreedomName(habits[0])));
    account_.server().SetFreedoms(habits);
    account_.Requests(select("infusionsoft_"));
    CHECK(Sorted(account_.last_rows()) == expected);
    if (habits.empty()) CHECK(Sent() == Fill(given.sent));
  }
  account_.server().SetFreedoms({});
  account_.Run("PRAGMA case_sensitive_like = OFF");
  return expected.empty() ? 0 : 1;
}

size_t PushdownTable::Check(std::span<const PushdownCase> cases) {
  size_t with_rows = 0;
  for (const PushdownCase& given : cases) with_rows += CheckOne(given);
  return with_rows;
}

}  // namespace infusionsoft::sqlite_test
