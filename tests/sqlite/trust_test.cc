// SPDX-License-Identifier: MIT
// The user's own tables: what is remembered of them, approval, and what the environment may allow.
#include <catch2/catch.hpp>
#include <mutex>
#include <vector>

#include "strange_file.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;

// The user's home is empty, and the sandbox has three contacts.
struct World {
  Victim victim;
  std::unique_ptr<sandbox::Sandbox> server = sandbox::Sandbox::Start(SmallAccount(3));
  TemporaryFile file;

  // A connection string that needs trust.
  std::string Text() const { return "'" + ConnectionString(*server) + "'"; }
  std::string Create(const std::string& name = "t") const {
    return "CREATE VIRTUAL TABLE " + name + " USING infusionsoft_contacts(" + Text() + ")";
  }
  std::string Home(const std::string& name = "approved_tables") const { return victim.Path("home/infusionsoft/" + name); }
};

const std::string kCount = "SELECT count(*) FROM ";

// What sqlite3_log is told, from the beginning: SQLite takes no other log once it runs.
class SqliteLog {
 public:
  static SqliteLog& Instance() {
    static auto& log = *new SqliteLog;
    return log;
  }
  size_t size() {
    const std::lock_guard lock(mutex_);
    return text_.size();
  }
  std::string Since(size_t begin) {
    const std::lock_guard lock(mutex_);
    return text_.substr(begin);
  }
  bool Install() {
    return sqlite3_config(
               SQLITE_CONFIG_LOG, +[](void*, int, const char* message) { Instance().Add(message); }, nullptr) == SQLITE_OK;
  }

 private:
  void Add(const char* message) {
    const std::lock_guard lock(mutex_);
    text_.append(message).append("\n");
  }
  std::mutex mutex_;
  std::string text_;
};
const bool kIsLogged = SqliteLog::Instance().Install();

TEST_CASE("Trust: what a user creates works tomorrow, wherever the file goes", "[sqlite]") {
  World world;
  const std::string path = world.file.path();
  Database(path).Run(world.Create());
  CHECK(Database(path).Cell(kCount + "t") == "3");
  Database(path).Run("ALTER TABLE t RENAME TO \"re named\"; VACUUM INTO '" + path + ".copy'");
  CHECK(Database(path).Cell(kCount + "\"re named\"") == "3");
  CHECK(Database(path + ".copy").Cell(kCount + "\"re named\"") == "3");
  Database other;
  other.Run("ATTACH 'file:" + path + "?mode=ro&immutable=1' AS other");
  CHECK(other.Cell(kCount + "other.\"re named\"") == "3");
  // Restored from a dump, which writes the schema.
  Database(path + ".restored").Run("BEGIN; " + InsertTable("u", world.Text()) + "COMMIT");
  CHECK(Database(path + ".restored").Cell(kCount + "u") == "3");
  // Not another text, nor another module.
  Database(path + ".other")
      .Run(InsertTable("a", world.Text() + " ") + InsertTable("b", world.Text(), "infusionsoft_tags") +
           InsertTable("c", world.Text() + ",'MaxRows=5'"));
  Database others(path + ".other");
  CHECK(others.Cell(kCount + "a") == "3");  // SQLite does not pass spaces around an argument
  for (const char* name : {"b", "c"}) CHECK_THAT(others.Error(kCount + name), Contains("neither written nor approved"));
}

TEST_CASE("Trust: only what needs it is remembered, and only by CREATE VIRTUAL TABLE", "[sqlite]") {
  World world;
  Database database(world.file.path());
  database.Run("SELECT infusionsoft_connect('" + ConnectionString(*world.server) + "')");
  database.Run(world.Create("temp.t"));
  CHECK(database.Cell(kCount + "t") == "3");
  database.Run("CREATE VIRTUAL TABLE main.u USING infusionsoft_contacts(Pagesize=2, Connection='')");
  CHECK_FALSE(std::filesystem::exists(world.Home()));
  // A table of another module, of the same name, that reads a stranger's while it is created.
  RunPlain(world.file.path() + ".strange", InsertTable("t", world.Text()));
  database.Run("ATTACH '" + world.file.path() + ".strange' AS strange");
  CHECK(database.Try("CREATE TABLE copy AS SELECT * FROM strange.t").code != SQLITE_OK);
  CHECK(database.Try("CREATE VIRTUAL TABLE IF NOT EXISTS strange.t USING infusionsoft_contacts(Pagesize=1)").code ==
        SQLITE_OK);
  CHECK_THAT(database.Error(kCount + "strange.t"), Contains("infusionsoft_approve('strange', 't')"));
  // One that cannot be created is not remembered.
  CHECK(
      database.Try("CREATE VIRTUAL TABLE bad USING infusionsoft_contacts('Profile=" + world.victim.Path("none.json") + "')")
          .code != SQLITE_OK);
  CHECK_FALSE(std::filesystem::exists(world.Home()));
}

// A module of another extension, which reads strange.t while a table of it is created.
int CreateReader(sqlite3* handle, void* result, int, const char* const*, sqlite3_vtab** out, char**) {
  *static_cast<int*>(result) = sqlite3_exec(handle, "SELECT count(*) FROM strange.t", nullptr, nullptr, nullptr);
  *out = new sqlite3_vtab();
  return sqlite3_declare_vtab(handle, "CREATE TABLE x(a)");
}

int DropReader(sqlite3_vtab* table) {
  delete table;
  return SQLITE_OK;
}

TEST_CASE("Trust: a stranger's table that is read while the user creates another one stays a stranger's", "[sqlite]") {
  World world;
  RunPlain(world.file.path(), InsertTable("t", world.Text()));
  Database database;
  database.Run("ATTACH '" + world.file.path() + "' AS strange");
  sqlite3_module module{};
  module.xCreate = CreateReader;
  module.xConnect = [](sqlite3* a, void* b, int c, const char* const* d, sqlite3_vtab** e, char** f) {
    return CreateReader(a, b, c, d, e, f);
  };
  module.xDisconnect = DropReader;
  module.xDestroy = DropReader;
  int result = SQLITE_OK;
  REQUIRE(sqlite3_create_module(database.handle(), "reader", &module, &result) == SQLITE_OK);
  for (const char* name : {"other", "main.t", "\"strange.t\""}) {
    INFO(name);
    database.Run(std::string("CREATE VIRTUAL TABLE ") + name + " USING reader");
    CHECK(result != SQLITE_OK);
  }
  CHECK_THAT(database.Error(kCount + "strange.t"), Contains("infusionsoft_approve('strange', 't')"));
  CHECK(world.server->Requests().empty());
}

TEST_CASE("Trust: CREATE VIRTUAL TABLE is the user's however it is written", "[sqlite]") {
  for (const char* create : {"create virtual table if not exists t", "/*x*/ CREATE VIRTUAL TABLE\n--y\n main . t",
                             "CREATE VIRTUAL TABLE \"main\".\"t\"", "CREATE VIRTUAL TABLE [t]", "CREATE VIRTUAL TABLE `t`",
                             "CREATE VIRTUAL TABLE 'MAIN'.'t'", "CREATE VIRTUAL TABLE IF NOT EXISTS\"t\""}) {
    World world;
    INFO(create);
    Database(world.file.path()).Run(std::string(create) + " USING infusionsoft_contacts(" + world.Text() + ")");
    CHECK(Database(world.file.path()).Cell(kCount + "t") == "3");
  }
  World world;
  for (const char* name : {"\"a\"\"b\"", "\"if\"", "[x]", "\"a.b\"", "\"it's\""}) {
    const std::string drop = name;
    INFO(drop);
    Database(world.file.path())
        .Run("CREATE VIRTUAL TABLE " + drop + " USING infusionsoft_contacts(" + world.Text() + ",'MaxRows=9')");
    CHECK(Database(world.file.path()).Cell(kCount + drop) == "3");
    Database(world.file.path()).Run("DROP TABLE " + drop);
    std::filesystem::remove(world.Home());
  }
}

TEST_CASE("Trust: a table from before, or another user's, works once it is approved", "[sqlite]") {
  World world;
  const std::string token = world.server->options().access_token;
  RunPlain(world.file.path(), InsertTable("t", world.Text()) + "CREATE TABLE plain(a)");
  Database database(world.file.path());
  Database reader(world.file.path());
  const std::string error = database.Error("SELECT * FROM t");
  CHECK_THAT(error,
             Contains("t: this table's text, which you have neither written nor approved here, names a server (URL) and a "
                      "secret (OAuthAccessToken)") &&
                 Contains("SELECT infusionsoft_approve('main', 't')") && Contains("INFUSIONSOFT_TRUSTED=") &&
                 !Contains(token));
  CHECK_THAT(reader.Error("SELECT * FROM t"), Contains("infusionsoft_approve"));
  CHECK(world.server->Requests().empty());
  CHECK(database.Cell("SELECT infusionsoft_approve('main.t')") ==
        "URL=" + world.server->api_url() + ";OAuthAccessToken=***");
  CHECK(database.Cell(kCount + "t") == "3");
  CHECK(reader.Cell(kCount + "t") == "3");  // a connection that has read the schema before
  CHECK(Database(world.file.path()).Cell(kCount + "t") == "3");
  CHECK_THAT(database.Error("SELECT infusionsoft_approve('none')"), Contains("there is no table none"));
  CHECK_THAT(database.Error("SELECT infusionsoft_approve('plain')"), Contains("nothing to approve"));
  CHECK_THAT(database.Error("SELECT infusionsoft_approve(NULL)"), Contains("must be text"));
  CHECK_THAT(database.Error("CREATE TABLE x AS SELECT infusionsoft_approve('t')"),
             Contains("a statement that writes is running"));
}

TEST_CASE("Trust: no view or trigger of the file approves anything", "[sqlite]") {
  World world;
  RunPlain(world.file.path(), InsertTable("t", world.Text()) + "CREATE TABLE bait(x);");
  Database database(world.file.path());
  database.Run(
      "CREATE VIEW v AS SELECT infusionsoft_approve('t');"
      "CREATE TRIGGER g AFTER INSERT ON bait BEGIN SELECT infusionsoft_approve('t'); END");
  CHECK_THAT(database.Error("SELECT * FROM v"), Contains("unsafe use of infusionsoft_approve"));
  CHECK_THAT(database.Error("INSERT INTO bait VALUES (1)"), Contains("unsafe use of infusionsoft_approve"));
  CHECK_THAT(database.Error(kCount + "t"), Contains("infusionsoft_approve("));
}

TEST_CASE("Trust: a schema, a column list and an approval by a profile's columns", "[sqlite]") {
  World world;
  const std::string profile = world.victim.Path("p.json");
  std::ofstream(profile) << R"({"name": "labels", "doc": "Tags.", "list_path": "/v2/tags", "items": "tags",
    "page_size_max": 100, "key": ["id"], "columns": [{"name": "id", "type": "integer", "doc": "Number."},
    {"name": "label", "type": "text", "path": "name", "doc": "Name."}]})";
  const std::string arguments = world.Text() + ", 'Profile=" + profile + "', Table=labels";
  RunPlain(world.file.path(), InsertTable("t", arguments, "infusionsoft"));
  Database database(world.file.path());
  CHECK(database.Cell("SELECT name FROM pragma_table_info('t')") == "unknown");
  const Outcome approved = database.Try("SELECT infusionsoft_approve('t')");
  INFO(approved.error);
  REQUIRE(approved.code == SQLITE_OK);
  CHECK_THAT(approved.rows[0], Contains("Profile=" + profile) && Contains("Table=labels"));
  const Outcome columns = database.Try("SELECT name FROM pragma_table_info('t')");
  INFO(columns.error);
  CHECK(columns.rows == std::vector<std::string>{"id", "label"});
}

TEST_CASE("Trust: a home that cannot be written stops no table, and says that it will need approval", "[sqlite]") {
  World world;
  std::ofstream(world.victim.Path("home/infusionsoft")) << "in the way";
  const size_t begin = SqliteLog::Instance().size();
  {
    Database database(world.file.path());
    database.Run(world.Create());
    CHECK(database.Cell(kCount + "t") == "3");
    CHECK_THAT(SqliteLog::Instance().Since(begin),
               Contains("table t works on this connection and will then need approval") &&
                   Contains("infusionsoft_approve('main', 't')"));
    // Also after SQLite has read the schema again.
    Database(world.file.path()).Run("CREATE TABLE later(a)");
    CHECK(database.Cell(kCount + "t") == "3");
  }
  Database database(world.file.path());
  CHECK_THAT(database.Error(kCount + "t"), Contains("infusionsoft_approve('main', 't')") && Contains("not a directory"));
  CHECK_THAT(database.Error("SELECT infusionsoft_approve('t')"), Contains("not a directory"));
  const Variable trusted("INFUSIONSOFT_TRUSTED", "/nowhere:" + world.file.path());
  CHECK(database.Cell(kCount + "t") == "3");
  // Where the environment trusts the file, there is nothing to warn of.
  const size_t end = SqliteLog::Instance().size();
  database.Run(world.Create("another"));
  CHECK_THAT(SqliteLog::Instance().Since(end), !Contains("will then need approval"));
}

TEST_CASE("Trust: the environment trusts files and directories, and nothing that is in memory", "[sqlite]") {
  World world;
  RunPlain(world.file.path(), InsertTable("t", world.Text()));
  const auto count = [&] { return Database(world.file.path()).Try(kCount + "t").code; };
  CHECK(count() != SQLITE_OK);
  {
    const Variable trusted("INFUSIONSOFT_TRUSTED", std::filesystem::path(world.file.path()).parent_path().string());
    CHECK(count() == SQLITE_OK);
    Database memory;
    memory.Run(InsertTable("t", world.Text()) + "PRAGMA writable_schema=RESET");
    CHECK(memory.Try(kCount + "t").code != SQLITE_OK);
  }
  CHECK(count() != SQLITE_OK);
  CHECK_FALSE(std::filesystem::exists(world.Home()));
}

TEST_CASE("Trust: a secret that gets into a database file is told of", "[sqlite]") {
  World world;
  const Variable secret("TRUST_TEST_TOKEN", world.server->options().access_token);
  const std::string by_reference = "('URL=" + world.server->api_url() + ";OAuthAccessToken=env:TRUST_TEST_TOKEN')";
  Database database(world.file.path());
  REQUIRE(kIsLogged);
  size_t begin = SqliteLog::Instance().size();
  database.Run(world.Create());
  CHECK_THAT(SqliteLog::Instance().Since(begin),
             Contains("OAuthAccessToken of table t stands in clear text in " + world.file.path()) &&
                 !Contains(world.server->options().access_token));
  begin = SqliteLog::Instance().size();
  database.Run("CREATE VIRTUAL TABLE referring USING infusionsoft_contacts" + by_reference + ";" +
               world.Create("temp.gone"));
  CHECK_THAT(SqliteLog::Instance().Since(begin), !Contains("clear text"));
  const auto source = [&](const std::string& table) {
    return database.Cell("SELECT source FROM infusionsoft_connection_properties WHERE connection = '" + table +
                         "' AND name = 'OAuthAccessToken'");
  };
  CHECK(source("t") == "database file");
  CHECK(source("referring") == "environment");
  CHECK(source("gone") == "connection string");
  CHECK(database.Cell("SELECT count(*) FROM infusionsoft_connection_properties WHERE source = 'database file'") == "1");
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
