// SPDX-License-Identifier: MIT
// Script: a .test file, or a .sql file of the project, read but not run. runner.cc says what the records mean.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace infusionsoft::sql_tests {

struct Record {
  enum class Kind { kStatementOk, kStatementError, kQuery, kSame, kRequests, kPlan, kSandbox, kRun, kExample };
  Kind kind = Kind::kStatementOk;
  int line = 0;
  std::string argument;  // what follows the record's name; kExample: the number of requests that the comment promises, or ""
  std::string sql;
  std::string other_sql;              // kSame: the second way of asking
  std::vector<std::string> expected;  // kQuery: rows
};

struct Script {
  std::vector<Record> records;
  std::string error;  // not empty: "file:line: what is wrong"
};

// A .sql file of the project: its statements, each an example with the comment lines that stand before it. A comment that
// ends in "1 request." or "3 requests." promises that number.
Script ReadSqlFile(const std::string& path);

// ${NAME} stands for variables.at(NAME), anywhere in the file.
Script ReadScript(const std::string& path, const std::map<std::string, std::string>& variables);

}  // namespace infusionsoft::sql_tests
