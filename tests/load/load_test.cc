// SPDX-License-Identifier: MIT
// What the extension adds to a host, name by name, and how it loads.
#include <dlfcn.h>
#include <sqlite3.h>
#include <sqlite3ext.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace {

using Names = std::set<std::string>;

struct CloseDatabase {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

Database OpenDatabase() {
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open(":memory:", &handle) == SQLITE_OK);
  Database database(handle);
  REQUIRE(sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, nullptr) == SQLITE_OK);
  return database;
}

void Load(const Database& database) {
  char* message = nullptr;
  const int code = sqlite3_load_extension(database.get(), EXTENSION, nullptr, &message);
  const std::string text = message == nullptr ? "" : message;
  sqlite3_free(message);
  INFO(text);
  REQUIRE(code == SQLITE_OK);
}

std::vector<std::string> Column(const Database& database, const char* sql) {
  sqlite3_stmt* statement = nullptr;
  INFO(sql);
  REQUIRE(sqlite3_prepare_v2(database.get(), sql, -1, &statement, nullptr) == SQLITE_OK);
  std::vector<std::string> values;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    values.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)));
  }
  REQUIRE(sqlite3_finalize(statement) == SQLITE_OK);
  return values;
}

// What `sql` lists after loading and did not list before.
Names Added(const char* sql) {
  const Database database = OpenDatabase();
  const std::vector<std::string> before = Column(database, sql);
  Load(database);
  Names added;
  for (const std::string& name : Column(database, sql)) added.insert(name);
  for (const std::string& name : before) added.erase(name);
  return added;
}

std::string Output(const std::string& command) {
  std::FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) output += static_cast<char>(c);
  INFO(output);
  REQUIRE(pclose(pipe) == 0);
  return output;
}

// SQLite hands its table of functions to extensions only.
const sqlite3_api_routines* host_api = nullptr;

int KeepApi(sqlite3*, char**, const sqlite3_api_routines* api) {
  host_api = api;
  return SQLITE_OK;
}

}  // namespace

TEST_CASE("Library: exports its entry points and nothing else", "[load]") {
  const std::string symbols = Output(NM " -D --defined-only " EXTENSION " | awk '{ print $NF }'");
  CHECK(symbols == "sqlite3_extension_init\nsqlite3_infusionsoft_init\n");
}

TEST_CASE("Library: loads into any number of connections", "[load]") {
  for (int i = 0; i < 2; ++i) {
    const Database first = OpenDatabase();
    const Database second = OpenDatabase();
    Load(first);
    Load(second);
    Load(second);  // again into the same one
    CHECK(Column(first, "SELECT infusionsoft_version()") == Column(second, "SELECT infusionsoft_version()"));
  }
}

TEST_CASE("Library: adds these modules", "[load]") {
  // One for each entity file, and the extension's own.
  Names expected{"infusionsoft",           "infusionsoft_columns",  "infusionsoft_connection_properties",
                 "infusionsoft_copies",    "infusionsoft_explain",  "infusionsoft_keys",
                 "infusionsoft_pushdowns", "infusionsoft_requests", "infusionsoft_tables"};
  for (const auto& file : std::filesystem::directory_iterator(ENTITIES)) expected.insert("infusionsoft_" + file.path().stem().string());
  CHECK(Added("SELECT name FROM pragma_module_list") == expected);
}

TEST_CASE("Library: adds these functions", "[load]") {
  CHECK(Added("SELECT name || '/' || narg FROM pragma_function_list") ==
        Names{"infusionsoft_approve/1",         "infusionsoft_approve/2",        "infusionsoft_authorize_url/0",
              "infusionsoft_authorize_url/1",   "infusionsoft_connect/1",        "infusionsoft_connect/2",
              "infusionsoft_create_tables/1",   "infusionsoft_create_tables/2",  "infusionsoft_disconnect/0",
              "infusionsoft_disconnect/1",      "infusionsoft_exchange_code/1",  "infusionsoft_exchange_code/2",
              "infusionsoft_profile/0",         "infusionsoft_refresh_fields/1", "infusionsoft_refresh_fields/2",
              "infusionsoft_refresh_token/0",   "infusionsoft_refresh_token/1",  "infusionsoft_test_connection/0",
              "infusionsoft_test_connection/1", "infusionsoft_version/0"});
}

TEST_CASE("Library: its functions cannot be called from a schema", "[load]") {
  const Database database = OpenDatabase();
  Load(database);
  CHECK(Column(database, "SELECT DISTINCT flags & 0x80000 FROM pragma_function_list WHERE name LIKE 'infusionsoft%'") ==
        std::vector<std::string>{"524288"});
}

TEST_CASE("Library: knows its version", "[load]") {
  const Database database = OpenDatabase();
  Load(database);
  CHECK(Column(database, "SELECT infusionsoft_version()") == std::vector<std::string>{INFUSIONSOFT_VERSION});
}

TEST_CASE("Library: refuses a host that is too old", "[load]") {
  // SQLite's interface for entry points is a plain function pointer.
  const auto entry = reinterpret_cast<void (*)()>(KeepApi);
  REQUIRE(sqlite3_auto_extension(entry) == SQLITE_OK);
  const Database database = OpenDatabase();
  sqlite3_cancel_auto_extension(entry);
  REQUIRE(host_api != nullptr);
  static sqlite3_api_routines old_api;  // static: the library keeps a pointer to it until it is loaded again
  old_api = *host_api;
  old_api.libversion_number = [] { return 3037002; };
  old_api.libversion = []() -> const char* { return "3.37.2"; };

  void* const library = dlopen(EXTENSION, RTLD_NOW);
  REQUIRE(library != nullptr);
  const auto init = reinterpret_cast<decltype(&KeepApi)>(dlsym(library, "sqlite3_infusionsoft_init"));
  REQUIRE(init != nullptr);
  char* message = nullptr;
  CHECK(init(database.get(), &message, &old_api) == SQLITE_ERROR);
  const std::string text = message == nullptr ? "" : message;
  sqlite3_free(message);
  CHECK(text == "infusionsoft needs SQLite 3.38.0 or later; this is 3.37.2");
  CHECK(Column(database, "SELECT name FROM pragma_module_list WHERE name LIKE 'infusionsoft%'").empty());
}

#ifdef SQLITE3_SHELL
TEST_CASE("Library: loads into the stock shell", "[load]") {
  CHECK(Output(SQLITE3_SHELL " -cmd '.load " EXTENSION "' :memory: 'SELECT infusionsoft_version()'") == INFUSIONSOFT_VERSION
        "\n");
  CHECK(Output(SQLITE3_SHELL " -newline '' :memory: \"SELECT load_extension('" EXTENSION
                             "'); SELECT infusionsoft_version()\"") == INFUSIONSOFT_VERSION);
  // The file name alone tells the entry point.
  CHECK(Output("cd \"$(dirname " EXTENSION ")\" && " SQLITE3_SHELL
               " -cmd '.load ./infusionsoft' :memory: 'SELECT count(*) > 0 FROM infusionsoft_tables'") == "1\n");
}
#endif
