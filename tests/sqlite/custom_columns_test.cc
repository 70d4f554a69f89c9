// SPDX-License-Identifier: MIT
// Custom fields in conditions: the answer is the one of an ordinary table with the same rows, and what can be is sent.
#include <catch2/catch.hpp>
#include <string>

#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;
using Rows = std::vector<std::string>;
using sandbox::Freedom;

constexpr const char* kCreate = "CREATE VIRTUAL TABLE contacts USING infusionsoft_contacts(CustomFields=columns)";

// One column of each kind, and those that are not sent: a list, a name that is a filter of the API, one that no filter can
// hold.
constexpr const char* kColumns[] = {"favourite_colour",
                                    "nickname",
                                    "score",
                                    "member",
                                    "interests",
                                    "gr\u00f6\u00dfe_cm",
                                    "budget",
                                    "renewal_date",
                                    "last_call",
                                    "\"month\"",
                                    "\"year\"",
                                    "member_id",
                                    "region",
                                    "deputies",
                                    "email_34",
                                    "dashed",
                                    "\u751f\u5e74\u6708\u65e5"};

// Literals that fit some of the columns and not others.
const Rows kLiterals = {"NULL",
                        "''",
                        "'Red'",
                        "'red'",
                        "'NONE'",
                        "5",
                        "-5",
                        "5.5",
                        "'5'",
                        "' 5 '",
                        "1",
                        "0",
                        "'true'",
                        "'x'",
                        "1e300",
                        "x'35'",
                        "'2019-02-01'",
                        "'2019'",
                        "'2020-11-01T00:00:00.000Z'",
                        "'2020-11-01 00:00'",
                        "'[\"Red\"]'",
                        "99999999999"};

class Comparison {
 public:
  Comparison() : account_("", SmallAccount(32)) {
    account_.Run(kCreate);
    account_.Run("CREATE TABLE copy AS SELECT * FROM contacts");
  }

  Account& account() { return account_; }
  // Literals of values that the column has, and the others.
  Rows Literals(const std::string& column) {
    Rows literals =
        account_.Run("SELECT quote(min(" + column + ")) FROM copy UNION SELECT quote(max(" + column + ")) FROM copy");
    const Rows some =
        account_.Run("SELECT DISTINCT quote(" + column + ") FROM copy WHERE " + column + " IS NOT NULL LIMIT 6");
    literals.insert(literals.end(), some.begin(), some.end());
    literals.insert(literals.end(), kLiterals.begin(), kLiterals.end());
    return literals;
  }
  void Check(const std::string& rest) {
    INFO(rest);
    CHECK(account_.Run("SELECT id FROM contacts " + rest) == account_.Run("SELECT id FROM copy " + rest));
  }

 private:
  Account account_;
};

TEST_CASE("CustomColumns: conditions give what an ordinary table with the same rows gives", "[sqlite][wide]") {
  Comparison comparison;
  const std::vector<std::vector<Freedom>> freedoms = {
      {},
      {Freedom::kDatesInZone, Freedom::kBoundsExclusive, Freedom::kOrderShuffled, Freedom::kNullsExplicit},
      {Freedom::kEqualityIgnoresCase, Freedom::kEqualityTrims, Freedom::kSmallPages, Freedom::kNullsAbsent},
      {Freedom::kEqualityIsContains, Freedom::kFiltersIgnored, Freedom::kRowRepeated},
  };
  size_t round = 0;
  for (const std::string column : kColumns) {
    comparison.account().server().SetFreedoms({});
    for (const std::string& literal : comparison.Literals(column)) {
      comparison.account().server().SetFreedoms(freedoms[round++ % freedoms.size()]);
      for (const char* op : {"=", "<", "<=", ">", ">=", "<>", "IS"}) {
        comparison.Check("WHERE " + column + " " + op + " " + literal + " ORDER BY id");
      }
      comparison.Check("WHERE " + column + " = " + literal + " COLLATE NOCASE ORDER BY id");
      comparison.Check("WHERE " + column + " IN (" + literal + ", 7, 'Green') ORDER BY id");
      comparison.Check("WHERE " + column + " BETWEEN " + literal + " AND " + literal + " ORDER BY id");
      comparison.Check("WHERE " + column + " LIKE substr(" + literal + ", 1, 3) || '%' ORDER BY id");
      comparison.Check("WHERE " + column + " GLOB substr(" + literal + ", 1, 2) || '*' OR score > " + literal +
                       " ORDER BY id");
    }
  }
}

TEST_CASE("CustomColumns: NULL, order and combinations too", "[sqlite]") {
  Comparison comparison;
  for (const std::string column : kColumns) {
    for (const char* test : {"IS NULL", "IS NOT NULL", "IS 5"})
      comparison.Check("WHERE " + column + " " + test + " ORDER BY id");
    comparison.Check("ORDER BY " + column + ", id");
    comparison.Check("ORDER BY " + column + " DESC NULLS LAST, id LIMIT 7 OFFSET 2");
    comparison.Check("WHERE score > 20 AND " + column + " IS NOT NULL ORDER BY " + column + " DESC, id");
  }
  comparison.Check("WHERE score >= 10 AND score < 90 AND member = 1 AND favourite_colour = 'Red' ORDER BY id");
  comparison.Check("WHERE renewal_date BETWEEN '2019-01-01' AND '2019-02-12' AND last_call > '2020-10' ORDER BY id");
  comparison.Check("WHERE (member = 0 AND \"month\" = 3) OR (\"year\" > 2010 AND region = 2) ORDER BY id");
  comparison.Check("WHERE EXISTS (SELECT 1 FROM json_each(interests) WHERE value = 'Green') ORDER BY id");
}

TEST_CASE("CustomColumns: each kind of condition is sent as its type of field takes it", "[sqlite]") {
  Account account;
  account.Run(kCreate);
  const auto filter = [&](const std::string& condition) {
    CHECK(account.Requests("SELECT id FROM contacts WHERE " + condition) == 1);
    const std::string query = account.LastQuery();
    return query.starts_with("filter=") ? query.substr(7, query.find('&') - 7) : std::string("none");
  };
  CHECK(filter("favourite_colour = 'Red'") == "FavouriteColour==Red");
  CHECK(filter("nickname LIKE 'ann%'") == "CalledBy==ann*");
  CHECK(filter("nickname = 'ann' COLLATE NOCASE") == "CalledBy==ann*");
  CHECK(filter("score > 50 AND score <= 90") == "Score>50;Score<=90");
  CHECK(filter("score = -5") == "none");
  CHECK(filter("member_id = 7") == "MemberID==7");
  CHECK(filter("member = 1") == "Member==1");
  CHECK(filter("member = 2") == "none");
  CHECK(filter("\"month\" = 3") == "BillingMonth==3");
  CHECK(filter("\"month\" > 3") == "none");
  CHECK(filter("budget < 12.25") == "_Budget<=12.251");
  CHECK(filter("renewal_date >= '2019-02-01'") == "RenewalDate>=2019-01-30T00:00:00.000Z");
  CHECK(filter("last_call < '2020-11-01T00:00:00.000Z'") == "LastCall<=2020-11-03T00:00:00.000Z");
  for (const char* condition :
       {"interests = '[\"Red\"]'", "email_34 = 'x'", "dashed = 'x'", "score = 'x'", "nickname = 7"}) {
    CHECK(filter(condition) == "none");
  }
  CHECK(account.Requests("SELECT id FROM contacts WHERE score > NULL") == 0);
}

TEST_CASE("CustomColumns: beyond the 63rd column SQLite lumps the columns together", "[sqlite]") {
  Account account;
  account.Run(kCreate);
  // Every custom field of contacts stands there. Reading one asks for the properties of all columns there, custom_fields
  // among them.
  CHECK(account.Requests("SELECT score FROM contacts LIMIT 5") == 1);
  CHECK_THAT(account.LastQuery(), Contains("custom_fields") && !Contains("given_name"));
  CHECK(account.last_rows().size() == 5);
  CHECK(account.Requests("SELECT given_name FROM contacts LIMIT 5") == 1);
  CHECK(account.LastQuery() == "fields=id,given_name&page_size=5");
  CHECK(account.Requests("SELECT count(*) FROM contacts WHERE given_name = 'Ann' AND score > 5") == 1);
  CHECK_THAT(account.LastQuery(), Contains("filter=given_name==Ann;Score>5"));
  // Where they stand before the 63rd, custom_fields is asked for only when it is needed.
  account.Run("CREATE VIRTUAL TABLE tasks USING infusionsoft_tasks(CustomFields=columns)");
  CHECK(account.Requests("SELECT score FROM tasks") == 1);
  CHECK(account.LastQuery() == "fields=custom_fields&page_size=1000");
  CHECK(account.Requests("SELECT title FROM tasks") == 1);
  CHECK(account.LastQuery() == "page_size=1000");
}

TEST_CASE("CustomColumns: a contact that is looked up has them", "[sqlite]") {
  Account account;
  account.Run(kCreate);
  const Rows listed = account.Run("SELECT id, score, favourite_colour, renewal_date FROM contacts ORDER BY id LIMIT 3");
  const std::string ids = "(SELECT id FROM infusionsoft_contacts ORDER BY id LIMIT 3)";
  CHECK(account.Run("SELECT id, score, favourite_colour, renewal_date FROM contacts WHERE id IN " + ids + " ORDER BY id") ==
        listed);
  const std::string id = account.Cell("SELECT min(id) FROM contacts");
  CHECK(account.Requests("SELECT id, score, favourite_colour, renewal_date FROM contacts WHERE id = " + id) == 1);
  CHECK(account.server().Requests()[0].path.ends_with("/contacts/" + id));
  CHECK(account.last_rows()[0] == listed[0]);
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
