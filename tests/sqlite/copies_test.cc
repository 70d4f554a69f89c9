// SPDX-License-Identifier: MIT
// AutoCache, CacheTolerance, CacheLocation, Offline: what is sent, when a copy is made, and that answers stay what they are.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "copies_support.h"
#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;

TEST_CASE("AutoCache: a list is copied whole by the first query, and answers all that follow", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file) + ";Pagesize=25");
  const std::string id = account.Cell("SELECT max(id) FROM infusionsoft_companies");
  // Whatever the query wants of it: 60 rows in pages of 25.
  CHECK(account.Requests("SELECT email FROM infusionsoft_contacts WHERE given_name LIKE 'a%' ORDER BY update_time DESC LIMIT 3") == 3);
  for (const char* sql :
       {"SELECT * FROM infusionsoft_contacts", "SELECT count(*) FROM infusionsoft_contacts WHERE id > 5",
        "SELECT id FROM infusionsoft_contacts WHERE email = 'shared@example.com'", "SELECT max(update_time) FROM infusionsoft_contacts",
        "SELECT id FROM infusionsoft_contacts WHERE id IN (1, 2, 131) OR given_name = 'Ann'",
        "SELECT a.id FROM infusionsoft_contacts AS a LEFT JOIN infusionsoft_contacts AS b ON a.id = b.id + 1"}) {
    INFO(sql);
    CHECK(account.Requests(sql) == 0);
  }
  CHECK(account.Requests("SELECT id FROM infusionsoft_companies WHERE id = " + id) == 0);
  CHECK(account.last_rows() == std::vector<std::string>{id});
}

TEST_CASE("CacheTolerance: a copy that is older is made anew, one that is not is read", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file) + ";CacheTolerance=100");
  const std::string query = "SELECT count(*) FROM infusionsoft_contacts";
  CHECK(account.Requests(query) == 1);
  Age(file, 90);
  CHECK(account.Requests(query) == 0);
  Age(file, 11);
  CHECK(account.Requests(query) == 1);
  CHECK(account.Requests(query) == 0);
  // Of the future: a clock was wrong.
  Age(file, -1000);
  CHECK(account.Requests(query) == 1);
  account.Connect(Caching(file) + ";CacheTolerance=0");
  Age(file, 1);
  CHECK(account.Requests("SELECT (SELECT count(*) FROM infusionsoft_contacts) FROM infusionsoft_contacts LIMIT 1") == 1);
  account.Connect(Caching(file));  // 600
  Age(file, 590);
  CHECK(account.Requests(query) == 0);
  Age(file, 20);
  CHECK(account.Requests(query) == 1);
}

TEST_CASE("AutoCache: without it nothing is copied, and nothing is read from copies", "[sqlite]") {
  const TemporaryFile file;
  Account account("CacheLocation=" + CopiesOf(file) + ";CacheTolerance=1000");
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contacts") == 1);
  CHECK_FALSE(std::filesystem::exists(CopiesOf(file)));
  account.Connect(Caching(file));
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contacts") == 1);
  account.Connect("AutoCache=false;CacheLocation=" + CopiesOf(file));
  CHECK(account.Requests("SELECT count(*) FROM infusionsoft_contacts") == 1);
}

TEST_CASE("AutoCache: every kind of list has its copy", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file));
  const std::string contact = account.Cell("SELECT max(contact_id) FROM infusionsoft_contact_tags");
  const std::string order = account.Cell("SELECT max(id) FROM infusionsoft_orders");
  struct Case {
    std::string sql;
    uint64_t requests;
  };
  const std::vector<Case> cases = {
      {"SELECT name FROM infusionsoft_contact_tags WHERE contact_id = " + contact, 1},   // below a parent
      {"SELECT name FROM infusionsoft_contact_tags WHERE contact_id = 424242424242", 1},  // that there is not
      {"SELECT count(name) FROM infusionsoft_contact_tags", 60},                          // below all: one is there, and so are contacts
      {"SELECT count(*) FROM infusionsoft_order_items", 0},                               // nested in orders, which were read
      {"SELECT count(*) FROM infusionsoft_contact_custom_fields", 1},                     // nested
      {"SELECT plain_content FROM infusionsoft_emails ORDER BY id LIMIT 2", 3},           // with details of two rows
      {"SELECT count(*) FROM infusionsoft_business_profile", 1},                          // an object
      {"SELECT count(*) FROM infusionsoft_users", 1},
      {"SELECT count(*) FROM infusionsoft_appointments", 1},  // by offset
  };
  for (const Case& each : cases) {
    INFO(each.sql);
    const uint64_t requests = account.Requests(each.sql);
    WARN(each.sql << " " << requests);
    const auto rows = account.last_rows();
    CHECK(account.Requests(each.sql) == 0);
    CHECK(account.last_rows() == rows);
  }
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
