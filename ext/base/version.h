// SPDX-License-Identifier: MIT
// The version of this project; CMakeLists.txt passes it.
#pragma once

#include <string_view>

namespace infusionsoft {

inline constexpr std::string_view kVersion = INFUSIONSOFT_VERSION;

}  // namespace infusionsoft
