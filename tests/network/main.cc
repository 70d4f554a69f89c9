// SPDX-License-Identifier: MIT
// The main of the programs of this folder: skipped, and said so, where a program that they need is not installed.
#define CATCH_CONFIG_RUNNER
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <iostream>
#include <sstream>
#include <string>

#include "counterpart.h"

namespace {

constexpr int kSkipped = 77;  // CMakeLists.txt tells CTest

void Log(void*, int, const char* message) { infusionsoft::network_test::LoggedWarnings().emplace_back(message); }

}  // namespace

int main(int count, char** arguments) {
  setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1);  // servers are in /usr/sbin
  std::istringstream needed(NEEDED_PROGRAMS);
  for (std::string program; needed >> program;) {
    if (!infusionsoft::oauth_test::FindProgram(program).empty()) continue;
    std::cout << "Skipped: " << program << " is not installed (.ci/run lists the packages)\n";
    return kSkipped;
  }
  sqlite3_config(SQLITE_CONFIG_LOG, &Log, nullptr);
  return Catch::Session().run(count, arguments) == 0 ? 0 : 1;
}
