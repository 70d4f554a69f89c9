// SPDX-License-Identifier: MIT
// Every property in the text of a table that a stranger has written: none reaches anything of the user's, however the text
// came into the schema.
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <set>
#include <span>

#include "auth/property_table.h"
#include "base/text.h"
#include "strange_file.h"
#include "support/raw_server.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;

// What a stranger would write for a property of this type.
std::vector<std::string> Wishes(const PropertyRow& row, const Victim& victim, const std::string& server) {
  const std::string path = victim.Path("made/" + std::string(row.info.name));
  switch (row.type) {
    case PropertyType::kSecret:
      return {"env:STRANGERS_WISH", "file:" + victim.Path("secret"), "literal"};
    case PropertyType::kChoice: {
      std::vector<std::string> values;
      for (const std::string_view value : Split(row.info.values, ',')) values.emplace_back(Trim(value));
      return values;
    }
    case PropertyType::kBool:
      return {"true", "false"};
    case PropertyType::kInteger:
      return {std::to_string(row.min), std::to_string(std::min<int64_t>(row.max, 1000))};
    case PropertyType::kUrl:
      return {server};
    case PropertyType::kHost:
      return {"127.0.0.1"};
    case PropertyType::kServerCert:
      return {"*", path};
    case PropertyType::kProfile:
      return {path + ".json", "Keap"};
    case PropertyType::kSettings:
      return {"APIKey=file:" + victim.Path("secret")};
    case PropertyType::kHeaderName:
      return {"X-Stranger"};
    case PropertyType::kSize:
      return {"1024"};
    case PropertyType::kModuleList:
      return {"all"};
    default:
      return {path, victim.Path("secret")};
  }
}

// Everything at once, as in an attack that works where the text is believed.
std::string WholeAttack(const Victim& victim, const std::string& server) {
  return "URL=" + server + ";OAuthAuthorizationURL=" + server + ";OAuthAccessTokenURL=" + server +
         ";InitiateOAuth=GETANDREFRESH;OAuthClientId=a;OAuthClientSecret=env:STRANGERS_WISH;CallbackURL=http://localhost:0"
         ";OAuthRefreshToken=file:" +
         victim.Path("secret") + ";OAuthSettingsLocation=" + victim.Path("made/tokens") +
         ";Logfile=" + victim.Path("made.log");
}

bool IsUsersOnly(const PropertyInfo& info) {
  return info.power != PropertyPower::kNone && info.power != PropertyPower::kLimit;
}

// All texts that only the user may write: each property by itself, and all at once.
std::map<std::string, std::vector<std::string>> Texts(const Victim& victim, const std::string& server) {
  std::map<std::string, std::vector<std::string>> texts;
  for (const PropertyInfo& info : ConnectionProperties()) {
    if (!IsUsersOnly(info)) continue;
    const std::string name(info.name);
    // Settings of the profile are told by what they stand for.
    const std::string told = name == "ProfileSettings" ? "APIKey" : name;
    for (const std::string& value : Wishes(*FindProperty(name), victim, server)) {
      texts[told].push_back(name + "=\"" + value + "\"");
    }
  }
  texts["OAuthAccessTokenURL"].push_back(WholeAttack(victim, server));
  return texts;
}

std::string Argument(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? "''" : std::string(1, c);
  return quoted + "'";
}

// Opens a file as a host does, with the extension and a connection of the user's own.
struct Opened {
  std::unique_ptr<Database> database;
  std::string table;  // as a statement names it
};

using Way = std::function<Opened(const std::string& path, const std::string& argument)>;

std::unique_ptr<Database> OpenFile(const std::string& path) {
  auto database = std::make_unique<Database>(path);
  database->Run("PRAGMA synchronous=OFF");
  return database;
}

const std::map<std::string, Way>& Ways() {
  static const auto& ways = *new std::map<std::string, Way>{
      {"written by a program without the extension",
       [](const std::string& path, const std::string& argument) -> Opened {
         RunPlain(path, InsertTable("t", argument));
         return {OpenFile(path), "t"};
       }},
      {"edited with writable_schema",
       [](const std::string& path, const std::string& argument) -> Opened {
         OpenFile(path)->Run("CREATE VIRTUAL TABLE t USING infusionsoft_contacts(Pagesize=1000)");
         const std::string text = InsertTable("t", argument);
         auto database = OpenFile(path);
         database->Run("PRAGMA writable_schema=ON; DELETE FROM sqlite_schema; " + text);
         database.reset();
         return {OpenFile(path), "t"};
       }},
      {"attached",
       [](const std::string& path, const std::string& argument) -> Opened {
         RunPlain(path, InsertTable("t", argument));
         auto database = OpenFile(":memory:");
         database->Run("ATTACH '" + path + "' AS other");
         return {std::move(database), "other.t"};
       }},
      {"read only",
       [](const std::string& path, const std::string& argument) -> Opened {
         RunPlain(path, InsertTable("t", argument));
         auto database = OpenFile(":memory:");
         database->Run("ATTACH 'file:" + path + "?mode=ro&immutable=1' AS other");
         return {std::move(database), "other.t"};
       }},
      {"renamed",
       [](const std::string& path, const std::string& argument) -> Opened {
         RunPlain(path, InsertTable("t", argument));
         auto database = OpenFile(path);
         database->Run("ALTER TABLE t RENAME TO renamed");
         return {std::move(database), "renamed"};
       }},
      {"restored from a dump",
       [](const std::string& path, const std::string& argument) -> Opened {
         OpenFile(path)->Run("PRAGMA foreign_keys=OFF; BEGIN; CREATE TABLE data(x); " + InsertTable("t", argument) +
                             " COMMIT");
         return {OpenFile(path), "t"};
       }},
      {"copied by VACUUM INTO",
       [](const std::string& path, const std::string& argument) -> Opened {
         RunPlain(path, InsertTable("t", argument));
         OpenFile(path)->Run("VACUUM INTO '" + path + ".copy'");
         return {OpenFile(path + ".copy"), "t"};
       }},
      {"copied into memory",
       [](const std::string& path, const std::string& argument) -> Opened {
         RunPlain(path, InsertTable("t", argument));
         auto memory = OpenFile(":memory:");
         auto source = OpenFile(path);
         sqlite3_backup* backup = sqlite3_backup_init(memory->handle(), "main", source->handle(), "main");
         REQUIRE(backup != nullptr);
         CHECK(sqlite3_backup_step(backup, -1) == SQLITE_DONE);
         REQUIRE(sqlite3_backup_finish(backup) == SQLITE_OK);
         return {std::move(memory), "t"};
       }},
  };
  return ways;
}

// A sandbox for the user's own connection, and a server of the stranger's that must never be asked.
class Machine {
 public:
  Machine()
      : account_(sandbox::Sandbox::Start(SmallAccount(3))), stranger_([](RawConnection& connection) {
          connection.ReadRequest();
          connection.SendResponse("200 OK", "{}");
        }) {}
  Victim& victim() { return victim_; }
  std::string stranger() const { return "http://127.0.0.1:" + std::to_string(stranger_.port()) + "/x"; }
  int asked() { return stranger_.connections(); }
  std::string Connect() const { return "SELECT infusionsoft_connect('" + ConnectionString(*account_) + "')"; }
  sandbox::Sandbox& account() { return *account_; }

 private:
  Victim victim_;
  std::unique_ptr<sandbox::Sandbox> account_;
  RawServer stranger_;
};

// What a user does with a file that came from somewhere, and what a table says to it.
void Use(Machine& machine, Opened& opened, const std::string& property) {
  Database& database = *opened.database;
  database.Run(machine.Connect());
  machine.account().ClearRequests();
  for (const std::string& sql : {"SELECT * FROM " + opened.table, "SELECT count(*) FROM " + opened.table + " WHERE id = 1",
                                 "EXPLAIN QUERY PLAN SELECT id FROM " + opened.table, "DELETE FROM " + opened.table}) {
    const Outcome outcome = database.Try(sql);
    INFO(sql);
    CHECK(outcome.code != SQLITE_OK);
    CHECK_THAT(outcome.error, Contains(property) && Contains("infusionsoft_approve("));
    CHECK_THAT(outcome.error, !Contains("secret-of") && !Contains("literal"));
  }
  CHECK(machine.account().Requests().empty());
}

// The first way goes through all values, the others through one of each property.
void CheckWay(const std::string& name, const Way& way, bool all) {
  Machine machine;
  const TemporaryFile folder;
  int count = 0;
  for (const auto& [property, texts] : Texts(machine.victim(), machine.stranger())) {
    for (const std::string& text : std::span(texts).subspan(all ? 0 : texts.size() - 1)) {
      INFO(name << ": " << text);
      const std::string before = machine.victim().Listing();
      {
        Opened opened = way(folder.path() + std::to_string(++count), Argument(text));
        Use(machine, opened, property);
        // It can still be described, and dropped where the file can be written.
        CHECK(opened.database
                  ->Run("SELECT name FROM pragma_table_info('" + opened.table.substr(opened.table.find('.') + 1) + "')")
                  .size() > 90);
        if (name != "read only") opened.database->Run("DROP TABLE " + opened.table);
      }
      CHECK(machine.victim().Listing() == before);
      CHECK(machine.asked() == 0);
    }
  }
  CHECK(count > (all ? 90 : 50));
}

TEST_CASE("Stranger's file: no property has an effect", "[sqlite]") {
  for (const auto& [name, way] : Ways()) CheckWay(name, way, name == Ways().rbegin()->first);
}

TEST_CASE("Stranger's file: columns, limits and a registered connection may be named", "[sqlite]") {
  Machine machine;
  for (const PropertyInfo& info : ConnectionProperties()) {
    if (IsUsersOnly(info)) continue;
    const std::string name(info.name);
    const std::map<std::string, std::string> values = {{"PseudoColumns", "\"*=*\""},
                                                       {"Connection", "shop"},
                                                       {"Table", "contacts"},
                                                       {"Other", "\"MaxAttempts=2\""},
                                                       {"CustomFields", "json"}};
    const auto found = values.find(name);
    const std::string value = found != values.end() ? found->second : info.values.starts_with("true") ? "true" : "9";
    INFO(name << "=" << value);
    const TemporaryFile file;
    RunPlain(file.path(), InsertTable("t", Argument(name + "=" + value)));
    Database database(file.path());
    database.Run(machine.Connect() + "; SELECT infusionsoft_connect('shop', '" + ConnectionString(machine.account()) + "')");
    CHECK(database.Cell("SELECT count(*) FROM t WHERE id > 0") == "3");
  }
  CHECK_FALSE(std::filesystem::exists(machine.victim().Path("home/infusionsoft")));
}

TEST_CASE("Stranger's file: a limit of the user's connection cannot be loosened", "[sqlite]") {
  Machine machine;
  const TemporaryFile file;
  RunPlain(file.path(), InsertTable("loose", "MaxRequests=0") + InsertTable("tight", "'MaxRequests=1;MaxRows=5'") +
                            InsertTable("writes", "Readonly=false"));
  Database database(file.path());
  database.Run("SELECT infusionsoft_connect('" + ConnectionString(machine.account(), "MaxRequests=2;Readonly=true") + "')");
  CHECK_THAT(database.Error("SELECT * FROM loose"), Contains("MaxRequests would loosen the limit"));
  CHECK_THAT(database.Error("SELECT * FROM writes"), Contains("Readonly would loosen"));
  CHECK(database.Cell("SELECT count(*) FROM tight") == "3");
  // The user agrees.
  CHECK(database.Cell("SELECT infusionsoft_approve('loose')") == "MaxRequests=0");
  CHECK(database.Cell("SELECT count(*) FROM loose") == "3");
}

TEST_CASE("Stranger's file: a table whose columns only its profile knows can be described and dropped", "[sqlite]") {
  Machine machine;
  const TemporaryFile file;
  RunPlain(file.path(), InsertTable("t", "'Profile=" + machine.victim().Path("p.json") + "', Table=labels", "infusionsoft"));
  Database database(file.path());
  CHECK(database.Run("SELECT name FROM pragma_table_info('t')") == std::vector<std::string>{"unknown"});
  CHECK_THAT(database.Error("SELECT * FROM t"), Contains("names a file (Profile)"));
  database.Run("ALTER TABLE t RENAME TO u; DROP TABLE u");
  CHECK(database.Cell("SELECT count(*) FROM sqlite_schema") == "0");
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
