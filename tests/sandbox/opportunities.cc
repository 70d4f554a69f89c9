// SPDX-License-Identifier: MIT
#include <array>

#include "custom_fields.h"
#include "entity.h"
#include "mix.h"
#include "parts.h"

namespace infusionsoft::sandbox {
namespace {

constexpr Kind kKind = Kind::kOpportunities;
constexpr std::array<std::string_view, 4> kObjections = {"Price", "Timing", "Competitor", "None"};
constexpr std::array<std::string_view, 3> kStatuses = {"Active", "Won", "Lost"};
constexpr std::array<std::string_view, 3> kChecklist = {"Send proposal document", "Call back", "Agree on terms"};

uint64_t Bits(const World& world, const RowRef& row, uint64_t salt) { return world.Bits(kKind, row.index, salt); }

std::optional<uint64_t> Stage(const World& world, uint64_t opportunity) {
  return world.Pick(Kind::kStages, world.Bits(kKind, opportunity, 20), 0);
}

std::optional<uint64_t> User(const World& world, uint64_t opportunity) {
  return world.Pick(Kind::kUsers, world.Bits(kKind, opportunity, 21), 6);
}

int64_t Probability(uint64_t stage) { return static_cast<int64_t>(stage * 15 % 101); }
int64_t TargetDays(uint64_t stage) { return static_cast<int64_t>(7 + stage * 7); }

// Repeats the contact's first phone and billing address.
void Contact(const World& world, const RowRef& row, Out& out) {
  const std::optional<uint64_t> contact = OpportunityContact(world, row.index);
  if (!contact) return out.Missing();
  JsonWriter& writer = out.Begin();
  writer.StartObject();
  Member(writer, "id", world.IdText(Kind::kContacts, *contact));
  Member(writer, "email", ContactFirstEmail(world, *contact));
  if (const std::optional<uint64_t> bits = ContactAddress(world, *contact, 0)) {
    const Address address = MakeAddress(*bits);
    Member(writer, "city", address.locality);
    Member(writer, "state", address.place->region_code.substr(3));
  }
  Member(writer, "first_name", ContactGivenName(world, *contact));
  Member(writer, "last_name", ContactFamilyName(world, *contact));
  if (const std::optional<uint64_t> company = ContactCompany(world, *contact)) {
    Member(writer, "company_name", CompanyName(world, *company));
  }
  Member(writer, "job_title", ContactJobTitle(world, *contact));
  Member(writer, "phone_number", ContactPhone(world, *contact, 1));
  writer.EndObject();
}

void WriteStageDetails(JsonWriter& writer, const World& world, const RowRef& row, uint64_t stage) {
  writer.StartObject();
  Member(writer, "probability", Probability(stage));
  Member(writer, "stage_order", static_cast<int64_t>(stage + 1));
  Member(writer, "target_num_days", TargetDays(stage));
  WriteKey(writer, "checklist_items");
  writer.StartArray();
  for (uint64_t i = 0; i < stage % 3; ++i) {
    writer.StartObject();
    Member(writer, "id", static_cast<int64_t>(stage * 10 + i));
    Member(writer, "description", kChecklist[i]);
    Member(writer, "required", i == 0);
    Member(writer, "instance_id", static_cast<int64_t>(row.index * 10 + i));
    Member(writer, "item_order", static_cast<int64_t>(i + 1));
    Member(writer, "done_date", world.UpdateTime(kKind, row.index));
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
}

void StageObject(const World& world, const RowRef& row, Out& out) {
  const std::optional<uint64_t> stage = Stage(world, row.index);
  if (!stage) return out.Missing();
  JsonWriter& writer = out.Begin();
  writer.StartObject();
  Member(writer, "id", world.IdText(Kind::kStages, *stage));
  Member(writer, "name", StageName(*stage));
  WriteKey(writer, "details");
  WriteStageDetails(writer, world, row, *stage);
  WriteKey(writer, "reasons");
  writer.StartArray();
  if (*stage > 3) WriteText(writer, "Budget; timing");
  writer.EndArray();
  writer.EndObject();
}

void UserObject(const World& world, const RowRef& row, Out& out) {
  const std::optional<uint64_t> user = User(world, row.index);
  if (!user) return row.index % 2 == 0 ? out.Missing() : out.Null();
  JsonWriter& writer = out.Begin();
  writer.StartObject();
  Member(writer, "id", world.IdText(Kind::kUsers, *user));
  Member(writer, "first_name", UserGivenName(world, *user));
  Member(writer, "last_name", UserFamilyName(world, *user));
  writer.EndObject();
}

double Revenue(uint64_t bits) { return static_cast<double>(bits % 400'000) / 4.0; }

void StageChecklist(const World&, const RowRef& row, Out& out) {
  JsonWriter& writer = out.Begin();
  writer.StartArray();
  for (uint64_t i = 0; i < row.index % 3; ++i) {
    writer.StartObject();
    Member(writer, "id", std::to_string(row.index * 10 + i));
    Member(writer, "description", kChecklist[i]);
    Member(writer, "required", i == 0);
    Member(writer, "order", static_cast<int64_t>(i + 1));
    writer.EndObject();
  }
  writer.EndArray();
}

using W = const World&;
using R = const RowRef&;

constexpr Property kProperties[] = {
    {"id", [](W w, R r, Out& o) { o.Put(w.IdText(kKind, r.index)); }},
    {"contact", Contact},
    {"stage", StageObject},
    {"user", UserObject},
    {"opportunity_title", [](W w, R r, Out& o) { o.Put(AnyWord(ProductWords(), Bits(w, r, 22))); }},
    {"next_action_time",
     [](W w, R r, Out& o) {
       const uint64_t bits = Bits(w, r, 23);
       if (bits % 5 == 0) return o.Missing();
       o.Put(LaterTime(w.CreateMillis(kKind, r.index), bits));
     }},
    {"next_action_notes", [](W w, R r, Out& o) { o.Put(OptionalWord(Sentences(), Bits(w, r, 24))); }},
    {"opportunity_notes", [](W w, R r, Out& o) { o.Put(OptionalWord(Sentences(), Bits(w, r, 25))); }},
    {"estimated_close_time", [](W w, R r, Out& o) { o.Put(LaterTime(w.CreateMillis(kKind, r.index), Bits(w, r, 26))); }},
    {"include_in_forecast", [](W w, R r, Out& o) { o.Bool(Bits(w, r, 27) % 2 == 0); }},
    {"projected_revenue_low",
     [](W w, R r, Out& o) {
       const uint64_t bits = Bits(w, r, 28);
       bits % 11 == 0 ? o.Null() : o.Number(Revenue(bits));
     }},
    {"projected_revenue_high",
     [](W w, R r, Out& o) {
       const uint64_t bits = Bits(w, r, 28);
       bits % 13 == 0 ? o.Missing() : o.Number(Revenue(bits) * 2);
     }},
    {"custom_fields", [](W w, R r, Out& o) { WriteCustomFields(o.Begin(), Bits(w, r, 29)); }},
    {"created_time", [](W w, R r, Out& o) { o.Put(w.CreateTime(kKind, r.index)); }},
    {"last_updated_time", [](W w, R r, Out& o) { o.Put(w.UpdateTime(kKind, r.index)); }},
    {"affiliate_id",
     [](W w, R r, Out& o) {
       const uint64_t bits = Bits(w, r, 30);
       bits % 3 == 0 ? o.Missing() : o.Put(std::to_string(400 + bits % 9));
     }},
    {"lead_source", [](W w, R r, Out& o) { o.Put(OptionalWord(LeadSources(), Bits(w, r, 31))); }},
    {"monthly_revenue", [](W w, R r, Out& o) { o.Number(Revenue(Bits(w, r, 32)) / 8); }},
    {"order_revenue", [](W w, R r, Out& o) { o.Number(Revenue(Bits(w, r, 33)) / 2); }},
    {"objection", [](W w, R r, Out& o) { o.Put(OptionalWord(kObjections, Bits(w, r, 34))); }},
    {"status", [](W w, R r, Out& o) { o.Put(WordOf(kStatuses, Bits(w, r, 35))); }},
    {"status_id", [](W w, R r, Out& o) { o.Put(std::to_string(1 + Bits(w, r, 35) % 3)); }},
    {"stage_entrance_time", [](W w, R r, Out& o) { o.Put(w.UpdateTime(kKind, r.index)); }},
    {"last_updated_by", [](W w, R r, Out& o) { o.Put(w.PickId(Kind::kUsers, Bits(w, r, 36), 9)); }},
    {"created_by", [](W w, R r, Out& o) { o.Put(w.PickId(Kind::kUsers, Bits(w, r, 37), 0)); }},
};

constexpr Property kStageProperties[] = {
    {"id", [](W w, R r, Out& o) { o.Put(w.IdText(Kind::kStages, r.index)); }},
    {"name", [](W, R r, Out& o) { o.Put(StageName(r.index)); }},
    {"order", [](W, R r, Out& o) { o.Integer(static_cast<int64_t>(r.index + 1)); }},
    {"target_number_days", [](W, R r, Out& o) { o.Integer(TargetDays(r.index)); }},
    {"probability", [](W, R r, Out& o) { o.Integer(Probability(r.index)); }},
    {"created_time", [](W w, R r, Out& o) { o.Put(w.CreateTime(Kind::kStages, r.index)); }},
    {"updated_time", [](W w, R r, Out& o) { o.Put(w.UpdateTime(Kind::kStages, r.index)); }},
    {"checklist_items", StageChecklist},
};

constexpr Reference kReferences[] = {{"contact.id", Kind::kContacts, OpportunityContact},
                                     {"stage.id", Kind::kStages, Stage},
                                     {"user.id", Kind::kUsers, User}};

}  // namespace

const Entity& OpportunitiesEntity() {
  static constexpr Entity kEntity = {"opportunities", kKind, kProperties, kReferences};
  return kEntity;
}

const Entity& StagesEntity() {
  static constexpr Entity kEntity = {"opportunity_stages", Kind::kStages, kStageProperties};
  return kEntity;
}

}  // namespace infusionsoft::sandbox
