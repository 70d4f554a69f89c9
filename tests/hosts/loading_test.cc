// SPDX-License-Identifier: MIT
// Loading: again on one connection, under another name, for another copy of SQLite, and when it fails half-way.
#include <dlfcn.h>
#include <sqlite3ext.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "host.h"

namespace infusionsoft::hosts_test {
namespace {

using Strings = std::vector<std::string>;

constexpr const char* kCount = "SELECT count(*) FROM infusionsoft_contacts";
constexpr const char* kLoad = "SELECT load_extension('" EXTENSION "')";

// The library's file under another name, as long as this lives.
class Copied {
 public:
  explicit Copied(const std::string& name) {
    std::string pattern = (std::filesystem::temp_directory_path() / "infusionsoft-test-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    directory_ = pattern;
    std::filesystem::copy_file(EXTENSION, directory_ / name);
    path_ = directory_ / name;
  }
  ~Copied() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }
  Copied(const Copied&) = delete;
  Copied& operator=(const Copied&) = delete;

  std::string path() const { return path_; }

 private:
  std::filesystem::path directory_;
  std::filesystem::path path_;
};

TEST_CASE("Loading: again keeps what is connected", "[hosts]") {
  const auto server = StartSandbox();
  Host host;
  REQUIRE(host.Load() == SQLITE_OK);
  REQUIRE(host.Connect(*server) == SQLITE_OK);
  REQUIRE(host.Run("SELECT infusionsoft_connect('shop', '" + ConnectionString(*server) + "')") == SQLITE_OK);
  REQUIRE(host.Run("CREATE VIRTUAL TABLE temp.c USING infusionsoft_contacts('Connection=shop')") == SQLITE_OK);
  const Strings all{"60"};
  CHECK(host.Query(kCount) == all);
  CHECK(host.Load() == SQLITE_OK);  // no statement runs
  CHECK(host.Query(kCount) == all);
  CHECK(host.Query(kLoad) == Strings{""});  // one does: this one
  CHECK(host.Query(kCount) == all);
  sqlite3_stmt* const scan = host.Prepare("SELECT id FROM infusionsoft_contacts");
  REQUIRE(sqlite3_step(scan) == SQLITE_ROW);
  CHECK(host.Query(kLoad) == Strings{""});
  CHECK(host.Load() == SQLITE_OK);
  int rows = 1;
  while (sqlite3_step(scan) == SQLITE_ROW) ++rows;
  CHECK(rows == 60);
  CHECK(sqlite3_finalize(scan) == SQLITE_OK);
  CHECK(host.Query("SELECT count(*) FROM c") == all);
  CHECK(host.error().empty());
  CHECK(host.Close() == SQLITE_OK);
}

TEST_CASE("Loading: a new connection knows nothing of one that was closed", "[hosts]") {
  const auto server = StartSandbox();
  for (int i = 0; i < 8; ++i) {  // SQLite often gives a new connection the address of an old one
    Host host;
    REQUIRE(host.Load() == SQLITE_OK);
    CHECK(host.Query(kCount).empty());
    CHECK(host.error().find("infusionsoft_connect") != std::string::npos);
    REQUIRE(host.Connect(*server) == SQLITE_OK);
    CHECK(host.Query(kCount) == Strings{"60"});
    CHECK(host.Close() == SQLITE_OK);
  }
}

TEST_CASE("Loading: the file may have any name", "[hosts]") {
  const auto server = StartSandbox();
  for (const char* name : {"keap-crm_v2.so", "renamed", "lib9.so.1.2"}) {
    INFO(name);
    const Copied file(name);
    Host host;
    REQUIRE(host.Load(file.path()) == SQLITE_OK);
    REQUIRE(host.Connect(*server) == SQLITE_OK);
    CHECK(host.Query(kCount) == Strings{"60"});
    CHECK(host.Close() == SQLITE_OK);
  }
}

// A file under another name is another library, with connections of its own.
TEST_CASE("Loading: another copy of the file replaces all or nothing", "[hosts]") {
  const auto server = StartSandbox();
  const Copied file("other.so");
  const std::string load_other = "SELECT load_extension('" + file.path() + "')";
  Host host;
  REQUIRE(host.Load() == SQLITE_OK);
  REQUIRE(host.Connect(*server) == SQLITE_OK);
  // SQLite replaces no function while a statement runs.
  CHECK(host.Query(load_other).empty());
  INFO(host.error());
  CHECK(host.error().find("another copy") != std::string::npos);
  CHECK(host.Query(kCount) == Strings{"60"});
  REQUIRE(host.Load(file.path()) == SQLITE_OK);
  CHECK(host.Query(kCount).empty());
  CHECK(host.error().find("infusionsoft_connect") != std::string::npos);
  REQUIRE(host.Connect(*server) == SQLITE_OK);
  CHECK(host.Query(kCount) == Strings{"60"});
  CHECK(host.Close() == SQLITE_OK);
}

// SQLite hands its table of functions to extensions only.
const sqlite3_api_routines* host_api = nullptr;

int KeepApi(sqlite3*, char**, const sqlite3_api_routines* api) {
  host_api = api;
  return SQLITE_OK;
}

// A host's table with what the library may use of it beyond the headers that it is compiled with.
struct ApiTable {
  sqlite3_api_routines routines;
  void (*is_interrupted)();  // from 3.41 on
};

// A copy of the host's table, which stands for another SQLite in the process.
ApiTable CopyApi() {
  const auto entry = reinterpret_cast<void (*)()>(KeepApi);
  REQUIRE(sqlite3_auto_extension(entry) == SQLITE_OK);
  const Host host;
  sqlite3_cancel_auto_extension(entry);
  REQUIRE(host_api != nullptr);
  ApiTable copy{*host_api, nullptr};
  if (sqlite3_libversion_number() >= 3041000) std::memcpy(&copy, host_api, sizeof(copy));
  return copy;
}

decltype(&KeepApi) EntryPoint(const std::string& file, const char* name) {
  void* const library = dlopen(file.c_str(), RTLD_NOW);
  REQUIRE(library != nullptr);
  const auto entry = reinterpret_cast<decltype(&KeepApi)>(dlsym(library, name));
  REQUIRE(entry != nullptr);
  return entry;
}

TEST_CASE("Loading: a library that serves one SQLite refuses another one", "[hosts]") {
  static ApiTable other;  // static: the library keeps a pointer to it
  other = CopyApi();
  const auto server = StartSandbox();
  Host first;
  REQUIRE(first.Load() == SQLITE_OK);
  REQUIRE(first.Connect(*server) == SQLITE_OK);
  Host second;
  for (const char* name : {"sqlite3_extension_init", "sqlite3_infusionsoft_init"}) {
    char* message = nullptr;
    CHECK(EntryPoint(EXTENSION, name)(second.handle(), &message, &other.routines) == SQLITE_ERROR);
    REQUIRE(message != nullptr);
    CHECK(std::string(message).find("another copy of SQLite") != std::string::npos);
    sqlite3_free(message);
    CHECK(EntryPoint(EXTENSION, name)(second.handle(), nullptr, &other.routines) == SQLITE_ERROR);
  }
  CHECK(first.Query(kCount) == Strings{"60"});
  const Copied file("other.so");
  char* message = nullptr;
  CHECK(EntryPoint(file.path(), "sqlite3_extension_init")(second.handle(), &message, &other.routines) ==
        SQLITE_OK_LOAD_PERMANENTLY);
  REQUIRE(second.Connect(*server) == SQLITE_OK);
  CHECK(second.Query(kCount) == Strings{"60"});
  CHECK(first.Query(kCount) == Strings{"60"});
}

// Which registration of a load is without memory.
int calls_left = 0;
const sqlite3_api_routines* real_api = nullptr;

int CreateFunction(sqlite3* handle, const char* name, int arguments, int flags, void* data,
                   void (*call)(sqlite3_context*, int, sqlite3_value**),
                   void (*step)(sqlite3_context*, int, sqlite3_value**), void (*final)(sqlite3_context*),
                   void (*destroy)(void*)) {
  if (calls_left-- > 0)
    return real_api->create_function_v2(handle, name, arguments, flags, data, call, step, final, destroy);
  destroy(data);  // as SQLite does
  return SQLITE_NOMEM;
}

int CreateModule(sqlite3* handle, const char* name, const sqlite3_module* methods, void* data, void (*destroy)(void*)) {
  if (calls_left-- > 0) return real_api->create_module_v2(handle, name, methods, data, destroy);
  destroy(data);
  return SQLITE_NOMEM;
}

TEST_CASE("Loading: what failed half-way leaves nothing that crashes, and loading again mends it", "[hosts]") {
  static ApiTable failing;  // static: the library keeps a pointer to it
  failing = CopyApi();
  real_api = host_api;
  failing.routines.create_function_v2 = CreateFunction;
  failing.routines.create_module_v2 = CreateModule;
  const auto server = StartSandbox();
  for (int allowed : {0, 1, 9, 19, 20, 21, 60, 100}) {
    INFO(allowed);
    const Copied file("other.so");  // which nobody else has open, so that SQLite could unload it
    Host host;
    const auto load = [&](int registrations) {
      calls_left = registrations;
      void* const library = dlopen(file.path().c_str(), RTLD_NOW);
      REQUIRE(library != nullptr);
      const auto init = reinterpret_cast<decltype(&KeepApi)>(dlsym(library, "sqlite3_extension_init"));
      char* message = nullptr;
      const int code = init(host.handle(), &message, &failing.routines);
      sqlite3_free(message);
      dlclose(library);
      return code;
    };
    // While a statement runs, no function can be taken back.
    sqlite3_stmt* const running = host.Prepare("SELECT 1 UNION ALL SELECT 2");
    REQUIRE(sqlite3_step(running) == SQLITE_ROW);
    CHECK(load(allowed) == SQLITE_NOMEM);
    CHECK(host.Query("SELECT infusionsoft_version()").size() == (allowed >= 20 ? 1 : 0));
    if (allowed != 9) {  // that one stays as it is until it is closed
      REQUIRE(load(1000) == SQLITE_OK_LOAD_PERMANENTLY);
      REQUIRE(host.Connect(*server) == SQLITE_OK);
      CHECK(host.Query(kCount) == Strings{"60"});
    }
    CHECK(sqlite3_finalize(running) == SQLITE_OK);
    CHECK(host.Close() == SQLITE_OK);
  }
}

}  // namespace
}  // namespace infusionsoft::hosts_test
