// SPDX-License-Identifier: MIT
#include <array>

#include "entity.h"
#include "mix.h"
#include "parts.h"

namespace infusionsoft::sandbox {
namespace {

constexpr std::array<std::string_view, 3> kCycles = {"DAILY", "MONTHLY", "YEARLY"};
constexpr std::array<std::string_view, 2> kSuffixes = {"Jr.", "Sr."};

uint64_t ProductBits(const World& world, const RowRef& row, uint64_t salt) {
  return world.Bits(Kind::kProducts, row.index, salt);
}

uint64_t UserBits(const World& world, const RowRef& row, uint64_t salt) { return world.Bits(Kind::kUsers, row.index, salt); }

void Categories(const World& world, const RowRef& row, Out& out) {
  JsonWriter& writer = out.Begin();
  writer.StartArray();
  for (uint64_t i = 0; i < ProductBits(world, row, 30) % 3; ++i) {
    WriteText(writer, std::to_string(10 + (row.index + i) % 5));
  }
  writer.EndArray();
}

void WriteOption(JsonWriter& writer, bool fixed) {
  writer.StartObject();
  Member(writer, "name", fixed ? "Color" : "Engraving");
  Member(writer, "type", fixed ? "FIXED" : "VARIABLE");
  Member(writer, "required", fixed);
  WriteKey(writer, fixed ? "fixed_options" : "variable_setting");
  if (fixed) {
    writer.StartArray();
    writer.StartObject();
    Member(writer, "value", "Red");
    Member(writer, "code", "RED");
    Member(writer, "price_adjustment", 500.0);
    writer.EndObject();
    writer.EndArray();
  } else {
    writer.StartObject();
    Member(writer, "contains", "BOTH");
    Member(writer, "min_chars", int64_t{1});
    Member(writer, "max_chars", int64_t{50});
    Member(writer, "contain_spaces", true);
    Member(writer, "start_with", "LETTER");
    Member(writer, "end_with", "NUMBER");
    Member(writer, "validation_msg", "Invalid input format");
    writer.EndObject();
  }
  writer.EndObject();
}

void Options(const World& world, const RowRef& row, Out& out) {
  const uint64_t bits = ProductBits(world, row, 31);
  JsonWriter& writer = out.Begin();
  writer.StartArray();
  if (bits % 2 == 0) WriteOption(writer, true);
  if (bits % 3 == 0) WriteOption(writer, false);
  writer.EndArray();
}

void Inventory(const World& world, const RowRef& row, Out& out) {
  const uint64_t bits = ProductBits(world, row, 32);
  if (bits % 4 == 0) return out.Missing();
  JsonWriter& writer = out.Begin();
  writer.StartObject();
  Member(writer, "inventory_limit", static_cast<int64_t>(bits % 500));
  if (row.detail) Member(writer, "inventory_count", static_cast<int64_t>(bits % 400));
  Member(writer, "out_of_stock_enabled", bits % 2 == 0);
  Member(writer, "email_for_inventory_notifications", "notify@example.com");
  writer.EndObject();
}

void SubscriptionPlans(const World& world, const RowRef& row, Out& out) {
  const uint64_t bits = ProductBits(world, row, 33);
  JsonWriter& writer = out.Begin();
  writer.StartArray();
  for (uint64_t i = 0; i < bits % 3; ++i) {
    writer.StartObject();
    Member(writer, "id", std::to_string(row.index * 3 + i + 1));
    Member(writer, "active", i == 0);
    Member(writer, "prorate", false);
    Member(writer, "billing_cycle", WordOf(kCycles, bits + i));
    Member(writer, "billing_frequency", int64_t{1});
    Member(writer, "number_of_cycles", int64_t{12});
    WriteKey(writer, "plan_price");
    Money(writer, static_cast<int64_t>(bits % 9000), CurrencyOf(bits));
    Member(writer, "order_index", static_cast<int64_t>(i));
    writer.EndObject();
  }
  writer.EndArray();
}

bool IsPartner(uint64_t user) { return user % 6 == 5; }

std::string_view UserStatus(uint64_t user) {
  switch (user % 8) {
    case 3:
      return "INACTIVE";
    case 6:
      return "INVITED";
    default:
      return "ACTIVE";
  }
}

int64_t NumericUser(const World& world, uint64_t bits) {
  return static_cast<int64_t>(world.Id(Kind::kUsers, bits % world.Size(Kind::kUsers)));
}

void UserEmails(const World& world, const RowRef& row, Out& out) {
  JsonWriter& writer = out.Begin();
  writer.StartArray();
  WriteEmail(writer, UserEmail(world, row.index), 1, UserBits(world, row, 30));
  if (row.index % 3 == 0) {
    WriteEmail(writer, "second" + std::to_string(row.index) + "@thryv.example", 2, UserBits(world, row, 31));
  }
  writer.EndArray();
}

using W = const World&;
using R = const RowRef&;

template <uint64_t kSalt, uint64_t kModulus>
void ProductFlag(W w, R r, Out& o) {
  o.Bool(ProductBits(w, r, kSalt) % kModulus == 0);
}

constexpr Property kProductProperties[] = {
    {"id", [](W w, R r, Out& o) { o.Put(w.IdText(Kind::kProducts, r.index)); }},
    {"name", [](W w, R r, Out& o) { o.Put(ProductName(w, r.index)); }},
    {"price",
     [](W w, R r, Out& o) {
       const uint64_t bits = ProductBits(w, r, 34);
       Money(o.Begin(), static_cast<int64_t>(bits % 100'000), CurrencyOf(bits >> 8));
     }},
    {"active", [](W w, R r, Out& o) { o.Bool(ProductBits(w, r, 35) % 5 != 0); }},
    {"description", [](W w, R r, Out& o) { o.Put(OptionalWord(Sentences(), ProductBits(w, r, 36))); }},
    {"sku", [](W w, R r, Out& o) { o.Put(ProductSku(w, r.index)); }},
    {"shippable", [](W, R r, Out& o) { o.Bool(r.index % 2 == 0); }},
    {"weight", [](W w, R r, Out& o) { o.Number(static_cast<double>(ProductBits(w, r, 37) % 80) / 8.0); }},
    {"taxable", [](W, R r, Out& o) { o.Bool(r.index % 3 == 0); }},
    {"categories", Categories},
    {"options", Options},
    {"inventory", Inventory},
    {"short_description", [](W w, R r, Out& o) { o.Put(OptionalWord(ProductWords(), ProductBits(w, r, 38))); }},
    {"subscription_only", ProductFlag<39, 4>},
    {"storefront_hidden", ProductFlag<40, 4>},
    {"country_taxable", ProductFlag<41, 2>},
    {"state_taxable", ProductFlag<42, 2>},
    {"city_taxable", ProductFlag<43, 2>},
    {"subscription_plans", SubscriptionPlans},
    {"top_html", [](W, R r, Out& o) { o.Put("<p class=\"top\">" + std::to_string(r.index) + "</p>"); }},
    {"bottom_html", [](W, R r, Out& o) { r.index % 2 == 0 ? o.Missing() : o.Put(""); }},
    {"is_package", ProductFlag<44, 6>},
    {"needs_digital_delivery", ProductFlag<45, 5>},
    {"has_legacy_image", ProductFlag<46, 3>},
    {"delivery_description", [](W w, R r, Out& o) { o.Put(OptionalWord(Sentences(), ProductBits(w, r, 47))); }},
    {"create_time", [](W w, R r, Out& o) { o.Put(w.CreateTime(Kind::kProducts, r.index)); }},
    {"update_time", [](W w, R r, Out& o) { o.Put(w.UpdateTime(Kind::kProducts, r.index)); }},
};

constexpr Property kUserProperties[] = {
    {"address", [](W w, R r, Out& o) { WriteAddress(o.Begin(), MakeAddress(UserBits(w, r, 32)), "BILLING"); }},
    {"title", [](W w, R r, Out& o) { o.Put(OptionalWord(JobTitles(), UserBits(w, r, 33))); }},
    {"website", [](W w, R r, Out& o) { o.Put(OptionalWord(CompanyWords(), UserBits(w, r, 34))); }},
    {"partner", [](W, R r, Out& o) { o.Bool(IsPartner(r.index)); }},
    {"admin", [](W, R r, Out& o) { o.Bool(r.index % 4 == 0); }},
    {"status", [](W, R r, Out& o) { o.Put(UserStatus(r.index)); }},
    {"id", [](W w, R r, Out& o) { o.Put(w.IdText(Kind::kUsers, r.index)); }},
    {"global_user_id", [](W, R r, Out& o) { o.Put("usr_" + std::to_string(7000 + r.index)); }},
    {"keap_id", [](W w, R r, Out& o) { o.Put(UserEmail(w, r.index)); }},
    {"given_name", [](W w, R r, Out& o) { o.Put(UserGivenName(w, r.index)); }},
    {"family_name", [](W w, R r, Out& o) { o.Put(UserFamilyName(w, r.index)); }},
    {"middle_name", [](W w, R r, Out& o) { o.Put(OptionalWord(GivenNames(), UserBits(w, r, 35))); }},
    {"nickname", [](W w, R r, Out& o) { o.Put(OptionalWord(GivenNames(), UserBits(w, r, 36))); }},
    {"spouse_name", [](W w, R r, Out& o) { o.Put(OptionalWord(GivenNames(), UserBits(w, r, 37))); }},
    {"suffix", [](W w, R r, Out& o) { o.Put(OptionalWord(kSuffixes, UserBits(w, r, 38))); }},
    {"phone_numbers",
     [](W w, R r, Out& o) {
       const uint64_t bits = UserBits(w, r, 39);
       JsonWriter& writer = o.Begin();
       writer.StartArray();
       WritePhone(writer, PhoneText(bits), 1, bits);
       writer.EndArray();
     }},
    {"fax_numbers",
     [](W w, R r, Out& o) {
       JsonWriter& writer = o.Begin();
       writer.StartArray();
       if (r.index % 2 == 0) WriteFax(writer, 1, UserBits(w, r, 40));
       writer.EndArray();
     }},
    {"email_addresses", UserEmails},
    {"social_accounts", [](W w, R r, Out& o) { WriteSocialAccounts(o.Begin(), UserBits(w, r, 41)); }},
    {"company_name", [](W w, R r, Out& o) { o.Put(OptionalWord(CompanyWords(), UserBits(w, r, 42))); }},
    {"created_by", [](W w, R r, Out& o) { o.Integer(NumericUser(w, UserBits(w, r, 43))); }},
    {"create_time", [](W w, R r, Out& o) { o.Put(w.CreateTime(Kind::kUsers, r.index)); }},
    {"updated_by", [](W w, R r, Out& o) { o.Integer(NumericUser(w, UserBits(w, r, 44))); }},
    {"update_time", [](W w, R r, Out& o) { o.Put(w.UpdateTime(Kind::kUsers, r.index)); }},
};

}  // namespace

const Entity& ProductsEntity() {
  static constexpr Entity kEntity = {"products", Kind::kProducts, kProductProperties};
  return kEntity;
}

const Entity& UsersEntity() {
  static constexpr Entity kEntity = {"users", Kind::kUsers, kUserProperties};
  return kEntity;
}

}  // namespace infusionsoft::sandbox
