// SPDX-License-Identifier: MIT
// The rows of lists whose server promises less than one would like: no key, half a key, ends that come too early.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "answering_server.h"

namespace infusionsoft::sqlite_test {
namespace {

using Rows = std::vector<std::string>;

size_t NumberIn(const std::string& target, const std::string& name) {
  const size_t at = target.find(name + "=");
  return at == std::string::npos ? 0 : std::stoul(target.substr(at + name.size() + 1));
}

// `rows` as pages by token.
Answer Pages(const std::string& items, const Rows& rows) {
  return [=](const std::string& target) {
    const size_t first = NumberIn(target, "page_token");
    const size_t last = std::min(rows.size(), first + NumberIn(target, "page_size"));
    std::string page;
    for (size_t i = first; i < last; ++i) page += (page.empty() ? "" : ",") + rows[i];
    return "{\"" + items + "\":[" + page + "],\"next_page_token\":\"" + (last < rows.size() ? std::to_string(last) : "") +
           "\"}";
  };
}

const std::string kTen = R"({"amount":"10","status":"FAILED","contact_id":"1"})";
const Rows kTransactions = {kTen, kTen, kTen, kTen, kTen, R"({"amount":"20","status":"FAILED","contact_id":"2"})"};

}  // namespace

TEST_CASE("ListRows: rows without a key are those of the list, whatever the size of its pages", "[sqlite]") {
  AnsweringServer server(Pages("transactions", kTransactions));
  for (const char* page_size : {"1", "2", "3", "4", "6", "1000"}) {
    INFO("Pagesize=" << page_size);
    Database& database = server.Connected(";Pagesize=" + std::string(page_size));
    CHECK(database.Cell("SELECT count(*), sum(amount) FROM infusionsoft_transactions") == "6|70.0");
    CHECK(database.Run("SELECT amount, count(*) FROM infusionsoft_transactions GROUP BY 1") == Rows{"10.0|5", "20.0|1"});
    CHECK(database.Cell("SELECT count(DISTINCT rowid) FROM infusionsoft_transactions") == "6");
    // SQLite reads each side of an OR by itself, and tells by the rowid which rows both have.
    CHECK(database.Cell(
              "SELECT count(*), sum(amount) FROM infusionsoft_transactions WHERE contact_id = 1 OR status = 'FAILED'") ==
          "6|70.0");
    CHECK(database.Cell("SELECT count(*) FROM infusionsoft_transactions AS a JOIN infusionsoft_transactions AS b "
                        "ON a.rowid = b.rowid") == "6");
    CHECK(database.Cell("SELECT count(*) FROM (SELECT 1 FROM infusionsoft_transactions LIMIT 4)") == "4");
    CHECK(database.Cell("SELECT count(*) FROM (SELECT 1 FROM infusionsoft_transactions WHERE amount = 10 LIMIT 3)") == "3");
  }
}

TEST_CASE("ListRows: rows that lack a part of their key are all there", "[sqlite]") {
  AnsweringServer server(Pages("contacts", {R"({"id":"1","email_addresses":[{"field":null,"email":"a@example.com"},)"
                                            R"({"email":"b@example.com"},{"field":"EMAIL1","email":"c@example.com"}]})"}));
  Database& database = server.Connected();
  const std::string from = " FROM infusionsoft_contact_email_addresses ";
  CHECK(database.Run("SELECT email" + from + "ORDER BY 1") == Rows{"a@example.com", "b@example.com", "c@example.com"});
  CHECK(database.Cell("SELECT count(*)" + from) == "3");
  CHECK(database.Run("SELECT email" + from + "WHERE contact_id = 1 OR field IS NULL OR email LIKE 'c%' ORDER BY 1") ==
        Rows{"a@example.com", "b@example.com", "c@example.com"});
  CHECK(
      database.Run("SELECT b.email FROM infusionsoft_contact_email_addresses AS a JOIN infusionsoft_contact_email_addresses "
                   "AS b ON a.rowid = b.rowid WHERE a.field IS NULL ORDER BY 1") == Rows{"a@example.com", "b@example.com"});
}

TEST_CASE("ListRows: a row needs the key that is the rowid, and has no rowid where it is no number", "[sqlite]") {
  AnsweringServer odd(Pages("tags", {R"({"id":"x","name":"a"})", R"({"id":"7","name":"b"})"}));
  CHECK(odd.Connected().Cell("SELECT count(*) FROM infusionsoft_tags") == "2");
  AnsweringServer without(Pages("tags", {R"({"name":"a"})", R"({"id":"7","name":"b"})"}));
  for (Database* database : {&odd.Connected(), &without.Connected()}) {
    const Outcome outcome = database->Try("SELECT rowid FROM infusionsoft_tags WHERE name = 'a'");
    CHECK(outcome.code == SQLITE_ERROR);
    CHECK(outcome.error.find("infusionsoft_tags") != std::string::npos);
    CHECK(outcome.error.find(" id") != std::string::npos);
  }
}

TEST_CASE("ListRows: two rows of one page with one key are an error", "[sqlite]") {
  AnsweringServer server(Pages("tags", {R"({"id":"7","name":"a"})", R"({"id":"7","name":"b"})"}));
  const Outcome outcome = server.Connected().Try("SELECT name FROM infusionsoft_tags");
  CHECK(outcome.code == SQLITE_ERROR);
  CHECK(outcome.rows.empty());
  CHECK(outcome.error.find("id=7") != std::string::npos);
}

TEST_CASE("ListRows: a list below a parent that loses its second page is an error, a parent that is not there no rows",
          "[sqlite]") {
  AnsweringServer server([](const std::string& target) -> std::string {
    if (target.find("/contacts/5/") == std::string::npos || target.find("page_token") != std::string::npos) return "";
    return R"({"tags":[{"tag":{"id":"1","name":"a"}}],"next_page_token":"x"})";
  });
  Database& database = server.Connected();
  const Outcome outcome = database.Try("SELECT name FROM infusionsoft_contact_tags WHERE contact_id = 5");
  CHECK(outcome.code == SQLITE_ERROR);
  CHECK(outcome.error.find("404") != std::string::npos);
  CHECK(database.Run("SELECT name FROM infusionsoft_contact_tags WHERE contact_id = 6").empty());
}

TEST_CASE("ListRows: a list by offset that ends before its count is an error in every query that reads it", "[sqlite]") {
  AnsweringServer server([](const std::string& target) {
    const bool first = target.find("offset=") == std::string::npos;
    return std::string(first ? R"({"products":[{"id":1},{"id":2}],"count":"3"})" : R"({"products":[],"count":"3"})");
  });
  Database& database = server.Connected();
  for (const char* query : {"SELECT count(*) FROM infusionsoft_v1_products", "SELECT max(id) FROM infusionsoft_v1_products",
                            "SELECT id FROM infusionsoft_v1_products WHERE id > 1 ORDER BY id DESC LIMIT 1"}) {
    INFO(query);
    const Outcome outcome = database.Try(query);
    CHECK(outcome.code == SQLITE_ERROR);
    CHECK(outcome.rows.empty());
  }
}

}  // namespace infusionsoft::sqlite_test
