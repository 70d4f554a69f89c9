// SPDX-License-Identifier: MIT
// Trust: whose the text of a table is, and so what it may name (auth/property_powers.h).
//
// It is the user's when they run CREATE VIRTUAL TABLE, which no trigger or view can, when they have approved it, or when it
// is in the schema temp, which no file brings. How it got into the database file is not asked: it may have been written with
// writable_schema, restored or attached.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>

#include "base/status.h"
#include "sqlite/api.h"

namespace infusionsoft::sqlite {

// What stands behind USING, with the place where it stands.
struct TableText {
  std::string schema;
  std::string table;
  std::string identity;    // module and arguments, as SQLite passes them
  std::string connection;  // the arguments as one connection string
  bool is_new = false;     // CREATE VIRTUAL TABLE is running for it
};

// `arguments` are those of xConnect, with the module, the schema and the table before the others.
std::string IdentityOf(std::span<const char* const> arguments);

// Used under the connection's mutex.
class Trust {
 public:
  explicit Trust(sqlite3* handle) : handle_(handle) {}

  // Whether `text` is the user's. kPermissionDenied: it is not, and names what only the user's may; the message says what it
  // is and how to allow it.
  Result<bool> IsUsers(const TableText& text) const;
  // Whether a connection string that is not the user's may be used: kPermissionDenied when it names what only the user's
  // may.
  Status CheckForeign(std::string_view connection_string) const;
  // Remembers that `text` is the user's, for this connection and, where that can be, for the user. Also says in SQLite's
  // error log when a secret stands in the database file in clear text.
  void NoteCreated(const TableText& text);
  // The same of a text that is in the file. An error says why it is not remembered for the user.
  Status Approve(const TableText& text);

  // The path of the database file in which a table of `schema` stands; "" when it is in memory, or gone when it is closed.
  std::string FileOf(const std::string& schema) const;

 private:
  Status Remember(const TableText& text);

  sqlite3* const handle_;
  std::set<std::string> known_;  // digests of the texts that are this user's, as far as this connection has been told
};

}  // namespace infusionsoft::sqlite
