// SPDX-License-Identifier: MIT
// The tables about the tables, and what EXPLAIN QUERY PLAN shows.
#include <catch2/catch.hpp>
#include <string>

#include "profile/profile.h"
#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;
using Catch::EndsWith;

TEST_CASE("SystemTables: every table is listed and can be asked", "[sqlite]") {
  Account account;
  const auto names = account.Run("SELECT name FROM infusionsoft_tables ORDER BY name");
  CHECK(names.size() == Profile::BuiltIn().entities().size());
  CHECK(account.server().Requests().empty());
  for (const std::string& name : names) {
    INFO(name);
    CHECK(account.Run("SELECT 1 FROM " + name + " LIMIT 1").size() == 1);
    CHECK(account.Cell("SELECT (SELECT columns FROM infusionsoft_tables WHERE name = '" + name +
                       "') = "
                       "(SELECT count(*) FROM pragma_table_xinfo('" +
                       name + "'))") == "1");
  }
  CHECK(account.Cell("SELECT path_columns, parent FROM infusionsoft_tables WHERE name = 'infusionsoft_contact_tags'") ==
        "contact_id|infusionsoft_contacts.id");
}

TEST_CASE("SystemTables: the columns listed are those declared", "[sqlite]") {
  Account account;
  for (const std::string& name : account.Run("SELECT name FROM infusionsoft_tables")) {
    INFO(name);
    CHECK(account.Run("SELECT position, name, type, hidden FROM infusionsoft_columns WHERE table_name = '" + name +
                      "' ORDER BY 1") ==
          account.Run("SELECT cid, name, type, hidden FROM pragma_table_xinfo('" + name + "') ORDER BY 1"));
  }
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_columns WHERE description NOT LIKE '%.'") == "0");
}

TEST_CASE("SystemTables: infusionsoft_requests tells what was sent", "[sqlite]") {
  Account account;
  CHECK(account.Run("SELECT * FROM infusionsoft_requests").empty());
  account.Run("CREATE VIRTUAL TABLE people USING infusionsoft_contacts('" + ConnectionString(account.server()) + "')");
  account.Run("SELECT given_name FROM people WHERE email = 'nobody@example.com'");
  CHECK(
      account.Cell("SELECT table_name, method, path, query, status, attempt, rows, error FROM infusionsoft_requests") ==
      "people|GET|/v2/"
      "contacts|filter=email==nobody@example.com&fields=id,given_name,email_addresses&page_size=1000|200|1|0|");
  account.Run("SELECT * FROM infusionsoft_contacts LIMIT 7");
  CHECK(account.Cell("SELECT rows FROM infusionsoft_requests ORDER BY id DESC LIMIT 1") == "7");
  account.server().AddFault({sandbox::FaultKind::k500, 1, 0, ""});
  account.Run("SELECT id FROM infusionsoft_contacts WHERE id = 1");
  CHECK(account.Run("SELECT status, attempt FROM infusionsoft_requests ORDER BY id DESC LIMIT 2") ==
        std::vector<std::string>{"404|2", "500|1"});
}

// The last of the columns id, parent, notused and detail.
std::string Plan(Account& account, const std::string& sql) {
  std::string text;
  for (std::string row : account.Run("EXPLAIN QUERY PLAN " + sql)) {
    for (int i = 0; i < 3; ++i) row.erase(0, row.find('|') + 1);
    text += (text.empty() ? "" : "\n") + row;
  }
  return text;
}

TEST_CASE("Plan: EXPLAIN QUERY PLAN shows the request", "[sqlite]") {
  Account account;
  const auto plan = [&](const std::string& sql) { return Plan(account, sql); };
  CHECK(plan("SELECT given_name FROM infusionsoft_contacts WHERE id = 5") ==
        "SCAN infusionsoft_contacts VIRTUAL TABLE INDEX 0:GET /v2/contacts/{id = ?1}?fields=id,given_name");
  CHECK(
      plan("SELECT id FROM infusionsoft_contacts WHERE update_time >= '2026' AND email LIKE 'ann%' ORDER BY "
           "update_time DESC") ==
      "SCAN infusionsoft_contacts VIRTUAL TABLE INDEX 0:GET /v2/contacts?filter=start_update_time=={update_time >= ?1};"
      "email=={email LIKE ?2}&order_by=update_time desc&fields=id,email_addresses,update_time");
  CHECK_THAT(plan("SELECT id FROM infusionsoft_contacts LIMIT 5 OFFSET 2"), EndsWith("page_size={LIMIT ?1 OFFSET ?2}"));
  CHECK_THAT(plan("SELECT * FROM infusionsoft_contact_tags"), EndsWith("GET /v2/contacts/{each contacts.id}/tags"));
  CHECK_THAT(plan("SELECT * FROM infusionsoft_contact_tags WHERE contact_id = 1"),
             EndsWith("GET /v2/contacts/{contact_id = ?1}/tags"));
  CHECK_THAT(plan("SELECT * FROM infusionsoft_notes WHERE id IN (1, 2)"), Contains("filter=ids=={id IN ?1}"));
  CHECK_THAT(plan("SELECT * FROM infusionsoft_orders WHERE title = 'x' COLLATE NOCASE"),
             Contains("filter=title=={title = NOCASE ?1}"));
  CHECK_THAT(plan("SELECT * FROM infusionsoft_tasks WHERE assigned_to_user_id IS NULL"),
             Contains("filter=user_id=={assigned_to_user_id IS NULL}"));
  CHECK(account.server().Requests().empty());
}

TEST_CASE("Plan: a sort by the server leaves none to SQLite", "[sqlite]") {
  Account account;
  CHECK_THAT(Plan(account, "SELECT id FROM infusionsoft_contacts ORDER BY update_time"), !Contains("B-TREE"));
  CHECK_THAT(Plan(account, "SELECT id FROM infusionsoft_contacts ORDER BY email"),
             Contains("USE TEMP B-TREE FOR ORDER BY"));
  CHECK_THAT(Plan(account, "SELECT id FROM infusionsoft_contacts ORDER BY update_time, id"), Contains("B-TREE"));
  CHECK_THAT(Plan(account, "SELECT id FROM infusionsoft_contacts WHERE id IN (1, 2) ORDER BY update_time"),
             Contains("B-TREE"));
}

TEST_CASE("Plan: an OR of indexed conditions is a request for each", "[sqlite]") {
  Account account;
  const auto ids = account.Run("SELECT id FROM infusionsoft_contacts ORDER BY id LIMIT 2");
  CHECK(account.Requests("SELECT id FROM infusionsoft_contacts WHERE id = " + ids[0] + " OR id = " + ids[1] +
                         " ORDER BY id") <= 2);
  CHECK(account.last_rows() == ids);
  CHECK(account.Requests("SELECT id FROM infusionsoft_contacts WHERE id = " + ids[0] +
                         " OR email = 'nobody@example.com'") <= 2);
  CHECK(account.last_rows() == std::vector<std::string>{ids[0]});
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
