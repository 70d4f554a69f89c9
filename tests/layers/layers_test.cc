// SPDX-License-Identifier: MIT
// The layer table of ext/README.md, enforced; and tests that test nothing, refused.
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "source_files.h"

namespace infusionsoft {
namespace {

struct Include {
  std::string file;
  std::string layer;   // the folder below ext/, or "" for ext/ itself
  std::string header;  // as it is written between the quotes or brackets
  bool quoted = false;
};

std::string LayerOf(std::string_view path) {
  path.remove_prefix(std::string_view("ext/").size());
  const size_t slash = path.find('/');
  return slash == std::string_view::npos ? "" : std::string(path.substr(0, slash));
}

bool IsSource(std::string_view path) { return path.ends_with(".cc") || path.ends_with(".h"); }

std::vector<Include> AllIncludes() {
  std::vector<Include> includes;
  for (const SourceFile& file : FilesBelow("ext")) {
    if (!IsSource(file.path)) continue;
    for (const std::string& line : Lines(file.text)) {
      if (!line.starts_with("#include")) continue;
      const size_t open = line.find_first_of("\"<");
      const size_t close = line.find_first_of("\">", open + 1);
      if (open == std::string::npos || close == std::string::npos) continue;
      includes.push_back({file.path, LayerOf(file.path), line.substr(open + 1, close - open - 1), line[open] == '"'});
    }
  }
  return includes;
}

// Rows such as | `json/` | `Document` | base | RapidJSON |: the folder and what it may include, itself among it.
std::map<std::string, std::set<std::string>> LayerTable() {
  std::map<std::string, std::set<std::string>> table;
  for (const std::string& line : Lines(ReadText(std::string(SOURCE_FOLDER) + "/ext/README.md"))) {
    const std::vector<std::string> cells = TableCells(line);
    if (cells.size() != 4 || !cells[0].ends_with("/`")) continue;
    const std::string layer = cells[0].substr(1, cells[0].size() - 3);
    table[layer] = {layer};
    std::istringstream allowed(cells[2]);
    for (std::string word; allowed >> word;) {
      if (word != "-") table[layer].insert(word);
    }
  }
  return table;
}

// The beginning of a third-party library's headers, and the one layer that knows the library.
constexpr std::pair<std::string_view, std::string_view> kLibraries[] = {
    {"curl/", "http"}, {"rapidjson/", "json"}, {"openssl/", "auth"}, {"sqlite3", "sqlite"}};

}  // namespace

TEST_CASE("Layers: a folder includes only what the table of ext/README.md allows", "[layers]") {
  const auto table = LayerTable();
  REQUIRE(table.size() >= 8);
  for (const Include& include : AllIncludes()) {
    if (include.layer.empty() || !include.quoted) continue;
    const size_t slash = include.header.find('/');
    INFO(include.file << " includes \"" << include.header << "\"; own headers are named by layer and file");
    REQUIRE(slash != std::string::npos);
    REQUIRE(table.contains(include.layer));
    CHECK(table.at(include.layer).contains(include.header.substr(0, slash)));
  }
}

TEST_CASE("Layers: the table allows no circle", "[layers]") {
  const auto table = LayerTable();
  REQUIRE_FALSE(table.empty());
  for (const auto& [layer, allowed] : table) {
    for (const std::string& other : allowed) {
      INFO(layer << " and " << other);
      REQUIRE(table.contains(other));
      CHECK((other == layer || !table.at(other).contains(layer)));
    }
  }
}

TEST_CASE("Layers: a third-party library is included in one folder only", "[layers]") {
  int found = 0;
  for (const Include& include : AllIncludes()) {
    for (const auto& [beginning, layer] : kLibraries) {
      if (!include.header.starts_with(beginning) || include.header.starts_with("sqlite/")) continue;
      INFO(include.file << " includes " << include.header);
      CHECK(include.layer == layer);
      ++found;
    }
  }
  CHECK(found >= 4);
}

TEST_CASE("Files: every source names its licence and stays readable", "[layers]") {
  for (const char* folder : {"ext", "tests", "sql"}) {
    for (const SourceFile& file : FilesBelow(folder)) {
      const bool is_text = IsSource(file.path) || file.path.ends_with(".sh") || file.path.ends_with(".sql") ||
                           file.path.ends_with(".test") || file.path.ends_with(".cmake") ||
                           file.path.ends_with("CMakeLists.txt");
      if (!is_text) continue;
      INFO(file.path);
      CHECK(file.text.substr(0, 100).find("SPDX-License-Identifier: MIT") != std::string::npos);
      const bool is_written = file.path == "sql/schema.sql";  // from the profile, one table after the other
      if (!is_written) CHECK(Lines(file.text).size() < 400);
    }
  }
}

TEST_CASE("Tests: every test file asserts something", "[layers]") {
  for (const SourceFile& file : FilesBelow("tests")) {
    INFO(file.path);
    if (file.path.ends_with("_test.cc")) {
      const auto holds = [&](std::string_view text) { return file.text.find(text) != std::string::npos; };
      CHECK((holds("TEST_CASE(") && (holds("CHECK") || holds("REQUIRE"))));
    } else if (file.path.ends_with(".test")) {
      int assertions = 0;
      for (const std::string& line : Lines(file.text)) {
        for (const char* record : {"query", "same", "requests ", "plan ", "statement error "}) {
          assertions += line.starts_with(record) ? 1 : 0;
        }
      }
      CHECK(assertions > 0);
    }
  }
}

}  // namespace infusionsoft
