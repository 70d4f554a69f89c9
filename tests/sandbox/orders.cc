// SPDX-License-Identifier: MIT
#include <array>
#include <cstdio>

#include "custom_fields.h"
#include "entity.h"
#include "mix.h"
#include "parts.h"

namespace infusionsoft::sandbox {
namespace {

constexpr Kind kKind = Kind::kOrders;
constexpr std::array<std::string_view, 4> kStatuses = {"DRAFT", "SENT", "VIEWED", "PAID"};
constexpr std::array<std::string_view, 4> kSources = {"API", "CHECKOUT_FORM", "INVOICE", "UNKNOWN"};
constexpr std::array<std::string_view, 2> kOrderTypes = {"ONLINE", "OFFLINE"};
constexpr std::array<std::string_view, 3> kItemTypes = {"PRODUCT", "SERVICE", "UPSELL"};
constexpr std::array<std::string_view, 2> kTerms = {"Net 30", "Net 60"};
constexpr std::array<std::string_view, 2> kPromo = {"SUMMER20", "VIP"};

uint64_t Bits(const World& world, const RowRef& row, uint64_t salt) { return world.Bits(kKind, row.index, salt); }

std::string_view Currency(const World& world, const RowRef& row) { return CurrencyOf(Bits(world, row, 20)); }

std::string_view Status(const World& world, const RowRef& row) { return WordOf(kStatuses, Bits(world, row, 21)); }

bool IsPaid(const World& world, const RowRef& row) { return Status(world, row) == "PAID"; }

struct Item {
  std::optional<uint64_t> product;
  int64_t quantity;
  int64_t price;
  uint64_t bits;
};

uint64_t ItemCount(const World& world, const RowRef& row) { return Bits(world, row, 22) % 4; }

Item OrderItem(const World& world, const RowRef& row, uint64_t number) {
  const uint64_t bits = Mix(Bits(world, row, 23), number);
  return {world.Pick(Kind::kProducts, bits, 0), static_cast<int64_t>(1 + bits % 5),
          static_cast<int64_t>(100 + bits / 8 % 50'000), bits};
}

int64_t Total(const World& world, const RowRef& row) {
  int64_t total = 0;
  for (uint64_t i = 0; i < ItemCount(world, row); ++i) {
    const Item item = OrderItem(world, row, i);
    total += item.quantity * item.price;
  }
  return total;
}

void WriteProduct(JsonWriter& writer, const World& world, uint64_t product) {
  writer.StartObject();
  Member(writer, "id", world.IdText(Kind::kProducts, product));
  Member(writer, "name", ProductName(world, product));
  Member(writer, "sku", ProductSku(world, product));
  Member(writer, "description", "High-quality widget");
  Member(writer, "shippable", product % 2 == 0);
  Member(writer, "taxable", product % 3 == 0);
  writer.EndObject();
}

void WriteSubscriptionPlan(JsonWriter& writer, uint64_t bits, std::string_view currency) {
  writer.StartObject();
  Member(writer, "id", std::to_string(1 + bits % 20));
  Member(writer, "frequency", int64_t{1});
  Member(writer, "active", true);
  Member(writer, "subscription_plan_name", "Premium Monthly");
  Member(writer, "cycle_type", "MONTHLY");
  Member(writer, "total_cycles", int64_t{12});
  WriteKey(writer, "plan_price");
  Money(writer, static_cast<int64_t>(bits % 10'000), currency);
  Member(writer, "display_order_index", int64_t{1});
  writer.EndObject();
}

void WriteItem(JsonWriter& writer, const World& world, const RowRef& row, uint64_t number) {
  const Item item = OrderItem(world, row, number);
  const std::string_view currency = Currency(world, row);
  writer.StartObject();
  Member(writer, "id", std::to_string(row.index * 4 + number + 1));
  Member(writer, "name", item.product ? ProductName(world, *item.product) : "Service");
  Member(writer, "description", OptionalWord(Sentences(), Mix(item.bits, 1)));
  Member(writer, "notes", OptionalWord(Sentences(), Mix(item.bits, 2)));
  Member(writer, "quantity", item.quantity);
  WriteKey(writer, "discount");
  Money(writer, static_cast<int64_t>(item.bits % 100), currency);
  if (item.bits % 3 == 0) {
    WriteKey(writer, "special");
    writer.StartObject();
    Member(writer, "amount", 10.5);
    Member(writer, "special_item_id", "123");
    Member(writer, "discount_method", "PERCENT");
    writer.EndObject();
  }
  if (item.product) {
    WriteKey(writer, "product");
    WriteProduct(writer, world, *item.product);
  }
  Member(writer, "item_type", WordOf(kItemTypes, item.bits >> 8));
  WriteKey(writer, "cost_per_unit");
  Money(writer, item.price / 2, currency);
  WriteKey(writer, "price_per_unit");
  Money(writer, item.price, currency);
  if (item.bits % 7 == 0) {
    Member(writer, "subscription_id", std::to_string(item.bits % 100));
    WriteKey(writer, "subscription_plan");
    WriteSubscriptionPlan(writer, item.bits, currency);
  }
  writer.EndObject();
}

void OrderItems(const World& world, const RowRef& row, Out& out) {
  JsonWriter& writer = out.Begin();
  writer.StartArray();
  for (uint64_t i = 0; i < ItemCount(world, row); ++i) WriteItem(writer, world, row, i);
  writer.EndArray();
}

void Contact(const World& world, const RowRef& row, Out& out) {
  const std::optional<uint64_t> contact = OrderContact(world, row.index);
  if (!contact) return out.Missing();
  JsonWriter& writer = out.Begin();
  writer.StartObject();
  Member(writer, "id", world.IdText(Kind::kContacts, *contact));
  Member(writer, "email", ContactFirstEmail(world, *contact));
  Member(writer, "given_name", ContactGivenName(world, *contact));
  Member(writer, "family_name", ContactFamilyName(world, *contact));
  writer.EndObject();
}

void Shipping(const World& world, const RowRef& row, Out& out) {
  const uint64_t bits = Bits(world, row, 24);
  if (bits % 5 == 0) return bits % 2 == 0 ? out.Missing() : out.Null();
  JsonWriter& writer = out.Begin();
  writer.StartObject();
  Member(writer, "id", std::to_string(row.index + 1));
  WriteKey(writer, "address");
  WriteAddress(writer, MakeAddress(bits), "SHIPPING");
  Member(writer, "company", OptionalWord(CompanyWords(), Mix(bits, 1)));
  Member(writer, "given_name", AnyWord(GivenNames(), Mix(bits, 2)));
  Member(writer, "family_name", AnyWord(FamilyNames(), Mix(bits, 3)));
  Member(writer, "phone_number", PhoneText(bits));
  Member(writer, "invoice_to_company", bits % 2 == 0);
  writer.EndObject();
}

void PaymentPlan(const World& world, const RowRef& row, Out& out) {
  const uint64_t bits = Bits(world, row, 25);
  if (bits % 3 != 0) return out.Missing();
  const std::string_view currency = Currency(world, row);
  JsonWriter& writer = out.Begin();
  writer.StartObject();
  Member(writer, "auto_charge", bits % 2 == 0);
  Member(writer, "max_charge_attempts", int64_t{3});
  Member(writer, "days_between_retries", int64_t{7});
  Member(writer, "payment_method_id", std::to_string(bits % 1000));
  WriteKey(writer, "initial_payment_amount");
  Money(writer, Total(world, row) / 4, currency);
  Member(writer, "initial_payment_percent", 25.0);
  Member(writer, "initial_payment_date", FormatDate(world.CreateMillis(kKind, row.index)));
  Member(writer, "plan_start_date", FormatDate(world.CreateMillis(kKind, row.index)));
  Member(writer, "number_of_payments", int64_t{12});
  Member(writer, "days_between_payments", int64_t{30});
  WriteKey(writer, "payment_plan_items");
  writer.StartArray();
  writer.StartObject();
  Member(writer, "status", "UNPAID_MANUAL");
  Member(writer, "due_date", FormatDate(world.UpdateMillis(kKind, row.index)));
  WriteKey(writer, "amount_due");
  Money(writer, Total(world, row), currency);
  WriteKey(writer, "amount_paid");
  Money(writer, 0, currency);
  writer.EndObject();
  writer.EndArray();
  writer.EndObject();
}

void Files(const World& world, const RowRef& row, Out& out) {
  JsonWriter& writer = out.Begin();
  writer.StartArray();
  if (Bits(world, row, 26) % 4 == 0) {
    writer.StartObject();
    Member(writer, "file_id", std::to_string(row.index + 1));
    writer.EndObject();
  }
  writer.EndArray();
}

std::string InvoiceXid(uint64_t bits) {
  std::array<char, 40> text{};
  const auto part = [](uint64_t value, uint64_t mask) { return static_cast<unsigned>(value & mask); };
  std::snprintf(text.data(), text.size(), "%08x-%04x-4%03x-8%03x-%08x0000", part(bits, 0xffffffff), part(bits >> 32, 0xffff),
                part(bits >> 48, 0xfff), part(Mix(bits), 0xfff), part(Mix(bits) >> 16, 0xffffffff));
  return text.data();
}

using W = const World&;
using R = const RowRef&;

constexpr Property kProperties[] = {
    {"id", [](W w, R r, Out& o) { o.Put(w.IdText(kKind, r.index)); }},
    {"title",
     [](W w, R r, Out& o) {
       const uint64_t bits = Bits(w, r, 27);
       if (bits % 4 == 0) return o.Put(OptionalWord(ProductWords(), bits / 4));
       o.Put("Online Order #" + std::to_string(r.index / 2));
     }},
    {"status", [](W w, R r, Out& o) { o.Put(Status(w, r)); }},
    {"total", [](W w, R r, Out& o) { Money(o.Begin(), Total(w, r), Currency(w, r)); }},
    {"contact", Contact},
    {"notes", [](W w, R r, Out& o) { o.Put(OptionalWord(Sentences(), Bits(w, r, 28))); }},
    {"terms", [](W w, R r, Out& o) { o.Put(OptionalWord(kTerms, Bits(w, r, 29))); }},
    {"order_type", [](W w, R r, Out& o) { o.Put(WordOf(kOrderTypes, Bits(w, r, 30))); }},
    {"source_type", [](W w, R r, Out& o) { o.Put(WordOf(kSources, Bits(w, r, 31))); }},
    {"creation_time", [](W w, R r, Out& o) { o.Put(w.CreateTime(kKind, r.index)); }},
    {"modification_time", [](W w, R r, Out& o) { o.Put(w.UpdateTime(kKind, r.index)); }},
    {"order_time", [](W w, R r, Out& o) { o.Put(w.CreateTime(kKind, r.index)); }},
    {"lead_affiliate_id",
     [](W w, R r, Out& o) {
       const uint64_t bits = Bits(w, r, 32);
       bits % 3 == 0 ? o.Put(std::to_string(400 + bits % 9)) : o.Null();
     }},
    {"sales_affiliate_id",
     [](W w, R r, Out& o) {
       const uint64_t bits = Bits(w, r, 33);
       bits % 3 == 0 ? o.Put(std::to_string(400 + bits % 9)) : o.Missing();
     }},
    {"total_paid", [](W w, R r, Out& o) { Money(o.Begin(), IsPaid(w, r) ? Total(w, r) : 0, Currency(w, r)); }},
    {"total_due", [](W w, R r, Out& o) { Money(o.Begin(), IsPaid(w, r) ? 0 : Total(w, r), Currency(w, r)); }},
    {"shipping_information", Shipping},
    {"refund_total", [](W w, R r, Out& o) { Money(o.Begin(), 0, Currency(w, r)); }},
    {"allow_payment", [](W w, R r, Out& o) { o.Bool(Bits(w, r, 34) % 2 == 0); }},
    {"allow_paypal", [](W w, R r, Out& o) { o.Bool(Bits(w, r, 35) % 2 == 0); }},
    {"order_items", OrderItems},
    {"payment_plan", PaymentPlan},
    {"invoice_number", [](W, R r, Out& o) { o.Put(std::to_string(1001 + r.index)); }},
    {"files", Files},
    {"credit_status", [](W w, R r, Out& o) { IsPaid(w, r) ? o.Put("APPROVED") : o.Missing(); }},
    {"promo_code", [](W w, R r, Out& o) { o.Put(OptionalWord(kPromo, Bits(w, r, 36))); }},
    {"refund_status", [](W, R, Out& o) { o.Put("NONE"); }},
    {"synced", [](W w, R r, Out& o) { o.Bool(Bits(w, r, 37) % 2 == 0); }},
    {"invoice_id", [](W, R r, Out& o) { o.Put(std::to_string(9000 + r.index)); }},
    {"custom_fields", [](W w, R r, Out& o) { WriteCustomFields(o.Begin(), Bits(w, r, 38)); }},
    {"sent_time",
     [](W w, R r, Out& o) {
       if (Status(w, r) == "DRAFT") return o.Null();
       o.Put(LaterTime(w.CreateMillis(kKind, r.index), Bits(w, r, 39)));
     }},
    {"due_time", [](W w, R r, Out& o) { o.Put(LaterTime(w.CreateMillis(kKind, r.index), Bits(w, r, 40))); }},
    {"external_create_user", [](W, R, Out& o) { o.Put("user@example.com"); }},
    {"external_create_time", [](W w, R r, Out& o) { o.Put(w.CreateTime(kKind, r.index)); }},
    {"external_update_time", [](W w, R r, Out& o) { o.Put(w.UpdateTime(kKind, r.index)); }},
    {"invoice_xid", [](W w, R r, Out& o) { o.Put(InvoiceXid(Bits(w, r, 41))); }, true},
    {"paid", [](W w, R r, Out& o) { o.Bool(IsPaid(w, r)); }, true},
};

constexpr Reference kReferences[] = {{"contact.id", Kind::kContacts, OrderContact}};

}  // namespace

const Entity& OrdersEntity() {
  static constexpr Entity kEntity = {"orders", kKind, kProperties, kReferences};
  return kEntity;
}

}  // namespace infusionsoft::sandbox
