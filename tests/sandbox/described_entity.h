// SPDX-License-Identifier: MIT
#pragma once

#include <rapidjson/document.h>

#include <optional>
#include <string>
#include <vector>

#include "entity.h"

namespace infusionsoft::sandbox {

// An entity whose rows are made from what the API description says of their properties. The rows of
// all such entities are of one kind: they have the same ids, and below a parent stands a part of them.
class DescribedEntity {
 public:
  // `list` is the description of a list; it outlives this object.
  DescribedEntity(const rapidjson::Value& list, std::string name);
  DescribedEntity(const DescribedEntity&) = delete;
  DescribedEntity& operator=(const DescribedEntity&) = delete;

  const Entity& entity() const { return entity_; }

 private:
  std::string name_;
  std::vector<Property> properties_;
  Entity entity_;
};

// The value of a property that has a description.
void WriteDescribed(const Property& property, const World& world, const RowRef& row, Out& out);

// The rows below the parents that a path names.
struct DescribedScope {
  uint64_t parents = 0;  // random bits of the parents
  std::vector<uint32_t> rows;
};
// `names` and `values` are the path's parameters. Nothing if a parent does not exist.
std::optional<DescribedScope> FindScope(const World& world, const Entity& entity, const std::vector<std::string>& names,
                                        const std::vector<std::string>& values);

}  // namespace infusionsoft::sandbox
