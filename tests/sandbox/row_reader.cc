// SPDX-License-Identifier: MIT
#include "row_reader.h"

#include <algorithm>

#include "described_entity.h"

namespace infusionsoft::sandbox {

const Property* FindProperty(const Entity& entity, std::string_view name) {
  for (const Property& property : entity.properties) {
    if (property.name == name) return &property;
  }
  return nullptr;
}

void WriteRow(const World& world, const RowRef& row, const std::vector<const Property*>& properties, Nulls nulls,
              JsonWriter& writer) {
  Out out(writer, nulls);
  writer.StartObject();
  for (const Property* const property : properties) {
    out.set_name(property->name);
    if (property->described != nullptr) {
      WriteDescribed(*property, world, row, out);
    } else {
      property->write(world, row, out);
    }
  }
  writer.EndObject();
}

void RowReader::Need(const Property* property) {
  if (std::find(properties_.begin(), properties_.end(), property) == properties_.end()) {
    properties_.push_back(property);
  }
}

const rapidjson::Value& RowReader::Read(const World& world, const RowRef& row) {
  constexpr size_t kStackBytes = 1024;
  text_.Clear();
  JsonWriter writer(text_);
  WriteRow(world, row, properties_, Nulls::kMixed, writer);
  // In this order: each uses the ones below.
  document_.reset();
  stack_.reset();
  values_.reset();
  values_.emplace(value_bytes_.data(), value_bytes_.size());
  stack_.emplace(stack_bytes_.data(), stack_bytes_.size());
  document_.emplace(&*values_, kStackBytes, &*stack_);
  document_->Parse(text_.GetString(), text_.GetSize());
  return *document_;
}

}  // namespace infusionsoft::sandbox
