// SPDX-License-Identifier: MIT
// The names under which SQL knows this extension's parts.
#pragma once

#include <string>
#include <string_view>

#include "profile/profile.h"

namespace infusionsoft::sqlite {

inline std::string ModuleName(std::string_view entity) { return "infusionsoft_" + std::string(entity); }
inline std::string ModuleName(const Entity& entity) { return ModuleName(entity.name); }

}  // namespace infusionsoft::sqlite
