// SPDX-License-Identifier: MIT
// README.md says what the code says.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "auth/connection_options.h"
#include "auth/foreign_property.h"
#include "profile/profile.h"
#include "source_files.h"

namespace infusionsoft {
namespace {

std::string Readme() { return ReadText(std::string(SOURCE_FOLDER) + "/README.md"); }

// The lines between "## <heading>" and the next heading of that size.
std::vector<std::string> Section(const std::string& heading) {
  std::vector<std::string> section;
  bool inside = false;
  for (const std::string& line : Lines(Readme())) {
    if (line.starts_with("## ")) inside = line == "## " + heading;
    if (inside) section.push_back(line);
  }
  return section;
}

std::string Code(std::string_view text) { return "`" + std::string(text) + "`"; }

// As the table of the README writes it.
std::string PropertyLine(const PropertyInfo& property) {
  std::string line = "| " + Code(property.name);
  line += " | " + std::string(property.values) + (property.secret ? "; `env:NAME`; `file:PATH`" : "");
  line += " | " + (property.default_value.empty() ? "" : Code(property.default_value));
  return line + " | " + std::string(property.doc) + " |";
}

}  // namespace

TEST_CASE("README: lists the connection properties as the code knows them", "[layers]") {
  std::string expected;
  for (const PropertyInfo& property : ConnectionProperties()) expected += PropertyLine(property) + "\n";
  std::string table;
  for (const std::string& line : Section("Connection properties")) {
    if (line.starts_with("| `")) table += line + "\n";
  }
  CHECK(table == expected);
}

TEST_CASE("README: names tables that there are, and links examples that there are", "[layers]") {
  size_t tables = 0;
  for (const std::string& line : Section("Tables")) {
    if (!line.starts_with("| ") || line.find(" | ") == std::string::npos) continue;
    const std::string list = line.substr(line.find(" | ") + 3);
    for (size_t at = list.find('`'); at != std::string::npos; at = list.find('`', at)) {
      const size_t end = list.find('`', at + 1);
      const std::string name = list.substr(at + 1, end - at - 1);
      at = end + 1;
      if (name == "infusionsoft_") continue;
      INFO(name);
      CHECK(Profile::BuiltIn().Find(name) != nullptr);
      const std::string link = "](sql/tables/" + name + ".sql)";
      const bool has_examples =
          std::filesystem::exists(std::filesystem::path(SOURCE_FOLDER) / "sql/tables" / (name + ".sql"));
      CHECK((list.compare(at, link.size(), link) == 0) == has_examples);
      ++tables;
    }
  }
  CHECK(tables > 0);
}

TEST_CASE("README: the page for those who come from another connector names what they write", "[layers]") {
  const std::string page = ReadText(std::string(SOURCE_FOLDER) + "/sql/migration.md");
  const size_t not_taken = page.find("## Not taken");
  REQUIRE(not_taken != std::string::npos);
  for (const ForeignProperty& property : ForeignProperties()) {
    INFO(property.name);
    CHECK(page.find(Code(property.name), not_taken) != std::string::npos);
  }
}

}  // namespace infusionsoft
