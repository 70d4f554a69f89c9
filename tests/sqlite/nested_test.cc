// SPDX-License-Identifier: MIT
// Tables whose rows are the elements of an array in another table's rows: the same as json_each says, for as many requests.
#include <catch2/catch.hpp>
#include <string>

#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

struct Nested {
  const char* table;
  const char* columns;
  const char* from_json;
};

// What the rows of a nested table are, in terms of its parent.
const Nested kNested[] = {
    {"order_items", "order_id, id, name, quantity, product_id",
     "SELECT o.id, value->>'id', value->>'name', value->>'quantity', value->>'$.product.id' FROM infusionsoft_orders o, "
     "json_each(o.order_items)"},
    {"contact_email_addresses", "contact_id, field, email",
     "SELECT c.id, value->>'field', value->>'email' FROM infusionsoft_contacts c, json_each(c.email_addresses)"},
    {"contact_phone_numbers", "contact_id, field, number",
     "SELECT c.id, value->>'field', value->>'number' FROM infusionsoft_contacts c, json_each(c.phone_numbers)"},
    {"contact_addresses", "contact_id, field, locality",
     "SELECT c.id, value->>'field', value->>'locality' FROM infusionsoft_contacts c, json_each(c.addresses)"},
    {"contact_tag_ids", "contact_id, tag_id", "SELECT c.id, value FROM infusionsoft_contacts c, json_each(c.tag_ids)"},
    {"contact_custom_fields", "contact_id, custom_field_id",
     "SELECT c.id, value->>'id' FROM infusionsoft_contacts c, json_each(c.custom_fields)"},
};

TEST_CASE("Nested: the rows are the elements of the parent's array", "[sqlite]") {
  Account account;
  for (const Nested& nested : kNested) {
    INFO(nested.table);
    const std::string table = std::string("infusionsoft_") + nested.table;
    const std::string own = std::string("SELECT ") + nested.columns + " FROM " + table;
    CHECK(account.Cell("SELECT count(*) > 0 FROM " + table) == "1");
    account.Run("CREATE TEMP TABLE a AS " + own + "; CREATE TEMP TABLE b AS " + std::string(nested.from_json));
    CHECK(account.Cell("SELECT count(*) FROM a") == account.Cell("SELECT count(*) FROM b"));
    // Ids are text in JSON; the affinity of a copy's columns makes them integers.
    account.Run("CREATE TEMP TABLE c AS SELECT * FROM a LIMIT 0; INSERT INTO c SELECT * FROM b");
    CHECK(account.Cell("SELECT count(*) FROM (SELECT * FROM a EXCEPT SELECT * FROM c)") == "0");
    CHECK(account.Cell("SELECT count(*) FROM (SELECT * FROM c EXCEPT SELECT * FROM a)") == "0");
    account.Run("DROP TABLE a; DROP TABLE b; DROP TABLE c");
  }
}

TEST_CASE("Nested: the items of one order are one request", "[sqlite]") {
  Account account;
  const std::string order = account.Cell("SELECT order_id FROM infusionsoft_order_items LIMIT 1");
  account.server().ClearRequests();
  CHECK(account.Cell("SELECT count(*) > 0 FROM infusionsoft_order_items WHERE order_id = " + order) == "1");
  REQUIRE(account.server().Requests().size() == 1);
  CHECK(account.server().Requests()[0].query.find("filter=") != std::string::npos);
}

TEST_CASE("Nested: LIMIT counts elements, not items", "[sqlite]") {
  Account account;
  CHECK(account.Cell("SELECT count(*) FROM (SELECT * FROM infusionsoft_contact_tag_ids LIMIT 7)") == "7");
}

TEST_CASE("Nested: every row has a rowid of its own", "[sqlite]") {
  Account account;
  for (const Nested& nested : kNested) {
    INFO(nested.table);
    CHECK(account.Cell(std::string("SELECT count(*) = count(DISTINCT rowid) FROM infusionsoft_") + nested.table) == "1");
  }
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
