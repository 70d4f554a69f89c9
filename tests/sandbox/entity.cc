// SPDX-License-Identifier: MIT
#include "entity.h"

#include <array>

namespace infusionsoft::sandbox {

const Entity* FindEntity(std::string_view name) {
  static const std::array<const Entity*, 13> kEntities = {
      &ContactsEntity(),       &CompaniesEntity(), &TagsEntity(),  &TagCategoriesEntity(), &AppliedTagsEntity(),
      &TaggedContactsEntity(), &NotesEntity(),     &TasksEntity(), &OpportunitiesEntity(), &StagesEntity(),
      &OrdersEntity(),         &ProductsEntity(),  &UsersEntity()};
  for (const Entity* const entity : kEntities) {
    if (entity->name == name) return entity;
  }
  return nullptr;
}

}  // namespace infusionsoft::sandbox
