// SPDX-License-Identifier: MIT
// The built-in profile compared with the vendor's documents, in both directions.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "official_api.h"
#include "profile/profile.h"

namespace infusionsoft::official {

// Something that one side has and the other has not.
struct Finding {
  std::string where;  // the path, without the names of its parameters: /v2/contacts/{}/tags
  std::string what;   // "list", "get", "filter contact_ids", "order name", "property company.id", ...

  auto operator<=>(const Finding&) const = default;
};

// Findings, and how much was looked at: the first word of Finding::what -> how many there are.
struct Comparison {
  std::vector<Finding> findings;  // sorted
  std::map<std::string, size_t> seen;
  size_t filters_without_table = 0;
};

// `path` of the entity, once for each word that can stand in it: the groups of custom fields of contacts, of orders, ...
std::vector<std::string> PathsOf(const Entity& entity, const std::string& path);

// The shape of one row of the table, or null where the document has no such thing.
const Shape* RowShape(const Entity& entity, const Operation& operation);

// The values inside `shape`: "company.id", "email_addresses[].email".
std::vector<std::pair<std::string, const Shape*>> Leaves(const Shape& shape);

// What the column reads: in the row, or in the item that holds the array of rows. Null where there is no such property.
const Shape* ColumnShape(const Entity& entity, const Operation& operation, const Column& column);

// What the v2 document offers and no table uses.
Comparison FindGaps();
// GETs of v1 that no table uses.
Comparison FindV1Gaps();
// What tables use, and the documents do not offer, or offer otherwise.
std::vector<Finding> FindMistakes();

}  // namespace infusionsoft::official
