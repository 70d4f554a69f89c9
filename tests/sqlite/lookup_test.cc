// SPDX-License-Identifier: MIT
// Joins and subqueries that look rows up one key after another: the same answers as over ordinary tables, for at most twice
// the better of one request for each distinct key and one scan.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

std::string With(std::string sql, const std::string& name, const std::string& value) {
  for (size_t at = sql.find(name); at != std::string::npos; at = sql.find(name, at + value.size()))
    sql.replace(at, name.size(), value);
  return sql;
}

struct Case {
  const char* table;   // of which TABLE stands for the virtual one or for its copy
  const char* column;  // what is looked up
  const char* scan;    // one scan of the fields that the look-up needs
  const char* sql;
};

const Case kCases[] = {
    {"contacts", "id", "SELECT count(given_name) FROM TABLE",
     "SELECT l.n, l.key, c.given_name FROM local AS l LEFT JOIN TABLE AS c ON c.id = l.key ORDER BY l.n"},
    {"contacts", "id", "SELECT count(email) FROM TABLE",
     "SELECT l.n, (SELECT email FROM TABLE AS c WHERE c.id = l.key) FROM local AS l ORDER BY l.n"},
    {"contacts", "id", "SELECT count(*) FROM TABLE",
     "SELECT l.n FROM local AS l WHERE NOT EXISTS (SELECT 1 FROM TABLE AS c WHERE c.id = l.key) ORDER BY l.n"},
    {"contacts", "email", "SELECT count(email) FROM TABLE",
     "SELECT l.n, c.id FROM local AS l LEFT JOIN TABLE AS c ON c.email = l.key ORDER BY l.n, c.id"},
    {"contacts", "email", "SELECT count(email) FROM TABLE",
     "SELECT l.n FROM local AS l WHERE EXISTS (SELECT 1 FROM TABLE AS c WHERE c.email = l.key) ORDER BY l.n"},
    {"orders", "contact_id", "SELECT count(total) FROM TABLE",
     "SELECT l.n, o.id, o.total FROM local AS l LEFT JOIN TABLE AS o ON o.contact_id = l.key ORDER BY l.n, o.id"},
    {"orders", "contact_id", "SELECT count(total) FROM TABLE",
     "SELECT l.n, (SELECT o.id FROM TABLE AS o WHERE o.contact_id = l.key ORDER BY o.id DESC LIMIT 1) FROM local AS l ORDER "
     "BY l.n"},
    {"order_items", "order_id", "SELECT count(name) FROM TABLE",
     "SELECT l.n, i.id, i.name FROM local AS l LEFT JOIN TABLE AS i ON i.order_id = l.key ORDER BY l.n, i.id"},
};

// SQL texts of `count` keys: of the column's values, in no order, and every third one that no row has.
std::vector<std::string> Keys(Account& account, const Case& each, int count, std::mt19937& random) {
  const std::string column = each.column;
  std::vector<std::string> values =
      account.Run("SELECT DISTINCT quote(" + column + ") FROM copy WHERE " + column + " IS NOT NULL");
  std::ranges::shuffle(values, random);
  std::vector<std::string> keys;
  for (int i = 0; i < count; ++i) {
    const bool is_absent = i % 3 == 2 || values.empty();
    const std::string number = std::to_string(900'000'000 + i);
    keys.push_back(!is_absent ? values.back() : column == "email" ? "'nobody" + number + "@example.com'" : number);
    if (!is_absent) values.pop_back();
  }
  return keys;
}

// A local table in which each of the keys stands, again and again up to that many rows, and two rows without a key.
void MakeLocal(Account& account, const std::vector<std::string>& keys, int rows) {
  std::string values = "(-1, NULL), (-2, NULL)";
  for (int n = 0; n < rows; ++n)
    values += ", (" + std::to_string(n) + ", " + keys[static_cast<size_t>(n) % keys.size()] + ")";
  account.Run(
      "DROP TABLE IF EXISTS temp.local; CREATE TEMP TABLE local(n INTEGER PRIMARY KEY, key); INSERT INTO local VALUES " +
      values);
}

// One request for each key, or more where the answer to one has several pages.
uint64_t RequestsOfKeys(Account& account, const Case& each, const std::vector<std::string>& keys) {
  uint64_t requests = 0;
  for (const std::string& key : keys) {
    account.Run("DROP TABLE temp.local; CREATE TEMP TABLE local(n INTEGER PRIMARY KEY, key); INSERT INTO local VALUES (1, " +
                key + ")");
    requests += account.Requests(With(each.sql, "TABLE", std::string("infusionsoft_") + each.table));
  }
  return requests;
}

void CheckSize(Account& account, const Case& each, int distinct, int rows, std::mt19937& random) {
  const std::string table = std::string("infusionsoft_") + each.table;
  const std::vector<std::string> keys = Keys(account, each, distinct, random);
  const uint64_t pages = account.Requests(With(each.scan, "TABLE", table));
  MakeLocal(account, keys, rows);
  const std::vector<std::string> expected = account.Run(With(each.sql, "TABLE", "copy"));
  const uint64_t requests = account.Requests(With(each.sql, "TABLE", table));
  INFO(each.sql);
  INFO(distinct << " keys, " << rows << " rows, " << pages << " pages");
  CHECK(account.last_rows() == expected);
  const uint64_t of_keys = RequestsOfKeys(account, each, keys);
  // The look-up that completes a scan may have several pages.
  const uint64_t slack = of_keys - keys.size();
  CHECK(requests <= 2 * std::min(of_keys, pages + slack));
  if (distinct == 1) CHECK(requests == of_keys);
}

}  // namespace

TEST_CASE("Look-ups: at most twice the better of keys and pages, and the answers of SQLite", "[sqlite]") {
  std::mt19937 random(1);
  for (const int page_size : {3, 10, 1000}) {
    Account account("Pagesize=" + std::to_string(page_size));
    for (const Case& each : kCases) {
      account.Run("DROP TABLE IF EXISTS temp.copy; CREATE TEMP TABLE copy AS SELECT * FROM infusionsoft_" +
                  std::string(each.table));
      for (const int distinct : {1, 2, 3, 8, 30, 90}) {
        CheckSize(account, each, distinct, distinct, random);
        CheckSize(account, each, distinct, 4 * distinct, random);
      }
    }
  }
}

TEST_CASE("Look-ups: many rows of few keys are few requests", "[sqlite]") {
  Account account;
  account.Run("CREATE TEMP TABLE few AS SELECT id FROM infusionsoft_contacts LIMIT 5");
  account.Run(
      "CREATE TEMP TABLE many AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) SELECT id, "
      "i FROM few, n");
  CHECK(account.Requests("SELECT count(c.id) FROM many LEFT JOIN infusionsoft_contacts AS c ON c.id = many.id") == 2);
  CHECK(account.last_rows() == std::vector<std::string>{"20000"});
  CHECK(account.Requests(
            "SELECT count((SELECT family_name FROM infusionsoft_contacts AS c WHERE c.id = many.id)) FROM many") == 2);
  // Children are looked up below their parent, each of them once.
  CHECK(
      account.Requests(
          "SELECT count(DISTINCT many.id) FROM many LEFT JOIN infusionsoft_contact_notes AS n ON n.contact_id = many.id") ==
      5);
}

TEST_CASE("Look-ups: lists below parents that are not there cost no more than twice all parents", "[sqlite]") {
  Account account("Pagesize=25");  // 60 contacts: 3 pages
  account.Run("CREATE TEMP TABLE copy AS SELECT contact_id, tag_id, name FROM infusionsoft_contact_tags");
  account.Run("CREATE TEMP TABLE c AS SELECT id FROM infusionsoft_contacts");
  account.Run("CREATE TEMP TABLE local(n INTEGER PRIMARY KEY, key); INSERT INTO local(key) SELECT id FROM c");
  const std::string sql = "SELECT l.n, t.name FROM local AS l LEFT JOIN TABLE AS t ON t.contact_id = l.key ORDER BY 1, 2";
  // Parents that are there cost their list each, and nothing else.
  CHECK(account.Requests(With(sql, "TABLE", "infusionsoft_contact_tags")) == 60);
  CHECK(account.last_rows() == account.Run(With(sql, "TABLE", "copy")));
  account.Run("INSERT INTO local(key) SELECT 900000000 + id FROM c UNION ALL SELECT 800000000 + id FROM c");
  CHECK(account.Requests(With(sql, "TABLE", "infusionsoft_contact_tags")) == 60 + 3 + 3);
  CHECK(account.last_rows() == account.Run(With(sql, "TABLE", "copy")));
  account.Run("DELETE FROM local WHERE n > 61");
  CHECK(account.Requests(With(sql, "TABLE", "infusionsoft_contact_tags")) == 61);
}

TEST_CASE("Look-ups: what is compared besides the key may differ from row to row", "[sqlite]") {
  Account account("Pagesize=10");
  account.Run("CREATE TEMP TABLE copy AS SELECT * FROM infusionsoft_orders");
  account.Run(
      "CREATE TEMP TABLE local AS SELECT row_number() OVER (ORDER BY since DESC) AS n, contact_id, t.since FROM "
      "(SELECT DISTINCT contact_id FROM copy WHERE contact_id IS NOT NULL), "
      "(SELECT min(creation_time) AS since FROM copy UNION ALL SELECT max(creation_time) FROM copy) AS t ORDER BY since "
      "DESC");
  const std::string sql =
      "SELECT l.n, o.id FROM local AS l LEFT JOIN TABLE AS o ON o.contact_id = l.contact_id AND o.creation_time >= l.since "
      "ORDER BY 1, 2";
  account.Requests(With(sql, "TABLE", "infusionsoft_orders"));
  CHECK(account.last_rows() == account.Run(With(sql, "TABLE", "copy")));
}

TEST_CASE("Look-ups: a composite key is found in the list that has a part of it", "[sqlite]") {
  Account account;
  account.Run("CREATE TEMP TABLE notes AS SELECT contact_id, id, title FROM infusionsoft_contact_notes");
  const std::string contact = account.Cell("SELECT contact_id FROM notes GROUP BY 1 ORDER BY count(*) DESC LIMIT 1");
  account.Run("CREATE TEMP TABLE keys(contact_id, id)");
  account.Run("INSERT INTO keys SELECT contact_id, id FROM notes WHERE contact_id = " + contact);
  account.Run("INSERT INTO keys SELECT " + contact + ", column1 FROM (VALUES (900000001), (900000002), (900000003))");
  const std::string sql =
      "SELECT k.id, n.title FROM keys AS k LEFT JOIN TABLE AS n ON n.contact_id = k.contact_id AND n.id = k.id ORDER BY 1";
  CHECK(account.Requests(With(sql, "TABLE", "infusionsoft_contact_notes")) == 2);
  CHECK(account.last_rows() == account.Run(With(sql, "TABLE", "notes")));
}

TEST_CASE("Look-ups: an outer scan of the same fields serves its own look-ups", "[sqlite]") {
  Account account("Pagesize=25");
  CHECK(account.Requests(
            "SELECT count(b.id) FROM infusionsoft_contacts AS a LEFT JOIN infusionsoft_contacts AS b ON b.id = a.id") == 3);
  CHECK(account.last_rows() == std::vector<std::string>{"60"});
}

TEST_CASE("Look-ups: where each row needs its details, no scan is read in vain", "[sqlite]") {
  Account account("Pagesize=3");
  account.Run("CREATE TEMP TABLE few AS SELECT id FROM infusionsoft_emails LIMIT 6");
  const uint64_t few = std::stoul(account.Cell("SELECT count(*) FROM few"));
  REQUIRE(few > 3);
  CHECK(account.Requests(
            "SELECT sum(length(e.plain_content)) FROM few LEFT JOIN infusionsoft_emails AS e ON e.id = few.id") == few);
  CHECK(account.Requests("SELECT count(e.subject) FROM few LEFT JOIN infusionsoft_emails AS e ON e.id = few.id") <= 4);
}

TEST_CASE("Look-ups: a value that no filter carries is compared with the whole table, once", "[sqlite]") {
  Account account("Pagesize=25");
  account.Run("CREATE TEMP TABLE odd(email); INSERT INTO odd VALUES ('a;b'), ('c*d'), ('e;f'), ('g;h')");
  CHECK(account.Requests("SELECT count(c.id) FROM odd LEFT JOIN infusionsoft_contacts AS c ON c.email = odd.email") == 3);
  CHECK(account.last_rows() == std::vector<std::string>{"0"});
}

TEST_CASE("Look-ups: they are found again while another statement runs", "[sqlite]") {
  Account account;
  account.Run("CREATE TEMP TABLE few AS SELECT id FROM infusionsoft_contacts LIMIT 5");
  sqlite3_stmt* other = nullptr;
  REQUIRE(sqlite3_prepare_v2(account.database().handle(), "SELECT id FROM few", -1, &other, nullptr) == SQLITE_OK);
  REQUIRE(sqlite3_step(other) == SQLITE_ROW);
  CHECK(account.Requests("SELECT count(c.id) FROM few LEFT JOIN infusionsoft_contacts AS c ON c.id = few.id") == 2);
  CHECK(account.Requests(
            "SELECT count((SELECT family_name FROM infusionsoft_contacts AS c WHERE c.id = few.id)) FROM few") == 2);
  REQUIRE(sqlite3_finalize(other) == SQLITE_OK);
}

}  // namespace infusionsoft::sqlite_test
