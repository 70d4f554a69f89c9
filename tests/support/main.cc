// SPDX-License-Identifier: MIT
// The Catch2 main of every test program, compiled once. What the extension keeps for its user goes into a folder that is
// gone when the program ends.
#define CATCH_CONFIG_RUNNER
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <filesystem>

int main(int count, char** arguments) {
  std::string home = (std::filesystem::temp_directory_path() / "infusionsoft-home-XXXXXX").string();
  if (mkdtemp(home.data()) == nullptr || setenv("XDG_CONFIG_HOME", home.c_str(), 1) != 0) return 1;
  for (const char* name : {"INFUSIONSOFT_SQL", "INFUSIONSOFT_CONNECTION", "INFUSIONSOFT_TRUSTED"}) unsetenv(name);
  const int result = Catch::Session().run(count, arguments);
  std::error_code ignored;
  std::filesystem::remove_all(home, ignored);
  return result;
}
