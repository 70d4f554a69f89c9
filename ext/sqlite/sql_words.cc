// SPDX-License-Identifier: MIT
#include "sqlite/sql_words.h"

#include <algorithm>

#include "base/text.h"

namespace infusionsoft::sqlite {
namespace {

// Letters, digits, '_', '$' and whatever is not ASCII.
bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

bool Creates(std::string_view sql, std::string_view schema, std::string_view table) {
  SqlWords words(sql);
  if (!words.Take("CREATE") || !words.Take("VIRTUAL") || !words.Take("TABLE")) return false;
  std::string name = words.Next();
  // A table may be called "if".
  SqlWords after = words;
  if (EqualsIgnoreCase(name, "IF") && after.Take("NOT") && after.Take("EXISTS")) {
    name = after.Next();
    words = after;
  }
  std::string database = "main";
  if (words.Take(".")) {
    database = std::move(name);
    name = words.Next();
  }
  return name == table && EqualsIgnoreCase(database, schema);
}

}  // namespace

void SqlWords::SkipSpace() {
  const auto skip_to = [this](std::string_view end, size_t from) {
    const size_t at = rest_.find(end, from);
    rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + end.size());
  };
  while (true) {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(has_begun_ ? " \t\r\n\f" : " \t\r\n\f;"), rest_.size()));
    if (rest_.starts_with("--")) {
      skip_to("\n", 0);
    } else if (rest_.starts_with("/*")) {
      skip_to("*/", 2);
    } else {
      return;
    }
  }
}

std::string SqlWords::TakeQuoted(char end) {
  std::string text;
  size_t at = 1;
  for (; at < rest_.size(); ++at) {
    if (rest_[at] == end) {
      const bool is_doubled = end != ']' && at + 1 < rest_.size() && rest_[at + 1] == end;
      if (!is_doubled) break;
      ++at;
    }
    text += rest_[at];
  }
  rest_.remove_prefix(std::min(at + 1, rest_.size()));
  return text;
}

std::string SqlWords::Next() {
  SkipSpace();
  has_begun_ = true;
  was_quoted_ = false;
  if (rest_.empty()) return "";
  const char first = rest_.front();
  was_quoted_ = first == '"' || first == '\'' || first == '`' || first == '[';
  if (was_quoted_) return TakeQuoted(first == '[' ? ']' : first);
  const auto end = std::find_if_not(rest_.begin(), rest_.end(), IsWordByte);
  const auto size = std::max<size_t>(1, static_cast<size_t>(end - rest_.begin()));
  std::string word(rest_.substr(0, size));
  rest_.remove_prefix(size);
  return word;
}

bool SqlWords::Take(std::string_view word) {
  SqlWords ahead = *this;
  if (!EqualsIgnoreCase(ahead.Next(), word)) return false;
  *this = ahead;
  return true;
}

bool SqlWords::AtEnd() {
  SkipSpace();
  return rest_.empty();
}

std::string FirstWord(std::string_view sql) { return SqlWords(sql).Next(); }

bool IsCreating(sqlite3* handle, std::string_view schema, std::string_view table) {
  for (sqlite3_stmt* each = sqlite3_next_stmt(handle, nullptr); each != nullptr; each = sqlite3_next_stmt(handle, each)) {
    if (sqlite3_stmt_busy(each) == 0 || sqlite3_stmt_readonly(each) != 0) continue;
    const char* sql = sqlite3_sql(each);
    if (sql != nullptr && Creates(sql, schema, table)) return true;
  }
  return false;
}

}  // namespace infusionsoft::sqlite
