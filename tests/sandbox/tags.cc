// SPDX-License-Identifier: MIT
#include "entity.h"
#include "mix.h"
#include "parts.h"

namespace infusionsoft::sandbox {
namespace {

std::optional<uint64_t> TagCategory(const World& world, uint64_t tag) {
  return world.Pick(Kind::kTagCategories, world.Bits(Kind::kTags, tag, 30), 5);
}

Text Description(const World& world, Kind kind, uint64_t row) {
  return OptionalWord(Sentences(), world.Bits(kind, row, 31));
}

Text CategoryName(const World& world, uint64_t category) {
  const uint64_t bits = world.Bits(Kind::kTagCategories, category, 20);
  if (category == 0) return Text{};
  return Text::Of(AnyWord(CompanyWords(), bits) + " " + std::to_string(category));
}

void WriteCategory(JsonWriter& writer, const World& world, uint64_t category) {
  writer.StartObject();
  Member(writer, "id", world.IdText(Kind::kTagCategories, category));
  writer.EndObject();
}

void Category(const World& world, const RowRef& row, Out& out) {
  const std::optional<uint64_t> category = TagCategory(world, row.index);
  if (!category) return row.index % 2 == 0 ? out.Missing() : out.Null();
  WriteCategory(out.Begin(), world, *category);
}

// A tag as the list of a contact's tags nests it.
void NestedTag(const World& world, const RowRef& row, Out& out) {
  JsonWriter& writer = out.Begin();
  writer.StartObject();
  Member(writer, "id", world.IdText(Kind::kTags, row.index));
  Member(writer, "name", TagName(world, row.index));
  Member(writer, "description", Description(world, Kind::kTags, row.index));
  if (const std::optional<uint64_t> category = TagCategory(world, row.index)) {
    WriteKey(writer, "category");
    WriteCategory(writer, world, *category);
  }
  Member(writer, "create_time", world.CreateTime(Kind::kTags, row.index));
  Member(writer, "update_time", world.UpdateTime(Kind::kTags, row.index));
  writer.EndObject();
}

std::string AppliedTime(const World& world, uint64_t contact, uint64_t tag) {
  return SpellTime(AppliedMillis(world, contact, tag), Mix(contact, tag));
}

using W = const World&;
using R = const RowRef&;

constexpr Property kTagProperties[] = {
    {"id", [](W w, R r, Out& o) { o.Put(w.IdText(Kind::kTags, r.index)); }},
    {"name", [](W w, R r, Out& o) { o.Put(TagName(w, r.index)); }},
    {"description", [](W w, R r, Out& o) { o.Put(Description(w, Kind::kTags, r.index)); }},
    {"category", Category},
    {"create_time", [](W w, R r, Out& o) { o.Put(w.CreateTime(Kind::kTags, r.index)); }},
    {"update_time", [](W w, R r, Out& o) { o.Put(w.UpdateTime(Kind::kTags, r.index)); }},
};

constexpr Property kCategoryProperties[] = {
    {"id", [](W w, R r, Out& o) { o.Put(w.IdText(Kind::kTagCategories, r.index)); }},
    {"name", [](W w, R r, Out& o) { o.Put(CategoryName(w, r.index)); }},
    {"description", [](W w, R r, Out& o) { o.Put(Description(w, Kind::kTagCategories, r.index)); }},
    {"create_time", [](W w, R r, Out& o) { o.Put(w.CreateTime(Kind::kTagCategories, r.index)); }},
    {"update_time", [](W w, R r, Out& o) { o.Put(w.UpdateTime(Kind::kTagCategories, r.index)); }},
};

constexpr Property kAppliedTagProperties[] = {
    {"tag", NestedTag},
    {"applied_time", [](W w, R r, Out& o) { o.Put(AppliedTime(w, r.parent, r.index)); }},
};

constexpr Property kTaggedContactProperties[] = {
    {"id", [](W w, R r, Out& o) { o.Put(w.IdText(Kind::kContacts, r.index)); }},
    {"email", [](W w, R r, Out& o) { o.Put(ContactFirstEmail(w, r.index)); }},
    {"given_name", [](W w, R r, Out& o) { o.Put(ContactGivenName(w, r.index)); }},
    {"family_name", [](W w, R r, Out& o) { o.Put(ContactFamilyName(w, r.index)); }},
    {"applied_time", [](W w, R r, Out& o) { o.Put(AppliedTime(w, r.index, r.parent)); }},
};

constexpr Reference kTagReferences[] = {{"category.id", Kind::kTagCategories, TagCategory}};

}  // namespace

const Entity& TagsEntity() {
  static constexpr Entity kEntity = {"tags", Kind::kTags, kTagProperties, kTagReferences};
  return kEntity;
}

const Entity& TagCategoriesEntity() {
  static constexpr Entity kEntity = {"tag_categories", Kind::kTagCategories, kCategoryProperties};
  return kEntity;
}

const Entity& AppliedTagsEntity() {
  static constexpr Entity kEntity = {"applied_tags", Kind::kTags, kAppliedTagProperties};
  return kEntity;
}

const Entity& TaggedContactsEntity() {
  static constexpr Entity kEntity = {"tagged_contacts", Kind::kContacts, kTaggedContactProperties};
  return kEntity;
}

}  // namespace infusionsoft::sandbox
