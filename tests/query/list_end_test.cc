// SPDX-License-Identifier: MIT
// Where lists end: each is read to its end, or there is an error; none is shorter, and none goes on for ever.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "base/text.h"
#include "query/row_cursor.h"
#include "query/scan_server.h"

namespace infusionsoft {
namespace {

const Entity& Table(const char* name) { return *Profile::BuiltIn().Find(name); }

struct Read {
  size_t rows = 0;
  size_t requests = 0;
  Status status;
};

Read ReadAll(Server& server, const char* table, const char* plan, const std::vector<Argument>& arguments = {},
             int page_size = 0) {
  RowCursor cursor = server.Scan(table, {.page_size = page_size, .max_rows = 10000});
  Read read;
  for (read.status = cursor.Start(*ParsePlan(Table(table), plan), arguments); read.status.ok() && !cursor.AtEnd();
       read.status = cursor.Next()) {
    ++read.rows;
  }
  read.requests = server.requests();
  return read;
}

int64_t NumberOf(const http::QueryParams& params, const char* name) {
  return ParseInt64(http::FindParam(params, name)).value_or(0);
}

using RowText = std::function<std::string(int64_t number)>;
std::string WithId(int64_t number) { return "{\"id\":" + std::to_string(number) + "}"; }
std::string Equal(int64_t) { return R"({"sold_by_last_name":"a"})"; }

// A list by offset. `more` is put behind the rows of the page that begins at `first`.
struct OffsetList {
  const char* items;
  int64_t size;
  int64_t most = 1000;  // rows a page, however many are asked for
  std::function<std::string(int64_t first)> more = [](int64_t) { return std::string(); };
  RowText row = WithId;
  bool knows_offset = true;

  std::string operator()(const std::string&, const http::QueryParams& params) const {
    const int64_t first = knows_offset ? NumberOf(params, "offset") : 0;
    const int64_t last = std::min({size, first + NumberOf(params, "limit"), first + most});
    std::string rows;
    for (int64_t i = first; i < last; ++i) rows += (rows.empty() ? "" : ",") + row(i + 1);
    return "{\"" + std::string(items) + "\":[" + rows + "]" + more(NumberOf(params, "offset")) + "}";
  }
};

std::function<std::string(int64_t)> Count(const std::string& count) {
  return [count](int64_t) { return ",\"count\":" + count; };
}

const char* const kProducts = "GET /v1/products";
const char* const kCommissions = "GET /v1/affiliates/commissions";

Read ReadProducts(OffsetList list, int page_size = 200) {
  Server server(std::move(list));
  return ReadAll(server, "v1_products", kProducts, {}, page_size);
}

}  // namespace

TEST_CASE("ListEnd: a list by offset is read to its end, whatever its count is written as", "[query]") {
  struct Case {
    std::string count;
    size_t requests;
  };
  // Where the count says nothing, or something that cannot be, only an empty page is the end.
  for (const Case& one : {Case{"450", 5}, Case{"\"450\"", 5}, Case{"450.0", 5}, Case{"null", 6}, Case{"\"many\"", 6},
                          Case{"-1", 6}, Case{"7", 6}, Case{"[]", 6}}) {
    INFO("count " << one.count);
    const Read read = ReadProducts({.items = "products", .size = 450, .most = 100, .more = Count(one.count)});
    CHECK(read.status.ok());
    CHECK(read.rows == 450);
    CHECK(read.requests == one.requests);
  }
  const Read without = ReadProducts({.items = "products", .size = 450, .most = 100});
  CHECK(without.status.ok());
  CHECK(without.rows == 450);
  CHECK(without.requests == 6);
}

TEST_CASE("ListEnd: a list by offset that ends before its count is an error", "[query]") {
  for (const int64_t size : {0, 200, 250}) {
    const Read read = ReadProducts({.items = "products", .size = size, .more = Count("\"450\"")});
    CHECK(read.status.code() == StatusCode::kBadResponse);
    CHECK(read.status.message().find("450") != std::string::npos);
    CHECK(read.rows == static_cast<size_t>(size));
  }
  // The empty page does not say how many there are.
  const Read read = ReadProducts({.items = "products", .size = 200, .more = [](int64_t first) {
                                    return std::string(first == 0 ? ",\"count\":450" : "");
                                  }});
  CHECK(read.status.code() == StatusCode::kBadResponse);
}

TEST_CASE("ListEnd: a count that falls while the list is read is an error, one that grows only without keys", "[query]") {
  const auto changes_to = [](int64_t count) {
    return [count](int64_t first) { return ",\"count\":" + std::to_string(first == 0 ? 450 : count); };
  };
  const Read fewer = ReadProducts({.items = "products", .size = 449, .more = changes_to(449)});
  CHECK(fewer.status.code() == StatusCode::kBadResponse);
  CHECK(fewer.status.message().find("449") != std::string::npos);
  const Read more = ReadProducts({.items = "products", .size = 451, .most = 100, .more = changes_to(451)});
  CHECK(more.status.ok());
  CHECK(more.rows == 451);
  // Without keys it is not known which rows the added one has moved onto the next page.
  Server server(OffsetList{.items = "commissions", .size = 451, .most = 100, .more = changes_to(451), .row = Equal});
  CHECK(ReadAll(server, "commissions", kCommissions, {}, 200).status.message().find("451") != std::string::npos);
}

TEST_CASE("ListEnd: a server that does not know offset is an error, whatever else changes in its pages", "[query]") {
  const auto changing = [](int64_t first) { return ",\"count\":450,\"sync_token\":\"" + std::to_string(first) + "\""; };
  const Read read = ReadProducts({.items = "products", .size = 450, .more = changing, .knows_offset = false});
  CHECK(read.status.code() == StatusCode::kBadResponse);
  CHECK(read.rows == 200);
  CHECK(read.requests == 2);

  // Rows without a key may be equal, so a page beyond the list shows what the server knows.
  for (const bool are_equal : {true, false}) {
    const RowText row =
        are_equal ? RowText(Equal) : [](int64_t i) { return "{\"description\":\"" + std::to_string(i) + "\"}"; };
    Server server(OffsetList{.items = "commissions", .size = 450, .more = changing, .row = row, .knows_offset = false});
    const Read keyless = ReadAll(server, "commissions", kCommissions, {}, 200);
    CHECK(keyless.status.code() == StatusCode::kBadResponse);
    CHECK(keyless.rows == 200);
    CHECK(keyless.requests == 3);
  }
}

TEST_CASE("ListEnd: full pages of equal rows without a key are as many rows as they have", "[query]") {
  Server server(OffsetList{.items = "commissions", .size = 450, .more = Count("450"), .row = Equal});
  const Read read = ReadAll(server, "commissions", kCommissions, {}, 100);
  CHECK(read.status.ok());
  CHECK(read.rows == 450);
  CHECK(read.requests == 5 + 1);  // one asks for a page that no list has
}

TEST_CASE("ListEnd: a list without pages that has fewer rows than it counts is an error", "[query]") {
  Server server([](const std::string&, const http::QueryParams&) {
    return std::string(R"({"categories":[{"id":"1"}],"automation_categories":[{"id":"1"}],"count":"2"})");
  });
  const std::string plan = "GET " + Table("automation_categories").list_path;
  CHECK(ReadAll(server, "automation_categories", plan.c_str()).status.code() == StatusCode::kBadResponse);
}

namespace {

// A list by token. `page` gives the rows of the n-th page, and whether there is another one; each has a token of its own.
Read ReadTokens(const char* table, const char* items, const char* plan, const std::function<std::string(int64_t n)>& page,
                int64_t pages, const std::vector<Argument>& arguments = {}) {
  Server server([&](const std::string& path, const http::QueryParams& params) {
    const bool is_below = std::string_view(plan).find("{contact_id") != std::string_view::npos;
    if (is_below && path == "/v2/contacts") return std::string(R"({"contacts":[]})");  // which a 404 below one asks for
    const int64_t n = NumberOf(params, "page_token");
    const std::string rows = page(n);
    if (rows == "404") return std::string();
    const std::string token = n + 1 < pages ? ",\"next_page_token\":\"" + std::to_string(n + 1) + "\"" : "";
    return "{\"" + std::string(items) + "\":[" + rows + "]" + token + "}";
  });
  return ReadAll(server, table, plan, arguments);
}

Read ReadTags(const std::function<std::string(int64_t n)>& page, int64_t pages = 1000) {
  return ReadTokens("tags", "tags", "GET /v2/tags", page, pages);
}

}  // namespace

TEST_CASE("ListEnd: a later page that is not there is an error, below a parent too", "[query]") {
  for (const bool is_first : {true, false}) {
    const auto page = [&](int64_t n) { return std::string(n == (is_first ? 0 : 1) ? "404" : R"({"tag":{"id":"1"}})"); };
    const Read below =
        ReadTokens("contact_tags", "tags", "GET /v2/contacts/{contact_id = ?1}/tags", page, 2, {{SqlValue::Integer(5)}});
    CHECK(below.status.ok() == is_first);
    CHECK(below.rows == (is_first ? 0 : 1));
    if (!is_first) CHECK(below.status.message().find("404") != std::string::npos);
  }
}

TEST_CASE("ListEnd: empty pages with new tokens are passed over, and three of them are an error", "[query]") {
  const auto with_gap = [](int64_t gap) {
    return [gap](int64_t n) { return n >= 1 && n <= gap ? std::string() : WithId(n + 1); };
  };
  const Read two = ReadTags(with_gap(2), 5);
  CHECK(two.status.ok());
  CHECK(two.rows == 3);
  CHECK(ReadTags(with_gap(3), 5).status.code() == StatusCode::kBadResponse);
  const Read never = ReadTags([](int64_t) { return std::string(); });
  CHECK(never.status.code() == StatusCode::kBadResponse);
  CHECK(never.requests == 3);
}

TEST_CASE("ListEnd: the same page again under a new token is an error where rows have a key", "[query]") {
  const auto named = [](int64_t id, int64_t n) {
    return "{\"id\":" + std::to_string(id) + ",\"name\":\"" + std::to_string(n) + "\"}";
  };
  const Read same = ReadTags([&](int64_t n) { return named(1, n) + "," + named(2, n); });
  CHECK(same.status.code() == StatusCode::kBadResponse);
  CHECK(same.rows == 2);
  CHECK(same.requests == 2);
  // In turns.
  const Read turns = ReadTags([&](int64_t n) { return named(2 * (n % 2), n) + "," + named(2 * (n % 2) + 1, n); });
  CHECK(turns.status.code() == StatusCode::kBadResponse);
  CHECK(turns.rows == 4);
  CHECK(turns.requests == 3);
  // Rows that moved are not: the page has others too.
  const Read moved = ReadTags([&](int64_t n) { return named(1, n) + "," + named(n + 2, n); }, 5);
  CHECK(moved.status.ok());
  CHECK(moved.rows == 6);
  const Read nested = ReadTokens(
      "contact_tag_ids", "contacts", "GET /v2/contacts?fields=id,tag_ids",
      [](int64_t n) { return R"({"id":"1","tag_ids":[)" + std::to_string(n) + "]}"; }, 1000);
  CHECK(nested.status.code() == StatusCode::kBadResponse);
  CHECK(nested.requests == 2);
}

TEST_CASE("ListEnd: pages of equal rows without a key are all read, each under its token", "[query]") {
  const Read read = ReadTokens(
      "transactions", "transactions", "GET /v2/sales/transactions",
      [](int64_t) { return std::string(R"({"amount":"1"},{"amount":"1"})"); }, 4);
  CHECK(read.status.ok());
  CHECK(read.rows == 8);
  CHECK(read.requests == 4);
}

}  // namespace infusionsoft
