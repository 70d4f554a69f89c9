// SPDX-License-Identifier: MIT
// Rows without a value that the documents show in every row: answers are those of an ordinary table with the same rows.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "list_server.h"
#include "profile/profile.h"

namespace infusionsoft::sqlite_test {
namespace {

using Rows = std::vector<std::string>;

// Tags that lack a time or two, in the order that is asked for.
std::string Tags(const std::string& target) {
  const std::string n = R"({"id":"91","name":"N"})";
  const std::string a =
      R"({"id":"92","name":"A","create_time":"2026-01-02T00:00:00Z","update_time":"2026-01-05T00:00:00Z"})";
  const std::string b = R"({"id":"93","name":"B","create_time":"2026-01-01T00:00:00Z","update_time":null})";
  const bool descends = target.find("desc") != std::string::npos;
  return "{\"tags\":[" + (descends ? a + "," + b + "," + n : n + "," + b + "," + a) + "],\"next_page_token\":\"\"}";
}

TEST_CASE("MissingValues: a time that a row lacks is NULL in every clause", "[sqlite]") {
  ListServer server(Tags);
  Database& database = server.database();
  database.Run(
      "CREATE TABLE copy AS SELECT * FROM infusionsoft_tags; CREATE TABLE times(t); "
      "INSERT INTO times VALUES(NULL), ('2026-01-02T00:00:00.000Z')");
  const char* queries[] = {
      "SELECT id FROM {} WHERE create_time IS NULL ORDER BY id",
      "SELECT id FROM {} WHERE create_time IS NOT NULL ORDER BY id",
      "SELECT id FROM {} WHERE update_time IS '2026-01-05T00:00:00.000Z'",
      "SELECT id FROM {} WHERE update_time IS (SELECT t FROM times LIMIT 1) ORDER BY id",
      "SELECT id FROM {} WHERE update_time IS NOT (SELECT t FROM times LIMIT 1) ORDER BY id",
      "SELECT min(create_time) FROM {}",
      "SELECT max(create_time) FROM {}",
      "SELECT min(update_time), max(update_time), count(update_time) FROM {}",
      "SELECT id FROM {} WHERE create_time IN (SELECT t FROM times)",
      "SELECT count(*) FROM {} WHERE create_time NOT IN (SELECT t FROM times)",
      "SELECT count(*) FROM {} WHERE create_time NOT IN (SELECT t FROM times WHERE t IS NOT NULL)",
      "SELECT x.id FROM {} AS x JOIN times ON x.create_time = t",
      "SELECT x.id, t FROM times LEFT JOIN {} AS x ON x.create_time = t ORDER BY 1",
      "SELECT a.id, b.id FROM {} AS a JOIN {} AS b ON a.create_time = b.create_time ORDER BY 1",
      "SELECT a.id FROM {} AS a WHERE NOT EXISTS(SELECT 1 FROM {} AS b WHERE b.update_time = a.update_time) ORDER BY 1",
      "SELECT id FROM {} ORDER BY create_time",
      "SELECT id FROM {} ORDER BY create_time LIMIT 1",
      "SELECT id FROM {} ORDER BY create_time IS NULL, create_time LIMIT 1",
      "SELECT id FROM {} ORDER BY create_time NULLS LAST LIMIT 1",
      "SELECT coalesce(create_time, 'none') FROM {} ORDER BY 1",
      "SELECT DISTINCT update_time IS NULL FROM {} ORDER BY 1",
  };
  for (std::string sql : queries) {
    INFO(sql);
    const auto of = [&](const std::string& table) {
      std::string filled = sql;
      for (size_t at; (at = filled.find("{}")) != std::string::npos;) filled.replace(at, 2, table);
      return database.Run(filled);
    };
    CHECK(of("infusionsoft_tags") == of("copy"));
  }
  CHECK(database.Run("SELECT id FROM infusionsoft_tags WHERE create_time IS NULL") == Rows{"91"});
  CHECK(database.Cell("SELECT min(create_time) FROM infusionsoft_tags") == "2026-01-01T00:00:00.000Z");
  CHECK(database.Run("SELECT id FROM infusionsoft_tags WHERE create_time IN (SELECT t FROM times)") == Rows{"92"});
}

TEST_CASE("MissingValues: NOT NULL is declared of the key that is the rowid, and of nothing else", "[sqlite]") {
  Database database;
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    Rows keys;
    if (entity.HasNumericKey()) keys.push_back(entity.key[0]);
    INFO(entity.name);
    CHECK(database.Run("SELECT name FROM pragma_table_xinfo('" + ModuleName(entity) + "') WHERE \"notnull\"") == keys);
  }
}

TEST_CASE("MissingValues: a row without the key that is the rowid is an error", "[sqlite]") {
  ListServer server([](const std::string&) {
    return R"({"tags":[{"id":"91","name":"N"},{"name":"A"},{"id":null,"name":"B"}],"next_page_token":""})";
  });
  Database& database = server.database();
  database.Run("CREATE TABLE k(id); INSERT INTO k VALUES(NULL), (7)");
  for (const char* sql : {"SELECT name FROM infusionsoft_tags", "SELECT count(*) FROM infusionsoft_tags",
                          "SELECT count(*) FROM infusionsoft_tags WHERE id + 0 IN (SELECT id FROM k)",
                          "SELECT min(id) FROM infusionsoft_tags", "SELECT rowid FROM infusionsoft_tags"}) {
    INFO(sql);
    const Outcome outcome = database.Try(sql);
    CHECK(outcome.code == SQLITE_ERROR);
    CHECK_THAT(outcome.error, Catch::Contains("infusionsoft_tags: ") && Catch::Contains("no id"));
  }
}

TEST_CASE("MissingValues: a number with a fraction is found in a column of whole numbers", "[sqlite]") {
  ListServer server([](const std::string&) {
    return R"({"discounts":[{"id":"1","free_trial_days":3},{"id":"2","free_trial_days":2.5}],"next_page_token":""})";
  });
  Database& database = server.database();
  CHECK(database.Run("SELECT id FROM infusionsoft_free_trial_discounts WHERE free_trial_days = 2.5") == Rows{"2"});
  CHECK(database.Run("SELECT id FROM infusionsoft_free_trial_discounts WHERE free_trial_days IN (2.5, 7)") == Rows{"2"});
  CHECK(database.Run("SELECT id FROM infusionsoft_free_trial_discounts WHERE free_trial_days = 3") == Rows{"1"});
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
