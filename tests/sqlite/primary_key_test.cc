// SPDX-License-Identifier: MIT
// The keys that tables declare: tools see them, and no plan relies on what a server need not keep.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "list_server.h"
#include "profile/profile.h"

namespace infusionsoft::sqlite_test {
namespace {

using Rows = std::vector<std::string>;

bool Sorts(Database& database, const std::string& sql) {
  for (const std::string& row : database.Run("EXPLAIN QUERY PLAN " + sql)) {
    if (row.find("USE TEMP B-TREE FOR ORDER BY") != std::string::npos) return true;
  }
  return false;
}

// Whether the program of `sql` compares its rows with those it gave.
bool ChecksDistinct(Database& database, const std::string& sql) {
  for (const std::string& row : database.Run("EXPLAIN " + sql)) {
    if (row.find("|OpenEphemeral|") != std::string::npos) return true;
  }
  return false;
}

bool Scans(Database& database, const std::string& sql, const std::string& table) {
  for (const std::string& row : database.Run("EXPLAIN QUERY PLAN " + sql)) {
    if (row.find("SCAN " + table + " VIRTUAL TABLE") != std::string::npos) return true;
  }
  return false;
}

TEST_CASE("PrimaryKey: every table says its key to those who ask SQLite for it", "[sqlite]") {
  Database database;
  size_t keys = 0;
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    INFO(entity.name);
    const std::string from = " FROM pragma_table_xinfo('" + ModuleName(entity) + "') WHERE pk > 0 ORDER BY pk";
    CHECK(database.Run("SELECT name" + from) == entity.key);
    if (entity.HasNumericKey()) CHECK(database.Run("SELECT type, pk" + from) == Rows{"INTEGER|1"});
    keys += entity.key.size();
  }
  CHECK(keys > 80);
  CHECK(database.Run("SELECT name FROM pragma_table_info('infusionsoft_contact_tags') WHERE pk > 0 ORDER BY pk") ==
        Rows{"contact_id", "tag_id"});
}

TEST_CASE("PrimaryKey: no DISTINCT is dropped and no ORDER BY cut short for a key of several columns", "[sqlite]") {
  Database database;
  const std::string tags = " FROM infusionsoft_contact_tags WHERE contact_id = 1 AND tag_id = 2";
  const std::string notes = " FROM infusionsoft_contact_notes WHERE contact_id = 1 AND id = 2";
  const std::string provinces = " FROM infusionsoft_provinces WHERE country_code = 'US' AND code = 'CA'";
  CHECK(ChecksDistinct(database, "SELECT DISTINCT name" + tags));
  CHECK(ChecksDistinct(database, "SELECT DISTINCT title" + notes));
  CHECK(ChecksDistinct(database, "SELECT DISTINCT name" + provinces));
  CHECK(ChecksDistinct(database, "SELECT DISTINCT name FROM infusionsoft_countries WHERE alpha2 = 'US'"));
  CHECK(ChecksDistinct(database, "SELECT DISTINCT contact_id, tag_id FROM infusionsoft_contact_tags"));
  CHECK(ChecksDistinct(database, "SELECT DISTINCT contact_id FROM infusionsoft_contact_tags WHERE tag_id = 2"));
  CHECK(ChecksDistinct(database, "SELECT DISTINCT id, email FROM infusionsoft_contacts"));
  CHECK(Sorts(database, "SELECT title" + notes + " ORDER BY title"));
  CHECK(Sorts(database, "SELECT name" + tags + " ORDER BY contact_id, tag_id, name"));
  CHECK_FALSE(Sorts(database, "SELECT email FROM infusionsoft_contacts WHERE id = 1 ORDER BY email"));
}

TEST_CASE("PrimaryKey: only a look-up by the rowid lets SQLite leave out a join that nothing reads", "[sqlite]") {
  Database database;
  database.Run("CREATE TABLE t(a, b)");
  CHECK_FALSE(Scans(database, "SELECT a FROM t LEFT JOIN infusionsoft_contacts AS x ON x.id = a", "x"));
  CHECK(Scans(database, "SELECT a FROM t LEFT JOIN infusionsoft_contacts AS x ON x.id = a COLLATE NOCASE", "x"));
  CHECK(Scans(database, "SELECT a FROM t LEFT JOIN infusionsoft_contact_notes AS x ON x.contact_id = a AND x.id = b", "x"));
  CHECK(
      Scans(database, "SELECT a FROM t LEFT JOIN infusionsoft_contact_tags AS x ON x.contact_id = a AND x.tag_id = b", "x"));
}

// A list that repeats a row, as lists do that change while they are read, and one whose rows share their key's first part.
std::string Repeating(const std::string& target) {
  const bool is_first = target.find("page_token") == std::string::npos;
  if (target.starts_with("/v2/contacts/1/tags")) {
    return is_first ? R"({"tags":[{"tag":{"id":"5","name":"b"}},{"tag":{"id":"6","name":"a"}}],"next_page_token":"x"})"
                    : R"({"tags":[{"tag":{"id":"5","name":"b"}}]})";
  }
  if (target.starts_with("/v2/tags/5")) return R"({"id":"5","name":"b"})";
  if (target.starts_with("/v2/tags/")) return "";
  return is_first ? R"({"tags":[{"id":"5","name":"b"},{"id":"6","name":"a"}],"next_page_token":"x"})"
                  : R"({"tags":[{"id":"5","name":"b"}]})";
}

TEST_CASE("PrimaryKey: answers do not depend on the declared key", "[sqlite]") {
  ListServer server(Repeating);
  Database& database = server.database();
  database.Run(
      "CREATE TABLE tags AS SELECT * FROM infusionsoft_tags; CREATE TABLE k(id); INSERT INTO k VALUES(5), (5), (7), (NULL);"
      "CREATE TABLE contact_tags AS SELECT * FROM infusionsoft_contact_tags WHERE contact_id = 1");
  const char* queries[] = {
      "SELECT id, name FROM {}tags ORDER BY id",
      "SELECT DISTINCT name FROM {}tags WHERE id = 5",
      "SELECT DISTINCT id FROM {}tags ORDER BY id DESC",
      "SELECT id, count(*) FROM {}tags GROUP BY id ORDER BY 1",
      "SELECT k.id, t.name FROM k JOIN {}tags AS t ON t.id = k.id ORDER BY 1",
      "SELECT k.id, t.name FROM k LEFT JOIN {}tags AS t ON t.id = k.id ORDER BY 1",
      "SELECT count(*) FROM k LEFT JOIN {}tags AS t ON t.id = k.id",
      "SELECT k.id, t.id FROM k RIGHT JOIN {}tags AS t ON t.id = k.id ORDER BY 1, 2",
      "SELECT k.id, t.id FROM k FULL JOIN {}tags AS t ON t.id = k.id ORDER BY 1, 2",
      "SELECT id FROM {}tags WHERE id IN (SELECT id FROM k)",
      "SELECT id FROM {}tags WHERE id IS NULL",
      "SELECT name FROM {}tags WHERE id = 5 OR id = 7 OR name = 'a' ORDER BY 1",
      "SELECT DISTINCT name FROM {}contact_tags WHERE contact_id = 1 AND tag_id = 5",
      "SELECT DISTINCT contact_id FROM {}contact_tags WHERE contact_id = 1",
      "SELECT name FROM {}contact_tags WHERE contact_id = 1 ORDER BY contact_id, tag_id DESC",
      "SELECT contact_id, tag_id, count(*) FROM {}contact_tags WHERE contact_id = 1 GROUP BY 1, 2 ORDER BY 2",
      "SELECT k.id, t.name FROM k LEFT JOIN {}contact_tags AS t ON t.contact_id = 1 AND t.tag_id = k.id ORDER BY 1",
  };
  for (const std::string query : queries) {
    const auto on = [&](const std::string& prefix) {
      std::string sql = query;
      sql.replace(sql.find("{}"), 2, prefix);
      return database.Run(sql);
    };
    INFO(query);
    CHECK(on("infusionsoft_") == on(""));
  }
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
