// SPDX-License-Identifier: MIT
// The parts of the mode in which the server breaks what its documents do not promise.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "account.h"
#include "answer.h"
#include "causes.h"
#include "encoding.h"
#include "oracle.h"

namespace infusionsoft::differential {
namespace {

using sandbox::Break;

std::vector<Row> SortedRows(Account& account, const std::string& table) {
  std::vector<Row> rows = Run(account.reference_database(), "SELECT * FROM " + table).rows;
  std::ranges::sort(rows);
  return rows;
}

sandbox::SandboxOptions Broken(Break what) {
  sandbox::SandboxOptions options;
  options.sizes.contacts = 60;
  options.breaks = {what};
  return options;
}

std::string Get(SandboxServer& server, const std::string& target) {
  http::HttpRequest request;
  request.method = "GET";
  request.url = SandboxServer::api_url() + target;
  request.secret_header_name = "Authorization";
  request.secret_header_value = Secret("Bearer " + server.options().access_token);
  return server.Answer(request).body;
}

// Some pages of lists of every kind.
void ReadPages(SandboxServer& server) {
  for (const std::string start :
       {"/v2/contacts?page_size=20&order_by=id%20asc", "/v2/contacts?page_size=20&order_by=id%20desc",
        "/v2/sales/transactions?page_size=5", "/v2/referrals?page_size=50"}) {
    std::string page;
    for (int i = 0; i < 4; ++i) {
      const std::string token = ReadPlainJson(Get(server, start + page)).Member("next_page_token").text;
      if (token.empty()) break;
      page = "&page_token=" + sandbox::PercentEncode(token);
    }
  }
  for (const std::string offset : {"0", "5"}) Get(server, "/v1/products?limit=5&offset=" + offset);
}

Cell CellOf(ColumnType type, const std::string& json) { return differential::CellOf(type, ReadPlainJson(json)); }

}  // namespace

TEST_CASE("Broken: the oracle reads what the product reads where no row is broken") {
  Account plain(1);
  std::vector<std::vector<Row>> expected;
  for (const TableInfo& table : plain.tables()) expected.push_back(SortedRows(plain, table.name));
  Account read_by_oracle(1, {Break::kCountText});
  for (size_t i = 0; i < plain.tables().size(); ++i) {
    INFO(plain.tables()[i].name);
    CHECK(SortedRows(read_by_oracle, plain.tables()[i].name) == expected[i]);
  }
}

TEST_CASE("Broken: every break shows in what the server sends, and is told") {
  for (size_t i = 0; i < sandbox::kBreaks; ++i) {
    const auto what = static_cast<Break>(i);
    INFO(BreakName(what));
    SandboxServer server(Broken(what));
    ReadPages(server);
    CHECK(server.TakeStruck() == sandbox::BreakSet().set(i));
    CHECK(server.TakeStruck().none());
    server.ShowAll(true);
    ReadPages(server);
    const bool is_of_lists = what >= Break::kOrderIgnored;
    CHECK(server.TakeStruck().none() == is_of_lists);
  }
}

TEST_CASE("Broken: the oracle's cells follow the documents") {
  CHECK(CellOf(ColumnType::kInteger, "5.0") == Cell(int64_t{5}));
  CHECK(CellOf(ColumnType::kInteger, "\"5\"") == Cell(int64_t{5}));
  CHECK(CellOf(ColumnType::kInteger, "5.5") == Cell(5.5));
  CHECK(CellOf(ColumnType::kInteger, "\"x\"") == Cell("x"));
  CHECK(CellOf(ColumnType::kReal, "5") == Cell(5.0));
  CHECK(CellOf(ColumnType::kBoolean, "\"true\"") == Cell(int64_t{1}));
  CHECK(CellOf(ColumnType::kText, "12345678901234567890") == Cell("12345678901234567890"));
  CHECK(CellOf(ColumnType::kJson, R"({"a":[12345678901234567890]})") == Cell(R"({"a":[12345678901234567890]})"));
  CHECK(CellOf(ColumnType::kMoney, R"({"amount":1999.0,"currency_code":"USD"})") == Cell(19.99));
  CHECK(CellOf(ColumnType::kMoney, R"({"amount":1999,"currency_code":"JPY"})") == Cell(1999.0));
  CHECK(CellOf(ColumnType::kTime, "\"2024-11-20T18:34Z\"") == Cell("2024-11-20T18:34:00.000Z"));
  CHECK(CellOf(ColumnType::kTime, "\"2024-11-20T18:34:05+05:30\"") == Cell("2024-11-20T13:04:05.000Z"));
  CHECK(CellOf(ColumnType::kTime, "\"2024-11-20\"") == Cell("2024-11-20"));
  CHECK(CellOf(ColumnType::kTime, "1732127645") == Cell("2024-11-20T18:34:05.000Z"));
  CHECK(CellOf(ColumnType::kTime, "null") == Cell());
}

TEST_CASE("Broken: an error counts only where what it names was broken in what was read") {
  sandbox::BreakSet struck;
  const std::string error = "infusionsoft_tags: GET /v2/tags: the server does not know a later page of this list (404)";
  CHECK_FALSE(NamesBreak(error, struck));
  CHECK_FALSE(NamesBreak(error, struck.set(static_cast<size_t>(Break::kNull))));
  CHECK(NamesBreak(error, struck.set(static_cast<size_t>(Break::kNotFoundLater))));
  CHECK_FALSE(NamesBreak("something went wrong", struck.set()));
}

}  // namespace infusionsoft::differential
