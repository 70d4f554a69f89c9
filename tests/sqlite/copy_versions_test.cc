// SPDX-License-Identifier: MIT
// AutoCache: a statement that reads a list more than once reads one version of it, whoever replaces the copy meanwhile.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "copies_support.h"
#include "query/answer_cache.h"
#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

// A statement that is stepped by hand.
class Steps {
 public:
  Steps(Database& database, const std::string& sql) {
    REQUIRE(sqlite3_prepare_v2(database.handle(), sql.c_str(), -1, &statement_, nullptr) == SQLITE_OK);
  }
  ~Steps() { sqlite3_finalize(statement_); }
  Steps(const Steps&) = delete;
  Steps& operator=(const Steps&) = delete;

  // The cells of the next row with '|' between them; "done" behind the last one.
  std::string Next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_DONE) return "done";
    if (code != SQLITE_ROW) return sqlite3_errmsg(sqlite3_db_handle(statement_));
    std::string row;
    for (int i = 0; i < sqlite3_column_count(statement_); ++i) {
      row += (i > 0 ? "|" : "") + std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement_, i)));
    }
    return row;
  }
  std::string Rest() {
    std::string rows;
    for (std::string row = Next(); row != "done"; row = Next()) rows += row + " ";
    return rows;
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

// Replaces the copy of the tags, by a connection to the file that knows nothing of its readers: the ids from `first` to
// `last`, each with a name of so many bytes, all on one page.
void CopyTags(const TemporaryFile& file, int first, int last, size_t name_bytes = 1) {
  const std::string tags = "WITH RECURSIVE n(i) AS (SELECT " + std::to_string(first) +
                           " UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(last) +
                           ") SELECT json_object('tags', json_group_array(json_object('id', CAST(i AS TEXT), "
                           "'name', printf('%.*c', " +
                           std::to_string(name_bytes) + ", 'x')))) FROM n";
  RunOnCopies(file,
              "BEGIN IMMEDIATE; CREATE TEMP TABLE old AS SELECT * FROM copies WHERE request LIKE '/v2/tags%';"
              "DELETE FROM pages WHERE copy IN (SELECT id FROM old); DELETE FROM copies WHERE id IN (SELECT id FROM old);"
              "INSERT INTO copies(account, request, table_name, copied_at, pages, bytes) "
              "SELECT account, request, table_name, copied_at, 1, 1 FROM old;"
              "INSERT INTO pages SELECT last_insert_rowid(), 0, 1, (" +
                  tags + "); COMMIT");
}

constexpr size_t kBytesOfLargeName = size_t{40} << 20;
static_assert(2 * kBytesOfLargeName > AnswerCache::kMaxBytes,
              "two tags of such names do not fit what a statement remembers");

TEST_CASE("AutoCache: both scans of a statement read one version of a list that does not fit its memory", "[sqlite]") {
  struct Case {
    const char* sql;
    const char* first;
    const char* rest;
  };
  const auto [sql, first, rest] = GENERATE(
      // A subquery that is run again for each row, by one cursor or by one after another.
      Case{"SELECT a.id, (SELECT group_concat(b.id) FROM infusionsoft_tags AS b WHERE b.id <> -a.id) FROM infusionsoft_tags "
           "AS a",
           "1|1,2", "2|1,2 "},
      // Two cursors, the second of which opens its list when the first one has come to its end.
      Case{"SELECT id FROM infusionsoft_tags UNION ALL SELECT 10 + id FROM infusionsoft_tags", "1", "2 11 12 "},
      Case{"SELECT a.id, b.id FROM infusionsoft_tags AS a, infusionsoft_tags AS b", "1|1", "1|2 2|1 2|2 "});
  const size_t name_bytes = GENERATE(size_t{1}, kBytesOfLargeName);
  CAPTURE(sql, name_bytes);
  const TemporaryFile file;
  Account account(Caching(file));
  account.Run("SELECT count(*) FROM infusionsoft_tags");
  CopyTags(file, 1, 2, name_bytes);
  {
    Steps statement(account.database(), sql);
    CHECK(statement.Next() == first);
    CopyTags(file, 5, 9);
    CHECK(statement.Rest() == rest);
  }
  CHECK(account.Run("SELECT group_concat(id) FROM infusionsoft_tags") == std::vector<std::string>{"5,6,7,8,9"});
}

TEST_CASE("AutoCache: two statements that run in turn on one connection each read one version", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file) + ";CacheTolerance=600");
  account.Run("SELECT count(*) FROM infusionsoft_tags");
  CopyTags(file, 1, 2, kBytesOfLargeName);
  const std::string sql =
      "SELECT a.id, (SELECT group_concat(b.id) FROM infusionsoft_tags AS b WHERE b.id <> -a.id) FROM infusionsoft_tags AS a";
  Steps older(account.database(), sql);
  CHECK(older.Next() == "1|1,2");
  Age(file, 601);
  Steps newer(account.database(), "SELECT count(*) FROM infusionsoft_tags UNION ALL SELECT count(*) FROM infusionsoft_tags");
  const std::string count = newer.Next();  // copied the list anew
  CHECK(count != "2");
  CHECK(older.Rest() == "2|1,2 ");
  CHECK(newer.Rest() == count + " ");
}

TEST_CASE("AutoCache: a statement that holds a version copies other lists, and reads those", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file));
  account.Run("SELECT count(*) FROM infusionsoft_tags");
  CopyTags(file, 1, 2, kBytesOfLargeName);
  Steps statement(account.database(),
                  "SELECT id FROM infusionsoft_tags UNION ALL SELECT count(*) FROM infusionsoft_companies UNION ALL "
                  "SELECT count(*) FROM infusionsoft_companies UNION ALL SELECT 10 + id FROM infusionsoft_tags");
  CHECK(statement.Next() == "1");
  CopyTags(file, 5, 9);
  account.server().ClearRequests();
  CHECK(statement.Next() == "2");
  const std::string companies = statement.Next();
  CHECK(account.server().api_requests() == 1);
  RunOnCopies(file, "BEGIN; DELETE FROM pages; DELETE FROM copies; COMMIT");
  CHECK(statement.Rest() == companies + " 11 12 ");
  CHECK(account.server().api_requests() == 1);
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
