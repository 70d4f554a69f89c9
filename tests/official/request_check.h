// SPDX-License-Identifier: MIT
// Whether a request is one that the vendor's documents describe.
#pragma once

#include <optional>
#include <string>

#include "http/url.h"
#include "official_api.h"

namespace infusionsoft::official {

// With which the refusal of a comma list begins, where the documents declare a parameter for each member.
inline constexpr std::string_view kSpelling = "spelling of ";

// The operation whose path this is, with every path parameter filled, or null.
const Operation* MatchPath(std::string_view path);

// Why the operation does not take these parameters: one sentence; nothing when it does.
std::optional<std::string> WhyRefused(const Operation& operation, const http::QueryParams& params);

// "id==7;name==a" -> {"id", "==", "7"}, {"name", "==", "a"}. A clause without an operator has the name only.
struct Clause {
  std::string name;
  std::string op;
  std::string value;
};
std::vector<Clause> SplitFilter(std::string_view filter);

std::vector<std::string> SplitList(std::string_view list, char separator);

}  // namespace infusionsoft::official
