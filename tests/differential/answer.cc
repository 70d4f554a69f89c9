// SPDX-License-Identifier: MIT
#include "answer.h"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace infusionsoft::differential {
namespace {

std::string CellText(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return "i:" + std::to_string(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT: {
      std::array<char, 40> text{};
      std::snprintf(text.data(), text.size(), "r:%.17g", sqlite3_column_double(statement, column));
      return text.data();
    }
    case SQLITE_NULL:
      return "null";
    default: {
      const std::string prefix = sqlite3_column_type(statement, column) == SQLITE_TEXT ? "t:" : "b:";
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
      const auto size = static_cast<size_t>(sqlite3_column_bytes(statement, column));
      return prefix + (size == 0 ? std::string() : std::string(bytes, size));
    }
  }
}

// A random join may be a product of everything with everything.
constexpr int kStepsBetweenLooks = 10000;
constexpr int kMostLooks = 200;

// Stops the statements of a database that take too many steps, while it lives.
class StepLimit {
 public:
  explicit StepLimit(sqlite3* database) : database_(database) {
    sqlite3_progress_handler(database, kStepsBetweenLooks, Look, &looks_);
  }
  ~StepLimit() { sqlite3_progress_handler(database_, 0, nullptr, nullptr); }
  StepLimit(const StepLimit&) = delete;
  StepLimit& operator=(const StepLimit&) = delete;

  bool reached() const { return looks_ > kMostLooks; }

 private:
  static int Look(void* looks) { return ++*static_cast<int*>(looks) > kMostLooks ? 1 : 0; }

  sqlite3* const database_;
  int looks_ = 0;
};

[[noreturn]] void Fail(const std::string& sql, const std::string& error) {
  std::fprintf(stderr, "%s\n  %s\n", error.c_str(), sql.c_str());
  std::exit(2);
}

}  // namespace

Statement::Statement(sqlite3* database, const std::string& sql) : database_(database) {
  if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement_, nullptr) != SQLITE_OK) error_ = sqlite3_errmsg(database);
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::Bind(const std::vector<Binding>& bindings) {
  for (const Binding& binding : bindings) BindOne(binding);
}

void Statement::BindOne(const Binding& binding) {
  const int index = sqlite3_bind_parameter_index(statement_, binding.name.c_str());
  if (index == 0) return;
  sqlite3_stmt* literal = nullptr;
  if (sqlite3_prepare_v2(database_, ("SELECT " + binding.literal).c_str(), -1, &literal, nullptr) != SQLITE_OK ||
      sqlite3_step(literal) != SQLITE_ROW) {
    Fail("SELECT " + binding.literal, sqlite3_errmsg(database_));
  }
  sqlite3_bind_value(statement_, index, sqlite3_column_value(literal, 0));
  sqlite3_finalize(literal);
}

bool Statement::Step(Answer& answer) {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) {
    Row row;
    for (int i = 0; i < sqlite3_column_count(statement_); ++i) row.push_back(CellText(statement_, i));
    answer.rows.push_back(std::move(row));
    return true;
  }
  if (code != SQLITE_DONE) answer.error = std::string(sqlite3_errmsg(database_)) + " (" + std::to_string(code) + ")";
  sqlite3_reset(statement_);
  return false;
}

Answer Statement::Run(const std::vector<Binding>& bindings) {
  Answer answer;
  answer.error = error_;
  if (!error_.empty()) return answer;
  Bind(bindings);
  const StepLimit limit(database_);
  while (Step(answer)) {
  }
  answer.too_long = limit.reached();
  return answer;
}

Answer Statement::RunAgain(const std::vector<Binding>& bindings, size_t rows) {
  if (error_.empty()) {
    Bind(bindings);
    const StepLimit limit(database_);
    Answer given_up;
    while (given_up.rows.size() < rows && Step(given_up)) {
    }
    sqlite3_reset(statement_);
  }
  return Run(bindings);
}

std::array<Answer, 2> Statement::RunInTurn(Statement& other, const std::array<std::vector<Binding>, 2>& bindings) {
  std::array<Answer, 2> answers;
  answers[0].error = error_;
  answers[1].error = other.error_;
  if (!error_.empty() || !other.error_.empty()) return answers;
  Bind(bindings[0]);
  other.Bind(bindings[1]);
  const StepLimit limit(database_);
  bool more = true;
  bool other_more = true;
  while (more || other_more) {
    if (more) more = Step(answers[0]);
    if (other_more) other_more = other.Step(answers[1]);
  }
  answers[0].too_long = answers[1].too_long = limit.reached();
  return answers;
}

Answer Run(sqlite3* database, const std::string& sql, const std::vector<Binding>& bindings) {
  return Statement(database, sql).Run(bindings);
}

void MustRun(sqlite3* database, const std::string& sql) {
  const Answer answer = Run(database, sql);
  if (!answer.ok()) Fail(sql, answer.error);
}

std::vector<std::string> ReadTexts(sqlite3* database, const std::string& sql) {
  const Answer answer = Run(database, sql);
  if (!answer.ok()) Fail(sql, answer.error);
  std::vector<std::string> texts;
  for (const Row& row : answer.rows) texts.push_back(row[0] == "null" ? std::string() : row[0].substr(2));
  return texts;
}

std::string Quote(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? "''" : std::string(1, c);
  return quoted + "'";
}

}  // namespace infusionsoft::differential
