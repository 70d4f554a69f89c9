// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

namespace infusionsoft::sandbox {

// The texts of api/*.json, one list endpoint each.
std::vector<std::string_view> ApiData();

}  // namespace infusionsoft::sandbox
