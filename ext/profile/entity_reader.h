// SPDX-License-Identifier: MIT
// Reads the texts of profile files (README.md has their grammar). What an entity means is checked by validator.h.
#pragma once

#include <vector>

#include "base/status.h"
#include "profile/profile.h"

namespace infusionsoft {

// A file holds one entity, or an array of entities. Errors name the entity and the column, not the file.
Result<std::vector<Entity>> ReadEntities(const ProfileFile& file);

}  // namespace infusionsoft
