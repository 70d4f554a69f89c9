// SPDX-License-Identifier: MIT
#include "parts.h"

#include <array>

#include "mix.h"

namespace infusionsoft::sandbox {
namespace {

constexpr std::array<std::string_view, 6> kStreets = {"Main Street",      "West Price Road", "High St",
                                                      "Unter den Linden", "Elm Avenue",      "Rua 25"};
constexpr std::array<std::string_view, 5> kPhoneTypes = {"Work", "Home", "Mobile", "Other", "Work Fax"};
constexpr std::array<std::string_view, 6> kOptStatuses = {
    "UNENGAGED_MARKETABLE", "SINGLE_OPT_IN", "DOUBLE_OPT_IN", "CONFIRMED", "HARD_BOUNCE", "LIST_UNSUBSCRIBE"};
constexpr std::array<std::string_view, 3> kSocial = {"FACEBOOK", "LINKED_IN", "TWITTER"};
constexpr std::array<std::string_view, 4> kCurrencies = {"USD", "EUR", "JPY", "GBP"};

Text OptionalText(std::string_view text, uint64_t bits, uint64_t none_in) {
  if (bits % none_in == 0) return Text{};
  if (bits % none_in == 1) return Text::Null();
  return Text::Of(std::string(text));
}

}  // namespace

Address MakeAddress(uint64_t bits) {
  const Place& place = PlaceOf(bits);
  Address address;
  address.place = &place;
  const std::string number = std::to_string(1 + (bits >> 8) % 900);
  address.line1 = (bits >> 16) % 30 == 0 ? OptionalWord(Sentences(), Mix(bits, 1))
                                         : Text::Of(number + " " + std::string(WordOf(kStreets, bits >> 20)));
  address.line2 = OptionalText("Suite " + number, Mix(bits, 2), 3);
  address.locality =
      (bits >> 24) % 30 == 0 ? OptionalWord(FamilyNames(), Mix(bits, 3) / 25 * 25) : Text::Of(std::string(place.locality));
  if ((bits >> 28) % 12 == 0) address.locality = Text::Of(UpperAscii(place.locality));
  address.region = OptionalText(place.region, Mix(bits, 4), 20);
  return address;
}

void WriteAddress(JsonWriter& writer, const Address& address, std::string_view field) {
  const Place& place = *address.place;
  writer.StartObject();
  Member(writer, "country", place.country);
  Member(writer, "line1", address.line1);
  Member(writer, "line2", address.line2);
  Member(writer, "locality", address.locality);
  Member(writer, "region", address.region);
  Member(writer, "field", field);
  Member(writer, "country_code", place.country_code);
  Member(writer, "postal_code", place.postal_code);
  Member(writer, "region_code", place.region_code);
  Member(writer, "zip_code", place.postal_code);
  if (place.country_code == "USA") Member(writer, "zip_four", "1234");
  writer.EndObject();
}

void WriteEmail(JsonWriter& writer, std::string_view email, int slot, uint64_t bits) {
  writer.StartObject();
  Member(writer, "email", email);
  Member(writer, "field", "EMAIL" + std::to_string(slot));
  if (bits % 3 != 0) Member(writer, "opt_in_reason", "Subscribed via website form");
  Member(writer, "is_opt_in", bits % 2 == 0);
  Member(writer, "email_opt_status", WordOf(kOptStatuses, bits >> 4));
  writer.EndObject();
}

std::string PhoneText(uint64_t bits) {
  const std::string area = std::to_string(200 + bits % 700);
  const std::string rest = std::to_string(1'000'000 + (bits >> 16) % 8'000'000);
  if ((bits >> 48) % 4 != 0) return area + rest;
  return "(" + area + ") " + rest.substr(0, 3) + "-" + rest.substr(3);
}

void WritePhone(JsonWriter& writer, std::string_view number, int slot, uint64_t bits) {
  std::string e164 = "+1";
  for (const char c : number) {
    if (c >= '0' && c <= '9') e164 += c;
  }
  writer.StartObject();
  if (bits % 3 == 0) Member(writer, "extension", std::to_string(100 + bits % 900));
  Member(writer, "number", number);
  Member(writer, "type", WordOf(kPhoneTypes, bits >> 8));
  Member(writer, "field", "PHONE" + std::to_string(slot));
  Member(writer, "number_e164", e164);
  writer.EndObject();
}

void WriteFax(JsonWriter& writer, int slot, uint64_t bits) {
  writer.StartObject();
  Member(writer, "number", PhoneText(Mix(bits, 11)));
  Member(writer, "type", WordOf(kPhoneTypes, bits >> 8));
  Member(writer, "field", "FAX" + std::to_string(slot));
  writer.EndObject();
}

void WriteSocialAccounts(JsonWriter& writer, uint64_t bits) {
  writer.StartArray();
  for (uint64_t i = 0; i < bits % 3; ++i) {
    writer.StartObject();
    Member(writer, "name", "@user" + std::to_string((bits >> 8) % 100'000));
    Member(writer, "type", kSocial[i]);
    writer.EndObject();
  }
  writer.EndArray();
}

std::string DateText(uint64_t bits) {
  constexpr int64_t kDay = 86'400'000;
  return FormatDate(static_cast<int64_t>(bits % 18'000) * kDay);
}

std::string LaterTime(int64_t millis, uint64_t bits) {
  constexpr int64_t kHour = 3'600'000;
  const int64_t later = static_cast<int64_t>(bits % 4000) * kHour + (bits % 9 == 0 ? 123 : 0);
  return SpellTime(millis + later, bits >> 16);
}

std::string_view CurrencyOf(uint64_t bits) { return WordOf(kCurrencies, bits); }

}  // namespace infusionsoft::sandbox
