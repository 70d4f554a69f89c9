// SPDX-License-Identifier: MIT
// Statement: one SQL statement of this extension's own, run on the connection it serves.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"
#include "sqlite/api.h"

namespace infusionsoft::sqlite {

// "contacts" with its quotes doubled, for the place of a name.
std::string QuoteName(std::string_view name);

// 'text' with its quotes doubled, for the place of a value.
std::string QuoteText(std::string_view text);

// What `code`, which a call on `handle` gave and which is an error, means, with SQLite's message.
Status StatusOf(sqlite3* handle, int code);

// Used by the thread that runs the connection. Errors carry SQLite's message.
class Statement {
 public:
  // What becomes of statements behind the first: SQLite leaves them alone, or they are an error.
  enum class Tail { kIgnored, kRefused };
  static Result<Statement> Prepare(sqlite3* handle, const std::string& sql, Tail tail = Tail::kIgnored);
  Statement(Statement&& other) noexcept : statement_(other.statement_), bind_code_(other.bind_code_) {
    other.statement_ = nullptr;
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(statement_); }

  // The values of ?1, ?2, ..., which stay. What cannot be bound makes Step fail.
  void Bind(int number, int64_t value) { Note(sqlite3_bind_int64(statement_, number, value)); }
  void Bind(int number, const std::string& value);
  void BindBlob(int number, std::string_view bytes);
  // Whether there is a row. After the last one the statement starts again.
  Result<bool> Step();
  int64_t Integer(int column) const { return sqlite3_column_int64(statement_, column); }
  std::string Text(int column) const;  // "" for NULL
  std::string Blob(int column) const;  // "" for NULL

 private:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  void Note(int code) {
    if (bind_code_ == SQLITE_OK) bind_code_ = code;
  }

  sqlite3_stmt* statement_;
  int bind_code_ = SQLITE_OK;  // of the first value that could not be bound
};

// Runs a statement that gives no rows.
Status Execute(sqlite3* handle, const std::string& sql);

// Whether a statement that writes is running on this connection.
bool IsWriting(sqlite3* handle);
// Whether the rows that a statement has written so far may stay when it fails now. In autocommit SQLite undoes everything,
// unless two statements write at once; in a transaction only what it keeps a journal for, and it keeps none for a target
// without constraints that can fail.
bool MayKeepPart(sqlite3* handle);
// The statement that is running on this connection, when there is just one.
sqlite3_stmt* OnlyRunningStatement(sqlite3* handle);

}  // namespace infusionsoft::sqlite
