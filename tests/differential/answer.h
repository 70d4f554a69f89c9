// SPDX-License-Identifier: MIT
// Answer: what SQLite says to a statement, in a form that can be compared.
#pragma once

#include <sqlite3.h>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace infusionsoft::differential {

// One cell: its storage class and its value as one text, so that 1, 1.0 and '1' differ.
using Row = std::vector<std::string>;

struct Answer {
  std::string error;      // "" when the statement ran to its end
  bool too_long = false;  // stopped because it took too many steps
  std::vector<Row> rows;
  bool ok() const { return error.empty(); }
};

// A named parameter. `literal` is an SQL literal ("12", "'abc'", "x'31'", "NULL"), bound with its own type.
struct Binding {
  std::string name;
  std::string literal;
};

// A prepared statement that may run several times. Used by one thread.
class Statement {
 public:
  Statement(sqlite3* database, const std::string& sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Binds (names that the statement does not have are passed over), runs to the end and resets.
  Answer Run(const std::vector<Binding>& bindings);
  // The same after `rows` rows were read and given up.
  Answer RunAgain(const std::vector<Binding>& bindings, size_t rows);
  // This statement and another of the same database, row by row in turn.
  std::array<Answer, 2> RunInTurn(Statement& other, const std::array<std::vector<Binding>, 2>& bindings);

 private:
  void Bind(const std::vector<Binding>& bindings);
  void BindOne(const Binding& binding);
  // One more row into `answer`, or its end. False after the last.
  bool Step(Answer& answer);

  sqlite3* const database_;
  sqlite3_stmt* statement_ = nullptr;
  std::string error_;  // why it could not be prepared
};

Answer Run(sqlite3* database, const std::string& sql, const std::vector<Binding>& bindings = {});

// Runs what must work; prints and ends the program when it does not.
void MustRun(sqlite3* database, const std::string& sql);
// The first column of all rows, as plain text.
std::vector<std::string> ReadTexts(sqlite3* database, const std::string& sql);

// As SQL writes text: 'it''s'.
std::string Quote(const std::string& text);

}  // namespace infusionsoft::differential
