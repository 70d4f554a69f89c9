// SPDX-License-Identifier: MIT
#include "query/read_ahead.h"

#include <catch2/catch.hpp>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "profile/profile.h"
#include "query/fetch.h"
#include "query/query_plan.h"
#include "query/row_cursor.h"
#include "query/scan_server.h"
#include "query/statement_memory.h"

namespace infusionsoft {
namespace {

FetchRequest Note(size_t number) { return {.path = "/v2/notes/" + std::to_string(number), .params = {}, .page = {}}; }

// A scan that may need notes 0 to `size` - 1, in this order.
class Notes {
 public:
  Notes(size_t max, size_t size) : ahead_(max), size_(size) {
    context_.memory = &memory_;
    context_.ahead = &ahead_;
  }

  // Needs one, after those that are passed over. Its body is its own.
  void Need(size_t number) {
    ahead_.Prepare(context_, Note(number), [&](size_t count) {
      std::vector<FetchRequest> expected;
      for (size_t next = number + 1; next < size_ && expected.size() < count; ++next) expected.push_back(Note(next));
      return expected;
    });
    const Result<Fetched> fetched = Fetch(context_, Note(number), Keep::kYes);
    REQUIRE(fetched.ok());
    CHECK(fetched->answer->document.root().Member("path").String() == Note(number).path);
  }
  size_t sent() { return server_.requests(); }
  // The next request for it alone.
  void Refuse(size_t number) { refused_ = Note(number).path; }

 private:
  std::string Answer(const std::string& path) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (path != refused_) return R"({"path":")" + path + "\"}";
    refused_.clear();
    return "refused";
  }

  std::mutex mutex_;
  std::string refused_;
  Server server_{[this](const std::string& path, const http::QueryParams&) { return Answer(path); }};
  StatementMemory memory_;
  ScanContext context_ = server_.context("notes");
  ReadAhead ahead_;
  const size_t size_;
};

TEST_CASE("ReadAhead: what is used up doubles what is sent for", "[query]") {
  Notes notes(4, 100);
  const std::vector<size_t> sent_after = {1, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15};
  for (size_t i = 0; i < sent_after.size(); ++i) {
    notes.Need(i);
    CHECK(notes.sent() == sent_after[i]);
  }
}

TEST_CASE("ReadAhead: one at a time is nothing ahead", "[query]") {
  Notes notes(1, 100);
  for (size_t i = 0; i < 5; ++i) notes.Need(i);
  CHECK(notes.sent() == 5);
}

TEST_CASE("ReadAhead: nothing is sent twice, nor beyond the last", "[query]") {
  Notes notes(8, 10);
  for (size_t i = 0; i < 10; ++i) notes.Need(i);
  CHECK(notes.sent() == 10);
}

TEST_CASE("ReadAhead: what the statement remembers is not sent for, and is no waste", "[query]") {
  Notes notes(4, 9);
  notes.Need(4);
  CHECK(notes.sent() == 1);
  for (size_t i = 0; i < 9; ++i) notes.Need(i);
  CHECK(notes.sent() == 9);
}

TEST_CASE("ReadAhead: what fails ahead of its turn is asked for anew in its turn", "[query]") {
  Notes notes(4, 9);
  notes.Refuse(2);
  for (size_t i = 0; i < 9; ++i) notes.Need(i);
}

TEST_CASE("ReadAhead: after an answer that nobody wanted one request goes alone", "[query]") {
  Notes notes(8, 100);
  for (size_t i = 0; i < 3; ++i) notes.Need(i);
  CHECK(notes.sent() == 3);
  notes.Need(3);  // and 4, 5, 6
  CHECK(notes.sent() == 7);
  notes.Need(5);
  notes.Need(6);
  CHECK(notes.sent() == 7);
  notes.Need(7);
  CHECK(notes.sent() == 8);
  notes.Need(20);
  CHECK(notes.sent() == 10);  // 21 with it: what went alone was used up
}

TEST_CASE("ReadAhead: fewer answers are wasted than used, whatever is passed over", "[query]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 200; ++round) {
    const size_t max = 2 + random() % 15;
    const size_t percent = random() % 100;
    const size_t size = 1 + random() % 200;
    Notes notes(max, size);
    size_t needed = 0;
    for (size_t i = 0; i < size; ++i) {
      if (random() % 100 < percent) continue;
      notes.Need(i);
      ++needed;
    }
    INFO(max << " at once, " << needed << " needed of " << size << ", " << notes.sent() << " sent");
    CHECK((needed == 0 || notes.sent() < 2 * needed));
  }
}

// Below two parents: of 20 lead sources only the first two and the last one have what the third list stands below.
TEST_CASE("ReadAhead: parents are not sent for ahead", "[query]") {
  const Entity& entity = *Profile::BuiltIn().Find("lead_source_recurring_expense_expenses");
  const auto sent = [&](int max_concurrency) {
    Server server([](const std::string& path, const http::QueryParams&) -> std::string {
      if (path.ends_with("/expenses")) return R"({"lead_source_expenses":[{"id":"1"}]})";
      if (path == "/v2/leadSources") {
        std::string rows;
        for (int i = 1; i <= 20; ++i) rows += (i > 1 ? "," : "") + (R"({"id":")" + std::to_string(i)) + "\"}";
        return "{\"lead_sources\":[" + rows + "]}";
      }
      const bool has_any = path.find("/1/") != path.npos || path.find("/2/") != path.npos || path.find("/20/") != path.npos;
      return has_any ? R"({"lead_source_recurring_expenses":[{"id":"7"}]})" : R"({"lead_source_recurring_expenses":[]})";
    });
    RowCursor cursor = server.Scan(entity.name.c_str(), {.max_concurrency = max_concurrency});
    const char* const plan =
        "GET /v2/leadSources/{each lead_source_recurring_expenses.lead_source_id}/recurringExpenses/"
        "{each lead_source_recurring_expenses.id}/expenses";
    REQUIRE(cursor.Start(*ParsePlan(entity, plan), {}).ok());
    REQUIRE(cursor.Next().ok());  // to the second row, of the second list
    REQUIRE_FALSE(cursor.AtEnd());
    return server.requests();
  };
  CHECK(sent(1) == 5);
  CHECK(sent(8) == 5);
}

TEST_CASE("ReadAhead: a bound on requests is for those that are needed", "[query]") {
  Server server([](const std::string&, const http::QueryParams&) { return "{}"; });
  server.budget().max = 100;
  const ScanContext context = server.context("notes");
  ReadAhead ahead(8);
  for (size_t i = 0; i < 4; ++i) {
    ahead.Prepare(context, Note(i), [](size_t) {
      FAIL("nothing is expected");
      return std::vector<FetchRequest>();
    });
  }
  CHECK(server.requests() == 0);
}

}  // namespace
}  // namespace infusionsoft
