# SPDX-License-Identifier: MIT
# Writes FILES as C++ string literals to OUTPUT.
set(text "// Generated from api/*.json.\n#include \"api_data.h\"\n\nnamespace infusionsoft::sandbox {\n\n")
string(APPEND text "std::vector<std::string_view> ApiData() {\n  return {\n")
foreach(path IN LISTS FILES)
  file(READ ${path} content)
  string(APPEND text "R\"json(${content})json\",\n")
endforeach()
string(APPEND text "  };\n}\n\n}  // namespace infusionsoft::sandbox\n")
file(WRITE ${OUTPUT} "${text}")
