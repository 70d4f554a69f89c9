// SPDX-License-Identifier: MIT
#include "sqlite/statement.h"

#include <new>

#include "sqlite/sql_words.h"

namespace infusionsoft::sqlite {
namespace {

std::string Quote(std::string_view text, char quote) {
  std::string quoted(1, quote);
  for (const char c : text) quoted.append(c == quote ? 2 : 1, c);
  return quoted + quote;
}

int CountWriters(sqlite3* handle) {
  int writers = 0;
  for (sqlite3_stmt* each = sqlite3_next_stmt(handle, nullptr); each != nullptr; each = sqlite3_next_stmt(handle, each)) {
    if (sqlite3_stmt_busy(each) != 0 && sqlite3_stmt_readonly(each) == 0) ++writers;
  }
  return writers;
}

}  // namespace

Status StatusOf(sqlite3* handle, int code) {
  switch (code & 0xff) {
    case SQLITE_NOMEM:
      return Status(StatusCode::kOutOfMemory, "out of memory");
    case SQLITE_INTERRUPT:
      return Status(StatusCode::kInterrupted, "interrupted");
    case SQLITE_READONLY:
      return Status(StatusCode::kReadOnly, sqlite3_errmsg(handle));
    default:
      return InvalidArgument(sqlite3_errmsg(handle));
  }
}

std::string QuoteName(std::string_view name) { return Quote(name, '"'); }

std::string QuoteText(std::string_view text) { return Quote(text, '\''); }

Result<Statement> Statement::Prepare(sqlite3* handle, const std::string& sql, Tail tail) {
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v2(handle, sql.c_str(), static_cast<int>(sql.size()) + 1, &statement, &rest);
  if (code != SQLITE_OK) return StatusOf(handle, code);
  Statement prepared(statement);
  if (tail == Tail::kRefused && rest != nullptr && !SqlWords(rest).AtEnd()) return InvalidArgument("give one statement only");
  return prepared;
}

void Statement::Bind(int number, const std::string& value) {
  Note(sqlite3_bind_text64(statement_, number, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

// A null pointer would bind NULL.
void Statement::BindBlob(int number, std::string_view bytes) {
  Note(sqlite3_bind_blob64(statement_, number, bytes.empty() ? "" : bytes.data(), bytes.size(), SQLITE_TRANSIENT));
}

Result<bool> Statement::Step() {
  if (bind_code_ != SQLITE_OK) return StatusOf(sqlite3_db_handle(statement_), bind_code_);
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  sqlite3* handle = sqlite3_db_handle(statement_);
  const Status status = code == SQLITE_DONE ? Status() : StatusOf(handle, code);
  sqlite3_reset(statement_);
  if (!status.ok()) return status;
  return false;
}

std::string Statement::Text(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return "";
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (text == nullptr) throw std::bad_alloc();
  return std::string(text, static_cast<size_t>(sqlite3_column_bytes(statement_, column)));
}

std::string Statement::Blob(int column) const {
  const auto size = static_cast<size_t>(sqlite3_column_bytes(statement_, column));
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  if (bytes == nullptr && size > 0) throw std::bad_alloc();
  return size == 0 ? "" : std::string(bytes, size);
}

Status Execute(sqlite3* handle, const std::string& sql) {
  Result<Statement> statement = Statement::Prepare(handle, sql);
  if (!statement) return std::move(statement).status();
  return statement->Step().status();
}

bool IsWriting(sqlite3* handle) { return CountWriters(handle) > 0; }

// In a transaction one statement is enough.
bool MayKeepPart(sqlite3* handle) { return CountWriters(handle) >= (sqlite3_get_autocommit(handle) == 0 ? 1 : 2); }

sqlite3_stmt* OnlyRunningStatement(sqlite3* handle) {
  sqlite3_stmt* running = nullptr;
  for (sqlite3_stmt* each = sqlite3_next_stmt(handle, nullptr); each != nullptr; each = sqlite3_next_stmt(handle, each)) {
    if (sqlite3_stmt_busy(each) == 0) continue;
    if (running != nullptr) return nullptr;
    running = each;
  }
  return running;
}

}  // namespace infusionsoft::sqlite
