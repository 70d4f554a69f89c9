// SPDX-License-Identifier: MIT
#include "copies_support.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

namespace infusionsoft::sqlite_test {

std::vector<std::string> RunOnCopies(const TemporaryFile& file, const std::string& sql) {
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open_v2(CopiesOf(file).c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
  std::vector<std::string> rows;
  const auto add = [](void* list, int count, char** cells, char**) {
    std::string row;
    for (int i = 0; i < count; ++i) row += (i > 0 ? "|" : "") + std::string(cells[i] != nullptr ? cells[i] : "");
    static_cast<std::vector<std::string>*>(list)->push_back(row);
    return 0;
  };
  const int code = sqlite3_exec(handle, sql.c_str(), add, &rows, nullptr);
  INFO(sql << ": " << sqlite3_errmsg(handle));
  CHECK(code == SQLITE_OK);
  CHECK(sqlite3_close(handle) == SQLITE_OK);
  return rows;
}

void Age(const TemporaryFile& file, int seconds) {
  RunOnCopies(file, "UPDATE copies SET copied_at = copied_at - 1000 * " + std::to_string(seconds));
}

std::string TextOfFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> LinesOf(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

}  // namespace infusionsoft::sqlite_test
