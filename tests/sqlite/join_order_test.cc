// SPDX-License-Identifier: MIT
// Which table SQLite reads first, by the requests that each order takes: with and without ANALYZE, and with what the session
// has seen of the lists' sizes.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

constexpr char kContacts[] = "infusionsoft_contacts";
constexpr char kOrders[] = "infusionsoft_orders";

// 60 contacts in 6 pages, and a local table with the ids of some of them.
class Joined {
 public:
  explicit Joined(int rows) {
    account_.Run("CREATE TABLE local(contact_id INTEGER, v INTEGER)");
    account_.Run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(rows) +
                 ") INSERT INTO local SELECT 100 + i * 7, i FROM n");
  }

  Account& account() { return account_; }

  // The first table of the plan.
  std::string Outer(const std::string& sql) {
    const std::vector<std::string> plan = account_.Run("EXPLAIN QUERY PLAN " + sql);
    REQUIRE_FALSE(plan.empty());
    const std::string& first = plan[0];
    for (const char* table : {"local", "c ", "o "}) {
      if (first.find(std::string("SCAN ") + table) != std::string::npos) return std::string(table).substr(0, 5);
      if (first.find(std::string("SEARCH ") + table) != std::string::npos) return std::string(table).substr(0, 5);
    }
    return first;
  }

 private:
  Account account_{"Pagesize=10"};
};

const std::string kByContact =
    std::string("SELECT count(*) FROM local JOIN ") + kContacts + " AS c ON c.id = local.contact_id";

}  // namespace

TEST_CASE("JoinOrder: a table that nobody has analysed is not taken for a reason to scan", "[sqlite]") {
  Joined joined(3);
  CHECK(joined.Outer(kByContact) == "local");
  // Three keys: at most twice three requests. The whole table would be six pages here, and any number elsewhere.
  CHECK(joined.account().Requests(kByContact) <= 5);
  for (const char* sql :
       {"SELECT count(*) FROM local JOIN infusionsoft_orders AS o USING (contact_id)",
        "SELECT count(*) FROM local JOIN infusionsoft_contacts AS c ON c.email = local.v || '@example.com'"}) {
    INFO(sql);
    CHECK(joined.Outer(sql) == "local");
  }
}

TEST_CASE("JoinOrder: with ANALYZE, the order with fewer requests", "[sqlite]") {
  Joined few(3);
  few.account().Run("ANALYZE");
  CHECK(few.Outer(kByContact) == "local");
  Joined many(3000);
  many.account().Run("ANALYZE");
  CHECK(many.Outer(kByContact) == "c ");
  CHECK(many.account().Requests(kByContact) == 6);
}

TEST_CASE("JoinOrder: what was seen of a list decides in the same session", "[sqlite]") {
  // 15 look-ups are more than six pages, and fewer than those of an account of the usual size.
  Joined joined(15);
  joined.account().Run("ANALYZE");
  CHECK(joined.Outer(kByContact) == "local");
  joined.account().Run("SELECT count(*) FROM infusionsoft_contacts");
  CHECK(joined.Outer(kByContact) == "c ");
  // A list that was not read to its end is that long at least.
  Joined other(1500);
  other.account().Run("ANALYZE");
  CHECK(other.Outer(kByContact) == "c ");
}

TEST_CASE("JoinOrder: a short table is read whole, and its rows look up the other", "[sqlite]") {
  Joined joined(3);
  joined.account().Run(
      "DROP TABLE local; SELECT count(*) FROM infusionsoft_orders; SELECT count(*) FROM infusionsoft_contacts");
  const std::string join =
      std::string("SELECT count(*) FROM ") + kContacts + " AS c JOIN " + kOrders + " AS o ON o.contact_id = c.id";
  // A condition that leaves few rows comes first, whichever table it is on.
  CHECK(joined.Outer(join + " WHERE c.email = 'x@example.com'") == "c ");
  CHECK(joined.Outer(join + " WHERE o.id = 5") == "o ");
  CHECK(joined.Outer(join + " WHERE o.id IN (5, 6) AND c.family_name LIKE 'a%'") == "o ");
}

}  // namespace infusionsoft::sqlite_test
