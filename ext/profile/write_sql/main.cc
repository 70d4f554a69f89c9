// SPDX-License-Identifier: MIT
// Writes the SQL files that come from the built-in profile, and the beginnings of those that people go on with:
// infusionsoft_write_sql <folder>.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "profile/schema_sql.h"

namespace {

using infusionsoft::Entity;
using infusionsoft::Profile;
using std::filesystem::path;

std::string Read(const path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

bool Write(const path& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream << text;
  stream.close();
  if (!stream) std::fprintf(stderr, "%s: cannot be written\n", file.c_str());
  return stream.good();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: infusionsoft_write_sql FOLDER\n", stderr);
    return 2;
  }
  const path folder = argv[1];
  const Profile& profile = Profile::BuiltIn();
  bool ok = Write(folder / "schema.sql", infusionsoft::SchemaSql(profile));
  ok = Write(folder / "create_tables.sql", infusionsoft::CreateTablesSql(profile)) && ok;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "tables")) {
    const Entity* entity = profile.Find(entry.path().stem().string());
    if (entity != nullptr) ok = Write(entry.path(), infusionsoft::WithTableHeader(*entity, Read(entry.path()))) && ok;
  }
  return ok ? 0 : 1;
}
