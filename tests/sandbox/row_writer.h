// SPDX-License-Identifier: MIT
#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>
#include <string_view>

#include "world.h"

namespace infusionsoft::sandbox {

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

inline void WriteText(JsonWriter& writer, std::string_view text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

inline void WriteKey(JsonWriter& writer, std::string_view name) {
  writer.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
}

// Members of nested objects. A missing text writes nothing.
void Member(JsonWriter& writer, std::string_view name, const Text& text);
void Member(JsonWriter& writer, std::string_view name, std::string_view text);
inline void Member(JsonWriter& writer, std::string_view name, const char* text) {
  Member(writer, name, std::string_view(text));
}
void Member(JsonWriter& writer, std::string_view name, bool value);
void Member(JsonWriter& writer, std::string_view name, int64_t value);
void Member(JsonWriter& writer, std::string_view name, double value);
// A CurrencyValue object: `amount` counts minor units of the currency.
void Money(JsonWriter& writer, int64_t amount, std::string_view currency);

enum class Nulls : uint8_t { kMixed, kExplicit, kAbsent };

// Takes the value of one top-level property. A property function calls exactly one of its methods.
class Out {
 public:
  Out(JsonWriter& writer, Nulls nulls) : writer_(writer), nulls_(nulls) {}

  void set_name(std::string_view name) { name_ = name; }

  void Put(const Text& text);
  void Put(std::string_view text) { WriteText(Begin(), text); }
  void Put(const std::string& text) { Put(std::string_view(text)); }
  void Put(const char* text) { Put(std::string_view(text)); }
  void Bool(bool value) { Begin().Bool(value); }
  void Integer(int64_t value) { Begin().Int64(value); }
  void Number(double value) { Begin().Double(value); }
  void Missing();
  void Null();
  // For arrays and objects: the caller writes one whole value.
  JsonWriter& Begin();

 private:
  JsonWriter& writer_;
  Nulls nulls_;
  std::string_view name_;
};

}  // namespace infusionsoft::sandbox
