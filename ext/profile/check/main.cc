// SPDX-License-Identifier: MIT
// Checks profile files: infusionsoft_profile_check <file>... The build runs it over the built-in ones, and stops when one of
// them is malformed, or does not hold the entity that it is named after: the library registers them by the files' names.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "profile/profile.h"

int main(int argc, char** argv) {
  std::vector<infusionsoft::ProfileFile> files;
  for (int i = 1; i < argc; ++i) {
    const std::string path = argv[i];
    std::ifstream stream(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (!stream) {
      std::fprintf(stderr, "%s: cannot be read\n", path.c_str());
      return 1;
    }
    files.push_back({path, std::move(text)});
  }
  const auto profile = infusionsoft::Profile::Parse(files);
  if (!profile) {
    std::fprintf(stderr, "%s\n", profile.status().message().c_str());
    return 1;
  }
  for (const infusionsoft::ProfileFile& file : files) {
    const std::string stem = file.name.substr(0, file.name.rfind('.'));
    if (profile->Find(stem) != nullptr) continue;
    std::fprintf(stderr, "%s: must hold the entity %s, after which it is named\n", file.name.c_str(), stem.c_str());
    return 1;
  }
  if (profile->entities().size() != files.size()) {
    std::fprintf(stderr, "a file of the built-in profile must hold one entity\n");
    return 1;
  }
  return 0;
}
