// SPDX-License-Identifier: MIT
// Servers that sort in another way than SQLite: an answer is that of an ordinary table with the same rows, or an error.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "list_server.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;
using Rows = std::vector<std::string>;

// The number behind `name` in a query string, or `otherwise`.
size_t NumberIn(const std::string& target, const std::string& name, size_t otherwise) {
  const size_t at = target.find(name + "=");
  return at == std::string::npos ? otherwise : std::stoul(target.substr(at + name.size() + 1));
}

struct Contact {
  int id = 0;
  std::string update_time;  // "": it has none
};

std::string TextOf(const Contact& contact) {
  const std::string id = "{\"id\":\"" + std::to_string(contact.id) + "\"";
  return id + (contact.update_time.empty() ? "}" : ",\"update_time\":\"" + contact.update_time + "\"}");
}

// Contacts in the order of `all`, whatever order is asked for; page_size is honoured up to `cap`.
ListServer::Answer InThisOrder(std::vector<Contact> all, size_t cap = 1000) {
  return [all = std::move(all), cap](const std::string& target) {
    const size_t first = NumberIn(target, "page_token", 0);
    const size_t end = std::min(first + std::min(cap, NumberIn(target, "page_size", 1000)), all.size());
    std::string rows;
    for (size_t i = first; i < end; ++i) rows += (rows.empty() ? "" : ",") + TextOf(all[i]);
    return "{\"contacts\":[" + rows + "],\"next_page_token\":\"" + (end < all.size() ? std::to_string(end) : "") + "\"}";
  };
}

std::vector<Contact> Ids(const std::vector<int>& ids) {
  std::vector<Contact> contacts;
  for (int id : ids) contacts.push_back({id, ""});
  return contacts;
}

void AddUnsorted(ListServer& server) {
  server.database().Run("SELECT infusionsoft_connect('unsorted', '" + server.ConnectionString("OrderPushdown=false") + "')");
  server.database().Run("CREATE VIRTUAL TABLE temp.unsorted USING infusionsoft_contacts(Connection=unsorted)");
}

// Of a statement that must fail because of the order: nothing was delivered.
void CheckRefused(Database& database, const std::string& sql) {
  INFO(sql);
  const Outcome outcome = database.Try(sql);
  CHECK(outcome.code == SQLITE_ERROR);
  CHECK(outcome.rows.empty());
  CHECK_THAT(outcome.error, Contains("infusionsoft_contacts: ") && Contains("order of") && Contains("OrderPushdown=false"));
}

TEST_CASE("ServerOrder: ids in another order are an error before the first row", "[sqlite]") {
  ListServer server(InThisOrder(Ids({22, 20})));
  AddUnsorted(server);
  CheckRefused(server.database(), "SELECT min(id) FROM infusionsoft_contacts");
  CheckRefused(server.database(), "SELECT id FROM infusionsoft_contacts ORDER BY id LIMIT 1");
  CHECK(server.database().Cell("SELECT min(id) FROM unsorted") == "20");
  CHECK(server.database().Cell("SELECT max(id) FROM infusionsoft_contacts") == "22");  // in this order they are
}

TEST_CASE("ServerOrder: ids that are sorted as texts are an error, however few are wanted", "[sqlite]") {
  std::vector<int> few = {1, 10, 100, 2, 3};
  std::vector<int> many;
  for (int id = 1; id <= 1500; ++id) many.push_back(id);
  std::ranges::sort(many, {}, [](int id) { return std::to_string(id); });
  for (const std::vector<int>& ids : {few, many}) {
    ListServer server(InThisOrder(Ids(ids)));
    AddUnsorted(server);
    for (const char* sql : {"SELECT id FROM infusionsoft_contacts ORDER BY id LIMIT 3",
                            "SELECT min(id) FROM infusionsoft_contacts", "SELECT id FROM infusionsoft_contacts ORDER BY id",
                            "SELECT id FROM infusionsoft_contacts WHERE id > 0 ORDER BY id LIMIT 1",
                            "SELECT id FROM infusionsoft_contacts ORDER BY id DESC LIMIT 1"}) {
      CheckRefused(server.database(), sql);
    }
    CHECK(server.database().Run("SELECT id FROM unsorted ORDER BY id LIMIT 3") == Rows{"1", "2", "3"});
  }
}

TEST_CASE("ServerOrder: an ordered list is asked for in pages that show its order, whatever Pagesize says", "[sqlite]") {
  std::vector<int> ids;
  for (int id = 1; id <= 250; ++id) ids.push_back(id);
  const auto page_sizes = [&](const std::string& properties, const std::string& rest) {
    ListServer server(InThisOrder(Ids(ids)), properties);
    server.database().Run("SELECT id FROM infusionsoft_contacts ORDER BY id" + rest);
    Rows sizes;
    for (const std::string& target : server.targets()) sizes.push_back(std::to_string(NumberIn(target, "page_size", 0)));
    return sizes;
  };
  CHECK(page_sizes("", " LIMIT 1") == Rows{"100"});
  CHECK(page_sizes("", " LIMIT 150") == Rows{"150"});
  CHECK(page_sizes("Pagesize=3", " LIMIT 1") == Rows{"100"});
  CHECK(page_sizes("Pagesize=3", "") == Rows{"100", "100", "100"});
  CHECK(page_sizes("Pagesize=200", " LIMIT 1") == Rows{"100"});
  CHECK(page_sizes("Pagesize=200", "") == Rows{"200", "200"});
}

TEST_CASE("ServerOrder: rows without a time are where SQLite has them, or the order is an error", "[sqlite]") {
  const std::vector<Contact> nulls_first = {{1, ""}, {2, "2026-01-02T00:00:00Z"}, {3, "2026-01-01T00:00:00Z"}};
  ListServer first(InThisOrder(nulls_first));
  AddUnsorted(first);
  CheckRefused(first.database(), "SELECT max(update_time) FROM infusionsoft_contacts");
  CheckRefused(first.database(), "SELECT id FROM infusionsoft_contacts ORDER BY update_time DESC LIMIT 1");
  CHECK(first.database().Cell("SELECT max(update_time) FROM unsorted") == "2026-01-02T00:00:00.000Z");
  const std::string since =
      "SELECT id FROM infusionsoft_contacts WHERE update_time > '2025' ORDER BY update_time DESC LIMIT 1";
  CHECK(first.database().Run(since) == Rows{"2"});

  // A page of them says nothing of the next one.
  ListServer pages(InThisOrder({{1, ""}, {2, ""}, {3, "2026-01-01T00:00:00Z"}}, 2));
  CheckRefused(pages.database(), "SELECT max(update_time) FROM infusionsoft_contacts");

  // Last, as SQLite has them in a descending order. In an ascending one they would be first, and SQLite sorts.
  const std::vector<Contact> nulls_last = {{2, "2026-01-02T00:00:00Z"}, {3, "2026-01-01T00:00:00Z"}, {1, ""}};
  ListServer last(InThisOrder(nulls_last));
  CHECK(last.database().Cell("SELECT max(update_time) FROM infusionsoft_contacts") == "2026-01-02T00:00:00.000Z");
  CHECK(last.database().Run("SELECT id FROM infusionsoft_contacts ORDER BY update_time DESC") == Rows{"2", "3", "1"});
  CHECK(last.database().Run("SELECT id FROM infusionsoft_contacts ORDER BY update_time LIMIT 2") == Rows{"1", "3"});
  CHECK(last.database().Cell("SELECT min(update_time) FROM infusionsoft_contacts") == "2026-01-01T00:00:00.000Z");
}

TEST_CASE("ServerOrder: a condition of the pairs of a LEFT JOIN keeps rows without a time", "[sqlite]") {
  ListServer server(InThisOrder({{1, "2026-01-01T00:00:00Z"}, {2, "2026-01-02T00:00:00Z"}, {3, ""}}));
  server.database().Run("CREATE TABLE local(x); INSERT INTO local VALUES (1)");
  for (const char* on : {"c.update_time > '2026'", "c.update_time IS NOT NULL", "c.update_time <> 'x'",
                         "c.update_time IN ('2026-01-01T00:00:00.000Z', '2027')"}) {
    INFO(on);
    const std::string join = std::string("infusionsoft_contacts AS c LEFT JOIN local ON ") + on;
    CHECK(server.database().Run("SELECT c.id FROM " + join + " ORDER BY c.update_time LIMIT 2") == Rows{"3", "1"});
  }
}

// Any order of a list that fits one page, with and without times: never another answer than SQLite's.
TEST_CASE("ServerOrder: whatever the order of a page, an answer is SQLite's or an error that names the cure", "[sqlite]") {
  const unsigned seed = std::random_device()();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const auto below = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
  const char* queries[] = {
      "SELECT id FROM {} ORDER BY id LIMIT 3",
      "SELECT id FROM {} ORDER BY id DESC LIMIT 3",
      "SELECT min(id) FROM {}",
      "SELECT max(id) FROM {}",
      "SELECT update_time FROM {} ORDER BY update_time LIMIT 3",
      "SELECT update_time FROM {} ORDER BY update_time DESC LIMIT 3",
      "SELECT update_time FROM {} WHERE update_time IS NOT NULL ORDER BY update_time LIMIT 3",
      "SELECT update_time FROM {} WHERE update_time > '2026-01-03' ORDER BY update_time DESC LIMIT 3",
      "SELECT min(update_time) FROM {}",
      "SELECT max(update_time) FROM {}",
      "SELECT DISTINCT update_time FROM {} ORDER BY update_time DESC",
      "SELECT update_time, count(*) FROM {} GROUP BY update_time ORDER BY update_time DESC",
      "SELECT max(update_time) FROM {} WHERE id > 2",
      "SELECT update_time IS NULL FROM {} WHERE update_time IS NULL ORDER BY update_time DESC",
      "SELECT update_time FROM {} LEFT JOIN local ON update_time > '2026' ORDER BY update_time LIMIT 3",
      "SELECT update_time FROM {} LEFT JOIN local ON update_time IS NOT NULL ORDER BY update_time LIMIT 3",
  };
  int answers = 0;
  int errors = 0;
  for (int round = 0; round < 60; ++round) {
    std::vector<Contact> contacts;
    for (int id = 1; id <= 1 + below(7); ++id) {
      const bool has_time = below(4) != 0;
      contacts.push_back(
          {id * (1 + below(2) * 9), has_time ? "2026-01-0" + std::to_string(1 + below(6)) + "T00:00:00Z" : ""});
    }
    std::ranges::sort(contacts, {}, &Contact::id);
    const auto have_one_id = [](const Contact& a, const Contact& b) { return a.id == b.id; };
    contacts.erase(std::unique(contacts.begin(), contacts.end(), have_one_id), contacts.end());
    // Sorted one way or the other now and then; NULLs are first or last by that.
    if (below(3) == 0) std::ranges::sort(contacts, {}, &Contact::update_time);
    if (below(3) == 0) std::ranges::reverse(contacts);
    if (below(3) == 0) std::ranges::shuffle(contacts, random);
    ListServer server(InThisOrder(contacts));
    server.database().Run("CREATE TABLE copy AS SELECT * FROM infusionsoft_contacts; CREATE TABLE local(x)");
    for (const std::string query : queries) {
      const auto on = [&](const std::string& table) {
        std::string sql = query;
        sql.replace(sql.find("{}"), 2, table);
        return server.database().Try(sql);
      };
      const Outcome outcome = on("infusionsoft_contacts");
      INFO(query);
      if (outcome.code == SQLITE_OK) {
        ++answers;
        CHECK(outcome.rows == on("copy").rows);
      } else {
        ++errors;
        CHECK_THAT(outcome.error, Contains("OrderPushdown=false"));
        CHECK(outcome.rows.empty());
      }
    }
  }
  CHECK(answers > 100);
  CHECK(errors > 100);
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
