// SPDX-License-Identifier: MIT
#include "query/row_cursor.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "http/url.h"
#include "query/scan_server.h"

namespace infusionsoft {
namespace {

std::string PageOf(const char* items, std::initializer_list<int> ids, const std::string& tail = "") {
  std::string rows;
  for (int id : ids) rows += (rows.empty() ? "" : ",") + std::string("{\"id\":\"") + std::to_string(id) + "\"}";
  return std::string("{\"") + items + "\":[" + rows + "]" + tail + "}";
}

std::string Token(const std::string& token) { return ",\"next_page_token\":\"" + token + "\""; }

// The ids in the order of delivery; `status` is how the scan ended.
std::vector<int64_t> Ids(RowCursor& cursor, const Entity& entity, Status& status, const char* plan,
                         const std::vector<Argument>& arguments = {}) {
  std::vector<int64_t> ids;
  const Result<QueryPlan> parsed = ParsePlan(entity, plan);
  REQUIRE(parsed.ok());
  for (status = cursor.Start(*parsed, arguments); status.ok() && !cursor.AtEnd(); status = cursor.Next()) {
    ids.push_back(cursor.RowId());
  }
  return ids;
}

std::vector<int64_t> TagIds(Server& server, Status& status, ScanOptions options = {}, const char* plan = "GET /v2/tags") {
  RowCursor cursor = server.Scan("tags", options);
  return Ids(cursor, *Profile::BuiltIn().Find("tags"), status, plan);
}

}  // namespace

TEST_CASE("RowCursor: pages are read until the token runs out, whatever its last form", "[query]") {
  for (const char* end : {"", ",\"next_page_token\":null", ",\"next_page_token\":\"\""}) {
    Server server([&](const std::string&, const http::QueryParams& params) {
      const std::string_view token = http::FindParam(params, "page_token");
      if (token.empty()) return PageOf("tags", {1, 2}, Token("b"));
      if (token == "b") return PageOf("tags", {}, Token("https://api.example/v2/tags?page_size=2&page_token=c%2Bd"));
      CHECK(token == "c+d");
      return PageOf("tags", {3}, end);
    });
    Status status;
    CHECK(TagIds(server, status) == std::vector<int64_t>{1, 2, 3});
    CHECK(status.ok());
    CHECK(server.requests() == 3);
  }
}

TEST_CASE("RowCursor: every page repeats the parameters of the first", "[query]") {
  std::vector<http::QueryParams> seen;
  Server server([&](const std::string&, const http::QueryParams& params) {
    seen.push_back(params);
    constexpr const char* kTime = R"("create_time":"2026-01-0)";
    return std::string(seen.size() == 1 ? R"({"tags":[{"id":"1",)" : R"({"tags":[{"id":"2",)") + kTime +
           (seen.size() == 1 ? R"(2T00:00:00Z"}],"next_page_token":"x"})" : R"(1T00:00:00Z"}]})");
  });
  RowCursor cursor = server.Scan("tags", {.page_size = 7});
  Status status;
  Ids(cursor, *Profile::BuiltIn().Find("tags"), status, "GET /v2/tags?filter=name=={name = ?1}&order_by=create_time desc",
      {{SqlValue::Text("VIP")}});
  REQUIRE(seen.size() == 2);
  for (const char* name : {"filter", "order_by", "page_size"}) {
    CHECK(http::FindParam(seen[0], name) == http::FindParam(seen[1], name));
    CHECK_FALSE(http::FindParam(seen[0], name).empty());
  }
}

TEST_CASE("RowCursor: a token that comes back is an error", "[query]") {
  Server server([](const std::string&, const http::QueryParams&) { return PageOf("tags", {1}, Token("same")); });
  Status status;
  TagIds(server, status);
  CHECK(status.code() == StatusCode::kBadResponse);
  CHECK(server.requests() == 2);
}

TEST_CASE("RowCursor: a failed page fails the scan", "[query]") {
  Server server([](const std::string&, const http::QueryParams& params) {
    return http::FindParam(params, "page_token").empty() ? PageOf("tags", {1}, Token("x")) : std::string("{\"tags\":[");
  });
  Status status;
  CHECK(TagIds(server, status) == std::vector<int64_t>{1});
  CHECK(status.code() == StatusCode::kBadResponse);
}

TEST_CASE("RowCursor: an answer without the list is an error, a list that is null is empty", "[query]") {
  Status status;
  Server wrong([](const std::string&, const http::QueryParams&) { return std::string("{\"other\":[]}"); });
  TagIds(wrong, status);
  CHECK(status.code() == StatusCode::kBadResponse);
  for (const char* beside : {"", R"(,"next_page_token":"")", R"(,"next_page_token":null,"count":0)", R"(,"campaign_id":"7")",
                             R"(,"count":"0","next":"http://x/","sync_token":"a")", R"(,"amount_earned":1.5,"others":["a"])"}) {
    INFO(beside);
    Server empty([&](const std::string&, const http::QueryParams&) { return std::string("{\"tags\":null") + beside + "}"; });
    CHECK(TagIds(empty, status).empty());
    CHECK(status.ok());
  }
}

TEST_CASE("RowCursor: null in place of the list, beside a reason, is an error that shows it", "[query]") {
  for (const char* beside : {R"("message":"timeout")", R"("fault":{"faultstring":"timeout"})", R"("timeout":true)"}) {
    INFO(beside);
    Server failed([&](const std::string&, const http::QueryParams&) { return std::string("{\"tags\":null,") + beside + "}"; });
    Status status;
    TagIds(failed, status);
    CHECK(status.code() == StatusCode::kBadResponse);
    CHECK(status.message().find("timeout") != std::string::npos);
  }
  Server nothing([](const std::string&, const http::QueryParams&) { return std::string("null"); });
  RowCursor hooks = nothing.Scan("hooks");
  const Status status = hooks.Start(*ParsePlan(*Profile::BuiltIn().Find("hooks"), "GET /v1/hooks"), {});
  CHECK(status.code() == StatusCode::kBadResponse);
}

TEST_CASE("RowCursor: a row that two pages repeat is delivered once", "[query]") {
  Server server([](const std::string&, const http::QueryParams& params) {
    return http::FindParam(params, "page_token").empty() ? PageOf("tags", {1, 2}, Token("x")) : PageOf("tags", {2, 3});
  });
  Status status;
  CHECK(TagIds(server, status) == std::vector<int64_t>{1, 2, 3});
}

TEST_CASE("RowCursor: the next page is fetched only when it is asked for", "[query]") {
  Server server([](const std::string&, const http::QueryParams&) { return PageOf("tags", {1, 2}, Token("x")); });
  RowCursor cursor = server.Scan("tags");
  REQUIRE(cursor.Start(*ParsePlan(*Profile::BuiltIn().Find("tags"), "GET /v2/tags"), {}).ok());
  REQUIRE(cursor.Next().ok());
  CHECK(server.requests() == 1);
}

TEST_CASE("RowCursor: a list cut short by LIMIT starts again with whole pages when more is wanted", "[query]") {
  std::vector<std::string> sizes;
  Server server([&](const std::string&, const http::QueryParams& params) {
    sizes.emplace_back(http::FindParam(params, "page_size"));
    return sizes.back() == "2" ? PageOf("tags", {1, 2}, Token("x")) : PageOf("tags", {1, 2, 3, 4});
  });
  RowCursor cursor = server.Scan("tags");
  Status status;
  CHECK(Ids(cursor, *Profile::BuiltIn().Find("tags"), status, "GET /v2/tags?page_size={LIMIT ?1}", {{SqlValue::Integer(2)}}) ==
        std::vector<int64_t>{1, 2, 3, 4});
  CHECK(sizes == std::vector<std::string>{"2", "1000"});
}

TEST_CASE("RowCursor: rows out of the order that was asked for are an error that names the cure", "[query]") {
  Server server([](const std::string&, const http::QueryParams&) { return PageOf("contacts", {1, 3, 2}); });
  RowCursor cursor = server.Scan("contacts");
  Status status;
  CHECK(Ids(cursor, *Profile::BuiltIn().Find("contacts"), status, "GET /v2/contacts?order_by=id asc&fields=id") ==
        std::vector<int64_t>{});  // nothing of such a page is delivered
  CHECK(status.code() == StatusCode::kBadResponse);
  CHECK(status.message().find("OrderPushdown=false") != std::string::npos);
}

TEST_CASE("RowCursor: the order holds across a list that starts again", "[query]") {
  const auto scan = [](std::initializer_list<int> whole, Status& status) {
    Server server([&](const std::string&, const http::QueryParams& params) {
      return http::FindParam(params, "page_size") == "100" ? PageOf("contacts", {2, 3}, Token("x")) : PageOf("contacts", whole);
    });
    RowCursor cursor = server.Scan("contacts");
    return Ids(cursor, *Profile::BuiltIn().Find("contacts"), status,
               "GET /v2/contacts?order_by=id asc&fields=id&page_size={LIMIT ?1}", {{SqlValue::Integer(2)}});
  };
  Status status;
  CHECK(scan({2, 3, 4}, status) == std::vector<int64_t>{2, 3, 4});
  CHECK(status.ok());
  // A row that came between the two readings, before rows that were delivered.
  CHECK(scan({1, 2, 3, 4}, status) == std::vector<int64_t>{2, 3});
  CHECK(status.code() == StatusCode::kBadResponse);
  CHECK(status.message().find("OrderPushdown=false") != std::string::npos);
}

TEST_CASE("RowCursor: more rows than MaxRows are an error, not a cut", "[query]") {
  Server server([](const std::string&, const http::QueryParams&) { return PageOf("tags", {1, 2, 3}); });
  Status status;
  TagIds(server, status, {.page_size = 0, .max_rows = 3});
  CHECK(status.ok());
  TagIds(server, status, {.page_size = 0, .max_rows = 2});
  CHECK(status.code() == StatusCode::kLimitExceeded);
}

TEST_CASE("RowCursor: an unknown key is no row", "[query]") {
  Server server([](const std::string& path, const http::QueryParams&) {
    return std::string(path == "/v2/tags" ? R"({"tags":[]})" : "");
  });
  RowCursor cursor = server.Scan("tags");
  Status status;
  CHECK(Ids(cursor, *Profile::BuiltIn().Find("tags"), status, "GET /v2/tags/{id = ?1}", {{SqlValue::Integer(9)}}).empty());
  CHECK(status.ok());
}

TEST_CASE("RowCursor: a list that the server does not know is an error", "[query]") {
  Server server([](const std::string&, const http::QueryParams&) { return std::string(); });
  Status status;
  TagIds(server, status);
  CHECK_FALSE(status.ok());
}

TEST_CASE("RowCursor: children without a parent are read below every parent", "[query]") {
  Server server([](const std::string& path, const http::QueryParams& params) -> std::string {
    if (path == "/v2/contacts") {
      CHECK(http::FindParam(params, "fields") == "id");
      return PageOf("contacts", {7, 8, 9});
    }
    if (path == "/v2/contacts/8/tags") return {};  // deleted meanwhile
    return R"({"tags":[{"tag":{"id":"1","name":"a"}},{"tag":{"id":"2","name":"b"}}]})";
  });
  RowCursor cursor = server.Scan("contact_tags");
  const Entity& entity = *Profile::BuiltIn().Find("contact_tags");
  std::vector<std::pair<int64_t, int64_t>> pairs;
  std::vector<int64_t> row_ids;
  Status status = cursor.Start(*ParsePlan(entity, "GET /v2/contacts/{each contacts.id}/tags"), {});
  for (; status.ok() && !cursor.AtEnd(); status = cursor.Next()) {
    pairs.emplace_back(cursor.Read(entity.FindColumn("contact_id"))->integer, cursor.Read(entity.FindColumn("tag_id"))->integer);
    row_ids.push_back(cursor.RowId());
  }
  CHECK(status.ok());
  CHECK(pairs == std::vector<std::pair<int64_t, int64_t>>{{7, 1}, {7, 2}, {9, 1}, {9, 2}});
  std::sort(row_ids.begin(), row_ids.end());
  CHECK(std::unique(row_ids.begin(), row_ids.end()) == row_ids.end());
}

TEST_CASE("RowCursor: the rowid is a function of the row, not of its position", "[query]") {
  bool reversed = false;
  Server server([&](const std::string&, const http::QueryParams&) {
    const std::string one = R"({"tag":{"id":"1"}})";
    const std::string two = R"({"tag":{"id":"2"}})";
    return "{\"tags\":[" + (reversed ? two + "," + one : one + "," + two) + "]}";
  });
  const Entity& entity = *Profile::BuiltIn().Find("contact_tags");
  const auto scan = [&](const SqlValue& contact) {
    RowCursor cursor = server.Scan("contact_tags");
    Status status;
    return Ids(cursor, entity, status, "GET /v2/contacts/{contact_id = ?1}/tags", {{contact}});
  };
  const std::vector<int64_t> first = scan(SqlValue::Integer(5));
  reversed = true;
  const std::vector<int64_t> second = scan(SqlValue::Integer(5));
  REQUIRE(first.size() == 2);
  CHECK(second == std::vector<int64_t>{first[1], first[0]});
  CHECK(scan(SqlValue::Integer(6)) != second);
}

}  // namespace infusionsoft
