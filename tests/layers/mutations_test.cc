// SPDX-License-Identifier: MIT
// The tables of tests/mutations: every connection property has a row, and what the rows name is there.
#include <catch2/catch.hpp>
#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "auth/connection_options.h"
#include "source_files.h"

namespace infusionsoft {
namespace {

struct Mutation {
  std::string name;
  std::string file;
  std::string expression;
  std::string test;
};

std::vector<Mutation> Rows(const std::string& text) {
  std::vector<Mutation> rows;
  for (const std::string& line : Lines(text)) {
    if (line.empty() || line.starts_with('#')) continue;
    std::vector<std::string> cells;
    for (size_t at = 0, end = 0; end != std::string::npos; at = end + 3) {
      end = line.find(" | ", at);
      const std::string cell = line.substr(at, end == std::string::npos ? end : end - at);
      cells.push_back(cell.substr(0, cell.find_last_not_of(' ') + 1));
    }
    INFO(line);
    REQUIRE(cells.size() == 5);
    rows.push_back({cells[0], cells[1], cells[2], cells[4]});
  }
  return rows;
}

// "'it'\''s'": one word of a shell.
std::string ShellWord(const std::string& text) {
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

// What sed makes of a file.
std::string Changed(const Mutation& row) {
  const std::string command = "sed -E " + ShellWord(row.expression) + " " + ShellWord(std::string(SOURCE_FOLDER) + "/" + row.file);
  const std::unique_ptr<FILE, int (*)(FILE*)> sed(popen(command.c_str(), "r"), pclose);
  REQUIRE(sed != nullptr);
  std::string text;
  char buffer[4096];
  for (size_t read = 0; (read = std::fread(buffer, 1, sizeof buffer, sed.get())) > 0;) text.append(buffer, read);
  return text;
}

// Why a property has no row: "# Readonly has no row: ...".
bool IsExplained(const std::string& text, std::string_view name) {
  return text.find("# " + std::string(name) + " has no row: ") != std::string::npos;
}

}  // namespace

TEST_CASE("Mutations: every connection property has one, or a reason why not", "[layers]") {
  const std::string text = ReadText(std::string(SOURCE_FOLDER) + "/tests/mutations/properties.txt");
  std::set<std::string, std::less<>> names;
  for (const Mutation& row : Rows(text)) names.insert(row.name);
  for (const PropertyInfo& property : ConnectionProperties()) {
    INFO(property.name);
    CHECK(names.contains(property.name) != IsExplained(text, property.name));
  }
}

TEST_CASE("Mutations: change what there is, and name tests that there are", "[layers]") {
  std::string tests;
  for (const SourceFile& file : FilesBelow("tests")) {
    if (file.path.ends_with("_test.cc")) tests += file.text;
  }
  size_t rows = 0;
  for (const SourceFile& table : FilesBelow("tests/mutations")) {
    if (!table.path.ends_with(".txt")) continue;
    for (const Mutation& row : Rows(table.text)) {
      INFO(row.name << ": " << row.file << ", " << row.test);
      const std::string text = ReadText(std::string(SOURCE_FOLDER) + "/" + row.file);
      CHECK(!text.empty());
      const bool changes_something = Changed(row) != text;
      CHECK(changes_something);
      // A filter of Catch2 is a tag, or the beginning of a name with * behind it.
      const bool is_name = !row.test.starts_with('[') && !row.test.starts_with("--");
      std::string named = is_name ? "(\"" + row.test : row.test;
      if (is_name && named.ends_with('*')) named.pop_back();
      std::erase(named, '\\');
      CHECK((row.test.starts_with("--") || tests.find(named) != std::string::npos));
      ++rows;
    }
  }
  CHECK(rows > 0);
}

}  // namespace infusionsoft
