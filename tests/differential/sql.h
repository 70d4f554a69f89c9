// SPDX-License-Identifier: MIT
// Sql: a text of parts that are made in the order in which they stand. Each compiler chooses in which order it makes the
// operands of + and the arguments of a function; with random parts, that would let a seed mean other queries for each.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace infusionsoft::differential {

inline std::string Sql(std::initializer_list<std::string_view> parts) {
  std::string sql;
  for (const std::string_view part : parts) sql += part;
  return sql;
}

}  // namespace infusionsoft::differential
