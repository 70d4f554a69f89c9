// SPDX-License-Identifier: MIT
#include <iterator>
#include <string>

#include "mix.h"
#include "parts.h"
#include "vocabulary.h"
#include "world.h"

namespace infusionsoft::sandbox {
namespace {

// Which e-mail slots a contact uses: mostly the first, a few only the second or third, a few none.
bool UsesEmailSlot(uint64_t contact, int slot) {
  switch (contact % 20) {
    case 3:
      return false;
    case 7:
      return slot == 2;
    case 11:
      return slot == 3;
    case 13:
    case 17:
      return true;
    case 1:
    case 5:
      return slot <= 2;
    default:
      return slot == 1;
  }
}

bool UsesPhoneSlot(uint64_t contact, int slot) {
  if (contact % 15 == 4) return false;
  if (contact % 15 == 8) return slot == 5;
  return slot <= 1 + static_cast<int>(contact % 3);
}

}  // namespace

Text ContactGivenName(const World& world, uint64_t contact) {
  return OptionalWord(GivenNames(), world.Bits(Kind::kContacts, contact, 20));
}

Text ContactFamilyName(const World& world, uint64_t contact) {
  return OptionalWord(FamilyNames(), world.Bits(Kind::kContacts, contact, 21));
}

Text ContactJobTitle(const World& world, uint64_t contact) {
  return OptionalWord(JobTitles(), world.Bits(Kind::kContacts, contact, 22));
}

Text ContactEmail(const World& world, uint64_t contact, int slot) {
  if (!UsesEmailSlot(contact, slot)) return Text{};
  const uint64_t bits = world.Bits(Kind::kContacts, contact, 23 + static_cast<uint64_t>(slot));
  if (bits % 41 == 0) return Text::Of("shared@example.com");
  if (bits % 41 == 1) return Text::Of("o'brien+keap%" + std::to_string(contact) + "@example.com");
  std::string local(WordOf(GivenNames(), bits >> 8));
  local += "." + std::string(WordOf(FamilyNames(), bits >> 20)) + std::to_string(contact % 10'000);
  const std::string_view domain = slot == 1 ? "@example.com" : "@example.org";
  if (bits % 41 <= 4) return Text::Of(UpperAscii(local) + std::string(domain));
  return Text::Of(LowerAscii(local) + std::string(domain));
}

Text ContactFirstEmail(const World& world, uint64_t contact) {
  for (int slot = 1; slot <= 3; ++slot) {
    Text email = ContactEmail(world, contact, slot);
    if (email.has_value()) return email;
  }
  return Text{};
}

std::optional<uint64_t> ContactAddress(const World& world, uint64_t contact, uint64_t slot) {
  // Some contacts have no addresses at all, some only one that is not the billing address.
  bool used = slot <= 1 + contact % 2;
  if (contact % 12 == 5) used = false;
  if (contact % 12 == 9) used = slot == 2;
  if (!used) return std::nullopt;
  return world.Bits(Kind::kContacts, contact, 40 + slot);
}

Text ContactPhone(const World& world, uint64_t contact, int slot) {
  if (!UsesPhoneSlot(contact, slot)) return Text{};
  const uint64_t bits = world.Bits(Kind::kContacts, contact, 30 + static_cast<uint64_t>(slot));
  if (bits % 50 == 0) return Text::Of("4801234567");
  return Text::Of(PhoneText(bits));
}

Text CompanyName(const World& world, uint64_t company) {
  const uint64_t bits = world.Bits(Kind::kCompanies, company, 20);
  if (bits % 25 < 3) return OptionalWord(CompanyWords(), bits);
  std::string name = AnyWord(CompanyWords(), bits);
  if ((bits >> 52) % 3 != 0) name += " " + std::to_string((bits >> 32) % 1000);
  return Text::Of(std::move(name));
}

Text TagName(const World& world, uint64_t tag) {
  const uint64_t bits = world.Bits(Kind::kTags, tag, 20);
  if (bits % 25 < 3) return OptionalWord(CompanyWords(), bits);
  // Names repeat in a different case on every tenth tag.
  const std::string name = "Tag " + std::to_string(tag / 10 * 10 + tag % 10 / 2);
  return Text::Of(bits % 4 == 0 ? UpperAscii(name) : name);
}

std::string StageName(uint64_t stage) {
  static constexpr std::string_view kNames[] = {"New Opportunity", "Contacting", "Qualified", "Proposal", "Won", "won",
                                                "Lost; no budget"};
  if (stage < std::size(kNames)) return std::string(kNames[stage]);
  return "Stage " + std::to_string(stage);
}

std::string ProductName(const World& world, uint64_t product) {
  const uint64_t bits = world.Bits(Kind::kProducts, product, 20);
  if (bits % 25 == 0) return AnyWord(ProductWords(), bits);
  return AnyWord(ProductWords(), bits) + (bits % 3 == 0 ? "" : " " + std::to_string(product));
}

Text ProductSku(const World& world, uint64_t product) {
  const uint64_t bits = world.Bits(Kind::kProducts, product, 21);
  if (bits % 25 < 3) return OptionalWord(ProductWords(), bits);
  return Text::Of("PROD-" + std::to_string(1000 + product));
}

std::string UserGivenName(const World& world, uint64_t user) {
  return AnyWord(GivenNames(), world.Bits(Kind::kUsers, user, 20));
}

std::string UserFamilyName(const World& world, uint64_t user) {
  return AnyWord(FamilyNames(), world.Bits(Kind::kUsers, user, 21));
}

std::string UserEmail(const World& world, uint64_t user) {
  const uint64_t bits = world.Bits(Kind::kUsers, user, 22);
  const std::string email = "user" + std::to_string(user) + "@thryv.example";
  return bits % 6 == 0 ? UpperAscii(email) : email;
}

}  // namespace infusionsoft::sandbox
