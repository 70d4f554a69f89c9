// SPDX-License-Identifier: MIT
// The tables about the tables, and what EXPLAIN QUERY PLAN shows.
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

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

TEST_CASE("SystemTables: a key's columns are those of the table, and a reference is to a key", "[sqlite]") {
  Account account;
  // Keys that name no column, and references to what is no column of a primary key of the same type.
  CHECK(account
            .Run("SELECT * FROM infusionsoft_keys AS k WHERE NOT EXISTS (SELECT 1 FROM infusionsoft_columns AS c "
                 "WHERE c.table_name = k.table_name AND c.name = k.column_name)")
            .empty());
  CHECK(account
            .Run("SELECT * FROM infusionsoft_keys AS f WHERE key_type = 'FOREIGN' AND NOT EXISTS (SELECT 1 FROM "
                 "infusionsoft_keys AS p WHERE p.key_type = 'PRIMARY' AND p.table_name = f.referenced_table AND "
                 "p.column_name = f.referenced_column)")
            .empty());
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_keys WHERE (key_type = 'FOREIGN') = (referenced_table IS NULL)") ==
        "0");
  CHECK(account.Run(
            "SELECT k.table_name, group_concat(column_name, ', ') FROM (SELECT * FROM infusionsoft_keys WHERE key_type = "
            "'PRIMARY' ORDER BY table_name, position) AS k GROUP BY 1 ORDER BY 1") ==
        account.Run("SELECT name, key FROM infusionsoft_tables WHERE key IS NOT NULL ORDER BY 1"));
  CHECK(account.Run(
            "SELECT position, column_name, referenced_table, referenced_column FROM infusionsoft_keys WHERE key_type = "
            "'FOREIGN' AND table_name = 'infusionsoft_lead_source_recurring_expense_expenses' ORDER BY 1") ==
        std::vector<std::string>{"1|lead_source_id|infusionsoft_lead_source_recurring_expenses|lead_source_id",
                                 "2|lead_source_recurring_expense_id|infusionsoft_lead_source_recurring_expenses|id"});
  CHECK(account.server().Requests().empty());
}

TEST_CASE("SystemTables: every number that is called another table's has its reference", "[sqlite]") {
  Account account;
  // By their names. What these number is in no table, or the API does not say in which.
  CHECK(account.Run(
            "SELECT c.table_name || '.' || c.name FROM infusionsoft_columns AS c WHERE c.api_type = 'integer' AND "
            "c.role <> 'request' AND (c.name LIKE '%\\_id' ESCAPE '\\' OR c.name LIKE '%\\_by' ESCAPE '\\') AND NOT EXISTS "
            "(SELECT 1 FROM infusionsoft_keys AS k WHERE k.table_name = c.table_name AND k.column_name = c.name AND "
            "k.key_type = 'FOREIGN') ORDER BY 1") ==
        std::vector<std::string>{
            "infusionsoft_affiliate_clawbacks.invoice_id", "infusionsoft_affiliate_commissions.invoice_id",
            "infusionsoft_affiliates.unique_site_id", "infusionsoft_commissions.invoice_id", "infusionsoft_companies.account_id", "infusionsoft_contact_payment_methods.credit_card_id",
            "infusionsoft_contacts.account_id", "infusionsoft_opportunities.status_id",
            "infusionsoft_order_payments.invoice_id", "infusionsoft_orders.invoice_id", "infusionsoft_orders.shipping_id",
            "infusionsoft_payment_methods.credit_card_id", "infusionsoft_payment_methods.payment_method_id", "infusionsoft_payments.payment_method_credit_card_id",
            "infusionsoft_subscriptions.shipping_option_id", "infusionsoft_tagged_companies.account_id",
            "infusionsoft_transactions.payment_id", "infusionsoft_transactions.payment_method_credit_card_id",
            "infusionsoft_user_tasks.funnel_id", "infusionsoft_user_tasks.jgraph_id", "infusionsoft_webforms.funnel_id"});
}

TEST_CASE("SystemTables: infusionsoft_requests tells what was sent", "[sqlite]") {
  Account account;
  CHECK(account.Run("SELECT * FROM infusionsoft_requests").empty());
  account.Run("CREATE VIRTUAL TABLE people USING infusionsoft_contacts('" + ConnectionString(account.server()) + "')");
  account.Run("SELECT given_name FROM people WHERE email = 'nobody@example.com'");
  CHECK(account.Cell("SELECT table_name, method, path, query, status, attempt, rows, error FROM infusionsoft_requests") ==
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

// The condition on one column with one operator as the rest of a SELECT, below one parent where there are parents.
std::string RestOf(const Entity& entity, const Column& column, const std::string& op) {
  const bool is_text = SqlTypeName(column.type) == "TEXT";
  const std::string name = "\"" + column.name + "\"";
  const std::string value = !is_text ? "1" : op == "GLOB" ? "'x*'" : "'x%'";
  std::string rest = " WHERE 1";
  for (const Column& other : entity.columns) {
    if (other.role == ColumnRole::kPath && &other != &column) rest += " AND \"" + other.name + "\" = 1";
  }
  if (op == "ORDER BY") return rest + " ORDER BY " + name + " DESC";
  if (op == "IS NULL") return rest + " AND " + name + " IS NULL";
  if (op == "IN") return rest + " AND " + name + " IN (" + value + ", 2)";
  return rest + " AND " + name + " " + op + " " + value;
}

// What to read so that no other table's requests can answer.
std::string OwnColumn(const Entity& entity) {
  const std::string name = ColumnOfNoOtherTable(entity);
  return name.empty() ? "1" : "\"" + name + "\"";
}

// A row of infusionsoft_pushdowns without its first three columns, which are the key here: table.column operator.
std::map<std::string, std::string> Pushdowns(Account& account) {
  std::map<std::string, std::string> pushdowns;
  // A path up to the column; filters and parameters with what stands before the condition in a request.
  for (const std::string& row : account.Run("SELECT table_name || '.' || column_name || ' ' || operator, CASE WHEN order_by "
                                            "IS NOT NULL THEN 'order_by=' || order_by "
                                            "WHEN path IS NOT NULL THEN '/{' || column_name || ' =' WHEN parameter IS NOT "
                                            "NULL THEN parameter || '={' || column_name "
                                            "ELSE filter END FROM infusionsoft_pushdowns")) {
    const size_t bar = row.find('|');
    CHECK(pushdowns.emplace(row.substr(0, bar), row.substr(bar + 1)).second);
  }
  return pushdowns;
}

TEST_CASE("SystemTables: a condition is sent just where infusionsoft_pushdowns says so, under the name it says",
          "[sqlite]") {
  Account account;
  const std::map<std::string, std::string> all = Pushdowns(account);
  std::map<std::string, std::string> pushdowns = all;
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    for (const Column& column : entity.columns) {
      for (const std::string op : {"=", "IN", ">", ">=", "<", "<=", "LIKE", "GLOB", "IS NULL", "ORDER BY"}) {
        const std::string table = "infusionsoft_" + entity.name;
        const std::string rest = RestOf(entity, column, op);
        INFO(table + rest);
        const std::string plan = Plan(account, "SELECT " + OwnColumn(entity) + " FROM " + table + rest);
        const std::string term =
            op == "ORDER BY" ? "order_by=" : "{" + column.name + " " + op + (op == "IS NULL" ? "}" : " ?");
        const auto found = pushdowns.find(table + "." + column.name + " " + op);
        if (found == pushdowns.end()) {
          // A list that no filter takes goes by its values, which are equalities.
          const bool goes_by_value = op == "IN" && all.contains(table + "." + column.name + " =");
          if (!goes_by_value) CHECK_THAT(plan, !Contains(term));
          continue;
        }
        CHECK_THAT(plan, Contains(term));
        // The two bounds of a time are written with a comma between them.
        const std::string& names = found->second;
        const size_t comma = names.find(", ");
        CHECK_THAT(plan, Contains(names.substr(0, comma)));
        if (comma != std::string::npos) CHECK_THAT(plan, Contains(names.substr(comma + 2)));
        pushdowns.erase(found);
      }
    }
  }
  CHECK(pushdowns.empty());
}

TEST_CASE("Plan: EXPLAIN QUERY PLAN shows the request", "[sqlite]") {
  Account account;
  const auto plan = [&](const std::string& sql) { return Plan(account, sql); };
  CHECK(plan("SELECT given_name FROM infusionsoft_contacts WHERE id = 5") ==
        "SCAN infusionsoft_contacts VIRTUAL TABLE INDEX 0:GET /v2/contacts/{id = ?1}?fields=id,given_name -- about 1 request");
  CHECK(plan("SELECT id FROM infusionsoft_contacts WHERE update_time >= '2026' AND email LIKE 'ann%' ORDER BY "
             "update_time DESC") ==
        "SCAN infusionsoft_contacts VIRTUAL TABLE INDEX 0:GET /v2/contacts?filter=start_update_time=={update_time >= ?1};"
        "email=={email LIKE ?2}&order_by=update_time desc&fields=id,email_addresses,update_time -- about 1 request");
  CHECK_THAT(plan("SELECT id FROM infusionsoft_contacts LIMIT 5 OFFSET 2"), EndsWith("page_size={LIMIT ?1 OFFSET ?2} -- about 1 request"));
  CHECK_THAT(plan("SELECT * FROM infusionsoft_contact_tags"), EndsWith("GET /v2/contacts/{each contacts.id}/tags -- about 10010 requests"));
  CHECK_THAT(plan("SELECT * FROM infusionsoft_contact_tags WHERE contact_id = 1"),
             EndsWith("GET /v2/contacts/{contact_id = ?1}/tags -- about 1 request"));
  CHECK_THAT(plan("SELECT * FROM infusionsoft_notes WHERE id IN (1, 2)"), Contains("filter=ids=={id IN ?1}"));
  CHECK_THAT(plan("SELECT * FROM infusionsoft_orders WHERE title = 'x' COLLATE NOCASE"),
             Contains("filter=title=={title = NOCASE ?1}"));
  CHECK_THAT(plan("SELECT * FROM infusionsoft_tasks WHERE assigned_to_user_id IS NULL"),
             Contains("filter=user_id=={assigned_to_user_id IS NULL}"));
  CHECK(account.server().Requests().empty());
}

TEST_CASE("Plan: a sort by the server leaves none to SQLite", "[sqlite]") {
  Account account;
  CHECK_THAT(Plan(account, "SELECT id FROM infusionsoft_contacts ORDER BY update_time DESC"), !Contains("B-TREE"));
  CHECK_THAT(Plan(account, "SELECT id FROM infusionsoft_contacts WHERE update_time > '2026' ORDER BY update_time"), !Contains("B-TREE"));
  CHECK_THAT(Plan(account, "SELECT id FROM infusionsoft_contacts ORDER BY update_time"), Contains("B-TREE"));
  CHECK_THAT(Plan(account, "SELECT id FROM infusionsoft_contacts ORDER BY email"), Contains("USE TEMP B-TREE FOR ORDER BY"));
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
  CHECK(account.Requests("SELECT id FROM infusionsoft_contacts WHERE id = " + ids[0] + " OR email = 'nobody@example.com'") <=
        2);
  CHECK(account.last_rows() == std::vector<std::string>{ids[0]});
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
