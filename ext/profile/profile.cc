// SPDX-License-Identifier: MIT
#include "profile/profile.h"

#include <algorithm>
#include <stdexcept>

#include "base/ordinary_file.h"
#include "base/process.h"
#include "profile/built_in_files.h"
#include "profile/entity_reader.h"
#include "profile/validator.h"

namespace infusionsoft {
namespace {

Status AddFile(const ProfileFile& file, std::vector<Entity>& entities) {
  auto read = ReadEntities(file);
  if (!read) return std::move(read).status();
  for (Entity& entity : *read) {
    if (Status status = ValidateEntity(entity); !status.ok()) return status;
    if (std::ranges::find(entities, entity.name, &Entity::name) != entities.end()) {
      return InvalidArgument("stands twice").WithContext(entity.name);
    }
    entities.push_back(std::move(entity));
  }
  return Status();
}

}  // namespace

bool Column::TakesList() const {
  return std::ranges::any_of(pushdowns, [](const Pushdown& pushdown) { return pushdown.match == Match::kSet; });
}

int Entity::FindColumn(std::string_view column_name) const {
  const auto found = std::ranges::find(columns, column_name, &Column::name);
  return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

const Column* Entity::ColumnNamed(std::string_view column_name) const {
  const int index = FindColumn(column_name);
  return index < 0 ? nullptr : &columns[static_cast<size_t>(index)];
}

bool Entity::HasNumericKey() const {
  if (key.size() != 1) return false;
  const int column = FindColumn(key[0]);
  return column >= 0 && columns[static_cast<size_t>(column)].type == ColumnType::kInteger;
}

std::string_view Entity::Parent() const {
  for (const Column& column : columns) {
    if (!column.from_table.empty()) return column.from_table;
  }
  return "";
}

bool Entity::IsInKey(const Column& column) const { return std::ranges::find(key, column.name) != key.end(); }

bool Entity::MayBeNull(const Column& column) const {
  return column.role != ColumnRole::kPath && !(HasNumericKey() && IsInKey(column));
}

Result<Profile> Profile::Parse(std::span<const ProfileFile> files) { return Profile().With(files); }

Result<Profile> Profile::With(std::span<const ProfileFile> files) const {
  std::vector<Entity> added;
  std::vector<const ProfileFile*> origins;
  for (const ProfileFile& file : files) {
    if (Status status = AddFile(file, added); !status.ok()) return status.WithContext(file.name);
    origins.resize(added.size(), &file);
  }
  Profile profile;
  profile.entities_ = added;
  for (const Entity& entity : entities_) {
    const bool is_replaced = std::ranges::find(added, entity.name, &Entity::name) != added.end();
    if (!is_replaced) profile.entities_.push_back(entity);
  }
  for (size_t i = 0; i < profile.entities_.size(); ++i) {
    const Status status = ValidateReferences(profile.entities_[i], profile.entities_);
    if (!status.ok()) return status.WithContext(i < origins.size() ? origins[i]->name : "built-in");
  }
  std::ranges::sort(profile.entities_, {}, &Entity::name);
  for (Entity& entity : profile.entities_) {
    for (const Entity* parent = profile.Find(entity.Parent()); parent != nullptr; parent = profile.Find(parent->Parent())) {
      entity.parent_lists.push_back({parent->list_path, parent->typical_rows, parent->page_size_max});
    }
  }
  return profile;
}

const Profile& Profile::BuiltIn() {
  // Never destroyed: a host may still run queries while the process exits.
  static constinit MadeOnce<Profile> built_in;
  return built_in.Get([] {
    auto profile = Parse(BuiltInFiles());
    // The build has checked the files: profile/check.
    if (!profile) throw std::logic_error(profile.status().message());
    return *std::move(profile);
  });
}

std::span<const std::string_view> Profile::BuiltInNames() { return infusionsoft::BuiltInNames(); }

std::string Profile::BuiltInText() {
  std::string text = "[";
  for (const ProfileFile& file : BuiltInFiles()) {
    text += text.size() == 1 ? "\n" : ",\n";
    text += file.text;
    while (text.ends_with('\n')) text.pop_back();
  }
  return text + "\n]\n";
}

Result<ProfileFile> ReadProfileFile(const std::string& path) {
  // A profile is some 100 kB; a device or a log that was named by mistake must not fill the memory.
  constexpr size_t kLargest = size_t{16} << 20;
  const auto bad = [&](const std::string& what) { return InvalidArgument("the profile " + path + " " + what); };
  const auto file = OpenOrdinaryFile(path);
  if (!file) return bad(file.status().message());
  auto text = ReadUpTo(*file, kLargest + 1);
  if (!text) return bad(text.status().message());
  if (text->size() > kLargest) return bad("is larger than 16 MB");
  return ProfileFile{path, *std::move(text)};
}

const Entity* Profile::Find(std::string_view name) const {
  const auto found = std::ranges::find(entities_, name, &Entity::name);
  return found == entities_.end() ? nullptr : &*found;
}

}  // namespace infusionsoft
