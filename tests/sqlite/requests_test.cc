// SPDX-License-Identifier: MIT
// How many requests a statement costs. Each number here is a promise to the user.
#include <catch2/catch.hpp>
#include <string>

#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

TEST_CASE("Requests: a point look-up is one request", "[sqlite]") {
  Account account;
  const std::string id = account.Cell("SELECT max(id) FROM infusionsoft_contacts WHERE email IS NOT NULL");
  const std::string email = account.Cell("SELECT email FROM infusionsoft_contacts WHERE id = " + id);

  CHECK(account.Requests("SELECT id FROM infusionsoft_contacts WHERE id = " + id) == 1);
  CHECK(account.last_rows() == std::vector<std::string>{id});
  CHECK(account.server().Requests().back().path == "/crm/rest/v2/contacts/" + id);
  CHECK(account.Requests("SELECT id FROM infusionsoft_contacts WHERE id = '" + id + "'") == 1);
  CHECK(account.last_rows() == std::vector<std::string>{id});
  CHECK(account.Requests("SELECT id FROM infusionsoft_contacts WHERE rowid = " + id) == 1);
  CHECK(account.last_rows() == std::vector<std::string>{id});
  CHECK(account.Requests("SELECT email FROM infusionsoft_contacts WHERE email = '" + email + "'") == 1);
  CHECK(account.last_rows() == std::vector<std::string>{email});
}

TEST_CASE("Requests: no row can match, so nothing is sent", "[sqlite]") {
  Account account;
  for (const char* condition : {"id = NULL", "email = NULL", "id = 12.5", "id IN (NULL)", "id IN ()", "update_time > NULL",
                                "id IN (SELECT 1 WHERE 0)", "company_id = 1.5"}) {
    INFO(condition);
    CHECK(account.Requests(std::string("SELECT * FROM infusionsoft_contacts WHERE ") + condition) == 0);
    CHECK(account.last_rows().empty());
  }
}

TEST_CASE("Requests: an id that nobody has is no row and one request", "[sqlite]") {
  Account account;
  // Until the server has answered something, a 404 might be some other server's, and one page of the list tells.
  CHECK(account.Requests("SELECT * FROM infusionsoft_contacts WHERE id = 424242424242") == 2);
  CHECK_THAT(account.LastQuery(), Catch::Contains("page_size=1"));
  for (const char* table : {"contacts", "orders", "tags", "opportunities", "notes", "companies", "products", "users"}) {
    INFO(table);
    CHECK(account.Requests(std::string("SELECT * FROM infusionsoft_") + table + " WHERE id = 424242424242") == 1);
    CHECK(account.last_rows().empty());
  }
  CHECK(account.Requests("SELECT * FROM infusionsoft_contact_tags WHERE contact_id = 424242424242") == 1);
  CHECK(account.last_rows().empty());
}

TEST_CASE("Requests: the newest rows are one request, of as many rows as show the order", "[sqlite]") {
  Account account;
  const auto all = account.Run("SELECT id FROM infusionsoft_contacts ORDER BY +update_time DESC, +id");
  CHECK(account.Requests("SELECT id, update_time FROM infusionsoft_contacts ORDER BY update_time DESC LIMIT 10") == 1);
  CHECK(account.last_rows().size() == 10);
  CHECK(account.LastQuery() == "order_by=update_time desc&fields=id,update_time&page_size=100");
  CHECK(account.Requests("SELECT id FROM infusionsoft_contacts ORDER BY update_time DESC LIMIT 10 OFFSET 5") == 1);
  CHECK(account.last_rows().size() == 10);
  CHECK(account.LastQuery().ends_with("&page_size=100"));
  CHECK(account.Requests("SELECT id FROM infusionsoft_contacts ORDER BY id LIMIT 10 OFFSET 110") == 1);
  CHECK(account.LastQuery().ends_with("&page_size=120"));
  CHECK(account.Requests("SELECT id FROM infusionsoft_contacts LIMIT 5") == 1);
  CHECK(account.last_rows().size() == 5);
  CHECK(account.LastQuery().ends_with("page_size=5"));
  CHECK(all.size() == 60);
}

TEST_CASE("Requests: the first and the last value of an ordered column are one request", "[sqlite]") {
  Account account;
  const std::string newest = account.Cell("SELECT max(+update_time) FROM infusionsoft_contacts");
  const std::string lowest = account.Cell("SELECT min(+id) FROM infusionsoft_contacts");
  CHECK(account.Requests("SELECT max(update_time) FROM infusionsoft_contacts") == 1);
  CHECK(account.last_rows() == std::vector<std::string>{newest});
  CHECK(account.LastQuery().starts_with("order_by=update_time desc"));
  CHECK(account.Requests("SELECT min(id) FROM infusionsoft_contacts") == 1);
  CHECK(account.last_rows() == std::vector<std::string>{lowest});
  CHECK(account.Requests("SELECT id FROM infusionsoft_contacts ORDER BY id LIMIT 1") == 1);
  CHECK(account.last_rows() == std::vector<std::string>{lowest});
  CHECK(account.LastQuery() == "order_by=id asc&fields=id&page_size=100");
}

TEST_CASE("Requests: EXISTS stops at the first page", "[sqlite]") {
  Account account;
  const std::string email = account.Cell("SELECT max(email) FROM infusionsoft_contacts");
  CHECK(account.Requests("SELECT EXISTS(SELECT 1 FROM infusionsoft_contacts WHERE email = '" + email + "')") == 1);
  CHECK(account.last_rows() == std::vector<std::string>{"1"});
  account.Connect("Pagesize=5");
  CHECK(account.Requests("SELECT EXISTS(SELECT 1 FROM infusionsoft_contacts)") == 1);
}

TEST_CASE("Requests: the children of one parent are one request, of all parents one for each", "[sqlite]") {
  Account account;
  const std::string id = account.Cell("SELECT max(contact_id) FROM infusionsoft_contact_tags");
  CHECK(account.Requests("SELECT tag_id FROM infusionsoft_contact_tags WHERE contact_id = " + id) == 1);
  CHECK(!account.last_rows().empty());
  CHECK(account.Requests("SELECT count(name) FROM infusionsoft_contact_tags") == 61);
  // 1 is no contact, which pays for a page that says which contacts there are.
  CHECK(account.Requests("SELECT name FROM infusionsoft_contact_tags WHERE contact_id IN (" + id + ", 1, NULL, '" + id +
                         "')") == 3);
  CHECK(!account.last_rows().empty());
  // SQLite asks for nothing more once it has what it wants.
  CHECK(account.Requests("SELECT name FROM infusionsoft_contact_tags LIMIT 1") <= 10);
}

TEST_CASE("Requests: tags of contacts come from where they cost least", "[sqlite]") {
  Account account;
  const auto tags = static_cast<uint64_t>(std::stoul(account.Cell("SELECT count(*) FROM infusionsoft_tags")));
  const std::string tag = account.Cell("SELECT min(tag_id) FROM infusionsoft_contact_tag_ids");
  // The contacts' own pages say which tags they carry.
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contact_tags") == 1);
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_tagged_contacts") == 1);
  CHECK(account.Requests(
            "SELECT tag_id FROM infusionsoft_contact_tags WHERE contact_id IN (SELECT id FROM infusionsoft_contacts)") == 2);
  // When, the tags' side says.
  CHECK(account.Requests("SELECT contact_id FROM infusionsoft_contact_tags WHERE tag_id = " + tag) == 1);
  CHECK(account.Requests("SELECT contact_id, applied_time FROM infusionsoft_contact_tags WHERE tag_id = " + tag) == 1);
  CHECK(account.Requests("SELECT max(applied_time) FROM infusionsoft_contact_tags") == 1 + tags);
  CHECK(account.Requests("SELECT count(title) FROM infusionsoft_contact_notes") == 1);
}

TEST_CASE("Requests: 500 ids of a local table are a few requests", "[sqlite]") {
  Account account("", SmallAccount(700));
  account.Run("CREATE TABLE local AS SELECT id FROM infusionsoft_contacts LIMIT 500");
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contacts WHERE id IN (SELECT id FROM local)") <= 5);
  CHECK(account.last_rows() == std::vector<std::string>{"500"});
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_notes WHERE id IN (SELECT id FROM local)") <= 5);
}

TEST_CASE("Requests: a long list of ids reads the whole table where that is known to be less, but not against MaxRows",
          "[sqlite]") {
  Account account("", SmallAccount(300));
  const std::string sql =
      "WITH RECURSIVE n(i) AS (SELECT 10000000001 UNION ALL SELECT i + 1 FROM n LIMIT 2000) "
      "SELECT count(*) FROM infusionsoft_contacts WHERE id IN (SELECT i FROM n UNION ALL SELECT 101)";
  const uint64_t batches = account.Requests(sql);
  CHECK(batches > 1);
  account.Run("SELECT count(*) FROM infusionsoft_contacts");
  CHECK(account.Requests(sql) == 1);
  CHECK(account.last_rows() == std::vector<std::string>{"1"});
  account.Connect("MaxRows=200");
  CHECK(account.Requests(sql) == batches);
  CHECK(account.last_rows() == std::vector<std::string>{"1"});
}

TEST_CASE("Requests: a join with a local table looks up what it holds", "[sqlite]") {
  Account account;
  account.Run("CREATE TABLE local AS SELECT id FROM infusionsoft_contacts ORDER BY id LIMIT 3");
  // One look-up, and then the page of a scan that serves the others.
  CHECK(account.Requests("SELECT count(*) FROM local LEFT JOIN infusionsoft_contacts AS c ON c.id = local.id") == 2);
  CHECK(account.last_rows() == std::vector<std::string>{"3"});
  account.Run("CREATE TABLE empty(id INTEGER)");
  CHECK(account.Requests("SELECT count(*) FROM empty CROSS JOIN infusionsoft_contacts USING (id)") == 0);
}

TEST_CASE("Requests: a scan pages to its end, and no further than it is read", "[sqlite]") {
  Account account("Pagesize=25");
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contacts") == 3);
  CHECK(account.last_rows() == std::vector<std::string>{"60"});
  CHECK(account.Requests("SELECT id FROM infusionsoft_contacts WHERE given_name IS NOT NULL LIMIT 20") <= 2);
  // What is wanted exceeds the LIMIT that the request knew of: it starts again with whole pages.
  CHECK(account.Requests("SELECT id FROM infusionsoft_contacts WHERE id > 0 LIMIT 30") == 2);
  CHECK(account.last_rows().size() == 30);
}

TEST_CASE("Requests: a statement that runs again asks again, with its new values", "[sqlite]") {
  Account account;
  const auto ids = account.Run("SELECT id FROM infusionsoft_contacts ORDER BY id LIMIT 2");
  sqlite3_stmt* statement = nullptr;
  REQUIRE(sqlite3_prepare_v2(account.database().handle(), "SELECT id FROM infusionsoft_contacts WHERE id = ?", -1,
                             &statement, nullptr) == SQLITE_OK);
  account.server().ClearRequests();
  for (const std::string& id : ids) {
    sqlite3_bind_text(statement, 1, id.c_str(), -1, SQLITE_STATIC);
    REQUIRE(sqlite3_step(statement) == SQLITE_ROW);
    CHECK(sqlite3_column_int64(statement, 0) == std::stoll(id));
    CHECK(sqlite3_step(statement) == SQLITE_DONE);
    sqlite3_reset(statement);
  }
  sqlite3_bind_null(statement, 1);
  CHECK(sqlite3_step(statement) == SQLITE_DONE);
  sqlite3_finalize(statement);
  CHECK(account.server().api_requests() == 2);
}

// The sandbox refuses longer ones, as the gateway does.
TEST_CASE("Requests: values for which a request line has no room are compared by SQLite", "[sqlite]") {
  Account account;
  const std::string text = "(SELECT replace(hex(zeroblob(400)), '00', char(252)))";
  const std::string where = "email = " + text + " AND family_name = " + text + " AND given_name = " + text;
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts WHERE " + where) == "0");
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts WHERE id IN (SELECT 1000000 + key FROM json_each('[' || "
                     "replace(hex(zeroblob(3000)), '00', '0,') || '0]')) AND " +
                     where) == "0");
  CHECK(account.Cell("SELECT count(*) > 0 AND min(status) = 200 AND max(status) = 200 FROM infusionsoft_requests") == "1");
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
