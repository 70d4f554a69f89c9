// SPDX-License-Identifier: MIT
#include "breaks.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include "iso_time.h"
#include "mix.h"

namespace infusionsoft::sandbox {
namespace {

constexpr std::array<std::string_view, kBreaks> kNames = {
    "missing",       "null",          "whole-reals",    "other-types",    "time-forms",    "big-numbers",
    "foreign-items", "empty-objects", "equal-rows",     "repeated-keys",  "order-ignored", "order-late",
    "ids-as-text",   "404-later",     "empty-for-ever", "pages-repeated", "page-sizes",    "count-text",
    "count-missing", "count-wrong",   "offset-ignored", "offset-empty"};

// Lists whose rows have no key.
constexpr std::array<std::string_view, 9> kKeyless = {"/v1/affiliates/{affiliate_id}/clawbacks",
                                                      "/v2/affiliates/{affiliate_id}:commissions",
                                                      "/v1/appointments",
                                                      "/v1/affiliates/commissions",
                                                      "/v2/contacts/{contact_id}/links",
                                                      "/v1/products/sync",
                                                      "/v2/reporting/reports/{report_id}/model",
                                                      "/v2/sales/transactions",
                                                      "/v1/tasks/search"};

// Two lists say these of the same rows.
constexpr std::array<std::string_view, 3> kSaidTwice = {"applied_time", "tag", "tag_ids"};

constexpr uint64_t kBigNumber = 12'345'678'901'234'567'890ULL;

bool IsIn(const auto& names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); }

bool IsId(std::string_view name) { return name == "id" || name.ends_with("_id"); }

std::string_view TextOf(const rapidjson::Value& value) { return {value.GetString(), value.GetStringLength()}; }

bool HasField(const rapidjson::Value& element) { return element.IsObject() && element.HasMember("field"); }

bool IsDigits(std::string_view text) {
  return !text.empty() && text.size() < 16 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string_view BreakName(Break what) { return kNames.at(static_cast<size_t>(what)); }

std::optional<Break> BreakFromName(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Break>(found - kNames.begin());
}

BreakSet OrderBreaks() {
  BreakSet set;
  for (const Break what : {Break::kOrderIgnored, Break::kOrderLate, Break::kIdsAsText}) set.set(static_cast<size_t>(what));
  return set;
}

// Two of five properties are struck, in one row of four.
bool RowBreaker::Strikes(sandbox::Break what, uint64_t place) {
  const uint64_t bits = Mix(place, static_cast<uint64_t>(what));
  if (!Has(breaks_, what) || bits % 5 >= 2 || Mix(bits, row_) % 4 != 0) return false;
  struck_.set(static_cast<size_t>(what));
  return true;
}

bool RowBreaker::MayBeAbsent(std::string_view name, bool is_top) const {
  if (!is_top) return true;
  if (name == "id") return entity_ != "contacts" && entity_ != "tags" && entity_ != "tagged_contacts";
  return entity_ != "notes" || name != "contact_id";
}

void RowBreaker::Break(rapidjson::Document& row) {
  allocator_ = &row.GetAllocator();
  if (row.IsObject()) BreakObject(row, MixText(seed_, entity_), true);
}

void RowBreaker::BreakObject(Value& object, uint64_t place, bool is_top) {
  for (auto member = object.MemberBegin(); (member - object.MemberEnd()) < 0;) {
    const std::string_view name = TextOf(member->name);
    const uint64_t here = MixText(place, name);
    if (IsIn(kSaidTwice, name) || member->value.IsNull()) {
      ++member;
      continue;
    }
    const bool may_be_absent = MayBeAbsent(name, is_top);
    if (may_be_absent && Strikes(Break::kMissing, here)) {
      member = object.EraseMember(member);
      continue;
    }
    if (may_be_absent && Strikes(Break::kNull, here)) {
      member->value.SetNull();
    } else {
      BreakValue(member->value, name, here);
    }
    ++member;
  }
}

void RowBreaker::BreakElements(Value& array, uint64_t place) {
  const bool has_objects = !array.Empty() && array[0].IsObject();
  for (rapidjson::SizeType i = 0; i < array.Size(); ++i) {
    if (array[i].IsObject()) BreakObject(array[i], Mix(place, i), false);
  }
  if (!has_objects) return;
  for (rapidjson::SizeType i = 1; i < array.Size(); ++i) {
    if (!HasField(array[i]) || !HasField(array[i - 1]) || !Strikes(Break::kRepeatedKeys, place)) continue;
    array[i]["field"].CopyFrom(array[i - 1]["field"], *allocator_);
  }
  if (Strikes(Break::kForeignItems, place)) array.PushBack(Value().SetInt(7), *allocator_);
  if (Strikes(Break::kEmptyObjects, place)) {
    Value empty(rapidjson::kObjectType);
    empty.AddMember("unexpected", true, *allocator_);
    array.PushBack(empty, *allocator_);
  }
}

void RowBreaker::BreakValue(Value& value, std::string_view name, uint64_t place) {
  if (value.IsObject()) return BreakObject(value, place, false);
  if (value.IsArray()) return BreakElements(value, place);
  if (value.IsString()) return BreakText(value, name, place);
  if (value.IsInt64() && Strikes(Break::kWholeReals, place)) {
    value.SetDouble(static_cast<double>(value.GetInt64()));
  } else if (value.IsInt64() && Strikes(Break::kOtherTypes, place)) {
    value.SetString(std::to_string(value.GetInt64()).c_str(), *allocator_);
  } else if (value.IsBool() && Strikes(Break::kOtherTypes, place)) {
    value.SetString(rapidjson::StringRef(value.GetBool() ? "true" : "false"));
  }
}

void RowBreaker::BreakText(Value& value, std::string_view name, uint64_t place) {
  const std::string_view text = TextOf(value);
  if (IsId(name) && IsDigits(text)) {
    const int64_t id = std::atoll(value.GetString());
    if (Strikes(Break::kWholeReals, place)) {
      value.SetDouble(static_cast<double>(id));
    } else if (Strikes(Break::kOtherTypes, place)) {
      value.SetInt64(id);
    }
    return;
  }
  const std::optional<int64_t> millis = ParseTime(text);
  if (millis && text.size() > 10) return BreakTime(value, *millis, place);
  // A word of an enumeration stays one.
  const bool is_free =
      name.find("name") != std::string_view::npos || name == "title" || name == "description" || name == "text";
  if (!millis && is_free && Strikes(Break::kBigNumbers, place)) value.SetUint64(kBigNumber);
}

// What the new form leaves out is gone: the server's filters test what rows show.
void RowBreaker::BreakTime(Value& value, int64_t millis, uint64_t place) {
  if (!Strikes(Break::kTimeForms, place)) return;
  constexpr int64_t kMinute = 60'000;
  std::string text = FormatTime(millis - millis % kMinute, TimeStyle::kZulu);
  switch (Mix(place, row_ + 1) % 5) {
    case 0:  // without seconds
      text = text.substr(0, 16) + "Z";
      break;
    case 1:
      text = FormatTime(millis + 330 * kMinute, TimeStyle::kZuluMillis);
      text.replace(text.size() - 1, 1, "+05:30");
      break;
    case 2:
      text = FormatDate(millis);
      break;
    case 3:  // seconds since 1970
      value.SetInt64(millis / 1000);
      return;
    default:
      text = FormatTime(millis, TimeStyle::kZuluMillis);
      text.insert(text.size() - 1, "000000");
      break;
  }
  value.SetString(text.c_str(), *allocator_);
}

bool IsEqualRow(const BreakSet& breaks, uint64_t seed, std::string_view entity, uint64_t row) {
  return Has(breaks, Break::kEqualRows) && row > 0 && Mix(seed, row) % 3 == 0 && IsIn(kKeyless, entity);
}

bool HasRepeatedKey(const BreakSet& breaks, uint64_t seed, uint64_t row) {
  return Has(breaks, Break::kRepeatedKeys) && row > 0 && Mix(seed, row) % 4 == 0;
}

bool HasForeignBefore(const BreakSet& breaks, uint64_t seed, uint64_t row, Break what) {
  return Has(breaks, what) && Mix(seed, row) % 16 == 0;
}

}  // namespace infusionsoft::sandbox
