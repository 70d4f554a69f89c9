// SPDX-License-Identifier: MIT
// SqlWords: the beginning of a statement, word by word, as SQLite reads it.
#pragma once

#include <string>
#include <string_view>

#include "sqlite/api.h"

namespace infusionsoft::sqlite {

class SqlWords {
 public:
  // `sql` outlives this object.
  explicit SqlWords(std::string_view sql) : rest_(sql) {}

  // The next keyword, name or sign, over white space, comments and, before the first one, semicolons; a quoted name without
  // its quotes. "" at the end.
  std::string Next();
  // Takes the next one if it is `word`, whatever its case.
  bool Take(std::string_view word);
  bool AtEnd();
  // Whether the last one stood in quotes, and so is no keyword.
  bool was_quoted() const { return was_quoted_; }

 private:
  void SkipSpace();
  std::string TakeQuoted(char end);

  std::string_view rest_;
  bool has_begun_ = false;
  bool was_quoted_ = false;
};

// The first word: "SELECT".
std::string FirstWord(std::string_view sql);

// Whether CREATE VIRTUAL TABLE of this table is what is running on the connection: only the user can run that, while a table
// is connected by any statement that reads a schema. SQLite passes both names to xCreate as they were written.
bool IsCreating(sqlite3* handle, std::string_view schema, std::string_view table);

}  // namespace infusionsoft::sqlite
