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

namespace {

bool IsKey(const Property& property) { return property.name == "id" || property.name == "key" || property.name == "email"; }

void WriteProperties(const World& world, const Entity& entity, const RowRef& row,
                     const std::vector<const Property*>& properties, Nulls nulls, JsonWriter& writer, BreakSet& struck) {
  const bool is_equal = IsEqualRow(world.breaks(), world.seed(), entity.name, row.index);
  const bool has_repeated_key = entity.has_own_keys && HasRepeatedKey(world.breaks(), world.seed(), row.index);
  const RowRef before{row.index - 1, row.parent, row.detail};
  Out out(writer, nulls);
  writer.StartObject();
  for (const Property* const property : properties) {
    out.set_name(property->name);
    const bool is_repeated = has_repeated_key && IsKey(*property);
    if (is_equal) struck.set(static_cast<size_t>(Break::kEqualRows));
    if (is_repeated) struck.set(static_cast<size_t>(Break::kRepeatedKeys));
    const RowRef& said = is_equal || is_repeated ? before : row;
    if (property->described != nullptr) {
      WriteDescribed(*property, world, said, out);
    } else {
      property->write(world, said, out);
    }
  }
  writer.EndObject();
}

}  // namespace

BreakSet WriteRow(const World& world, const Entity& entity, const RowRef& row,
                  const std::vector<const Property*>& properties, Nulls nulls, JsonWriter& writer) {
  BreakSet struck;
  if (world.breaks().none()) {
    WriteProperties(world, entity, row, properties, nulls, writer, struck);
    return struck;
  }
  rapidjson::StringBuffer buffer;
  JsonWriter whole(buffer);
  WriteProperties(world, entity, row, properties, nulls, whole, struck);
  rapidjson::Document document;
  document.Parse<rapidjson::kParseFullPrecisionFlag>(buffer.GetString(), buffer.GetSize());
  const bool is_equal = Has(struck, Break::kEqualRows);
  RowBreaker breaker(world.breaks(), world.seed(), is_equal ? row.index - 1 : row.index, entity.name);
  breaker.Break(document);
  document.Accept(writer);
  return struck | breaker.struck();
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
  WriteRow(world, entity_, row, properties_, Nulls::kMixed, writer);
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
