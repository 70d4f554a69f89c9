// SPDX-License-Identifier: MIT
// Which rows are the same: rows without a key, with a part of one, with a key twice, and keys whose hashes are the same.
#include "query/row_identity.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "query/row_cursor.h"
#include "query/scan_server.h"
#include "query/statement_memory.h"

namespace infusionsoft {
namespace {

const Entity& Table(const char* name) { return *Profile::BuiltIn().Find(name); }

struct Scan {
  std::vector<std::string> values;
  std::vector<int64_t> row_ids;
  Status status;
};

// The values of `column`, as text.
Scan Read(Server& server, const char* table, const char* column, const char* plan,
          const std::vector<Argument>& arguments = {}, int page_size = 0, StatementMemory* memory = nullptr) {
  ScanContext context = server.context(table);
  context.memory = memory;
  RowCursor cursor(Table(table), Profile::BuiltIn(), context, {.page_size = page_size});
  Scan scan;
  const Result<QueryPlan> parsed = ParsePlan(Table(table), plan);
  REQUIRE(parsed.ok());
  for (scan.status = cursor.Start(*parsed, arguments); scan.status.ok() && !cursor.AtEnd(); scan.status = cursor.Next()) {
    const SqlValue value = cursor.Column(Table(table).FindColumn(column));
    scan.values.push_back(
        value.kind == SqlValue::Kind::kText
            ? value.text
            : FormatDouble(value.kind == SqlValue::Kind::kInteger ? static_cast<double>(value.integer) : value.real));
    scan.row_ids.push_back(cursor.RowId());
  }
  return scan;
}

// `rows` as a list by token, whose pages have as many as are asked for.
Server Paged(const char* items, std::vector<std::string> rows) {
  return Server([items, rows](const std::string&, const http::QueryParams& params) {
    const auto number = [&](const char* name) {
      return static_cast<size_t>(ParseInt64(http::FindParam(params, name)).value_or(0));
    };
    const size_t first = number("page_token");
    const size_t last = std::min(rows.size(), first + number("page_size"));
    std::string page;
    for (size_t i = first; i < last; ++i) page += (page.empty() ? "" : ",") + rows[i];
    const std::string token = last < rows.size() ? std::to_string(last) : "";
    return "{\"" + std::string(items) + "\":[" + page + "],\"next_page_token\":\"" + token + "\"}";
  });
}

size_t Distinct(const std::vector<int64_t>& ids) { return std::set(ids.begin(), ids.end()).size(); }

const std::vector<std::string> kTransactions = {R"({"amount":"10"})", R"({"amount":"10"})", R"({"amount":"10"})",
                                                R"({"amount":"10"})", R"({"amount":"10"})", R"({"amount":"20"})"};

}  // namespace

TEST_CASE("RowIdentity: equal rows without a key are as many as the list has, whatever the size of the pages", "[query]") {
  for (const int page_size : {1, 2, 3, 4, 5, 6, 1000}) {
    INFO("pages of " << page_size);
    Server server = Paged("transactions", kTransactions);
    const Scan scan = Read(server, "transactions", "amount", "GET /v2/sales/transactions", {}, page_size);
    CHECK(scan.status.ok());
    CHECK(scan.values == std::vector<std::string>{"10", "10", "10", "10", "10", "20"});
    CHECK(Distinct(scan.row_ids) == 6);
  }
}

TEST_CASE("RowIdentity: a list that starts again with whole pages counts its equal rows from its beginning", "[query]") {
  Server server = Paged("transactions", kTransactions);
  const Scan scan =
      Read(server, "transactions", "amount", "GET /v2/sales/transactions?page_size={LIMIT ?1}", {{SqlValue::Integer(2)}});
  CHECK(scan.status.ok());
  CHECK(scan.values == std::vector<std::string>{"10", "10", "10", "10", "10", "20"});
}

TEST_CASE("RowIdentity: scans of one statement give a row without a key the same rowid, whatever their filters", "[query]") {
  StatementMemory memory;
  Server server([](const std::string&, const http::QueryParams& params) {
    const std::string two = R"({"amount":"10","status":"FAILED"},{"status":"FAILED","amount":"10"})";
    const std::string one = R"({"amount":"30","status":"ERROR"})";
    // One filter is followed, the other one is not.
    const bool is_narrow = http::FindParam(params, "filter").find("FAILED") != std::string_view::npos;
    return "{\"transactions\":[" + (is_narrow ? two : one + "," + two) + "]}";
  });
  const Scan narrow = Read(server, "transactions", "amount", "GET /v2/sales/transactions?filter=status=={status = ?1}",
                           {{SqlValue::Text("FAILED")}}, 0, &memory);
  const Scan wide = Read(server, "transactions", "amount", "GET /v2/sales/transactions?filter=status=={status = ?1}",
                         {{SqlValue::Text("ERROR")}}, 0, &memory);
  REQUIRE(narrow.row_ids.size() == 2);
  REQUIRE(wide.row_ids.size() == 3);
  CHECK(Distinct(wide.row_ids) == 3);
  CHECK(std::vector<int64_t>(wide.row_ids.begin() + 1, wide.row_ids.end()) == narrow.row_ids);
}

TEST_CASE("RowIdentity: rows that lack their key, or a part of it, are told apart by what they say", "[query]") {
  const std::string contact =
      R"({"id":"1","email_addresses":[{"field":null,"email":"a@example.com"},{"email":"b@example.com"},)"
      R"({"field":"EMAIL1","email":"c@example.com"},{"email":"b@example.com"}]})";
  Server server = Paged("contacts", {contact, R"({"id":"2","email_addresses":[{"email":"b@example.com"}]})"});
  for (const int page_size : {1, 1000}) {
    const Scan scan =
        Read(server, "contact_email_addresses", "email", "GET /v2/contacts?fields=id,email_addresses", {}, page_size);
    CHECK(scan.status.ok());
    CHECK(scan.values ==
          std::vector<std::string>{"a@example.com", "b@example.com", "c@example.com", "b@example.com", "b@example.com"});
    CHECK(Distinct(scan.row_ids) == 5);
  }
}

TEST_CASE("RowIdentity: rows without a part of their key come with their item, and not again when it does", "[query]") {
  const std::string contact =
      R"({"id":"1","email_addresses":[{"email":"a@example.com"},{"email":"a@example.com"},{"field":"EMAIL1","email":"b"}]})";
  const std::string other = R"({"id":"2","email_addresses":[{"email":"a@example.com"}]})";
  Server server = Paged("contacts", {contact, other, contact});
  const Scan scan = Read(server, "contact_email_addresses", "email", "GET /v2/contacts?fields=id,email_addresses", {}, 2);
  CHECK(scan.status == Status());
  CHECK(scan.values == std::vector<std::string>{"a@example.com", "a@example.com", "b", "a@example.com"});
}

TEST_CASE("RowIdentity: a row whose table has its key as the rowid needs that key, and has no rowid where it is no number",
          "[query]") {
  Server server = Paged("tags", {R"({"id":"x"})", R"({"id":"7","name":"c"})", R"({"id":"-7"})", R"({"name":"a"})"});
  RowCursor cursor = server.Scan("tags");
  REQUIRE(cursor.Start(*ParsePlan(Table("tags"), "GET /v2/tags"), {}).ok());
  CHECK_FALSE(cursor.HasRowId());
  for (const int64_t number : {7, -7}) {
    REQUIRE(cursor.Next().ok());
    CHECK(cursor.HasRowId());
    CHECK(cursor.RowId() == number);
  }
  const Status status = cursor.Next();
  CHECK(status.code() == StatusCode::kBadResponse);
  CHECK(status.message().find("has no id") != std::string::npos);
}

TEST_CASE("RowIdentity: two rows of one page with one key are an error that names the key", "[query]") {
  struct Case {
    const char* table;
    const char* plan;
    const char* items;
    std::vector<std::string> rows;
    const char* named;
  };
  for (const Case& one : {
           Case{"tags",
                "GET /v2/tags",
                "tags",
                {R"({"id":"5","name":"a"})", R"({"id":"6"})", R"({"id":"5","name":"b"})"},
                "id=5"},
           Case{"email_addresses",
                "GET /v2/emailAddresses",
                "email_addresses",
                {R"({"email":"a"})", R"({"email":"a"})"},
                "email=a"},
           Case{"contact_email_addresses",
                "GET /v2/contacts?fields=id,email_addresses",
                "contacts",
                {R"({"id":"1","email_addresses":[{"field":"EMAIL1","email":"a"},{"field":"EMAIL1","email":"b"}]})"},
                "contact_id=1, field=EMAIL1"},
           Case{"contact_tag_ids",
                "GET /v2/contacts?fields=id,tag_ids",
                "contacts",
                {R"({"id":"1","tag_ids":["3","3"]})"},
                "contact_id=1, tag_id=3"},
       }) {
    INFO(one.table);
    Server server = Paged(one.items, one.rows);
    const Scan scan = Read(server, one.table, Table(one.table).key[0].c_str(), one.plan);
    CHECK(scan.values.empty());
    CHECK(scan.status.code() == StatusCode::kBadResponse);
    CHECK(scan.status.message().find(one.named) != std::string::npos);
  }
}

TEST_CASE(
    "RowIdentity: a key that comes again with other values is an error where the API does not promise that it is one row",
    "[query]") {
  const std::string first = R"({"email":"a","status":"MANUAL"})";
  const std::string other = R"({"email":"b"})";
  const auto read = [&](const std::string& again) {
    Server server = Paged("email_addresses", {first, other, again});
    return Read(server, "email_addresses", "email", "GET /v2/emailAddresses", {}, 2);
  };
  const Scan same = read(R"({"status":"MANUAL","email":"a"})");
  CHECK(same.status.ok());
  CHECK(same.values == std::vector<std::string>{"a", "b"});
  const Scan changed = read(R"({"email":"a","status":"SYSTEM"})");
  CHECK(changed.status.code() == StatusCode::kBadResponse);
  CHECK(changed.status.message().find("same key") != std::string::npos);
  // One tag can be asked for by its number.
  Server tags = Paged("tags", {R"({"id":"1","name":"old"})", R"({"id":"2","name":"b"})", R"({"id":"1","name":"new"})"});
  CHECK(Read(tags, "tags", "name", "GET /v2/tags", {}, 2).values == std::vector<std::string>{"old", "b"});
}

namespace {

std::vector<std::string> Addresses(int first, int count) {
  std::vector<std::string> rows;
  for (int i = first; i < first + count; ++i) rows.push_back(R"({"email":"a)" + std::to_string(i) + R"(@example.com"})");
  return rows;
}

std::shared_ptr<RowIdsOfTables> WeakIds(int bits) {
  return std::make_shared<RowIdsOfTables>(RowHash(KeyedHash(std::string(KeyedHash::kKeyBytes, 'k')), bits));
}

}  // namespace

TEST_CASE("RowIdentity: two keys with one hash are an error, never a lost row, in one scan and in two of a statement",
          "[query]") {
  const char* plan = "GET /v2/emailAddresses";
  Server some = Paged("email_addresses", Addresses(0, 40));
  Server others = Paged("email_addresses", Addresses(40, 40));
  StatementMemory memory(AnswerCache::kMaxBytes, WeakIds(5));  // 32 rowids
  const Scan scan = Read(some, "email_addresses", "email", plan, {}, 0, &memory);
  CHECK(scan.status.code() == StatusCode::kInternal);
  CHECK(scan.values.size() < 40);

  StatementMemory roomy(AnswerCache::kMaxBytes, WeakIds(11));  // enough for either half, and not for both
  bool is_found = Read(some, "email_addresses", "email", plan, {}, 0, &roomy).status.code() == StatusCode::kInternal;
  for (int i = 1; i < 8 && !is_found; ++i) {
    Server more = Paged("email_addresses", Addresses(40 * i, 40));
    const Scan next = Read(more, "email_addresses", "email", plan, {}, 0, &roomy);
    is_found = next.status.code() == StatusCode::kInternal;
    CHECK((is_found || next.values.size() == 40));
  }
  CHECK(is_found);
}

TEST_CASE("RowIdentity: numbers are their own rowids, whatever the hash", "[query]") {
  std::vector<std::string> rows;
  for (int i = 0; i < 200; ++i) rows.push_back("{\"id\":\"" + std::to_string(i) + "\"}");
  rows.push_back(R"({"id":"no number"})");
  Server server = Paged("tags", rows);
  StatementMemory memory(AnswerCache::kMaxBytes, WeakIds(1));
  const Scan scan = Read(server, "tags", "id", "GET /v2/tags", {}, 50, &memory);
  CHECK(scan.status.ok());
  CHECK(scan.row_ids.size() == 201);
  CHECK(Distinct(scan.row_ids) == 201);
}

TEST_CASE(
    "RowIdentity: a row of another table that lacks a part of the key is an error, one without a parent none of the table's",
    "[query]") {
  Server server([](const std::string&, const http::QueryParams&) {
    return std::string(R"({"contacts":[{"tag_ids":["1"]},{"id":"2","tag_ids":["1"]},{"id":"3","tag_ids":[null]}]})");
  });
  RowCursor cursor(Table("contact_tag_ids"), Profile::BuiltIn(), server.context("contact_tags"),
                   {.shown_as = Profile::BuiltIn().Find("contact_tags")});
  REQUIRE(cursor.Start(*ParsePlan(Table("contact_tag_ids"), "GET /v2/contacts?fields=id,tag_ids"), {}).ok());
  CHECK(cursor.Column(Table("contact_tag_ids").FindColumn("contact_id")).integer == 2);
  CHECK(cursor.Next().message().find("tag_id") != std::string::npos);
}

}  // namespace infusionsoft
