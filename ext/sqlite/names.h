// SPDX-License-Identifier: MIT
// The names under which SQL knows this extension's parts.
#pragma once

#include <string>

#include "profile/profile.h"

namespace infusionsoft::sqlite {

inline std::string ModuleName(const Entity& entity) { return "infusionsoft_" + entity.name; }

}  // namespace infusionsoft::sqlite
