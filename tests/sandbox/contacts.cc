// SPDX-License-Identifier: MIT
#include <array>
#include <iterator>

#include "custom_fields.h"
#include "entity.h"
#include "mix.h"
#include "parts.h"

namespace infusionsoft::sandbox {
namespace {

constexpr Kind kKind = Kind::kContacts;
constexpr std::array<std::string_view, 6> kPrefixes = {"Dr.", "Mr.", "Ms.", "Mrs.", "Prof.", "Mx"};
constexpr std::array<std::string_view, 4> kSuffixes = {"Jr", "Sr", "III", "PhD"};
constexpr std::array<std::string_view, 4> kTypes = {"Prospect", "Customer", "Lead", "Vendor"};
constexpr std::array<std::string_view, 4> kLocales = {"en_US", "en_GB", "ja_JP", "pt_BR"};
constexpr std::array<std::string_view, 4> kZones = {"America/New_York", "America/Phoenix", "Europe/Berlin", "Asia/Tokyo"};
constexpr std::array<std::string_view, 5> kSources = {"API", "IMPORT", "MANUAL", "WEBFORM", "LANDING_PAGE"};
constexpr std::array<std::string_view, 3> kLinkTypes = {"Spouse", "Partner", "Colleague"};
constexpr std::array<std::string_view, 3> kSlots = {"BILLING", "SHIPPING", "OTHER"};
constexpr std::array<std::string_view, 2> kTerms = {"NET 30", "On receipt"};

uint64_t Bits(const World& world, const RowRef& row, uint64_t salt) { return world.Bits(kKind, row.index, salt); }

void Addresses(const World& world, const RowRef& row, Out& out) {
  if (row.index % 24 == 5) return out.Missing();
  JsonWriter& writer = out.Begin();
  writer.StartArray();
  for (size_t slot = 0; slot < kSlots.size(); ++slot) {
    const std::optional<uint64_t> bits = ContactAddress(world, row.index, slot);
    if (bits) WriteAddress(writer, MakeAddress(*bits), kSlots[slot]);
  }
  writer.EndArray();
}

void EmailAddresses(const World& world, const RowRef& row, Out& out) {
  if (row.index % 40 == 3) return out.Null();
  JsonWriter& writer = out.Begin();
  writer.StartArray();
  for (int slot = 1; slot <= 3; ++slot) {
    const Text email = ContactEmail(world, row.index, slot);
    if (email.has_value()) WriteEmail(writer, email.value, slot, Bits(world, row, 50));
  }
  writer.EndArray();
}

void PhoneNumbers(const World& world, const RowRef& row, Out& out) {
  JsonWriter& writer = out.Begin();
  writer.StartArray();
  for (int slot = 1; slot <= 5; ++slot) {
    const Text phone = ContactPhone(world, row.index, slot);
    if (phone.has_value()) WritePhone(writer, phone.value, slot, Bits(world, row, 51));
  }
  writer.EndArray();
}

void Company(const World& world, const RowRef& row, Out& out) {
  const std::optional<uint64_t> company = ContactCompany(world, row.index);
  if (!company) return row.index % 2 == 0 ? out.Missing() : out.Null();
  JsonWriter& writer = out.Begin();
  writer.StartObject();
  Member(writer, "id", world.IdText(Kind::kCompanies, *company));
  Member(writer, "company_name", CompanyName(world, *company));
  writer.EndObject();
}

void Links(const World& world, const RowRef& row, Out& out) {
  const uint64_t bits = Bits(world, row, 52);
  JsonWriter& writer = out.Begin();
  writer.StartArray();
  if (bits % 6 == 0) {
    writer.StartObject();
    Member(writer, "id", std::to_string(row.index + 1));
    Member(writer, "linked_contact_id", world.PickId(kKind, bits, 0));
    Member(writer, "link_type_id", std::to_string(1 + (bits >> 8) % kLinkTypes.size()));
    Member(writer, "link_type_name", WordOf(kLinkTypes, bits >> 8));
    writer.EndObject();
  }
  writer.EndArray();
}

void Origin(const World& world, const RowRef& row, Out& out) {
  JsonWriter& writer = out.Begin();
  writer.StartObject();
  Member(writer, "date", world.CreateTime(kKind, row.index));
  Member(writer, "ip_address", "203.0.113." + std::to_string(row.index % 256));
  writer.EndObject();
}

void TagIds(const World& world, const RowRef& row, Out& out) {
  JsonWriter& writer = out.Begin();
  writer.StartArray();
  for (const uint64_t tag : ContactTags(world, row.index)) {
    WriteText(writer, world.IdText(Kind::kTags, tag));
  }
  writer.EndArray();
}

void Groups(const World& world, const RowRef& row, Out& out) {
  std::string ids;
  for (const uint64_t tag : ContactTags(world, row.index)) {
    if (!ids.empty()) ids += ",";
    ids += world.IdText(Kind::kTags, tag);
  }
  out.Put(ids.empty() ? Text{} : Text::Of(std::move(ids)));
}

void UtmParameters(const World& world, const RowRef& row, Out& out) {
  const uint64_t bits = Bits(world, row, 53);
  JsonWriter& writer = out.Begin();
  writer.StartArray();
  if (bits % 2 == 0) {
    writer.StartObject();
    Member(writer, "id", static_cast<int64_t>(row.index + 1));
    Member(writer, "keapSourceId", std::to_string(bits % 1000));
    Member(writer, "utmSource", "newsletter");
    Member(writer, "utmMedium", "email");
    Member(writer, "utmTerm", "crm");
    Member(writer, "utmCampaign", "spring sale");
    Member(writer, "utmContent", "button");
    Member(writer, "firstTouch", true);
    Member(writer, "lastTouch", bits % 4 == 0);
    Member(writer, "dateCreated", world.CreateTime(kKind, row.index));
    writer.EndObject();
  }
  writer.EndArray();
}

void FaxNumbers(const World& world, const RowRef& row, Out& out) {
  const uint64_t bits = Bits(world, row, 54);
  JsonWriter& writer = out.Begin();
  writer.StartArray();
  if (bits % 3 == 0) WriteFax(writer, 1 + static_cast<int>(bits % 2), bits);
  writer.EndArray();
}

Text LeadSourceId(uint64_t bits) {
  if (bits % 8 == 0) return Text{};
  return Text::Of(std::to_string(1 + Mix(bits) % LeadSources().size()));
}

Text LeadSourceName(uint64_t bits) {
  if (bits % 8 == 0) return Text{};
  return Text::Of(std::string(WordOf(LeadSources(), Mix(bits))));
}

using W = const World&;
using R = const RowRef&;

constexpr Property kProperties[] = {
    {"id", [](W w, R r, Out& o) { o.Put(w.IdText(kKind, r.index)); }},
    {"links", Links},
    {"addresses", Addresses},
    {"company", Company},
    {"origin", Origin},
    {"prefix", [](W w, R r, Out& o) { o.Put(OptionalWord(kPrefixes, Bits(w, r, 60))); }},
    {"suffix", [](W w, R r, Out& o) { o.Put(OptionalWord(kSuffixes, Bits(w, r, 61))); }},
    {"website",
     [](W w, R r, Out& o) {
       const uint64_t bits = Bits(w, r, 62);
       if (bits % 3 == 0) return o.Put(OptionalWord(CompanyWords(), bits));
       o.Put("https://example" + std::to_string(bits % 100) + ".com/a?b=c");
     }},
    {"groups", Groups},
    {"update_time", [](W w, R r, Out& o) { o.Put(w.UpdateTime(kKind, r.index)); }},
    {"create_time", [](W w, R r, Out& o) { o.Put(w.CreateTime(kKind, r.index)); }},
    {"score_value", [](W w, R r, Out& o) { o.Put(std::to_string(Bits(w, r, 63) % 101)); }},
    {"tag_ids", TagIds},
    {"anniversary_date",
     [](W w, R r, Out& o) {
       const uint64_t bits = Bits(w, r, 64);
       bits % 3 == 0 ? o.Missing() : o.Put(DateText(bits));
     }},
    {"birth_date",
     [](W w, R r, Out& o) {
       const uint64_t bits = Bits(w, r, 65);
       bits % 3 == 0 ? o.Null() : o.Put(DateText(bits));
     }},
    {"contact_type", [](W w, R r, Out& o) { o.Put(OptionalWord(kTypes, Bits(w, r, 66))); }},
    {"custom_fields", [](W w, R r, Out& o) { WriteCustomFields(o.Begin(), Bits(w, r, 67)); }},
    {"email_addresses", EmailAddresses},
    {"family_name", [](W w, R r, Out& o) { o.Put(ContactFamilyName(w, r.index)); }},
    {"fax_numbers", FaxNumbers},
    {"given_name", [](W w, R r, Out& o) { o.Put(ContactGivenName(w, r.index)); }},
    {"job_title", [](W w, R r, Out& o) { o.Put(ContactJobTitle(w, r.index)); }},
    {"leadsource_id", [](W w, R r, Out& o) { o.Put(LeadSourceId(Bits(w, r, 68))); }},
    {"lead_source_name", [](W w, R r, Out& o) { o.Put(LeadSourceName(Bits(w, r, 68))); }, true},
    {"middle_name", [](W w, R r, Out& o) { o.Put(OptionalWord(GivenNames(), Bits(w, r, 69))); }},
    {"notes", [](W w, R r, Out& o) { o.Put(OptionalWord(Sentences(), Bits(w, r, 70))); }},
    {"owner_id", [](W w, R r, Out& o) { o.Put(w.PickId(Kind::kUsers, Bits(w, r, 71), 6)); }},
    {"phone_numbers", PhoneNumbers},
    {"preferred_locale", [](W w, R r, Out& o) { o.Put(WordOf(kLocales, Bits(w, r, 72))); }},
    {"preferred_name", [](W w, R r, Out& o) { o.Put(OptionalWord(GivenNames(), Bits(w, r, 73))); }},
    {"referral_code", [](W w, R r, Out& o) { o.Put("REF" + std::to_string(Bits(w, r, 74) % 100'000)); }},
    {"social_accounts", [](W w, R r, Out& o) { WriteSocialAccounts(o.Begin(), Bits(w, r, 75)); }},
    {"source_type", [](W w, R r, Out& o) { o.Put(WordOf(kSources, Bits(w, r, 76))); }},
    {"spouse_name", [](W w, R r, Out& o) { o.Put(OptionalWord(GivenNames(), Bits(w, r, 77))); }},
    {"time_zone", [](W w, R r, Out& o) { o.Put(OptionalWord(kZones, Bits(w, r, 78))); }},
    {"utm_parameters", UtmParameters},
    {"account_id",
     [](W w, R r, Out& o) {
       const std::optional<uint64_t> company = ContactCompany(w, r.index);
       company ? o.Put(w.IdText(Kind::kCompanies, *company)) : o.Missing();
     }},
    {"assistant_name", [](W w, R r, Out& o) { o.Put(OptionalWord(GivenNames(), Bits(w, r, 79))); }},
    {"assistant_phone", [](W w, R r, Out& o) { o.Put(PhoneText(Bits(w, r, 80))); }},
    {"billing_information", [](W w, R r, Out& o) { o.Put(OptionalWord(kTerms, Bits(w, r, 81))); }},
    {"created_by", [](W w, R r, Out& o) { o.Put(w.PickId(Kind::kUsers, Bits(w, r, 82), 0)); }},
    {"last_updated_by", [](W w, R r, Out& o) { o.Put(w.PickId(Kind::kUsers, Bits(w, r, 83), 9)); }},
};

constexpr Reference kReferences[] = {{"company.id", Kind::kCompanies, ContactCompany}};

}  // namespace

const Entity& ContactsEntity() {
  static constexpr Entity kEntity = {"contacts", kKind, kProperties, kReferences};
  return kEntity;
}

}  // namespace infusionsoft::sandbox
