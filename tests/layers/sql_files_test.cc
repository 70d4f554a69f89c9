// SPDX-License-Identifier: MIT
// The files of sql/ that are written from the profile are what it gives.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "profile/schema_sql.h"
#include "source_files.h"

namespace infusionsoft {
namespace {

// The first line in which two texts differ, or "": whole files are too long to print.
std::string Difference(const std::string& committed, const std::string& written) {
  const auto before = Lines(committed);
  const auto now = Lines(written);
  for (size_t i = 0; i < std::max(before.size(), now.size()); ++i) {
    const std::string old_line = i < before.size() ? before[i] : "the end";
    const std::string new_line = i < now.size() ? now[i] : "the end";
    if (old_line == new_line) continue;
    return "line " + std::to_string(i + 1) + " is\n  " + old_line + "\nand becomes\n  " + new_line +
           "\nwith: cmake --build --preset release --target write_sql";
  }
  return "";
}

std::string Committed(const std::string& name) { return ReadText(std::string(SOURCE_FOLDER) + "/sql/" + name); }

}  // namespace

TEST_CASE("SQL files: schema.sql is what the profile gives", "[layers]") {
  CHECK(Difference(Committed("schema.sql"), SchemaSql(Profile::BuiltIn())) == "");
}

TEST_CASE("SQL files: create_tables.sql is what the profile gives", "[layers]") {
  CHECK(Difference(Committed("create_tables.sql"), CreateTablesSql(Profile::BuiltIn())) == "");
}

TEST_CASE("SQL files: each of sql/tables is of one entity, and begins as the profile says", "[layers]") {
  const auto files = FilesBelow("sql/tables");
  CHECK(files.size() >= 30);
  for (const SourceFile& file : files) {
    INFO(file.path);
    const Entity* entity = Profile::BuiltIn().Find(std::filesystem::path(file.path).stem().string());
    REQUIRE(entity != nullptr);
    CHECK(Difference(file.text, WithTableHeader(*entity, file.text)) == "");
  }
}

}  // namespace infusionsoft
