// SPDX-License-Identifier: MIT
// Rowids of 6 bits: of 65 keys two have one rowid. Then there is an error, and never a row less.
#include <catch2/catch.hpp>
#include <string>

#include "answering_server.h"

namespace infusionsoft::sqlite_test {
namespace {

// Rows from `first` on, as one page.
std::string Rows(const char* items, const std::string& before, int first, int count, const std::string& after) {
  std::string rows;
  for (int i = first; i < first + count; ++i) rows += (rows.empty() ? "" : ",") + before + std::to_string(i) + after;
  return "{\"" + std::string(items) + "\":[" + rows + "]}";
}

// 40 addresses have opted in, and 40 others have not.
std::string Addresses(const std::string& target) {
  const bool in =
      target.find("opted_in==true") != std::string::npos || target.find("opted_in%3D%3Dtrue") != std::string::npos;
  const bool out =
      target.find("opted_in==false") != std::string::npos || target.find("opted_in%3D%3Dfalse") != std::string::npos;
  const std::string after = std::string("@example.com\",\"opted_in\":") + (in ? "true}" : "false}");
  if (in || out) return Rows("email_addresses", "{\"email\":\"a", in ? 0 : 40, 40, after);
  return Rows("email_addresses", "{\"email\":\"a", 0, 80, after);
}

bool IsCollision(const Outcome& outcome) {
  return outcome.code == SQLITE_ERROR && outcome.error.find("same rowid") != std::string::npos;
}

}  // namespace

TEST_CASE("WeakRowIds: two keys with one rowid are an error in every scan of a statement", "[weak]") {
  AnsweringServer server(Addresses);
  Database& database = server.Connected();
  CHECK(IsCollision(database.Try("SELECT count(*) FROM infusionsoft_email_addresses")));
  CHECK(IsCollision(database.Try("SELECT email FROM infusionsoft_email_addresses WHERE opted_in = 1 OR opted_in = 0")));
  CHECK(
      IsCollision(database.Try("SELECT count(*) FROM infusionsoft_email_addresses AS a JOIN infusionsoft_email_addresses AS "
                               "b ON a.rowid = b.rowid")));
  CHECK(
      IsCollision(database.Try("SELECT count(*) FROM infusionsoft_email_addresses AS a "
                               "FULL JOIN infusionsoft_email_addresses AS b ON a.email = b.email")));
}

TEST_CASE("WeakRowIds: a statement that reads fewer keys is right or an error, also beside another one", "[weak]") {
  AnsweringServer server(Addresses);
  Database& database = server.Connected();
  int right = 0;
  for (int i = 0; i < 30; ++i) {
    const std::string n = std::to_string(i);
    const Outcome outcome = database.Try(
        "SELECT count(*) FROM infusionsoft_email_addresses WHERE opted_in = 1 AND email < 'a" + n + "' LIMIT 1");
    CHECK((IsCollision(outcome) || outcome.code == SQLITE_OK));
    if (outcome.code == SQLITE_OK) ++right;
  }
  CHECK((right == 0 || right == 30));  // the same keys each time
}

TEST_CASE("WeakRowIds: rows without a key as well, and none where the key is a number", "[weak]") {
  AnsweringServer server([](const std::string& target) {
    if (target.find("/tags") != std::string::npos) return Rows("tags", "{\"id\":\"", 1, 300, "\"}");
    if (target.find("contact_id") != std::string::npos)
      return Rows("transactions", "{\"contact_id\":\"1\",\"amount\":\"", 5, 1, "\"}");
    return Rows("transactions", "{\"amount\":\"", 0, 65, "\"}");
  });
  Database& database = server.Connected();
  CHECK(IsCollision(database.Try("SELECT sum(amount) FROM infusionsoft_transactions")));
  CHECK(database.Cell("SELECT sum(amount) FROM infusionsoft_transactions WHERE contact_id = 1") == "5.0");
  CHECK(database.Cell("SELECT count(*), count(DISTINCT rowid) FROM infusionsoft_tags") == "300|300");
}

}  // namespace infusionsoft::sqlite_test
