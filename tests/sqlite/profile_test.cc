// SPDX-License-Identifier: MIT
// A profile of one's own: tables added and replaced by a file, without a rebuild.
#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;

constexpr const char* kLabels = R"({
  "name": "labels", "doc": "Tags under another name.", "list_path": "/v2/tags", "items": "tags", "page_size_max": 100, "key": ["id"],
  "columns": [{"name": "id", "type": "integer", "doc": "Number."}, {"name": "label", "type": "text", "path": "name", "doc": "Name."}]
})";

// A file that ends in .json and is removed at the end.
class ProfileOnDisk {
 public:
  explicit ProfileOnDisk(std::string_view text) { Write(text); }
  ~ProfileOnDisk() { std::remove(path().c_str()); }
  ProfileOnDisk(const ProfileOnDisk&) = delete;
  ProfileOnDisk& operator=(const ProfileOnDisk&) = delete;
  void Write(std::string_view text) { std::ofstream(path(), std::ios::trunc) << text; }
  std::string path() const { return file_.path() + ".json"; }

 private:
  TemporaryFile file_;
};

std::string Create(Account& account, const std::string& module, const std::string& more) {
  return "CREATE VIRTUAL TABLE temp.t USING " + module + "('" + ConnectionString(account.server(), more) + "')";
}

TEST_CASE("Profile: a file adds a table for the generic module", "[sqlite]") {
  Account account;
  const ProfileOnDisk file(kLabels);
  account.Run(Create(account, "infusionsoft", "Table=labels;Profile=" + file.path()));
  CHECK(account.Cell("SELECT (SELECT group_concat(label) FROM (SELECT label FROM t ORDER BY id)) = "
                     "(SELECT group_concat(name) FROM (SELECT name FROM infusionsoft_tags ORDER BY id))") == "1");
}

TEST_CASE("Profile: the generic module shows built-in entities too", "[sqlite]") {
  Account account;
  account.Run(Create(account, "infusionsoft", "Table=tags"));
  CHECK(account.Cell("SELECT (SELECT count(*) FROM t) = (SELECT count(*) FROM infusionsoft_tags)") == "1");
}

TEST_CASE("Profile: a file replaces a built-in table, for the connection that names it only", "[sqlite]") {
  Account account;
  std::string text = kLabels;
  text.replace(text.find("\"labels\""), 8, "\"tags\"");
  const ProfileOnDisk file(text);
  account.Run(Create(account, "infusionsoft_tags", "Profile=" + file.path()));
  CHECK(account.Cell("SELECT group_concat(name) FROM pragma_table_info('t')") == "id,label");
  CHECK_THAT(account.Cell("SELECT group_concat(name) FROM pragma_table_info('infusionsoft_tags')"), Contains("description"));
}

TEST_CASE("Profile: the unnamed connection's file decides the eponymous tables", "[sqlite]") {
  Account account;
  std::string text = kLabels;
  text.replace(text.find("\"labels\""), 8, "\"tags\"");
  const ProfileOnDisk file(text);
  account.Run("SELECT infusionsoft_connect('" + ConnectionString(account.server(), "Profile=" + file.path()) + "')");
  CHECK(account.Cell("SELECT count(label) > 0 FROM infusionsoft_tags") == "1");
  CHECK(account.Cell("SELECT group_concat(name) FROM infusionsoft_columns WHERE table_name = 'infusionsoft_tags'") ==
        "id,label");
}

TEST_CASE("Profile: the system tables tell what a query must give", "[sqlite]") {
  Account account;
  const ProfileOnDisk file(R"({"name": "labels", "doc": "Labels of a place.", "list_path": "/v1/places/{place}/labels",
      "items": "labels", "page_size_max": 100, "key": ["place", "id"], "columns": [
      {"name": "place", "type": "text", "role": "path", "doc": "Name of the place."},
      {"name": "id", "type": "integer", "references": "tags.id", "doc": "Number."}]})");
  account.Run("SELECT infusionsoft_connect('" + ConnectionString(account.server(), "Profile=" + file.path()) + "')");
  const std::string where = " FROM infusionsoft_%s WHERE table_name = 'infusionsoft_labels' ORDER BY 1, 2";
  const auto of = [&](const std::string& columns, const std::string& table) {
    std::string sql = "SELECT " + columns + where;
    return account.Run(sql.replace(sql.find("%s"), 2, table));
  };
  using Rows = std::vector<std::string>;
  CHECK(account.Run("SELECT api_version, required_columns, path_columns, parent IS NULL, writable FROM infusionsoft_tables "
                    "WHERE name = 'infusionsoft_labels'") == Rows{"v1|place|place|1|0"});
  CHECK(of("name, role, nullable, required", "columns") == Rows{"id|value|1|0", "place|path|0|1"});
  CHECK(of("key_type, position, column_name, referenced_table", "keys") ==
        Rows{"FOREIGN|1|id|infusionsoft_tags", "PRIMARY|1|place|", "PRIMARY|2|id|"});
  CHECK(of("column_name, operator, path", "pushdowns") == Rows{"place|=|/v1/places/{place}/labels"});
}

TEST_CASE("Profile: infusionsoft_create_tables makes the connection's own tables too", "[sqlite]") {
  Account account;
  const ProfileOnDisk file(kLabels);
  const std::string profile = ConnectionString(account.server(), "Profile=" + file.path());
  account.Run("SELECT infusionsoft_connect('shop', '" + profile + "')");
  CHECK(account.Cell("SELECT infusionsoft_create_tables('shop') = 1 + (SELECT count(*) FROM infusionsoft_tables)") == "1");
  CHECK(account.Cell("SELECT (SELECT group_concat(label) FROM labels) = (SELECT group_concat(name) FROM tags)") == "1");
  account.Run("SELECT infusionsoft_connect('" + profile + "')");
  CHECK_THAT(account.Error("SELECT infusionsoft_create_tables('', 'my_')"),
             Contains("only a connection with a name can show tables of its own profile, such as labels"));
  CHECK(account.Cell("SELECT count(*) FROM temp.sqlite_schema WHERE name LIKE 'my%'") == "0");
}

TEST_CASE("Profile: what cannot be is one sentence with file, entity and column", "[sqlite]") {
  Account account;
  ProfileOnDisk file(R"({"name": "labels", "doc": "Labels.", "list_path": "/v2/tags", "items": "tags", "page_size_max": 100,
                         "key": ["id"], "columns": [{"name": "id", "type": "string", "doc": "Number."}]})");
  const std::string profile = "Profile=" + file.path();
  CHECK_THAT(account.Error(Create(account, "infusionsoft", "Table=labels;" + profile)),
             Contains(file.path() + ": labels.id: \"type\" is \"string\"; allowed are integer"));
  file.Write(kLabels);
  CHECK_THAT(account.Error(Create(account, "infusionsoft", "Table=label;" + profile)),
             Contains("the profile has no entity label"));
  CHECK_THAT(account.Error("CREATE VIRTUAL TABLE temp.misspelt USING infusionsoft(Table=contcats)"),
             Contains("the profile has no entity contcats; did you mean contacts?"));
  CHECK_THAT(account.Error(Create(account, "infusionsoft", profile)),
             Contains("say which entity") && Contains("Table=contacts"));
  CHECK_THAT(account.Error(Create(account, "infusionsoft_tags", "Table=notes")),
             Contains("Table=notes is for the module infusionsoft; this one is infusionsoft_tags"));
  CHECK_THAT(account.Error(Create(account, "infusionsoft", "Table=labels;Profile=/nowhere/mine.json")),
             Contains("the profile /nowhere/mine.json cannot be read: No such file or directory"));
  CHECK_THAT(account.Error("SELECT * FROM infusionsoft"), Contains("no such table: infusionsoft"));
  CHECK(account.server().Requests().empty());
}

TEST_CASE("Profile: what infusionsoft_profile prints can be loaded again", "[sqlite]") {
  Account account;
  const ProfileOnDisk file(account.Cell("SELECT infusionsoft_profile()"));
  account.Run(Create(account, "infusionsoft", "Table=contact_tags;Profile=" + file.path()));
  CHECK(account.Cell("SELECT json_array_length(infusionsoft_profile()) = (SELECT count(*) FROM infusionsoft_tables)") ==
        "1");
  CHECK(account.Cell("SELECT count(*) > 0 FROM t WHERE contact_id IN (SELECT id FROM infusionsoft_contacts LIMIT 10)") ==
        "1");
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
