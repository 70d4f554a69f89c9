// SPDX-License-Identifier: MIT
#include "custom_fields.h"

#include <algorithm>
#include <array>
#include <string>

#include "api_description.h"
#include "mix.h"
#include "parts.h"

namespace infusionsoft::sandbox {
namespace {

using ContentFunction = void (*)(JsonWriter& writer, uint64_t bits);

struct FieldType {
  std::string_view name;
  ContentFunction write;
  ValueType filter = ValueType::kString;
  bool compares = false;
  bool wildcard = false;
};

constexpr std::array<std::string_view, 4> kColours = {"Red", "Green", "Preferred, blue", "NONE"};
constexpr std::array<std::string_view, 4> kStates = {"Arizona", "Oregon", "New York", "arizona"};

void Colour(JsonWriter& writer, uint64_t bits) { WriteText(writer, AnyWord(kColours, bits)); }
void Sentence(JsonWriter& writer, uint64_t bits) { WriteText(writer, AnyWord(Sentences(), bits)); }
void Name(JsonWriter& writer, uint64_t bits) { WriteText(writer, AnyWord(GivenNames(), bits)); }
void Province(JsonWriter& writer, uint64_t bits) { WriteText(writer, WordOf(kStates, bits)); }
void Phone(JsonWriter& writer, uint64_t bits) { WriteText(writer, PhoneText(bits)); }
void Mail(JsonWriter& writer, uint64_t bits) { WriteText(writer, "someone" + std::to_string(bits % 50) + "@example.com"); }
void Site(JsonWriter& writer, uint64_t bits) {
  WriteText(writer, "https://example" + std::to_string(bits % 20) + ".com/a?b=c");
}

// As a number, or as text that holds one.
void Whole(JsonWriter& writer, int64_t number, uint64_t bits) {
  bits % 3 == 0 ? WriteText(writer, std::to_string(number)) : static_cast<void>(writer.Int64(number));
}
void WholeNumber(JsonWriter& writer, uint64_t bits) { Whole(writer, static_cast<int64_t>(bits % 200) - 20, bits >> 8); }
void Month(JsonWriter& writer, uint64_t bits) { Whole(writer, static_cast<int64_t>(1 + bits % 12), bits >> 8); }
void Weekday(JsonWriter& writer, uint64_t bits) { Whole(writer, static_cast<int64_t>(1 + bits % 7), bits >> 8); }
void Year(JsonWriter& writer, uint64_t bits) { Whole(writer, static_cast<int64_t>(1990 + bits % 40), bits >> 8); }

void Quarters(JsonWriter& writer, uint64_t bits) {
  const double number = static_cast<double>(bits % 400) / 4 - 10;
  if ((bits >> 16) % 3 != 0) return static_cast<void>(writer.Double(number));
  std::string text = std::to_string(number);
  WriteText(writer, text.substr(0, text.find('.') + 3));
}

void Flag(JsonWriter& writer, uint64_t bits) {
  const bool truth = bits % 2 == 0;
  switch ((bits >> 8) % 4) {
    case 0:
      return static_cast<void>(writer.Int(truth ? 1 : 0));
    case 1:
      return WriteText(writer, truth ? "1" : "0");
    default:
      writer.Bool(truth);
  }
}

void Date(JsonWriter& writer, uint64_t bits) {
  constexpr std::array<std::string_view, 4> kTimes = {"", "", "T00:00:00.000Z", "T00:00:00-05:00"};
  WriteText(writer, DateText(bits % 60 + 17'900) + std::string(WordOf(kTimes, bits >> 8)));
}

void DateTime(JsonWriter& writer, uint64_t bits) {
  constexpr int64_t kFirst = 1'600'000'000'000;
  constexpr int64_t kStep = 5'000'123;
  WriteText(writer, SpellTime(kFirst + static_cast<int64_t>(bits % 400) * kStep, bits >> 16));
}

void Options(JsonWriter& writer, uint64_t bits) {
  writer.StartArray();
  for (uint64_t i = 0; i < bits % 4; ++i) WriteText(writer, kColours[i]);
  writer.EndArray();
}

void Users(JsonWriter& writer, uint64_t bits) {
  writer.StartArray();
  for (uint64_t i = 0; i < bits % 3; ++i) WriteText(writer, std::to_string(1 + i));
  writer.EndArray();
}

constexpr auto kTypes = std::to_array<FieldType>({
    {"CURRENCY", Quarters, ValueType::kNumber, true},
    {"DATE", Date, ValueType::kDateTime, true},
    {"DATE_TIME", DateTime, ValueType::kDateTime, true},
    {"DAY_OF_WEEK", Weekday, ValueType::kNumber, true},
    {"DECIMAL_NUMBER", Quarters, ValueType::kNumber, true},
    {"DRILLDOWN", Weekday, ValueType::kId},
    {"DROPDOWN", Colour, ValueType::kString, false, true},
    {"EMAIL", Mail, ValueType::kString, false, true},
    {"LIST_BOX", Options},
    {"MONTH", Month, ValueType::kNumber, true},
    {"NAME", Name, ValueType::kString, false, true},
    {"PERCENT", Quarters, ValueType::kNumber, true},
    {"PHONE_NUMBER", Phone, ValueType::kString, false, true},
    {"RADIO", Colour, ValueType::kString, false, true},
    {"SOCIAL_SECURITY_NUMBER", Phone, ValueType::kString, false, true},
    {"STATE", Province, ValueType::kString, false, true},
    {"TEXT", Sentence, ValueType::kString, false, true},
    {"TEXT_AREA", Sentence, ValueType::kString, false, true},
    {"USER", Weekday, ValueType::kNumber, true},
    {"USER_LIST_BOX", Users},
    {"WEBSITE", Site, ValueType::kString, false, true},
    {"WHOLE_NUMBER", WholeNumber, ValueType::kNumber, true},
    {"YEAR", Year, ValueType::kNumber, true},
    {"YES_NO", Flag, ValueType::kFlag},
});

struct Field {
  uint64_t id;
  std::string_view label;
  std::string_view type;
  std::string_view name;
};

// Labels and names that break careless code: the same label twice, labels of properties, a keyword, nothing at all, letters
// beyond ASCII, a name that is a filter of its own, and one that no filter can hold.
constexpr auto kFields = std::to_array<Field>({
    {1, "Favourite colour", "DROPDOWN", "FavouriteColour"},
    {3, "Score", "WHOLE_NUMBER", "Score"},
    {5, "Member?", "YES_NO", "Member"},
    {7, "Nickname", "NAME", "CalledBy"},
    {9, "Interests", "LIST_BOX", "Interests"},
    {12, "Favourite Colour", "RADIO", "FavouriteColour2"},
    {13, "Gr\u00f6\u00dfe (cm)", "DECIMAL_NUMBER", "Gre_cm"},
    {14, "Budget", "CURRENCY", "_Budget"},
    {15, "Discount, %", "PERCENT", "Discount"},
    {16, "Renewal date", "DATE", "RenewalDate"},
    {18, "Last call", "DATE_TIME", "LastCall"},
    {19, "2nd phone", "PHONE_NUMBER", "Phone2nd"},
    {20, "Month", "MONTH", "BillingMonth"},
    {21, "Day", "DAY_OF_WEEK", "DeliveryDay"},
    {22, "Year", "YEAR", "ModelYear"},
    {23, "Member ID", "WHOLE_NUMBER", "MemberID"},
    {24, "Order", "TEXT", "OrderText"},
    {25, "Remarks", "TEXT_AREA", "Remarks"},
    {26, "E-mail of the assistant", "EMAIL", "AssistantMail"},
    {27, "Site", "WEBSITE", "Site2"},
    {28, "SSN", "SOCIAL_SECURITY_NUMBER", "SSN2"},
    {29, "Province", "STATE", "Province2"},
    {30, "Contact person", "USER", "ContactPerson"},
    {31, "Region", "DRILLDOWN", "RegionNode"},
    {32, "Deputies", "USER_LIST_BOX", "Deputies"},
    {33, "Title", "TEXT", "TITLE"},
    {34, "Email", "TEXT", "EMAIL"},
    {35, "", "TEXT", "Nameless"},
    {36, "\u751f\u5e74\u6708\u65e5", "DATE", "Birth"},
    {37, "rowid", "WHOLE_NUMBER", "RowNumber"},
    {38, "A label that somebody has made much longer than anybody would ever want to type", "TEXT", "LongOne"},
    {40, "Dashed", "TEXT", "Dash-ed"},
});

const FieldType& TypeOf(const Field& field) {
  return *std::find_if(kTypes.begin(), kTypes.end(), [&field](const FieldType& type) { return type.name == field.type; });
}

std::string_view RecordType(std::string_view records) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kRecordTypes = {
      {{"affiliates", "REFERRAL_PARTNER"},
       {"companies", "COMPANY"},
       {"contacts", "CONTACT"},
       {"notes", "TASK_NOTE_APPOINTMENT"},
       {"opportunities", "OPPORTUNITY"},
       {"orders", "ORDER"},
       {"subscriptions", "SUBSCRIPTION"},
       {"tasks", "TASK_NOTE_APPOINTMENT"}}};
  for (const auto& [name, type] : kRecordTypes) {
    if (name == records) return type;
  }
  return {};
}

void WriteOptions(JsonWriter& writer, const Field& field) {
  WriteKey(writer, "options");
  writer.StartArray();
  for (uint64_t i = 0; TypeOf(field).write == Colour && i < kColours.size(); ++i) {
    writer.StartObject();
    Member(writer, "id", std::to_string(i + 1));
    Member(writer, "label", kColours[i]);
    writer.EndObject();
  }
  writer.EndArray();
}

}  // namespace

void WriteCustomFields(JsonWriter& writer, uint64_t bits) {
  constexpr uint64_t kNothingIn = 8;  // one value in so many is missing, and one is null
  writer.StartArray();
  for (const Field& field : kFields) {
    const uint64_t own = Mix(bits, field.id);
    if (own % kNothingIn == 0) continue;
    writer.StartObject();
    Member(writer, "id", std::to_string(field.id));
    WriteKey(writer, "content");
    own % kNothingIn == 1 ? static_cast<void>(writer.Null()) : TypeOf(field).write(writer, Mix(own));
    writer.EndObject();
  }
  writer.EndArray();
}

void WriteCustomFieldModel(JsonWriter& writer, std::string_view records) {
  writer.StartArray();
  for (const Field& field : kFields) {
    writer.StartObject();
    Member(writer, "id", std::to_string(field.id));
    Member(writer, "label", field.label);
    WriteOptions(writer, field);
    Member(writer, "record_type", RecordType(records));
    Member(writer, "field_type", field.type);
    Member(writer, "group_id", "1");
    Member(writer, "group_name", "Details");
    Member(writer, "field_name", field.name);
    writer.EndObject();
  }
  writer.EndArray();
}

std::deque<FilterSpec> CustomFieldFilters() {
  std::deque<FilterSpec> filters;
  for (const Field& field : kFields) {
    const FieldType& type = TypeOf(field);
    FilterSpec& filter = filters.emplace_back();
    filter.name = field.name;
    filter.type = type.filter;
    filter.operators = {"=="};
    if (type.compares) filter.operators.insert(filter.operators.end(), {">", "<", ">=", "<="});
    filter.matching = type.compares ? Matching::kCompare : Matching::kEqual;
    filter.wildcard = type.wildcard;
    filter.tests = "custom_fields[id=" + std::to_string(field.id) + "].content";
    if (type.write == Options || type.write == Users) filter.tests += "[]";  // a list contains the option
  }
  return filters;
}

}  // namespace infusionsoft::sandbox
