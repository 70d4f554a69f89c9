// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox.h"

namespace infusionsoft::sandbox {

struct Flags {
  SandboxOptions options;
  std::string ready_file;
  int max_seconds = 3600;
  bool stay = false;
  bool help = false;
};

// False with the reason in `error`.
bool ParseFlags(const std::vector<std::string>& arguments, Flags* flags, std::string* error);
std::string HelpText();

}  // namespace infusionsoft::sandbox
