// SPDX-License-Identifier: MIT
// README.md says what the code says.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "auth/connection_options.h"
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
  std::string later;
  for (const PropertyInfo& property : ConnectionProperties()) {
    if (property.in_effect) {
      expected += PropertyLine(property) + "\n";
    } else {
      later += (later.empty() ? "" : ", ") + Code(property.name);
    }
  }
  std::string table;
  std::string text;
  for (const std::string& line : Section("Connection properties")) {
    if (line.starts_with("| `")) table += line + "\n";
    if (line.starts_with("Not in effect yet")) text = line;
  }
  CHECK(table == expected);
  CHECK(text == "Not in effect yet (anything but the default is an error that says so): " + later + ".");
}

TEST_CASE("README: describes every table in the words of the profile", "[layers]") {
  std::vector<std::string> expected;
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    expected.push_back("| " + Code("infusionsoft_" + entity.name) + " | " + entity.doc + " |");
  }
  std::vector<std::string> found;
  for (const std::string& line : Section("Tables")) {
    if (line.starts_with("| `infusionsoft_")) found.push_back(line);
  }
  CHECK(found == expected);
}

}  // namespace infusionsoft
