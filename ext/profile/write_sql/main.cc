// SPDX-License-Identifier: MIT
// Writes the SQL files that come from the built-in profile: infusionsoft_write_sql <folder>.
#include <cstdio>
#include <fstream>
#include <string>
#include <utility>

#include "profile/schema_sql.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: infusionsoft_write_sql FOLDER\n", stderr);
    return 2;
  }
  const infusionsoft::Profile& profile = infusionsoft::Profile::BuiltIn();
  for (const auto& [name, text] : {std::pair("schema.sql", infusionsoft::SchemaSql(profile)),
                                   std::pair("create_tables.sql", infusionsoft::CreateTablesSql(profile))}) {
    const std::string path = std::string(argv[1]) + "/" + name;
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file) {
      std::fprintf(stderr, "%s: cannot be written\n", path.c_str());
      return 1;
    }
  }
  return 0;
}
