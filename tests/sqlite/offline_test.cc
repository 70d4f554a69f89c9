// SPDX-License-Identifier: MIT
// Offline=true: copies and nothing else. CacheLocation: where they are, and which places are refused.
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "copies_support.h"
#include "support.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;

TEST_CASE("Offline: copies of any age are read, and nothing is sent", "[sqlite]") {
  const TemporaryFile file;
  Account account(Caching(file));
  const std::vector<std::string> queries = {"SELECT * FROM infusionsoft_contacts ORDER BY id",
                                            "SELECT c.id, o.id FROM infusionsoft_contacts AS c LEFT JOIN "
                                            "infusionsoft_orders AS o ON o.contact_id = c.id ORDER BY 1, 2",
                                            "SELECT count(name) FROM infusionsoft_contact_tags",
                                            "SELECT plain_content FROM infusionsoft_emails ORDER BY id LIMIT 2"};
  std::vector<std::vector<std::string>> answers;
  for (const std::string& sql : queries) answers.push_back(account.Run(sql));
  Age(file, 100'000'000);
  account.Connect(Offline(file) + ";CacheTolerance=1");
  for (size_t i = 0; i < queries.size(); ++i) {
    INFO(queries[i]);
    CHECK(account.Requests(queries[i]) == 0);
    CHECK(account.last_rows() == answers[i]);
  }
  // Both together are the same.
  account.Connect(Caching(file) + ";Offline=true");
  CHECK(account.Requests(queries[0]) == 0);
}

TEST_CASE("Offline: what has no copy is an error that says what to do", "[sqlite]") {
  const TemporaryFile file;
  Account account(Offline(file));  // there is no file yet
  account.server().ClearRequests();
  CHECK(account.Error("SELECT * FROM infusionsoft_tags") ==
        "infusionsoft_tags: Offline=true, and there is no local copy of GET /v2/tags; connect with AutoCache=true instead, "
        "and read "
        "the table once");
  CHECK_FALSE(std::filesystem::exists(CopiesOf(file)));
  account.Connect(Caching(file));
  const std::string id = account.Cell("SELECT max(id) FROM infusionsoft_contacts");
  account.Connect(Offline(file));
  account.server().ClearRequests();
  const std::string children = "SELECT * FROM infusionsoft_contact_tags WHERE contact_id = ";
  CHECK_THAT(account.Error(children + id), Contains("no local copy of GET /v2/contacts/" + id + "/tags"));
  CHECK(account.Run(children + "5").empty());  // there is no such contact, as their copy says
  CHECK_THAT(account.Error("SELECT * FROM infusionsoft_tags"), Contains("no local copy of GET /v2/tags"));
  CHECK(account.Cell("SELECT count(*) FROM infusionsoft_contacts WHERE id = 1 AND id = 2") == "0");
  CHECK(account.server().Requests().empty());
}

TEST_CASE("Offline: nobody signs in, and no function sends anything", "[sqlite]") {
  const TemporaryFile file;
  Account account;
  const std::string app =
      "URL=" + account.server().api_url() + ";OAuthAccessTokenURL=" + account.server().token_url() +
      ";OAuthClientId=sandbox-client-id;OAuthClientSecret=sandbox-client-secret;OAuthSettingsLocation=" + file.path() +
      ".tokens;";
  Database& database = account.database();
  database.Run("SELECT infusionsoft_connect('" + app + "InitiateOAuth=REFRESH;OAuthRefreshToken=sandbox-refresh-token;" +
               Caching(file) + "')");
  CHECK(database.Cell("SELECT count(*) FROM infusionsoft_contacts") == "60");
  // The same sign-in, without any way to a token.
  const std::string tokens = TextOfFile(file.path() + ".tokens");
  REQUIRE_THAT(tokens, Contains("\"grant\""));
  std::ofstream(file.path() + ".tokens")
      << R"({"format":"infusionsoft tokens","version":1,"access_token":"ended","expires_at":"2020-01-01T00:00:00Z",)"
      << tokens.substr(tokens.find("\"grant\""));
  account.server().ClearRequests();
  const uint64_t token_requests = account.server().token_requests();
  database.Run("SELECT infusionsoft_connect('" + app + Offline(file) + "')");
  CHECK(database.Cell("SELECT count(*) FROM infusionsoft_contacts") == "60");
  for (const char* call :
       {"infusionsoft_test_connection()", "infusionsoft_refresh_token()", "infusionsoft_exchange_code('x')"}) {
    CHECK_THAT(database.Error("SELECT " + std::string(call)),
               Contains("the connection says Offline=true, so nothing is sent"));
  }
  CHECK_THAT(database.Error("CREATE VIRTUAL TABLE own USING infusionsoft_contacts(CustomFields=columns)"),
             Contains("no local copy of"));
  CHECK(account.server().Requests().empty());
  CHECK(account.server().token_requests() == token_requests);
}

mode_t ModeOf(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 ? info.st_mode & 07777 : 0;
}

TEST_CASE("CacheLocation: a file, a directory, or the default, for the owner only", "[sqlite]") {
  const TemporaryFile file;
  const std::string folder = std::filesystem::path(file.path()).parent_path();
  Account account("AutoCache=true;CacheLocation=" + folder + "/new/sub/mine.db");
  account.Run("SELECT count(*) FROM infusionsoft_tags");
  for (const char* part : {"", "-wal", "-shm"}) CHECK(ModeOf(folder + "/new/sub/mine.db" + part) == 0600);
  CHECK(ModeOf(folder + "/new") == 0700);
  CHECK(ModeOf(folder + "/new/sub") == 0700);
  account.Connect("AutoCache=true;CacheLocation=" + folder + "/new");
  CHECK(ModeOf(folder + "/new/copies.db") == 0600);
  const char* before = std::getenv("XDG_CACHE_HOME");
  const std::string kept = before != nullptr ? before : "";
  setenv("XDG_CACHE_HOME", folder.c_str(), 1);
  account.Connect("AutoCache=true");
  CHECK(ModeOf(folder + "/infusionsoft/copies.db") == 0600);
  before != nullptr ? setenv("XDG_CACHE_HOME", kept.c_str(), 1) : unsetenv("XDG_CACHE_HOME");
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/new")) files += entry.is_regular_file() ? 1 : 0;
  CHECK(files == 1);  // nothing is left of how it was made
}

TEST_CASE("CacheLocation: what is no file of copies, or others can reach, is refused when the connection is made",
          "[sqlite]") {
  const TemporaryFile file;
  const std::string copies = CopiesOf(file);
  Account account(Caching(file));
  const auto refusal = [&](const std::string& more) {
    return account.Error("SELECT infusionsoft_connect('" + ConnectionString(account.server(), more) + "')");
  };
  for (const std::string& mode : {Caching(file), Offline(file)}) {
    INFO(mode);
    chmod(copies.c_str(), 0644);
    CHECK_THAT(refusal(mode),
               Contains("file of local copies " + copies + ": others can read or write it; run: chmod 600 " + copies));
    chmod(copies.c_str(), 0600);
  }
  RunOnCopies(file, "PRAGMA user_version = 2");
  CHECK_THAT(refusal(Caching(file)), Contains(copies) && Contains("written by a later version of this extension"));
  RunOnCopies(file, "PRAGMA application_id = 7");
  CHECK_THAT(refusal(Offline(file)), Contains("it is no file of local copies; CacheLocation must name another place"));
  std::filesystem::remove(copies);
  std::ofstream(copies) << "This is no database, but it is long enough to look like a damaged one. "
                        << std::string(200, '.');
  chmod(copies.c_str(), 0600);
  CHECK_THAT(refusal(Caching(file)),
             Contains("opening failed (file is not a database); delete the file and those with -wal and -shm"));
  std::filesystem::remove(copies);
  std::filesystem::create_symlink(file.path(), copies);
  CHECK_THAT(refusal(Caching(file)), Contains("it is a symbolic link; set CacheLocation to the file itself"));
  CHECK_THAT(refusal("AutoCache=true;CacheLocation=/proc/self/x/"), Contains("cannot be made"));
  const std::string shared = file.path() + ".shared";
  std::filesystem::create_directory(shared);
  chmod(shared.c_str(), 01777);
  CHECK_THAT(refusal("AutoCache=true;CacheLocation=" + shared + "/"),
             Contains("others may put files into it; set CacheLocation to a directory of your own"));
  // Without AutoCache and Offline nobody looks.
  account.Connect("CacheLocation=" + copies);
}

TEST_CASE("CacheLocation: what becomes of the file later is noticed by the next query", "[sqlite]") {
  const TemporaryFile file;
  const std::string copies = CopiesOf(file);
  Account account(Caching(file));
  const std::string query = "SELECT count(*) FROM infusionsoft_contacts";
  account.Run(query);
  chmod(copies.c_str(), 0660);
  CHECK_THAT(account.Error(query), Contains("infusionsoft_contacts: file of local copies") && Contains("chmod 600"));
  CHECK_THAT(account.Error("SELECT * FROM infusionsoft_copies"), Contains("infusionsoft_copies: file of local copies"));
  chmod(copies.c_str(), 0600);
  RunOnCopies(file, "DELETE FROM pages");
  CHECK_THAT(account.Error(query),
             Contains("a page of infusionsoft_contacts is missing; delete the file and those with -wal and -shm"));
  for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(copies + part);
  CHECK(account.Requests(query) == 1);
  CHECK(account.Requests(query) == 0);
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
