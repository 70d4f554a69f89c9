// SPDX-License-Identifier: MIT
#include "query/answer_cache.h"

#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "query/scan_server.h"
#include "query/statement_memory.h"

namespace infusionsoft {
namespace {

std::shared_ptr<const ApiAnswer> AnswerOf(size_t bytes) {
  auto answer = std::make_shared<ApiAnswer>();
  answer->text = std::string(bytes, 'x');
  return answer;
}

// The ids of all tags, read through `memory`.
std::vector<int64_t> Scan(Server& server, StatementMemory* memory) {
  const Entity& entity = *Profile::BuiltIn().Find("tags");
  ScanContext context = server.context("tags");
  context.memory = memory;
  RowCursor cursor(entity, Profile::BuiltIn(), context, {});
  std::vector<int64_t> ids;
  Status status = cursor.Start(*ParsePlan(entity, "GET /v2/tags"), {});
  for (; status.ok() && !cursor.AtEnd(); status = cursor.Next()) ids.push_back(cursor.RowId());
  REQUIRE(status.ok());
  return ids;
}

}  // namespace

TEST_CASE("AnswerCache: an answer is found by its list and its page", "[query]") {
  AnswerCache cache;
  const auto first = AnswerOf(1);
  const auto second = AnswerOf(1);
  cache.Insert("a", "", first);
  cache.Insert("a", "page_token=x", second);
  CHECK(cache.Find("a", "") == first);
  CHECK(cache.Find("a", "page_token=x") == second);
  CHECK(cache.Find("a", "page_token=y") == nullptr);
  CHECK(cache.Find("b", "") == nullptr);
}

TEST_CASE("AnswerCache: a list that does not fit is forgotten as a whole, and not kept again", "[query]") {
  AnswerCache cache(10'000);
  cache.Insert("small", "", AnswerOf(1000));
  for (int page = 0; page < 20; ++page) cache.Insert("large", std::to_string(page), AnswerOf(1000));
  CHECK(cache.bytes() < 3000);
  for (int page = 0; page < 20; ++page) CHECK(cache.Find("large", std::to_string(page)) == nullptr);
  CHECK(cache.Find("small", "") != nullptr);
  cache.Insert("large", "0", AnswerOf(10));
  CHECK(cache.Find("large", "0") == nullptr);
  cache.Insert("other", "", AnswerOf(1000));
  CHECK(cache.Find("other", "") != nullptr);
}

TEST_CASE("AnswerCache: it never holds more than its bound, however small the answers are", "[query]") {
  AnswerCache cache(50'000);
  size_t most = 0;
  for (int i = 0; i < 10'000; ++i) {
    cache.Insert("list" + std::to_string(i), "", AnswerOf(0));
    most = std::max(most, cache.bytes());
  }
  CHECK(most <= 50'000);
  CHECK(cache.Find("list0", "") != nullptr);
  CHECK(cache.Find("list9999", "") == nullptr);
}

TEST_CASE("AnswerCache: the text of a page and its tree count", "[query]") {
  const Result<json::Document> document = json::Document::Parse("[" + std::string(100'000, ' ') + "{\"a\":1}]");
  REQUIRE(document.ok());
  CHECK(document->memory_bytes() > 100'000);
  CHECK(json::Document().memory_bytes() == 0);
}

TEST_CASE("Fetch: a list that was read is not sent for again, and gives the same rows", "[query]") {
  Server server([](const std::string&, const http::QueryParams& params) {
    const bool is_first = http::FindParam(params, "page_token").empty();
    return std::string(is_first ? R"({"tags":[{"id":"1"},{"id":"2"}],"next_page_token":"b"})" : R"({"tags":[{"id":"3"}]})");
  });
  StatementMemory memory;
  CHECK(Scan(server, &memory) == std::vector<int64_t>{1, 2, 3});
  CHECK(Scan(server, &memory) == std::vector<int64_t>{1, 2, 3});
  CHECK(server.requests() == 2);
  Scan(server, nullptr);
  CHECK(server.requests() == 4);
  StatementMemory other;
  Scan(server, &other);
  CHECK(server.requests() == 6);
}

TEST_CASE("Fetch: what failed is asked for again", "[query]") {
  int requests = 0;
  Server server([&](const std::string&, const http::QueryParams&) {
    return std::string(++requests == 1 ? "{\"tags\":[" : R"({"tags":[{"id":"1"}]})");
  });
  StatementMemory memory;
  const Entity& entity = *Profile::BuiltIn().Find("tags");
  ScanContext context = server.context("tags");
  context.memory = &memory;
  RowCursor cursor(entity, Profile::BuiltIn(), context, {});
  CHECK(cursor.Start(*ParsePlan(entity, "GET /v2/tags"), {}).code() == StatusCode::kBadResponse);
  CHECK(Scan(server, &memory) == std::vector<int64_t>{1});
  CHECK(requests == 2);
}

TEST_CASE("Fetch: two accounts do not answer for each other", "[query]") {
  const auto serving = [](const char* id) {
    return [id](const std::string&, const http::QueryParams&) { return std::string(R"({"tags":[{"id":")") + id + "\"}]}"; };
  };
  Server one(serving("1"));
  Server two(serving("2"));
  StatementMemory memory;
  CHECK(Scan(one, &memory) == std::vector<int64_t>{1});
  CHECK(Scan(two, &memory) == std::vector<int64_t>{2});
}

TEST_CASE("Fetch: that an object does not exist is remembered", "[query]") {
  size_t look_ups = 0;
  Server server([&](const std::string& path, const http::QueryParams&) {
    if (path == "/v2/tags") return std::string(R"({"tags":[]})");
    ++look_ups;
    return std::string();
  });
  StatementMemory memory;
  const Entity& entity = *Profile::BuiltIn().Find("tags");
  for (int i = 0; i < 2; ++i) {
    ScanContext context = server.context("tags");
    context.memory = &memory;
    RowCursor cursor(entity, Profile::BuiltIn(), context, {});
    REQUIRE(cursor.Start(*ParsePlan(entity, "GET /v2/tags/{id = ?1}"), {{SqlValue::Integer(9)}}).ok());
    CHECK(cursor.AtEnd());
  }
  CHECK(look_ups == 1);
}

}  // namespace infusionsoft
