// SPDX-License-Identifier: MIT
// Tables that may be read from another table's requests: the same rows with the same rowids, whichever way they come.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "profile/profile.h"
#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

std::string Quoted(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "\"" : ", \"") + name + "\"";
  return list;
}

TEST_CASE("AccessPath: the rows and the rowids are those of the table itself", "[sqlite]") {
  Account account("", SmallAccount(40));
  size_t paths = 0;
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    const std::string own = ColumnOfNoOtherTable(entity);
    for (const AccessPath& path : entity.access_paths) {
      INFO(entity.name << " by " << path.table);
      ++paths;
      std::vector<std::string> shown;
      for (const std::string& name : path.columns) {
        if (!entity.columns[static_cast<size_t>(entity.FindColumn(name))].hidden) shown.push_back(name);
      }
      const std::string columns = "rowid, " + Quoted(shown);
      const std::string table = "infusionsoft_" + entity.name;
      account.Run("CREATE TEMP TABLE by_path AS SELECT " + columns + " FROM " + table);
      CHECK(account.Cell("SELECT count(*) > 0 FROM by_path") == "1");
      // Where a table has no column of its own, one parent after another is asked.
      const std::string rest = own.empty() ? " FROM (SELECT id AS parent FROM infusionsoft_contacts) CROSS JOIN " + table + " AS t ON t.contact_id = parent"
                                           : ", \"" + own + "\" FROM " + table + " AS t";
      account.Run("CREATE TEMP TABLE direct AS SELECT t." + columns + rest);
      CHECK(account.Cell("SELECT count(*) FROM by_path") == account.Cell("SELECT count(*) FROM direct"));
      CHECK(account.Cell("SELECT count(*) FROM (SELECT " + columns + " FROM by_path EXCEPT SELECT " + columns + " FROM direct)") == "0");
      account.Run("DROP TABLE by_path; DROP TABLE direct");
    }
  }
  CHECK(paths > 0);
}

TEST_CASE("AccessPath: the sides of an OR come by different ways and meet", "[sqlite]") {
  Account account("", SmallAccount(40));
  const std::string contact = account.Cell("SELECT contact_id FROM infusionsoft_contact_tag_ids LIMIT 1");
  const std::string tag = account.Cell("SELECT tag_id FROM infusionsoft_contact_tag_ids WHERE contact_id = " + contact + " LIMIT 1");
  account.Run("CREATE TEMP TABLE copy AS SELECT contact_id, tag_id FROM infusionsoft_contact_tag_ids");
  const std::string where = " WHERE contact_id = " + contact + " OR tag_id = " + tag;
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contact_tags" + where) == account.Cell("SELECT count(*) FROM copy" + where));
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_tagged_contacts" + where) == account.Cell("SELECT count(*) FROM copy" + where));
}

TEST_CASE("AccessPath: the plan says from where the rows come", "[sqlite]") {
  Account account;
  const auto plan = account.Run("EXPLAIN QUERY PLAN SELECT count(*) FROM infusionsoft_contact_tags WHERE tag_id > 5");
  REQUIRE(plan.size() == 1);
  CHECK(plan[0].find(":contact_tag_ids: GET /v2/contacts?") != std::string::npos);
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
