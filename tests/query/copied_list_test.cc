// SPDX-License-Identifier: MIT
// Copies without a file and without a network: when one is made, and what becomes of it.
#include "query/copied_list.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "query/memory_store.h"
#include "query/scan_server.h"
#include "query/statement_memory.h"

namespace infusionsoft {
namespace {

using Catch::Contains;
using namespace std::chrono_literals;

// Five tags, two to a page, whose list can fail behind its first page.
class Tags {
 public:
  Tags() : server_([this](const std::string& path, const http::QueryParams& params) { return Answer(path, params); }) {
    copies_.store = store_;
  }

  // The rows of one statement, or its error.
  std::string Read(const char* plan = "local copy of GET /v2/tags", const std::vector<Argument>& arguments = {}) {
    StatementMemory memory;
    return ReadIn(memory, plan, arguments);
  }
  std::string ReadIn(StatementMemory& memory, const char* plan = "local copy of GET /v2/tags",
                     const std::vector<Argument>& arguments = {}) {
    const Entity& entity = *Profile::BuiltIn().Find("tags");
    ScanContext context = server_.context("infusionsoft_tags");
    context.memory = &memory;
    context.copies = &copies_;
    context.cancellation = cancellation_;
    RowCursor cursor(entity, Profile::BuiltIn(), context, {.page_size = 2});
    std::string rows;
    Status status = cursor.Start(*ParsePlan(entity, plan), arguments);
    for (; status.ok() && !cursor.AtEnd(); status = cursor.Next()) rows += std::to_string(cursor.RowId()) + " ";
    return status.ok() ? rows : status.message();
  }

  std::string Answer(const std::string& path, const http::QueryParams& params) {
    if (path != "/v2/tags") return "";
    if (on_answer_) on_answer_();
    const std::string token(http::FindParam(params, "page_token"));
    const int page = token.empty() ? 0 : std::stoi(token);
    if (page > 0 && is_broken_) return "{";
    std::string text;
    for (int id = 2 * page + 1; id <= std::min(2 * page + 2, tags_); ++id) {
      text += (text.empty() ? "" : ",") + std::string(R"({"id":")") + std::to_string(id) + R"("})";
    }
    const bool has_more = 2 * page + 2 < tags_;
    return R"({"tags":[)" + text + "]" + (has_more ? R"(,"next_page_token":")" + std::to_string(page + 1) + "\"" : "") + "}";
  }

  FakeClock clock_;
  Log log_;
  std::shared_ptr<MemoryStore> store_ = std::make_shared<MemoryStore>();
  std::optional<std::string> grant_ = "A";         // the store's
  std::optional<std::string> grant_in_use_ = "A";  // of the next request
  LocalCopies copies_{nullptr, "owner", [this] { return grant_; }, [this] { return grant_in_use_; }, 600s, false,
                      clock_,  log_};
  int tags_ = 5;
  bool is_broken_ = false;
  std::function<void()> on_answer_;
  Cancellation cancellation_;
  Server server_;
};

TEST_CASE("CopiedList: a copy answers until it is older than the tolerance", "[query]") {
  Tags tags;
  CHECK(tags.Read() == "1 2 3 4 5 ");
  CHECK(tags.server_.requests() == 3);
  tags.tags_ = 6;
  tags.clock_.Advance(600s);
  CHECK(tags.Read() == "1 2 3 4 5 ");
  CHECK(tags.server_.requests() == 3);
  tags.clock_.Advance(1ms);
  CHECK(tags.Read() == "1 2 3 4 5 6 ");
  CHECK(tags.server_.requests() == 6);
  tags.clock_.Advance(-1h);  // the clock was wrong
  CHECK(tags.Read() == "1 2 3 4 5 6 ");
  CHECK(tags.server_.requests() == 9);
}

TEST_CASE("CopiedList: its age counts from before the first request", "[query]") {
  Tags tags;
  const WallTime before = tags.clock_.Now();
  tags.Read();
  CHECK(tags.store_->copies.begin()->second->info.copied_at == before);
}

TEST_CASE("CopiedList: one statement copies a list once, however long it runs", "[query]") {
  Tags tags;
  tags.copies_.tolerance = 0s;
  StatementMemory memory;
  CHECK(tags.ReadIn(memory) == "1 2 3 4 5 ");
  tags.clock_.Advance(1h);
  CHECK(tags.ReadIn(memory) == "1 2 3 4 5 ");
  CHECK(tags.server_.requests() == 3);
  CHECK(tags.Read() == "1 2 3 4 5 ");
  CHECK(tags.server_.requests() == 6);
}

TEST_CASE("CopiedList: a statement reads one version of a list, whether it remembers it or not", "[query]") {
  const size_t max_answer_bytes = GENERATE(AnswerCache::kMaxBytes, 0);
  CAPTURE(max_answer_bytes);
  Tags tags;
  StatementMemory memory(max_answer_bytes);
  CHECK(tags.ReadIn(memory) == "1 2 3 4 5 ");
  tags.tags_ = 3;
  tags.clock_.Advance(1h);
  CHECK(tags.Read() == "1 2 3 ");
  const size_t sent = tags.server_.requests();
  CHECK(tags.ReadIn(memory) == "1 2 3 4 5 ");
  tags.store_->copies.clear();
  CHECK(tags.ReadIn(memory) == "1 2 3 4 5 ");
  CHECK(tags.server_.requests() == sent);
}

TEST_CASE("CopiedList: no snapshot is held while a list is copied for the first time", "[query]") {
  Tags tags;
  tags.Read();
  tags.clock_.Advance(1h);
  tags.on_answer_ = [&] { CHECK(tags.store_->OpenSnapshots() == 0); };
  CHECK(tags.Read() == "1 2 3 4 5 ");
  CHECK(tags.store_->OpenSnapshots() == 0);
}

TEST_CASE("CopiedList: a download that fails leaves the older copy, and says how old it is", "[query]") {
  Tags tags;
  tags.Read();
  tags.clock_.Advance(700s);
  tags.is_broken_ = true;
  CHECK_THAT(tags.Read(),
             Contains("is not JSON") && Contains("; there is a local copy of 700 seconds ago, which Offline=true reads"));
  CHECK(tags.store_->made == 1);
  tags.copies_.offline = true;
  const size_t sent = tags.server_.requests();
  CHECK(tags.Read() == "1 2 3 4 5 ");
  CHECK(tags.server_.requests() == sent);
}

TEST_CASE("CopiedList: an interrupt keeps the older copy", "[query]") {
  Tags tags;
  tags.Read();
  tags.clock_.Advance(700s);
  tags.tags_ = 6;
  // Asked before each request: the second page is not sent for any more.
  const size_t sent = tags.server_.requests();
  tags.cancellation_ =
      Cancellation([](void* server) { return static_cast<Server*>(server)->requests() > 3; }, &tags.server_);
  CHECK(tags.Read() == "interrupted");
  CHECK(tags.server_.requests() == sent + 1);
  CHECK(tags.store_->made == 1);
  tags.cancellation_ = Cancellation();
  CHECK(tags.Read() == "1 2 3 4 5 6 ");
}

TEST_CASE("CopiedList: offline, what has no copy is an error", "[query]") {
  Tags tags;
  tags.copies_.offline = true;
  CHECK(tags.Read() ==
        "Offline=true, and there is no local copy of GET /v2/tags; connect with AutoCache=true instead, and read the table "
        "once");
  CHECK(tags.server_.requests() == 0);
}

TEST_CASE("CopiedList: a copy is of the sign-in that it was made by, and no other one reads it", "[query]") {
  Tags tags;
  tags.grant_ = tags.grant_in_use_ = std::nullopt;
  tags.on_answer_ = [&] { tags.grant_ = tags.grant_in_use_ = "A"; };  // the first request signs in
  CHECK(tags.Read() == "1 2 3 4 5 ");
  tags.on_answer_ = nullptr;
  CHECK(tags.Read() == "1 2 3 4 5 ");
  CHECK(tags.server_.requests() == 3);
  tags.grant_ = tags.grant_in_use_ = "B";
  tags.tags_ = 2;
  tags.copies_.offline = true;
  CHECK_THAT(tags.Read(), Contains("there is no local copy"));
  tags.copies_.offline = false;
  CHECK(tags.Read() == "1 2 ");
  CHECK(tags.store_->copies.size() == 1);
  CHECK(tags.Read() == "1 2 ");
  CHECK(tags.server_.requests() == 4);
}

TEST_CASE("CopiedList: where somebody signs in during the download, nothing is kept", "[query]") {
  Tags tags;
  tags.Read();
  tags.clock_.Advance(1h);
  const auto before = tags.store_->copies;
  tags.on_answer_ = [&] { tags.grant_in_use_ = "B"; };
  CHECK(tags.Read() ==
        "somebody signed in while GET /v2/tags was copied, so whose data it is cannot be said; run the statement again");
  CHECK(tags.store_->copies == before);
}

TEST_CASE("CopiedList: where it cannot be said who is signed in, no copy is read", "[query]") {
  Tags tags;
  tags.Read();
  const size_t sent = tags.server_.requests();
  tags.copies_.grant = [] { return InvalidArgument("the token file is damaged"); };
  CHECK(tags.Read() == "the token file is damaged");
  CHECK(tags.server_.requests() == sent);
}

TEST_CASE("CopiedList: look-ups find rows in the copy, the first one by reading it", "[query]") {
  Tags tags;
  const char* plan = "local copy of GET /v2/tags where {id = ?1}";
  StatementMemory memory;
  CHECK(tags.ReadIn(memory, plan, {{SqlValue::Integer(3)}}) == "1 2 3 4 5 ");  // a superset: SQLite picks
  CHECK(tags.ReadIn(memory, plan, {{SqlValue::Integer(4)}}) == "4 ");
  CHECK(tags.ReadIn(memory, plan, {{SqlValue::Real(2)}}) == "2 ");
  CHECK(tags.ReadIn(memory, plan, {{SqlValue::Integer(6)}}).empty());
  CHECK(tags.ReadIn(memory, plan, {{SqlValue::Null()}}).empty());
  CHECK(tags.ReadIn(memory, plan, {{SqlValue::Text("4x")}}) == "1 2 3 4 5 ");  // only SQLite knows what equals that
  CHECK(tags.server_.requests() == 3);
}

TEST_CASE("CopiedList: a list that the server does not know is an error, and no copy", "[query]") {
  Server server([](const std::string&, const http::QueryParams&) { return ""; });
  FakeClock clock;
  Log log;
  const auto store = std::make_shared<MemoryStore>();
  const auto nobody = [] { return std::optional<std::string>(""); };
  const LocalCopies copies{store, "owner", nobody, nobody, 600s, false, clock, log};
  const auto read = [&](const char* table, const char* plan, const std::vector<Argument>& arguments) {
    const Entity& entity = *Profile::BuiltIn().Find(table);
    ScanContext context = server.context(table);
    context.copies = &copies;
    RowCursor cursor(entity, Profile::BuiltIn(), context, {});
    const Status status = cursor.Start(*ParsePlan(entity, plan), arguments);
    return status.ok() ? cursor.AtEnd() ? std::string("no rows") : "rows" : status.message();
  };
  CHECK_THAT(read("tags", "local copy of GET /v2/tags", {}), Contains("does not know this list (404)"));
  CHECK(store->made == 0);
  // Below a parent it is an answer, and is kept.
  const char* children = "local copy of GET /v2/contacts/{contact_id = ?1}/tags";
  CHECK(read("contact_tags", children, {{SqlValue::Integer(5)}}) == "no rows");
  CHECK(store->made == 1);
  const size_t sent = server.requests();
  CHECK(read("contact_tags", children, {{SqlValue::Integer(5)}}) == "no rows");
  CHECK(server.requests() == sent);
}

}  // namespace
}  // namespace infusionsoft
