// SPDX-License-Identifier: MIT
// Script: a .test file, read but not run. runner.cc says what the records mean.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace infusionsoft::sql_tests {

struct Record {
  enum class Kind { kStatementOk, kStatementError, kQuery, kSame, kRequests, kPlan, kSandbox };
  Kind kind = Kind::kStatementOk;
  int line = 0;
  std::string argument;  // what follows the record's name
  std::string sql;
  std::string other_sql;              // kSame: the second way of asking
  std::vector<std::string> expected;  // kQuery: rows
};

struct Script {
  std::vector<Record> records;
  std::string error;  // not empty: "file:line: what is wrong"
};

// ${NAME} stands for variables.at(NAME), anywhere in the file.
Script ReadScript(const std::string& path, const std::map<std::string, std::string>& variables);

}  // namespace infusionsoft::sql_tests
