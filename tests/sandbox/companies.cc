// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "custom_fields.h"
#include "entity.h"
#include "mix.h"
#include "parts.h"

namespace infusionsoft::sandbox {
namespace {

constexpr Kind kKind = Kind::kCompanies;
constexpr std::array<std::string_view, 3> kTypes = {"Vendor", "Partner", "Customer"};
constexpr std::array<std::string_view, 2> kTitles = {"Dr.", "Ms."};
constexpr std::array<std::string_view, 2> kSuffixes = {"Jr", "Inc"};
constexpr std::array<std::string_view, 2> kTerms = {"NET 30", "NET 60"};

uint64_t Bits(const World& world, const RowRef& row, uint64_t salt) { return world.Bits(kKind, row.index, salt); }

std::string Email(uint64_t bits, uint64_t company) {
  const std::string text = "info@company" + std::to_string(company / 3) + ".example";
  return bits % 5 == 0 ? UpperAscii(text) : text;
}

void EmailAddress(const World& world, const RowRef& row, Out& out) {
  const uint64_t bits = Bits(world, row, 30);
  if (bits % 7 == 0) return bits % 2 == 0 ? out.Missing() : out.Null();
  WriteEmail(out.Begin(), Email(bits, row.index), 1, bits);
}

void Groups(const World& world, const RowRef& row, Out& out) {
  const uint64_t bits = Bits(world, row, 31);
  const uint64_t tags = world.Size(Kind::kTags);
  std::string ids;
  for (uint64_t i = 0; i < std::min(bits % 3, tags); ++i) {
    ids += (ids.empty() ? "" : ",") + world.IdText(Kind::kTags, (bits / 3 + i) % tags);
  }
  out.Put(ids.empty() ? Text{} : Text::Of(std::move(ids)));
}

using W = const World&;
using R = const RowRef&;

constexpr Property kProperties[] = {
    {"id", [](W w, R r, Out& o) { o.Put(w.IdText(kKind, r.index)); }},
    {"address",
     [](W w, R r, Out& o) {
       const uint64_t bits = Bits(w, r, 32);
       if (bits % 9 == 0) return o.Missing();
       WriteAddress(o.Begin(), MakeAddress(bits), "BILLING");
     }},
    {"notes", [](W w, R r, Out& o) { o.Put(OptionalWord(Sentences(), Bits(w, r, 33))); }},
    {"website", [](W, R r, Out& o) { o.Put("https://company" + std::to_string(r.index) + ".example"); }},
    {"suffix", [](W w, R r, Out& o) { o.Put(OptionalWord(kSuffixes, Bits(w, r, 34))); }},
    {"title", [](W w, R r, Out& o) { o.Put(OptionalWord(kTitles, Bits(w, r, 35))); }},
    {"groups", Groups},
    {"company_name", [](W w, R r, Out& o) { o.Put(CompanyName(w, r.index)); }},
    {"custom_fields", [](W w, R r, Out& o) { WriteCustomFields(o.Begin(), Bits(w, r, 36)); }},
    {"email_address", EmailAddress},
    {"fax_number", [](W w, R r, Out& o) { WriteFax(o.Begin(), 1, Bits(w, r, 37)); }},
    {"phone_number",
     [](W w, R r, Out& o) {
       const uint64_t bits = Bits(w, r, 38);
       WritePhone(o.Begin(), PhoneText(bits), 1, bits);
     }},
    {"update_time", [](W w, R r, Out& o) { o.Put(w.UpdateTime(kKind, r.index)); }},
    {"create_time", [](W w, R r, Out& o) { o.Put(w.CreateTime(kKind, r.index)); }},
    {"anniversary_date", [](W w, R r, Out& o) { o.Put(DateText(Bits(w, r, 39))); }},
    {"assistant_name", [](W w, R r, Out& o) { o.Put(OptionalWord(GivenNames(), Bits(w, r, 40))); }},
    {"assistant_phone", [](W w, R r, Out& o) { o.Put(PhoneText(Bits(w, r, 41))); }},
    {"billing_information", [](W w, R r, Out& o) { o.Put(OptionalWord(kTerms, Bits(w, r, 42))); }},
    {"birth_date", [](W w, R r, Out& o) { o.Put(DateText(Bits(w, r, 43))); }},
    {"contact_type", [](W w, R r, Out& o) { o.Put(OptionalWord(kTypes, Bits(w, r, 44))); }},
    {"first_name", [](W w, R r, Out& o) { o.Put(OptionalWord(GivenNames(), Bits(w, r, 45))); }},
    {"job_title", [](W w, R r, Out& o) { o.Put(OptionalWord(JobTitles(), Bits(w, r, 46))); }},
    {"last_name", [](W w, R r, Out& o) { o.Put(OptionalWord(FamilyNames(), Bits(w, r, 47))); }},
    {"middle_name", [](W w, R r, Out& o) { o.Put(OptionalWord(GivenNames(), Bits(w, r, 48))); }},
    {"preferred_name", [](W w, R r, Out& o) { o.Put(OptionalWord(GivenNames(), Bits(w, r, 49))); }},
    {"owner_id", [](W w, R r, Out& o) { o.Put(w.PickId(Kind::kUsers, Bits(w, r, 50), 6)); }},
    {"referral_code", [](W w, R r, Out& o) { o.Put("REF" + std::to_string(Bits(w, r, 51) % 100'000)); }},
    {"spouse_name", [](W w, R r, Out& o) { o.Put(OptionalWord(GivenNames(), Bits(w, r, 52))); }},
    {"account_id", [](W w, R r, Out& o) { o.Put(w.IdText(kKind, r.index)); }},
    {"created_by", [](W w, R r, Out& o) { o.Put(w.PickId(Kind::kUsers, Bits(w, r, 53), 0)); }},
    {"last_updated_by", [](W w, R r, Out& o) { o.Put(w.PickId(Kind::kUsers, Bits(w, r, 54), 9)); }},
};

}  // namespace

const Entity& CompaniesEntity() {
  static constexpr Entity kEntity = {"companies", kKind, kProperties};
  return kEntity;
}

}  // namespace infusionsoft::sandbox
