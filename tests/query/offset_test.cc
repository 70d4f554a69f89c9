// SPDX-License-Identifier: MIT
// Lists that are asked for by offset, answers that are one text, and the second request for a row's details.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "base/text.h"
#include "query/row_cursor.h"
#include "query/scan_server.h"

namespace infusionsoft {
namespace {

const Entity& Table(const char* name) { return *Profile::BuiltIn().Find(name); }

int64_t NumberOf(const http::QueryParams& params, const char* name) {
  const auto text = http::FindParam(params, name);
  return text.empty() ? 0 : *ParseInt64(text);
}

// A list of products 1 to `size`, at most `most` of them a page, as the first version of the API sends it.
class Products {
 public:
  Products(int64_t size, int64_t most, bool has_count = true) : size_(size), most_(most), has_count_(has_count) {}

  std::string operator()(const std::string&, const http::QueryParams& params) const {
    const int64_t first = NumberOf(params, "offset");
    const int64_t last = std::min({size_, first + NumberOf(params, "limit"), first + most_});
    std::string rows;
    for (int64_t id = first + 1; id <= last; ++id)
      rows += (rows.empty() ? "{\"id\":" : ",{\"id\":") + std::to_string(id) + "}";
    const std::string count = has_count_ ? ",\"count\":" + std::to_string(size_) : "";
    return "{\"products\":[" + rows + "]" + count +
           ",\"next\":\"https://api.example/v1/products?offset=" + std::to_string(last) + "\",\"previous\":\"\"}";
  }

 private:
  int64_t size_;
  int64_t most_;
  bool has_count_;
};

struct Scan {
  std::vector<int64_t> ids;
  Status status;
};

Scan Read(Server& server, const char* table, const char* plan, const std::vector<Argument>& arguments = {},
          ScanOptions options = {}) {
  RowCursor cursor = server.Scan(table, options);
  Scan scan;
  const Result<QueryPlan> parsed = ParsePlan(Table(table), plan);
  REQUIRE(parsed.ok());
  for (scan.status = cursor.Start(*parsed, arguments); scan.status.ok() && !cursor.AtEnd(); scan.status = cursor.Next()) {
    scan.ids.push_back(cursor.RowId());
  }
  return scan;
}

std::vector<int64_t> UpTo(int64_t last) {
  std::vector<int64_t> ids;
  for (int64_t id = 1; id <= last; ++id) ids.push_back(id);
  return ids;
}

}  // namespace

TEST_CASE("Pager: an offset list is read to its end, in as few pages as that takes", "[query]") {
  struct Case {
    int64_t size, most;
    bool has_count;
    size_t requests;
  };
  // A full last page does not show that it is the last, as a count may have been taken before rows were added; without a
  // count a page that is not full does not show it either.
  for (const Case& one : {Case{0, 100, true, 1}, Case{7, 100, true, 1}, Case{10, 100, true, 2}, Case{25, 100, true, 3},
                          Case{25, 100, false, 4}, Case{25, 4, true, 7}}) {
    INFO(one.size << " rows, " << one.most << " a page");
    Server server(Products(one.size, one.most, one.has_count));
    const Scan scan = Read(server, "v1_products", "GET /v1/products", {}, {.page_size = 10});
    CHECK(scan.status.ok());
    CHECK(scan.ids == UpTo(one.size));
    CHECK(server.requests() == one.requests);
  }
}

TEST_CASE("Pager: an offset list that LIMIT cut short goes on where it was", "[query]") {
  std::vector<std::string> asked;
  const Products products(1200, 5000);
  Server server([&](const std::string& path, const http::QueryParams& params) {
    asked.push_back(std::to_string(NumberOf(params, "limit")) + "@" + std::to_string(NumberOf(params, "offset")));
    return products(path, params);
  });
  CHECK(Read(server, "v1_products", "GET /v1/products?limit={LIMIT ?1}", {{SqlValue::Integer(3)}}).ids == UpTo(1200));
  CHECK(asked == std::vector<std::string>{"3@0", "1000@3", "1000@1003"});
}

TEST_CASE("Pager: a server that does not know offset is an error, not an endless list", "[query]") {
  Server server(
      [](const std::string&, const http::QueryParams&) { return std::string(R"({"products":[{"id":1}],"count":9})"); });
  const Scan scan = Read(server, "v1_products", "GET /v1/products");
  CHECK(scan.status.code() == StatusCode::kBadResponse);
  CHECK(scan.status.message().find("offset") != std::string::npos);
  CHECK(server.requests() == 2);
}

TEST_CASE("RowCursor: equal rows without a key are all delivered, also from several pages by offset", "[query]") {
  Server server([](const std::string&, const http::QueryParams& params) {
    const bool first = NumberOf(params, "offset") == 0;
    return std::string(first ? R"({"commissions":[{"description":"a"},{"description":"a"}],"count":3})"
                             : R"({"commissions":[{"description":"a"}],"count":3})");
  });
  const Scan scan = Read(server, "commissions", "GET /v1/affiliates/commissions");
  REQUIRE(scan.ids.size() == 3);
  CHECK(scan.ids[0] != scan.ids[1]);
  CHECK(scan.ids[2] != scan.ids[0]);
  CHECK(scan.ids[2] != scan.ids[1]);
}

TEST_CASE("Pager: a list may be the answer itself", "[query]") {
  Server server([](const std::string&, const http::QueryParams&) { return std::string(R"(["contact.add","order.add"])"); });
  CHECK(Read(server, "hook_event_keys", "GET /v1/hooks/event_keys").ids.size() == 2);
  Server wrong([](const std::string&, const http::QueryParams&) { return std::string(R"({"keys":[]})"); });
  CHECK(Read(wrong, "hook_event_keys", "GET /v1/hooks/event_keys").status.message() ==
        "GET /v1/hooks/event_keys: the answer is not a list");
}

namespace {

// The value column of a table whose answer is one text, below parent 5.
SqlValue TextAnswer(const char* table, const char* column, const std::string& body) {
  Server server([&](const std::string&, const http::QueryParams&) { return body; });
  RowCursor cursor = server.Scan(table);
  const Entity& entity = Table(table);
  const std::string parent = entity.key[0];
  const std::string plan =
      "GET " + std::string(entity.list_path).replace(entity.list_path.find('{'), parent.size() + 2, "{" + parent + " = ?1}");
  REQUIRE(cursor.Start(*ParsePlan(entity, plan), {{SqlValue::Integer(5)}}).ok());
  REQUIRE_FALSE(cursor.AtEnd());
  CHECK(cursor.Read(0)->integer == 5);
  return *cursor.Read(entity.FindColumn(column));
}

}  // namespace

TEST_CASE("Pager: an answer that is one text is the value of one row", "[query]") {
  CHECK(TextAnswer("user_signatures", "signature", R"("<b>Ann</b>\n")") == SqlValue::Text("<b>Ann</b>\n"));
  CHECK(TextAnswer("webform_html", "html", "<p>\"hi\"</p>") == SqlValue::Text("<p>\"hi\"</p>"));
  CHECK(TextAnswer("file_data", "data", R"("AAECAw==")") == SqlValue::Blob(std::string("\0\1\2\3", 4)));
  // What is no base64 is what it is.
  CHECK(TextAnswer("file_data", "data", "%PDF-1.7 \xff") == SqlValue::Blob("%PDF-1.7 \xff"));
}

TEST_CASE("RowCursor: details are one request for each row that reads them", "[query]") {
  std::vector<std::string> asked;
  bool is_gone = false;
  Server server([&](const std::string& path, const http::QueryParams&) {
    asked.push_back(path);
    if (path == "/v2/emails") return std::string(R"({"emails":[{"id":"1","subject":"a"},{"id":"2","subject":"b"}]})");
    return is_gone ? std::string()
                   : R"({"id":"1","subject":"a","plain_content":"text of )" + path + R"(","html_content":"h"})";
  });
  const Entity& emails = Table("emails");
  const int subject = emails.FindColumn("subject");
  const int plain = emails.FindColumn("plain_content");
  RowCursor cursor = server.Scan("emails");
  REQUIRE(cursor.Start(*ParsePlan(emails, "GET /v2/emails + GET /v2/emails/{id} for each row"), {}).ok());
  CHECK(cursor.Read(subject)->text == "a");
  CHECK(asked == std::vector<std::string>{"/v2/emails"});
  CHECK(cursor.Read(plain)->text == "text of /v2/emails/1");
  CHECK(cursor.Read(emails.FindColumn("html_content"))->text == "h");
  CHECK(cursor.Read(plain)->text == "text of /v2/emails/1");
  CHECK(asked.size() == 2);
  REQUIRE(cursor.Next().ok());
  is_gone = true;
  CHECK(cursor.Read(plain)->IsNull());
  CHECK(cursor.Read(plain)->IsNull());
  CHECK(asked == std::vector<std::string>{"/v2/emails", "/v2/emails/1", "/v2/emails/2"});
}

TEST_CASE("RowCursor: a row that was looked up has its details", "[query]") {
  Server server(
      [](const std::string&, const http::QueryParams&) { return std::string(R"({"id":"1","plain_content":"p"})"); });
  const Entity& emails = Table("emails");
  RowCursor cursor = server.Scan("emails");
  REQUIRE(cursor.Start(*ParsePlan(emails, "GET /v2/emails/{id = ?1}"), {{SqlValue::Integer(1)}}).ok());
  CHECK(cursor.Read(emails.FindColumn("plain_content"))->text == "p");
  CHECK(server.requests() == 1);
}

TEST_CASE("RowCursor: a second request that fails is an error, never a missing value", "[query]") {
  Server server([](const std::string& path, const http::QueryParams&) {
    return std::string(path == "/v2/emails" ? R"({"emails":[{"id":"1"}]})" : "[]");
  });
  const Entity& emails = Table("emails");
  RowCursor cursor = server.Scan("emails");
  REQUIRE(cursor.Start(*ParsePlan(emails, "GET /v2/emails"), {}).ok());
  CHECK(cursor.Read(emails.FindColumn("plain_content")).status().code() == StatusCode::kBadResponse);
}

}  // namespace infusionsoft
