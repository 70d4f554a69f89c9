// SPDX-License-Identifier: MIT
#pragma once

#include <rapidjson/document.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "row_writer.h"
#include "world.h"

namespace infusionsoft::sandbox {

// One row of a list. `parent` is the row of the path's parent (the contact in
// /v2/contacts/{contact_id}/tags) and 0 for lists without one.
struct RowRef {
  uint64_t index = 0;
  uint64_t parent = 0;
  // A single product says more about its inventory than the list does.
  bool detail = false;
};

using PropertyFunction = void (*)(const World& world, const RowRef& row, Out& out);

struct Property {
  std::string_view name;
  PropertyFunction write;
  // Hidden properties are tested by filters and never sent.
  bool hidden = false;
  // Detail is what only a single row says, and no list.
  bool detail = false;
  // Instead of `write`: what the API description says of the property, from which its value is made.
  const rapidjson::Value* described = nullptr;
};

// A property that holds the id of a row of another kind. An index on it makes an equality filter
// as cheap as its result.
struct Reference {
  std::string_view path;
  Kind target;
  std::optional<uint64_t> (*row)(const World& world, uint64_t index);
};

struct Entity {
  std::string_view name;
  Kind kind;
  std::span<const Property> properties;
  std::span<const Reference> references = {};
  bool has_own_keys = false;  // rows are identified by what they say, and cannot be asked for one by one
};

const Entity& ContactsEntity();
const Entity& CompaniesEntity();
const Entity& TagsEntity();
const Entity& TagCategoriesEntity();
const Entity& AppliedTagsEntity();
const Entity& TaggedContactsEntity();
const Entity& NotesEntity();
const Entity& TasksEntity();
const Entity& OpportunitiesEntity();
const Entity& StagesEntity();
const Entity& OrdersEntity();
const Entity& ProductsEntity();
const Entity& UsersEntity();

// Null if there is none of that name.
const Entity* FindEntity(std::string_view name);

}  // namespace infusionsoft::sandbox
