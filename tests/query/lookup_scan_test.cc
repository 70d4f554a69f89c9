// SPDX-License-Identifier: MIT
#include "query/lookup_scan.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "query/scan_server.h"
#include "query/statement_memory.h"

namespace infusionsoft {
namespace {

// Ten tags, 1 to 10, two to a page. Their names repeat: n0, n1, n2, n0, ...
constexpr int kTags = 10;
constexpr int kPages = 5;

std::string TagText(int id) { return R"({"id":")" + std::to_string(id) + R"(","name":"n)" + std::to_string(id % 3) + "\"}"; }

// What was asked for: "7" for a look-up by id, "n1" for one by name, "page 2".
class Tags {
 public:
  Tags() : server_([this](const std::string& path, const http::QueryParams& params) { return Answer(path, params); }) {}

  // The ids that a look-up gives, all in one statement.
  std::vector<int64_t> Find(const char* plan, const SqlValue& value) {
    const Entity& entity = *Profile::BuiltIn().Find("tags");
    ScanContext context = server_.context("tags");
    context.memory = &memory_;
    RowCursor cursor(entity, Profile::BuiltIn(), context, {.page_size = 2});
    std::vector<int64_t> ids;
    Status status = cursor.Start(*ParsePlan(entity, plan), {{value}});
    for (; status.ok() && !cursor.AtEnd(); status = cursor.Next()) ids.push_back(cursor.RowId());
    last_status_ = status;
    return ids;
  }
  std::vector<int64_t> ById(int64_t id) { return Find("GET /v2/tags/{id = ?1}", SqlValue::Integer(id)); }
  std::vector<int64_t> ByName(const std::string& name) {
    return Find("GET /v2/tags?filter=name=={name = ?1}", SqlValue::Text(name));
  }

  // What was asked for since the last call.
  std::vector<std::string> Sent() { return std::exchange(sent_, {}); }
  const Status& last_status() const { return last_status_; }
  void FailAtPage(int page) { failing_page_ = page; }
  // Behind the ten, so many more tags that the list leaves out.
  void LeaveOut(int tags) { left_out_ = tags; }

 private:
  using Ids = std::vector<std::string>;

  std::string Answer(const std::string& path, const http::QueryParams& params) {
    if (path != "/v2/tags") {
      sent_.push_back(path.substr(9));
      const int id = std::stoi(sent_.back());
      return id >= 1 && id <= kTags + left_out_ ? TagText(id) : "";
    }
    const std::string filter(http::FindParam(params, "filter"));
    if (!filter.empty()) {
      sent_.push_back(filter.substr(6));
      return ListOf([&](int id) { return TagText(id).find("\"" + sent_.back() + "\"") != std::string::npos; });
    }
    const std::string token(http::FindParam(params, "page_token"));
    const int page = token.empty() ? 1 : std::stoi(token);
    sent_.push_back("page " + std::to_string(page));
    if (page == failing_page_) return "{\"tags\":[";
    const std::string next = page < kPages ? ",\"next_page_token\":\"" + std::to_string(page + 1) + "\"" : "";
    return ListOf([&](int id) { return (id + 1) / 2 == page; }, next);
  }

  template <typename Wants>
  static std::string ListOf(Wants&& wants, const std::string& tail = "") {
    std::string rows;
    for (int id = 1; id <= kTags; ++id) {
      if (wants(id)) rows += (rows.empty() ? "" : ",") + TagText(id);
    }
    return "{\"tags\":[" + rows + "]" + tail + "}";
  }

  int left_out_ = 0;
  Server server_;
  StatementMemory memory_;
  std::vector<std::string> sent_;
  Status last_status_;
  int failing_page_ = 0;
};

using Sent = std::vector<std::string>;
using Ids = std::vector<int64_t>;

}  // namespace

TEST_CASE("LookupScan: pages and look-ups take turns, and what is known is not asked for", "[query]") {
  Tags tags;
  CHECK(tags.ById(9) == Ids{9});
  CHECK(tags.Sent() == Sent{"9"});
  CHECK(tags.ById(8) == Ids{8});
  CHECK(tags.Sent() == Sent{"page 1", "8"});
  CHECK(tags.ById(9) == Ids{9});  // looked up before
  CHECK(tags.ById(2) == Ids{2});  // in the first page
  CHECK(tags.Sent().empty());
  CHECK(tags.ById(3) == Ids{3});
  CHECK(tags.Sent() == Sent{"page 2"});
  CHECK(tags.ById(70).empty());  // a page has been read for which no look-up was sent
  CHECK(tags.Sent() == Sent{"70"});
  CHECK(tags.ById(70).empty());
  CHECK(tags.Sent().empty());
  CHECK(tags.ById(71).empty());
  CHECK(tags.Sent() == Sent{"page 3", "71"});
  CHECK(tags.ById(72).empty());
  CHECK(tags.Sent() == Sent{"page 4", "72"});
  CHECK(tags.ById(73).empty());  // the last page: absent for certain
  CHECK(tags.Sent() == Sent{"page 5"});
  for (int id = 1; id <= kTags; ++id) CHECK(tags.ById(id) == Ids{id});
  CHECK(tags.ById(99).empty());
  CHECK(tags.Sent().empty());
}

TEST_CASE("LookupScan: what is not unique is known when the scan is complete", "[query]") {
  Tags tags;
  CHECK(tags.ByName("n0") == Ids{3, 6, 9});
  CHECK(tags.ByName("n1") == Ids{1, 4, 7, 10});  // page 1 has only one of them
  CHECK(tags.Sent() == Sent{"n0", "page 1", "n1"});
  CHECK(tags.ByName("n1") == Ids{1, 4, 7, 10});
  CHECK(tags.Sent().empty());
  for (int i = 2; i < kPages; ++i) tags.ByName("none" + std::to_string(i));
  CHECK(tags.Sent() == Sent{"page 2", "none2", "page 3", "none3", "page 4", "none4"});
  CHECK(tags.ByName("n2") == Ids{2, 5, 8});
  CHECK(tags.Sent() == Sent{"page 5"});
  CHECK(tags.ByName("n7").empty());
  CHECK(tags.Sent().empty());
}

TEST_CASE("LookupScan: a page that the statement has read already costs nothing", "[query]") {
  Tags tags;
  CHECK(tags.Find("GET /v2/tags", SqlValue::Null()).size() == kTags);
  CHECK(tags.Sent().size() == kPages);
  CHECK(tags.ById(7) == Ids{7});
  CHECK(tags.ById(70).empty());
  CHECK(tags.ByName("n2") == Ids{2, 5, 8});
  CHECK(tags.Sent().empty());
}

TEST_CASE("LookupScan: a page that fails is the statement's failure", "[query]") {
  Tags tags;
  tags.FailAtPage(1);
  CHECK(tags.ById(9) == Ids{9});
  CHECK(tags.ById(8).empty());
  CHECK(tags.last_status().code() == StatusCode::kBadResponse);
}

TEST_CASE("LookupScan: a scan beyond its bound stops, and the rest is looked up", "[query]") {
  const Entity& entity = *Profile::BuiltIn().Find("tags");
  for (const char* plan : {"GET /v2/tags/{id = ?1}", "GET /v2/tags?filter=name=={name = ?1}"}) {
    INFO(plan);
    int pages = 0;
    Server server([&](const std::string&, const http::QueryParams&) {
      ++pages;
      return "{\"tags\":[" + TagText(2 * pages - 1) + "," + TagText(2 * pages) + "],\"next_page_token\":\"" +
             std::to_string(pages) + "\"}";
    });
    const ScanContext context = server.context("tags");
    const LookupPlan lookup = *PlanLookup(entity, *ParsePlan(entity, plan));
    size_t bytes = 0;
    LookupScan scan(entity, lookup, {{.path = "/v2/tags", .params = {}, .kind = {}}}, {}, bytes, 500);
    for (int i = 0; i < 20; ++i) {
      scan.LookupSent();
      const auto value = lookup.is_unique ? SqlValue::Integer(1000) : SqlValue::Text("none");
      const auto found = scan.Find(context, {value}, 0);
      REQUIRE(found.ok());
      CHECK_FALSE(found->has_value());
    }
    CHECK(pages == 3);  // two rows with their index are more than 200 bytes
    const auto known = scan.Find(context, {lookup.is_unique ? SqlValue::Integer(2) : SqlValue::Text("n2")}, 0);
    // A unique row that was read is still there; of others it is not known which are all.
    CHECK(known->has_value() == lookup.is_unique);
    CHECK((bytes == 0) == !lookup.is_unique);
  }
}

TEST_CASE("LookupScan: of a local copy, rows beyond the bound are found in a file", "[query]") {
  const Entity& entity = *Profile::BuiltIn().Find("tags");
  Server server([&](const std::string&, const http::QueryParams& params) {
    const std::string token(http::FindParam(params, "page_token"));
    const int page = token.empty() ? 1 : std::stoi(token);
    return "{\"tags\":[" + TagText(2 * page - 1) + "," + TagText(2 * page) + "]" +
           (page < 50 ? ",\"next_page_token\":\"" + std::to_string(page + 1) + "\"" : "") + "}";
  });
  const ScanContext context = server.context("tags");
  const LookupPlan lookup = *PlanLookup(entity, *ParsePlan(entity, "local copy of GET /v2/tags where {name = ?1}"));
  size_t bytes = 0;
  LookupScan scan(entity, lookup, {{.path = "/v2/tags", .params = {}, .kind = ""}}, ScanLength(), bytes, 5'000);
  CHECK_FALSE(scan.Find(context, {SqlValue::Text("n1")}, 0)->has_value());  // the first look-up may be the only one
  const auto found = scan.Find(context, {SqlValue::Text("n1")}, 0);
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  CHECK((*found)->size() == 34);
  const auto rows = scan.ReadRows(**found);
  REQUIRE(rows.ok());
  REQUIRE(rows->size() == 34);
  for (size_t i = 0; i < rows->size(); ++i) {
    CHECK(rows->At(i).Text() == TagText(static_cast<int>(3 * i) + 1));
  }
  CHECK(bytes < 12'000);  // the index of all rows, and the texts of fewer than half
  CHECK(bytes > 100 * (32 + 16 + 8));  // of each row a node, a place and a bucket: the index stays
}

TEST_CASE("LookupScan: an answer of many rows comes in parts, and in the order that is asked for", "[query]") {
  constexpr int kRows = 2500;
  Server server([&](const std::string&, const http::QueryParams& params) {
    std::string rows;
    for (int i = 0; i < kRows; ++i) {
      rows +=
          (i > 0 ? "," : "") + std::string(R"({"id":")") + std::to_string(1 + i * 7 % kRows) + R"(","given_name":"same"})";
    }
    return "{\"contacts\":[" + (http::FindParam(params, "filter").empty() ? rows : "") + "]}";
  });
  const Entity& entity = *Profile::BuiltIn().Find("contacts");
  StatementMemory memory;
  const auto find = [&](const std::string& order, const char* name) {
    ScanContext context = server.context("contacts");
    context.memory = &memory;
    RowCursor cursor(entity, Profile::BuiltIn(), context, {});
    Ids ids;
    const std::string plan = "GET /v2/contacts?filter=given_name=={given_name = ?1}" + order + "&fields=id,given_name";
    Status status = cursor.Start(*ParsePlan(entity, plan), {{SqlValue::Text(name)}});
    for (; status.ok() && !cursor.AtEnd(); status = cursor.Next()) ids.push_back(cursor.RowId());
    CHECK(status.ok());
    return ids;
  };
  find("", "other");
  CHECK(find("", "same").size() == kRows);
  const Ids up = find("&order_by=id asc", "same");
  const Ids down = find("&order_by=id desc", "same");
  CHECK(up.size() == kRows);
  CHECK(std::ranges::is_sorted(up));
  CHECK(Ids(up.rbegin(), up.rend()) == down);
  CHECK(server.requests() == 2);
}

TEST_CASE("LookupScan: an unclear value is not taken for the row that is sought", "[query]") {
  Server server([](const std::string& path, const http::QueryParams& params) -> std::string {
    if (path == "/v2/tags/7") return R"({"id":"7"})";
    if (path != "/v2/tags") return {};
    return http::FindParam(params, "page_token").empty() ? R"({"tags":[{"id":"+7"}],"next_page_token":"2"})"
                                                         : R"({"tags":[]})";
  });
  const Entity& entity = *Profile::BuiltIn().Find("tags");
  StatementMemory memory;
  Ids ids;
  for (const int64_t id : {5, 7}) {
    ScanContext context = server.context("tags");
    context.memory = &memory;
    RowCursor cursor(entity, Profile::BuiltIn(), context, {});
    REQUIRE(cursor.Start(*ParsePlan(entity, "GET /v2/tags/{id = ?1}"), {{SqlValue::Integer(id)}}).ok());
    if (!cursor.AtEnd()) ids.push_back(cursor.RowId());
  }
  CHECK(ids == Ids{7});
}

TEST_CASE("LookupScan: a value that compares in more ways than one is in every answer", "[query]") {
  Server server([](const std::string&, const http::QueryParams&) {
    return std::string(R"({"tags":[{"id":"5"},{"id":"5x"},{"id":"6"},{"name":"x"}]})");
  });
  const Entity& entity = *Profile::BuiltIn().Find("tags");
  size_t bytes = 0;
  LookupScan scan(entity, *PlanLookup(entity, *ParsePlan(entity, "GET /v2/tags/{id = ?1}")),
                  {{.path = "/v2/tags", .params = {}, .kind = {}}}, {}, bytes);
  scan.LookupSent();
  const ScanContext context = server.context("tags");
  CHECK(**scan.Find(context, {SqlValue::Integer(5)}, 0) == std::vector<uint32_t>{0, 1});
  CHECK(**scan.Find(context, {SqlValue::Integer(6)}, 0) == std::vector<uint32_t>{1, 2});
  CHECK(**scan.Find(context, {SqlValue::Integer(7)}, 0) == std::vector<uint32_t>{1});
  CHECK_FALSE(scan.Find(context, {SqlValue::Text("7")}, 0)->has_value());
}

TEST_CASE("LookupScan: a list that leaves out what a look-up found does not tell of absence", "[query]") {
  Tags tags;
  tags.LeaveOut(3);
  CHECK(tags.ById(11) == std::vector<int64_t>{11});
  for (int64_t id = 1; id <= kTags; ++id) CHECK(tags.ById(id) == std::vector<int64_t>{id});
  for (int64_t id = 100; id < 110; ++id) CHECK(tags.ById(id).empty());  // the list is read to its end meanwhile
  tags.Sent();
  CHECK(tags.ById(12) == std::vector<int64_t>{12});
  CHECK(tags.Sent() == std::vector<std::string>{"12"});
  CHECK(tags.ById(5) == std::vector<int64_t>{5});
  CHECK(tags.Sent().empty());
  CHECK(tags.ById(13) == std::vector<int64_t>{13});
  CHECK(tags.ById(200).empty());
}

}  // namespace infusionsoft
