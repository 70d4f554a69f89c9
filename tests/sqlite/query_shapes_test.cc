// SPDX-License-Identifier: MIT
// What each shape of SQL costs in requests, against the least that would do, and its answer against that of SQLite over
// ordinary tables with the same rows. `tests_sqlite "[.table]"` prints the table as it is measured.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "copies_support.h"
#include "query_shapes.h"
#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

constexpr int kPageSize = 25;

void Pages(sqlite3_context* context, int, sqlite3_value** values) {
  sqlite3_result_int64(context, (sqlite3_value_int64(values[0]) + kPageSize - 1) / kPageSize);
}

// Rows of one table, from one connection into an ordinary table of the same name in another.
void CopyTable(sqlite3* from, Database& to, const std::string& table) {
  sqlite3_stmt* rows = nullptr;
  REQUIRE(sqlite3_prepare_v2(from, ("SELECT * FROM " + table).c_str(), -1, &rows, nullptr) == SQLITE_OK);
  std::string columns;
  std::string places;
  for (int i = 0; i < sqlite3_column_count(rows); ++i) {
    const char* type = sqlite3_column_decltype(rows, i);
    const std::string name = sqlite3_column_name(rows, i);
    const bool is_key = name == "id";
    columns += (i == 0 ? "\"" : ", \"") + name + "\" " + (is_key ? "INTEGER PRIMARY KEY" : type != nullptr ? type : "");
    places += i == 0 ? "?" : ", ?";
  }
  to.Run("CREATE TABLE " + table + "(" + columns + ")");
  sqlite3_stmt* insert = nullptr;
  REQUIRE(sqlite3_prepare_v2(to.handle(), ("INSERT INTO " + table + " VALUES(" + places + ")").c_str(), -1, &insert,
                             nullptr) == SQLITE_OK);
  while (sqlite3_step(rows) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(rows); ++i) sqlite3_bind_value(insert, i + 1, sqlite3_column_value(rows, i));
    REQUIRE(sqlite3_step(insert) == SQLITE_DONE);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  REQUIRE(sqlite3_finalize(rows) == SQLITE_OK);
}

// An account, a copy of it in ordinary tables, and what the shapes' texts name.
class Shapes {
 public:
  Shapes() : account_("Pagesize=" + std::to_string(kPageSize)), copy_(Database::Plain::kPlain) {
    for (const char* table : {"contacts", "orders", "tags", "contact_tags", "contact_tag_ids", "opportunities", "products",
                              "users", "order_items", "contact_notes", "tag_categories"}) {
      CopyTable(account_.database().handle(), copy_, std::string("infusionsoft_") + table);
    }
    copy_.Run("CREATE TABLE infusionsoft_emails (id INTEGER, contact_id INTEGER, subject TEXT, plain_content TEXT)");
    for (const std::string& row : account_.Run("SELECT id || ', ' || contact_id || ', ' || quote(subject) || ', ' || "
                                               "quote(plain_content) FROM infusionsoft_emails")) {
      copy_.Run("INSERT INTO infusionsoft_emails VALUES(" + row + ")");
    }
    sqlite3_create_function(copy_.handle(), "pages", 1, SQLITE_UTF8, nullptr, Pages, nullptr, nullptr);
    FindNames();
    for (Database* database : {&account_.database(), &copy_}) {
      database->Run(
          Filled("CREATE TABLE few(id INTEGER); INSERT INTO few VALUES({c1}), ({c2}), ({c3}); ANALYZE few;"
                 "CREATE TABLE many(id INTEGER);"
                 "INSERT INTO many WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250) "
                 "SELECT i FROM n;"
                 "CREATE TEMP VIEW smiths AS SELECT id, email FROM infusionsoft_contacts WHERE family_name = '{family}'"));
    }
  }

  Account& account() { return account_; }
  Database& copy() { return copy_; }

  std::string Filled(std::string text) const {
    for (const auto& [name, value] : names_) {
      const std::string place = "{" + name + "}";
      for (size_t at = text.find(place); at != std::string::npos; at = text.find(place, at))
        text.replace(at, place.size(), value);
    }
    return text;
  }

  uint64_t Count(const std::string& expression) { return std::stoull(copy_.Cell("SELECT " + Filled(expression))); }

 private:
  void FindNames() {
    const char* carriers =
        "(SELECT id FROM infusionsoft_contacts WHERE email IS NOT NULL AND id IN (SELECT contact_id FROM "
        "infusionsoft_contact_tags) ORDER BY id LIMIT 1 OFFSET ";
    for (int i = 0; i < 3; ++i) {
      names_["c" + std::to_string(i + 1)] = copy_.Cell("SELECT " + std::string(carriers) + std::to_string(2 * i) + ")");
    }
    names_["email"] = copy_.Cell("SELECT email FROM infusionsoft_contacts WHERE id = " + names_["c1"]);
    names_["family"] = copy_.Cell("SELECT family_name FROM infusionsoft_contacts WHERE id = " + names_["c1"]);
    names_["o1"] = copy_.Cell("SELECT max(id) FROM infusionsoft_orders");
    names_["t1"] = copy_.Cell("SELECT min(tag_id) FROM infusionsoft_contact_tag_ids");
    names_["e1"] = copy_.Cell("SELECT min(contact_id) FROM infusionsoft_emails");
    names_["mid"] = copy_.Cell("SELECT update_time FROM infusionsoft_contacts ORDER BY update_time LIMIT 1 OFFSET 30");
  }

  Account account_;
  Database copy_;
  std::map<std::string, std::string> names_;
};

std::vector<std::string> Sorted(std::vector<std::string> rows) {
  std::sort(rows.begin(), rows.end());
  return rows;
}

TEST_CASE("QueryShapes: as few requests as stated, and SQLite's own answer", "[sqlite][shapes]") {
  Shapes shapes;
  for (const QueryShape& shape : QueryShapes()) {
    const std::string sql = shapes.Filled(shape.sql);
    INFO(sql);
    const uint64_t requests = shapes.account().Requests(sql);
    const uint64_t least = shapes.Count(shape.least);
    const uint64_t stated = *shape.sent == '\0' ? least : shapes.Count(shape.sent);
    CHECK(requests <= stated);
    CHECK(requests >= least);  // else the least is another
    CHECK((*shape.reason != '\0') == (stated > least));
    const std::vector<std::string> rows = shapes.copy().Run(sql);
    const bool any_rows = sql.find("LIMIT") != std::string::npos && sql.find("ORDER BY") == std::string::npos;
    if (any_rows) {
      CHECK(shapes.account().last_rows().size() == rows.size());
    } else {
      CHECK(Sorted(shapes.account().last_rows()) == Sorted(rows));
    }
    if (*shape.asks != '\0') CHECK(shapes.account().LastQuery().find(shapes.Filled(shape.asks)) != std::string::npos);
  }
}

TEST_CASE("QueryShapes: from local copies the answers are the same, and asking again sends nothing", "[sqlite][shapes]") {
  const TemporaryFile file;
  Shapes shapes;
  const auto check = [&](const QueryShape& shape, bool sends_nothing) {
    const std::string sql = shapes.Filled(shape.sql);
    INFO(sql);
    const uint64_t requests = shapes.account().Requests(sql);
    if (sends_nothing) CHECK(requests == 0);
    const bool any_rows = sql.find("LIMIT") != std::string::npos && sql.find("ORDER BY") == std::string::npos;
    const std::vector<std::string> rows = shapes.copy().Run(sql);
    CHECK(shapes.account().last_rows().size() == rows.size());
    if (!any_rows) CHECK(Sorted(shapes.account().last_rows()) == Sorted(rows));
  };
  shapes.account().Connect(Caching(file));
  for (const QueryShape& shape : QueryShapes()) {
    check(shape, false);
    check(shape, true);
  }
  shapes.account().Connect(Offline(file));
  for (const QueryShape& shape : QueryShapes()) check(shape, true);
}

TEST_CASE("QueryShapes: the table as it is measured", "[.table]") {
  Shapes shapes;
  for (const QueryShape& shape : QueryShapes()) {
    const std::string sql = shapes.Filled(shape.sql);
    std::printf("%-10s %3d of %3d  %s\n", shape.about, static_cast<int>(shapes.account().Requests(sql)),
                static_cast<int>(shapes.Count(shape.least)), sql.c_str());
  }
  CHECK(!QueryShapes().empty());
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
