// SPDX-License-Identifier: MIT
#include "query/value_list.h"

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "query/scan_server.h"
#include "query/statement_memory.h"

namespace infusionsoft {
namespace {

constexpr int kContacts = 12;  // four to a page; their e-mail addresses are "1@x" to "12@x"
constexpr char kByEmail[] = "GET /v2/contacts?filter=email=={email IN ?1}&fields=id,email_addresses";

std::string ContactText(int id) {
  const std::string number = std::to_string(id);
  return R"({"id":")" + number + R"(","email_addresses":[{"field":"EMAIL1","email":")" + number + R"(@x"}]})";
}

// "page 2", or the filter.
class Contacts {
 public:
  Contacts() : server_([this](const std::string&, const http::QueryParams& params) { return Answer(params); }) {}

  std::vector<int64_t> Read(const char* plan, const std::vector<Argument>& arguments) {
    const Entity& entity = *Profile::BuiltIn().Find("contacts");
    StatementMemory memory;
    ScanContext context = server_.context("contacts");
    context.memory = &memory;
    context.sizes = &sizes_;
    RowCursor cursor(entity, Profile::BuiltIn(), context, {.page_size = 4});
    std::vector<int64_t> ids;
    Status status = cursor.Start(*ParsePlan(entity, plan), arguments);
    for (; status.ok() && !cursor.AtEnd(); status = cursor.Next()) ids.push_back(cursor.RowId());
    CHECK(status.ok());
    return ids;
  }
  std::vector<std::string> Sent() { return std::exchange(sent_, {}); }
  ListSizes& sizes() { return sizes_; }

 private:
  std::string Answer(const http::QueryParams& params) {
    const std::string filter(http::FindParam(params, "filter"));
    const std::string token(http::FindParam(params, "page_token"));
    const int page = token.empty() ? 1 : std::stoi(token);
    sent_.push_back(filter.empty() ? "page " + std::to_string(page) : filter);
    std::string rows;
    for (int id = 1; id <= kContacts; ++id) {
      const bool is_sought = filter.ends_with("==" + std::to_string(id) + "@x") || filter == "email==any@x";
      if (filter.empty() ? (id + 3) / 4 == page : is_sought) rows += (rows.empty() ? "" : ",") + ContactText(id);
    }
    const bool is_last = !filter.empty() || page == 3;
    return R"({"contacts":[)" + rows + "]" +
           (is_last ? "}" : R"(,"next_page_token":")" + std::to_string(page + 1) + R"("})");
  }

  ListSizes sizes_;
  std::vector<std::string> sent_;
  Server server_;
};

Argument Emails(int count) {
  Argument emails;
  for (int i = 1; i <= count; ++i) emails.push_back(SqlValue::Text(std::to_string(i) + "@x"));
  return emails;
}

using Ids = std::vector<int64_t>;
using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("ValueList: a list that a filter takes whole is none, and of several the shortest is asked for", "[query]") {
  const Entity& entity = *Profile::BuiltIn().Find("contacts");
  const auto plan = [&](const char* text) { return *ParsePlan(entity, text); };
  const QueryPlan whole = plan("GET /v2/contacts?filter=ids=={id IN ?1}&fields=id");
  CHECK(TakeAnyList(entity, whole).argument == 0);
  CHECK(TakeAnyList(entity, whole).plan == whole);
  const QueryPlan two =
      plan("GET /v2/contacts?filter=email=={email IN ?1};given_name=={given_name IN ?2}&fields=id,given_name");
  const ValueList first = TakeShortestList(entity, two, {Emails(2), Emails(3)});
  CHECK(first.argument == 1);
  CHECK(PrintPlan(entity, first.plan) == "GET /v2/contacts?filter=email=={email = ?1}&fields=id,given_name");
  const ValueList second = TakeShortestList(entity, two, {Emails(2), Emails(1)});
  CHECK(second.argument == 2);
  CHECK(PrintPlan(entity, second.plan) == "GET /v2/contacts?filter=given_name=={given_name = ?2}&fields=id,given_name");
}

TEST_CASE("ValueList: each value is a request, and a row that two of them give comes once", "[query]") {
  Contacts contacts;
  contacts.sizes().SawAll("/v2/contacts", 1000);
  CHECK(contacts.Read(kByEmail, {Emails(3)}) == Ids{1, 2, 3});
  CHECK(contacts.Sent() == Texts{"email==1@x", "email==2@x", "email==3@x"});
  CHECK(contacts.Read(kByEmail, {{SqlValue::Text("any@x"), SqlValue::Text("2@x")}}).size() == kContacts);
  CHECK(contacts.Sent().size() == 2);
  CHECK(contacts.Read(kByEmail, {{}}).empty());
  CHECK(contacts.Read(kByEmail, {{SqlValue::Null()}}).empty());
  CHECK(contacts.Sent().empty());
}

TEST_CASE("ValueList: more values than the table is known to have pages are answered by its pages", "[query]") {
  Contacts contacts;
  contacts.sizes().SawAll("/v2/contacts", kContacts);
  CHECK(contacts.Read(kByEmail, {Emails(3)}) == Ids{1, 2, 3});
  CHECK(contacts.Sent() == Texts{"email==1@x", "email==2@x", "email==3@x"});
  CHECK(contacts.Read(kByEmail, {Emails(5)}) == Ids{1, 2, 3, 4, 5});
  CHECK(contacts.Sent() == Texts{"page 1", "page 2", "page 3"});
}

TEST_CASE("ValueList: of a table that was never read, one page says whether it is short", "[query]") {
  Contacts contacts;
  CHECK(contacts.Read(kByEmail, {Emails(2)}) == Ids{1, 2});
  CHECK(contacts.Sent() == Texts{"email==1@x", "email==2@x"});
  CHECK(contacts.Read(kByEmail, {Emails(3)}) == Ids{1, 2, 3});
  CHECK(contacts.Sent() == Texts{"email==1@x", "page 1", "email==2@x", "email==3@x"});
}

TEST_CASE("ValueList: where a LIMIT may end the list, look-ups come first", "[query]") {
  Contacts contacts;
  contacts.sizes().SawAll("/v2/contacts", kContacts);
  const char* plan = "GET /v2/contacts?filter=email=={email IN ?1}&fields=id,email_addresses&page_size={LIMIT ?2}";
  CHECK(contacts.Read(plan, {Emails(5), {SqlValue::Integer(5)}}) == Ids{1, 2, 3, 4, 5});
  CHECK(contacts.Sent() == Texts{"email==1@x", "email==2@x", "email==3@x", "page 1", "page 2", "page 3"});
}

TEST_CASE("ValueList: a list beside another condition is scanned under that condition", "[query]") {
  Contacts contacts;
  const char* plan =
      "GET /v2/contacts?filter=given_name=={given_name = ?2};email=={email IN ?1}&fields=id,email_addresses,given_name";
  contacts.Read(plan, {Emails(5), {SqlValue::Text("11@x")}});
  const Texts sent = contacts.Sent();
  CHECK(std::set<std::string>(sent.begin(), sent.end()).contains("given_name==11@x"));
}

TEST_CASE("ValueList: batches of ids are sent only while they are fewer than the pages of the table", "[query]") {
  const Entity& entity = *Profile::BuiltIn().Find("opportunities");
  Server server([](const std::string&, const http::QueryParams&) { return std::string(R"({"opportunities":[]})"); });
  ListSizes sizes;
  const auto requests = [&] {
    Argument ids;
    for (int i = 0; i < 250; ++i) ids.push_back(SqlValue::Integer(i + 1));
    const size_t before = server.requests();
    ScanContext context = server.context("opportunities");
    context.sizes = &sizes;
    RowCursor cursor(entity, Profile::BuiltIn(), context, {});
    CHECK(cursor.Start(*ParsePlan(entity, "GET /v2/opportunities?filter=ids=={id IN ?1}"), {ids}).ok());
    return server.requests() - before;
  };
  CHECK(requests() == 3);
  sizes.SawAll("/v2/opportunities", 4000);
  CHECK(requests() == 3);
  sizes.SawAll("/v2/opportunities", 0);
  CHECK(requests() == 1);
}

}  // namespace infusionsoft
