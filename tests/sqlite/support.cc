// SPDX-License-Identifier: MIT
#include "support.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "http/url.h"
#include "profile/profile.h"
#include "sqlite/extension_init.h"

namespace infusionsoft::sqlite_test {
namespace {

std::string Quote(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? "''" : std::string(1, c);
  return quoted + "'";
}

std::string RowText(sqlite3_stmt* statement) {
  std::string text;
  for (int i = 0; i < sqlite3_column_count(statement); ++i) {
    const auto* cell = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
    text += (i > 0 ? "|" : "") + std::string(cell != nullptr ? cell : "");
  }
  return text;
}

}  // namespace

Database::Database(const std::string& path) {
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI;
  REQUIRE(sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr) == SQLITE_OK);
  char* error = nullptr;
  REQUIRE(sqlite::RegisterExtension(handle_, &error) == SQLITE_OK);
}

Database::Database(Plain) { REQUIRE(sqlite3_open(":memory:", &handle_) == SQLITE_OK); }

Database::~Database() {
  if (handle_ != nullptr) CHECK(Close() == SQLITE_OK);
}

int Database::Close() {
  const int code = sqlite3_close(handle_);
  handle_ = nullptr;
  return code;
}

Outcome Database::Try(const std::string& sql) {
  Outcome outcome;
  const char* rest = sql.c_str();
  while (outcome.code == SQLITE_OK && *rest != '\0') {
    sqlite3_stmt* statement = nullptr;
    outcome.code = sqlite3_prepare_v2(handle_, rest, -1, &statement, &rest);
    int step = SQLITE_DONE;
    while (statement != nullptr && (step = sqlite3_step(statement)) == SQLITE_ROW)
      outcome.rows.push_back(RowText(statement));
    if (outcome.code == SQLITE_OK && step != SQLITE_DONE) outcome.code = step;
    if (outcome.code != SQLITE_OK) outcome.error = sqlite3_errmsg(handle_);
    sqlite3_finalize(statement);
  }
  return outcome;
}

std::vector<std::string> Database::Run(const std::string& sql) {
  Outcome outcome = Try(sql);
  INFO(sql);
  INFO(outcome.error);
  REQUIRE(outcome.code == SQLITE_OK);
  return std::move(outcome.rows);
}

std::string Database::Cell(const std::string& sql) {
  const std::vector<std::string> rows = Run(sql);
  INFO(sql);
  REQUIRE(rows.size() == 1);
  return rows[0];
}

std::string Database::Error(const std::string& sql) {
  const Outcome outcome = Try(sql);
  INFO(sql);
  REQUIRE(outcome.code != SQLITE_OK);
  return outcome.error;
}

sqlite3* OpenRegistered() {
  sqlite3* handle = nullptr;
  char* error = nullptr;
  const bool good = sqlite3_open(":memory:", &handle) == SQLITE_OK &&
                    sqlite::RegisterExtension(handle, &error) == SQLITE_OK;
  sqlite3_free(error);
  if (good) return handle;
  sqlite3_close(handle);
  return nullptr;
}

int CountRows(sqlite3* handle, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) return -1;
  int rows = 0;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) ++rows;
  sqlite3_finalize(statement);
  return code == SQLITE_DONE ? rows : -1;
}

std::string ConnectionString(const sandbox::Sandbox& server, const std::string& more) {
  return "URL=" + server.api_url() + ";OAuthAccessToken=" + server.options().access_token +
         (more.empty() ? "" : ";" + more);
}

sandbox::SandboxOptions SmallAccount(uint64_t contacts) {
  sandbox::SandboxOptions options;
  options.seed = 7;
  options.sizes.contacts = contacts;
  options.rate_per_minute = 1'000'000;  // the client would wait when the minute's requests are used up
  return options;
}

Account::Account(const std::string& more, const sandbox::SandboxOptions& options)
    : server_(sandbox::Sandbox::Start(options)) {
  REQUIRE(server_ != nullptr);
  Connect(more);
}

void Account::Connect(const std::string& more) {
  database_.Run("SELECT infusionsoft_connect(" + Quote(ConnectionString(*server_, more)) + ")");
}

uint64_t Account::Requests(const std::string& sql) {
  server_->ClearRequests();
  last_rows_ = database_.Run(sql);
  return server_->api_requests();
}

std::string Account::LastQuery() {
  const std::vector<sandbox::SeenRequest> requests = server_->Requests();
  REQUIRE(!requests.empty());
  const Result<http::QueryParams> params = http::ParseQuery(requests.back().query);
  REQUIRE(params.ok());
  std::string text;
  for (const auto& [name, value] : *params) text += (text.empty() ? "" : "&") + name + "=" + value;
  return text;
}

std::string ColumnOfNoOtherTable(const Entity& entity) {
  for (const Column& column : entity.columns) {
    const auto shares = [&](const AccessPath& path) { return std::ranges::find(path.columns, column.name) != path.columns.end(); };
    if (!column.hidden && std::ranges::none_of(entity.access_paths, shares)) return column.name;
  }
  return "";
}

TemporaryFile::TemporaryFile() {
  std::string pattern = (std::filesystem::temp_directory_path() / "infusionsoft-test-XXXXXX").string();
  REQUIRE(mkdtemp(pattern.data()) != nullptr);
  directory_ = pattern;
}

TemporaryFile::~TemporaryFile() {
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

}  // namespace infusionsoft::sqlite_test
