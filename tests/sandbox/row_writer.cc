// SPDX-License-Identifier: MIT
#include "row_writer.h"

#include <array>
#include <cstdio>
#include <string>

namespace infusionsoft::sandbox {

void Member(JsonWriter& writer, std::string_view name, const Text& text) {
  if (text.state == Text::State::kMissing) return;
  WriteKey(writer, name);
  if (text.has_value()) {
    WriteText(writer, text.value);
  } else {
    writer.Null();
  }
}

void Member(JsonWriter& writer, std::string_view name, std::string_view text) {
  WriteKey(writer, name);
  WriteText(writer, text);
}

void Member(JsonWriter& writer, std::string_view name, bool value) {
  WriteKey(writer, name);
  writer.Bool(value);
}

void Member(JsonWriter& writer, std::string_view name, int64_t value) {
  WriteKey(writer, name);
  writer.Int64(value);
}

void Member(JsonWriter& writer, std::string_view name, double value) {
  WriteKey(writer, name);
  writer.Double(value);
}

void Money(JsonWriter& writer, int64_t amount, std::string_view currency) {
  std::array<char, 48> text{};
  const auto count = static_cast<long long>(amount);
  if (currency == "JPY") {
    std::snprintf(text.data(), text.size(), "\u00a5%lld", count);
  } else {
    const char* const sign = currency == "EUR" ? "\u20ac" : currency == "GBP" ? "\u00a3" : "$";
    std::snprintf(text.data(), text.size(), "%s%lld.%02lld", sign, count / 100, count % 100);
  }
  writer.StartObject();
  Member(writer, "amount", amount);
  Member(writer, "currency_code", currency);
  Member(writer, "formatted_amount", std::string_view(text.data()));
  writer.EndObject();
}

void Out::Put(const Text& text) {
  switch (text.state) {
    case Text::State::kMissing:
      return Missing();
    case Text::State::kNull:
      return Null();
    case Text::State::kValue:
      return Put(std::string_view(text.value));
  }
}

void Out::Missing() {
  if (nulls_ == Nulls::kExplicit) Begin().Null();
}

void Out::Null() {
  if (nulls_ != Nulls::kAbsent) Begin().Null();
}

JsonWriter& Out::Begin() {
  WriteKey(writer_, name_);
  return writer_;
}

}  // namespace infusionsoft::sandbox
