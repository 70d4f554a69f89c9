// SPDX-License-Identifier: MIT
// The texts of entities/*.json, as embed.cmake compiles them in.
#pragma once

#include <vector>

#include "profile/profile.h"

namespace infusionsoft {

std::vector<ProfileFile> BuiltInFiles();  // by name

}  // namespace infusionsoft
