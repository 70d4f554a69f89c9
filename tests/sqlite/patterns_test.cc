// SPDX-License-Identifier: MIT
// LIKE and GLOB in ON of an outer join, which SQLite offers to the left table as if they stood in WHERE.
#include "sqlite/patterns.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;
using sqlite::Patterns;
using sqlite::PatternsIn;

TEST_CASE("Patterns: where they stand", "[sqlite]") {
  for (const char* sql :
       {"SELECT 1", "SELECT a FROM t LEFT JOIN u ON t.x = u.x", "SELECT 'LIKE', \"like\" -- GLOB\nFROM t"}) {
    INFO(sql);
    CHECK(PatternsIn(sql) == Patterns::kNone);
  }
  for (const char* sql :
       {"SELECT a FROM t WHERE a LIKE 'x%'", "SELECT a FROM t WHERE like('x%', a)",
        "SELECT a FROM t LEFT JOIN u ON t.x = u.x WHERE t.a GLOB 'x*'", "SELECT a FROM t JOIN u ON t.a LIKE 'x%'",
        "SELECT a FROM t LEFT JOIN u USING (x) WHERE a LIKE 'x%'",
        "SELECT a FROM (SELECT a FROM t LEFT JOIN u ON t.x = u.x) WHERE a LIKE 'x%'"}) {
    INFO(sql);
    CHECK(PatternsIn(sql) == Patterns::kInWhere);
  }
  for (const char* sql :
       {"SELECT a FROM t LEFT JOIN u ON t.a LIKE 'x%'", "select a from t left outer join u on (t.b = 1 and t.a glob 'x*')",
        "SELECT a FROM t LEFT JOIN u ON t.b = 'WHERE' AND t.a LIKE 'x%'",
        "SELECT a FROM t LEFT JOIN u ON t.b IN (SELECT 1 WHERE 1 GROUP BY 1) AND t.a LIKE 'x%'",
        "SELECT a FROM t JOIN u ON t.a LIKE 'x%' FULL JOIN v ON t.b = v.b",
        "SELECT a FROM t LEFT JOIN u ON u.window = 1 AND t.a LIKE 'x%'",
        "SELECT a FROM t LEFT JOIN u ON \"like\"('x%', t.a) WHERE t.b LIKE 'y%'",
        "SELECT 1 WHERE EXISTS (SELECT a FROM t LEFT JOIN u ON t.b = 1 LEFT JOIN v ON like('x%', t.a))"}) {
    INFO(sql);
    CHECK(PatternsIn(sql) == Patterns::kInOuterJoin);
  }
}

TEST_CASE("Patterns: in ON of an outer join they take no row out of the left table", "[sqlite]") {
  Account account;
  account.Run("CREATE TABLE local(x); INSERT INTO local VALUES (1)");
  const std::string all = account.Cell("SELECT count(*) FROM infusionsoft_contacts");
  account.Run(
      "CREATE TEMP VIEW joined AS SELECT c.id FROM infusionsoft_contacts AS c LEFT JOIN local ON c.given_name LIKE 'zzz%'");
  for (const char* from :
       {"infusionsoft_contacts AS c LEFT JOIN local ON c.given_name LIKE 'zzz%'",
        "infusionsoft_contacts AS c LEFT JOIN local ON x = 1 AND c.given_name GLOB 'zzz*'",
        "infusionsoft_contacts AS c FULL JOIN local ON x = 2 AND c.given_name LIKE 'zzz%' WHERE c.id > 0", "joined"}) {
    INFO(from);
    CHECK(account.Cell(std::string("SELECT count(*) FROM ") + from) == all);
  }
  // Another statement with a pattern elsewhere, that has not ended.
  sqlite3_stmt* other = nullptr;
  REQUIRE(sqlite3_prepare_v2(account.database().handle(), "SELECT x FROM local WHERE x LIKE '1%'", -1, &other, nullptr) == SQLITE_OK);
  CHECK(sqlite3_step(other) == SQLITE_ROW);
  CHECK(account.Cell("SELECT count(*) FROM joined") == all);
  sqlite3_finalize(other);
}

TEST_CASE("Patterns: IS NULL in ON of an outer join takes no row out of the left table", "[sqlite]") {
  Account account;
  account.Run("CREATE TABLE local(x); INSERT INTO local VALUES (1); CREATE TABLE copy AS SELECT * FROM infusionsoft_tags");
  const std::string from = " AS t LEFT JOIN local ON t.category_id IS NULL ORDER BY t.id";
  const auto own = account.Run("SELECT t.id, x FROM copy" + from);
  CHECK(own.size() == std::stoul(account.Cell("SELECT count(*) FROM copy")));
  CHECK(account.Run("SELECT t.id, x FROM infusionsoft_tags" + from) == own);
}

TEST_CASE("Patterns: what else stands there excludes no row of the left table either", "[sqlite]") {
  Account account;
  account.Run(
      "CREATE TABLE local(x); INSERT INTO local VALUES (1); CREATE TABLE copy AS SELECT * FROM infusionsoft_contacts");
  const std::string id = account.Cell("SELECT min(id) FROM copy");
  for (const std::string& rest :
       {"c.id = 1 WHERE c.id = " + id, "c.id IS '1' WHERE c.id = " + id,
        std::string("c.job_title > 'b' AND c.job_title < 'a'"), std::string("c.job_title = NULL"),
        std::string("c.update_time > '2026' COLLATE NOCASE ORDER BY c.update_time, c.id LIMIT 3")}) {
    INFO(rest);
    const std::string from = " AS c LEFT JOIN local ON " + rest;
    const auto own = account.Run("SELECT c.id FROM copy" + from);
    CHECK_FALSE(own.empty());
    CHECK(account.Run("SELECT c.id FROM infusionsoft_contacts" + from) == own);
  }
}

TEST_CASE("Patterns: elsewhere they are sent", "[sqlite]") {
  Account account;
  account.Run("CREATE TABLE local(x)");
  for (const char* sql :
       {"SELECT count(*) FROM infusionsoft_contacts WHERE given_name LIKE 'an%'",
        "SELECT count(*) FROM infusionsoft_contacts AS c LEFT JOIN local ON x = c.id WHERE given_name LIKE 'an%'",
        "SELECT count(*) FROM infusionsoft_contacts WHERE given_name GLOB 'an*'"}) {
    INFO(sql);
    CHECK(account.Requests(sql) == 1);
    CHECK_THAT(account.LastQuery(), Contains("given_name==an*"));
  }
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
