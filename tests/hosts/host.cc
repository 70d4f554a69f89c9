// SPDX-License-Identifier: MIT
#include "host.h"

namespace infusionsoft::hosts_test {

std::unique_ptr<sandbox::Sandbox> StartSandbox() {
  sandbox::SandboxOptions options;
  options.seed = 7;
  options.sizes.contacts = 60;
  options.rate_per_minute = 1'000'000;  // the client would wait when the minute's requests are used up
  return sandbox::Sandbox::Start(options);
}

std::string ConnectionString(const sandbox::Sandbox& server, const std::string& more) {
  return "URL=" + server.api_url() + ";OAuthAccessToken=" + server.options().access_token + (more.empty() ? "" : ";" + more);
}

Host::Host(const std::string& path) {
  Note(sqlite3_open(path.c_str(), &handle_));
  sqlite3_enable_load_extension(handle_, 1);  // by SQL too
}

int Host::Load(const std::string& file) {
  char* message = nullptr;
  const int code = sqlite3_load_extension(handle_, file.c_str(), nullptr, &message);
  if (message != nullptr) error_ = message;
  sqlite3_free(message);
  return code;
}

int Host::Connect(const sandbox::Sandbox& server, const std::string& more) {
  return Run("SELECT infusionsoft_connect('" + ConnectionString(server, more) + "')");
}

int Host::Run(const std::string& sql) { return Note(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr)); }

int Host::Close() {
  const int code = Note(sqlite3_close(handle_));
  if (code == SQLITE_OK) handle_ = nullptr;
  return code;
}

std::vector<std::string> Host::Query(const std::string& sql) {
  std::vector<std::string> values;
  sqlite3_stmt* const statement = Prepare(sql);
  int code = SQLITE_DONE;
  while (statement != nullptr && (code = sqlite3_step(statement)) == SQLITE_ROW) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    values.emplace_back(text == nullptr ? "" : text);
  }
  if (code != SQLITE_DONE) Note(code);
  sqlite3_finalize(statement);
  return values;
}

sqlite3_stmt* Host::Prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  Note(sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr));
  return statement;
}

int Host::Note(int code) {
  if (code != SQLITE_OK) error_ = sqlite3_errmsg(handle_);
  return code;
}

}  // namespace infusionsoft::hosts_test
