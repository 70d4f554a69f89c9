// SPDX-License-Identifier: MIT
#include <sqlite3.h>

#include <fstream>
#include <string_view>
#include <utility>

#include "script.h"

namespace infusionsoft::sql_tests {
namespace {

bool IsComment(std::string_view line) { return line.starts_with("--"); }

// The number of "... 3 requests.", or "".
std::string PromisedRequests(std::string_view comment) {
  for (const std::string_view ending : {" request.", " requests."}) {
    if (!comment.ends_with(ending)) continue;
    comment.remove_suffix(ending.size());
    const size_t digits = comment.find_last_not_of("0123456789") + 1;
    return std::string(comment.substr(digits));
  }
  return "";
}

}  // namespace

Script ReadSqlFile(const std::string& path) {
  Script script;
  std::ifstream file(path);
  if (!file) script.error = path + ": cannot be read";
  Record example;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.starts_with('.')) script.error = path + ":" + std::to_string(number) + ": a command of the shell, not SQL";
    if (example.sql.empty() && (line.empty() || IsComment(line))) {
      example.argument = PromisedRequests(line);
      continue;
    }
    if (example.sql.empty()) example.line = number;
    example.sql += line + "\n";
    if (sqlite3_complete(example.sql.c_str()) == 0) continue;
    example.kind = Record::Kind::kExample;
    script.records.push_back(std::exchange(example, Record()));
  }
  if (!example.sql.empty()) script.error = path + ":" + std::to_string(example.line) + ": the statement does not end";
  if (script.error.empty() && script.records.empty()) script.error = path + ": no statements";
  return script;
}

}  // namespace infusionsoft::sql_tests
