// SPDX-License-Identifier: MIT
// AutoCache, Offline: whose copies are read. Nobody sees the data of whoever was signed in before, wherever the sign-in was.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "copies_support.h"
#include "support.h"
#include "support/raw_server.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;

const char kQuery[] = "SELECT count(*) FROM infusionsoft_tags";

// An application whose users sign in by codes, and whose tokens stand in one file.
class Application {
 public:
  explicit Application(const TemporaryFile& file)
      : file_(file), endpoint_([this](RawConnection& connection) {
          connection.ReadRequest();
          connection.SendResponse("200 OK", R"({"access_token":")" + account_.server().options().access_token +
                                                R"(","refresh_token":"R","expires_in":86400})");
        }) {}

  // Another process: a session of its own (Timeout tells them apart), with the same tokens.
  void Connect(Database& database, int timeout, const std::string& more) {
    database.Run(
        "SELECT infusionsoft_connect('URL=" + account_.server().api_url() +
        ";OAuthClientId=app;OAuthClientSecret=s;InitiateOAuth=REFRESH;OAuthAccessTokenURL=" + endpoint_.Url("/token") +
        ";OAuthSettingsLocation=" + TokenFile() + ";Timeout=" + std::to_string(timeout) + ";" + more + "')");
  }
  std::string TokenFile() const { return file_.path() + ".tokens"; }
  uint64_t Requests(Database& database) {
    account_.server().ClearRequests();
    database.Run(kQuery);
    return account_.server().api_requests();
  }
  std::string Copies() { return RunOnCopies(file_, "SELECT count(*) FROM copies").at(0); }

 private:
  const TemporaryFile& file_;
  Account account_;
  RawServer endpoint_;
};

void SignIn(Database& database) { database.Run("SELECT infusionsoft_exchange_code('code')"); }

TEST_CASE("AutoCache: a sign-in that knows nothing of copies hides those of whoever was signed in before", "[sqlite]") {
  const TemporaryFile file;
  Application app(file);
  Database copying;
  Database plain;
  Database offline;
  app.Connect(copying, 60, Caching(file));
  SignIn(copying);
  CHECK(app.Requests(copying) == 1);
  CHECK(app.Requests(copying) == 0);
  app.Connect(offline, 61, Offline(file));
  CHECK(app.Requests(offline) == 0);
  app.Connect(plain, 62, "");
  SignIn(plain);
  // In processes that were there before, and in new ones.
  Database later;
  app.Connect(later, 63, Offline(file));
  for (Database* each : {&offline, &later}) {
    CHECK_THAT(each->Error(kQuery), Contains("there is no local copy of GET /v2/tags"));
    CHECK(each->Run("SELECT * FROM infusionsoft_copies").empty());
  }
  CHECK(app.Requests(copying) == 1);
  CHECK(app.Copies() == "1");  // the older one is gone
  CHECK(app.Requests(copying) == 0);
  CHECK(app.Requests(later) == 0);
  CHECK(later.Run("SELECT * FROM infusionsoft_copies").size() == 1);
}

TEST_CASE("AutoCache: who signs in anew is not answered from the copies of whoever was signed in before", "[sqlite]") {
  const TemporaryFile file;
  Application app(file);
  Database database;
  app.Connect(database, 60, Caching(file));
  SignIn(database);
  CHECK(app.Requests(database) == 1);
  CHECK(app.Requests(database) == 0);
  SignIn(database);
  CHECK(app.Requests(database) == 1);
  CHECK(app.Copies() == "1");
  // Who comes later in this process, and whoever else shares the account.
  Database other;
  app.Connect(other, 60, Caching(file));
  CHECK(app.Requests(other) == 0);
  SignIn(other);
  CHECK(app.Requests(database) == 1);
  CHECK(app.Requests(other) == 0);
}

TEST_CASE("AutoCache: refreshes lose no copy, and neither do token files of earlier versions", "[sqlite]") {
  const TemporaryFile file;
  Application app(file);
  const bool is_old = GENERATE(false, true);
  CAPTURE(is_old);
  std::ofstream(app.TokenFile()) << R"({"format":"infusionsoft tokens","version":1,"refresh_token":"R")"
                                 << (is_old ? "}" : R"(,"grant":"G"})");
  std::filesystem::permissions(app.TokenFile(), std::filesystem::perms(0600));
  Database database;
  app.Connect(database, 60, Caching(file));
  CHECK(app.Requests(database) == 1);
  for (int timeout : {60, 61}) {
    app.Connect(database, timeout, Caching(file));
    database.Run("SELECT infusionsoft_refresh_token()");
    CHECK(app.Requests(database) == 0);
  }
  CHECK_THAT(RunOnCopies(file, "SELECT substr(account, 65) FROM copies").at(0), Catch::Equals(is_old ? "" : ":G"));
  SignIn(database);
  CHECK(app.Requests(database) == 1);
  CHECK(app.Copies() == "1");
}

TEST_CASE("AutoCache: the first request of a download may sign in", "[sqlite]") {
  const TemporaryFile file;
  Application app(file);
  Database database;
  app.Connect(database, 60, Caching(file) + ";OAuthVerifier=code");
  CHECK(app.Requests(database) == 1);
  CHECK(app.Requests(database) == 0);
  CHECK_THAT(RunOnCopies(file, "SELECT account FROM copies").at(0), Contains(":"));
}

TEST_CASE("Offline: of a sealed token file the TokenKey is needed, which says whose copies are read", "[sqlite]") {
  const TemporaryFile file;
  Application app(file);
  Database database;
  app.Connect(database, 60, Caching(file) + ";TokenKey=a key");
  SignIn(database);
  CHECK(app.Requests(database) == 1);
  app.Connect(database, 60, Offline(file) + ";TokenKey=a key");
  CHECK(app.Requests(database) == 0);
  app.Connect(database, 60, Offline(file));
  CHECK_THAT(database.Error(kQuery), Contains("TokenKey"));
  CHECK_THAT(database.Error("SELECT * FROM infusionsoft_copies"), Contains("infusionsoft_copies: ") && Contains("TokenKey"));
}

TEST_CASE("AutoCache: disconnecting deletes the copies of all sign-ins", "[sqlite]") {
  const TemporaryFile file;
  Application app(file);
  Database database;
  app.Connect(database, 60, Caching(file));
  SignIn(database);
  CHECK(app.Requests(database) == 1);
  SignIn(database);
  REQUIRE(app.Copies() == "1");
  database.Run("SELECT infusionsoft_disconnect()");
  CHECK(app.Copies() == "0");
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
