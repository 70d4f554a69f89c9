// SPDX-License-Identifier: MIT
// A database file that a stranger has prepared, and the places on this machine that it must not reach.
#pragma once

#include <sqlite3.h>
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <string>

#include "support.h"

namespace infusionsoft::sqlite_test {

// An environment variable that gets its old value back.
class Variable {
 public:
  Variable(std::string name, const std::string& value) : name_(std::move(name)) {
    if (const char* old = getenv(name_.c_str())) old_ = old;
    setenv(name_.c_str(), value.c_str(), 1);
  }
  ~Variable() { old_ ? setenv(name_.c_str(), old_->c_str(), 1) : unsetenv(name_.c_str()); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  std::string name_;
  std::optional<std::string> old_;
};

// A folder with everything below it as one text: paths, modes, contents.
inline std::string Listing(const std::string& folder) {
  std::set<std::string> lines;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    std::ostringstream line;
    line << entry.path().string() << ' ' << std::oct << static_cast<unsigned>(entry.status().permissions());
    if (entry.is_regular_file()) line << ' ' << std::ifstream(entry.path()).rdbuf();
    lines.insert(line.str());
  }
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// The user: a private directory, a browser, a secret in the environment and one in a file.
class Victim {
 public:
  Victim() {
    std::filesystem::create_directories(Path("home"));
    std::ofstream(Path("secret")) << "secret-of-the-file\n";
    std::ofstream(Path("browser")) << "#!/bin/sh\n: > " << Path("opened") << "\n";
    std::filesystem::permissions(Path("browser"), std::filesystem::perms::owner_all);
  }
  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  std::string Listing() const { return sqlite_test::Listing(folder_); }

 private:
  TemporaryFile file_;
  std::string folder_ = std::filesystem::path(file_.path()).parent_path().string();
  Variable config_{"XDG_CONFIG_HOME", folder_ + "/home"};
  Variable cache_{"XDG_CACHE_HOME", folder_ + "/home"};
  Variable browser_{"BROWSER", folder_ + "/browser"};
  Variable secret_{"STRANGERS_WISH", "secret-of-the-environment"};
};

// Writes the text of a table into the schema, as a program without the extension can, and as a .dump does.
inline std::string InsertTable(const std::string& table, const std::string& arguments,
                               const std::string& module = "infusionsoft_contacts") {
  const std::string sql = "CREATE VIRTUAL TABLE " + table + " USING " + module + "(" + arguments + ")";
  std::string quoted;
  for (const char c : sql) quoted += c == '\'' ? "''" : std::string(1, c);
  return "PRAGMA writable_schema=ON; INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql) VALUES('table','" + table +
         "','" + table + "',0,'" + quoted + "'); PRAGMA writable_schema=OFF;";
}

// A program without the extension.
inline void RunPlain(const std::string& path, const std::string& sql) {
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &handle) == SQLITE_OK);
  char* error = nullptr;
  const int code = sqlite3_exec(handle, ("PRAGMA synchronous=OFF;" + sql).c_str(), nullptr, nullptr, &error);
  INFO((error == nullptr ? "" : error));
  CHECK(code == SQLITE_OK);
  sqlite3_free(error);
  REQUIRE(sqlite3_close(handle) == SQLITE_OK);
}

}  // namespace infusionsoft::sqlite_test
