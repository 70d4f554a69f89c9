// SPDX-License-Identifier: MIT
#pragma once

#include <rapidjson/document.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "entity.h"

namespace infusionsoft::sandbox {

const Property* FindProperty(const Entity& entity, std::string_view name);

// Writes one row as an object with the given properties.
// Returns the breaks that show in it.
BreakSet WriteRow(const World& world, const Entity& entity, const RowRef& row,
                  const std::vector<const Property*>& properties, Nulls nulls, JsonWriter& writer);

// Looks at a few properties of one row after another, in the same JSON that lists send, without
// allocating memory for each row.
class RowReader {
 public:
  explicit RowReader(const Entity& entity) : entity_(entity) {}
  // Adds a property to those that Read() gives.
  void Need(const Property* property);
  // Valid until the next call.
  const rapidjson::Value& Read(const World& world, const RowRef& row);

 private:
  using Pool = rapidjson::MemoryPoolAllocator<>;
  using Document = rapidjson::GenericDocument<rapidjson::UTF8<>, Pool, Pool>;
  static constexpr size_t kBytes = 8192;

  const Entity& entity_;
  std::vector<const Property*> properties_;
  rapidjson::StringBuffer text_;
  alignas(std::max_align_t) std::array<char, kBytes> value_bytes_;
  alignas(std::max_align_t) std::array<char, kBytes> stack_bytes_;
  std::optional<Pool> values_;
  std::optional<Pool> stack_;
  std::optional<Document> document_;
};

}  // namespace infusionsoft::sandbox
