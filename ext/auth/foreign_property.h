// SPDX-License-Identifier: MIT
// ForeignProperty: what stands in the connection strings of other connectors of this kind and has no use here.
//
// Such a property is an error that says what to do instead, not ignored: whoever wrote it wanted something. sql/migration.md
// has the same list for people. Threads: constants.
#pragma once

#include <span>
#include <string_view>

namespace infusionsoft {

struct ForeignProperty {
  std::string_view name;
  std::string_view
      instead;  // what it is for there and what to do here, as a sentence without a capital and without a period
};

std::span<const ForeignProperty> ForeignProperties();

// The one of that name, as FindProperty finds its own; nullptr when there is none.
const ForeignProperty* FindForeignProperty(std::string_view name);

}  // namespace infusionsoft
