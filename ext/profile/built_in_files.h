// SPDX-License-Identifier: MIT
// The texts of entities/*.json, as embed.cmake compiles them in.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "profile/profile.h"

namespace infusionsoft {

std::vector<ProfileFile> BuiltInFiles();  // by name
// The files' names without .json, which the build holds to be the entities' names.
std::span<const std::string_view> BuiltInNames();

}  // namespace infusionsoft
