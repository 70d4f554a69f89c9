// SPDX-License-Identifier: MIT
// A connection of this process to SQLite that has the built library loaded.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <vector>

namespace infusionsoft::oauth_test {

struct CloseDatabase {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

// Of one thread; nothing of Catch2 is in it, so that several threads may have one each.
class Database {
 public:
  Database() {
    sqlite3* handle = nullptr;
    sqlite3_open(":memory:", &handle);
    handle_.reset(handle);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, nullptr);
    char* message = nullptr;
    if (sqlite3_load_extension(handle, EXTENSION, nullptr, &message) != SQLITE_OK) error_ = message;
    sqlite3_free(message);
  }
  // The first column of all rows.
  std::vector<std::string> Query(const std::string& sql) {
    std::vector<std::string> values;
    for (const Statement statement = Prepare(sql); Step(statement);) {
      values.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), 0)));
    }
    return values;
  }
  Statement Prepare(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle_.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) Fail();
    return Statement(statement);
  }
  // Whether there is a row.
  bool Step(const Statement& statement) {
    const int code = sqlite3_step(statement.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE) Fail();
    return code == SQLITE_ROW;
  }
  // What failed so far.
  const std::string& error() const { return error_; }

 private:
  void Fail() { error_ += std::string(sqlite3_errmsg(handle_.get())) + "\n"; }

  std::unique_ptr<sqlite3, CloseDatabase> handle_;
  std::string error_;
};

}  // namespace infusionsoft::oauth_test
