// SPDX-License-Identifier: MIT
// The values of properties that are more than a word or a number, from their text and back to it.
//
// Errors: kInvalidArgument, without the property's name. Threads: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "auth/connection_options.h"
#include "base/status.h"

namespace infusionsoft {

// 1048576, 512KB, 100MB, 1GB: multiples of 1024; case and a space before the unit do not matter. Not less than `min`.
Status ReadSize(std::string_view text, int64_t min, int64_t& bytes);
std::string FormatSize(int64_t bytes);  // in the largest unit that leaves no rest

// "all", or names of kLogModules separated by commas.
Status ReadLogModules(std::string_view text, int64_t& modules);
std::string FormatLogModules(int64_t modules);

// orders=paid;orders=product_id;*=*: whether tables and columns of these names exist is checked with the profile.
Status ReadPseudoColumns(std::string_view text, PseudoColumns& columns);
std::string FormatPseudoColumns(const PseudoColumns& columns);

Status ReadSupportSettings(std::string_view text, SupportSettings& settings);
std::string FormatSupportSettings(const SupportSettings& settings);  // those that are not the default

}  // namespace infusionsoft
