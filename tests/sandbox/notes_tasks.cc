// SPDX-License-Identifier: MIT
#include <array>

#include "custom_fields.h"
#include "entity.h"
#include "mix.h"
#include "parts.h"

namespace infusionsoft::sandbox {
namespace {

constexpr std::array<std::string_view, 5> kTypes = {"Call", "Email", "Fax", "Letter", "Other"};
constexpr std::array<std::string_view, 3> kPriorities = {"CRITICAL", "ESSENTIAL", "NONESSENTIAL"};
constexpr std::array<int64_t, 10> kReminders = {5, 10, 15, 30, 60, 120, 240, 480, 1440, 2880};

void AssignedUser(const World& world, const RowRef& row, Out& out) {
  const std::optional<uint64_t> user = world.Pick(Kind::kUsers, world.Bits(Kind::kNotes, row.index, 20), 6);
  if (!user) return out.Null();
  JsonWriter& writer = out.Begin();
  writer.StartObject();
  Member(writer, "id", world.IdText(Kind::kUsers, *user));
  Member(writer, "given_name", UserGivenName(world, *user));
  Member(writer, "family_name", UserFamilyName(world, *user));
  Member(writer, "email_address", UserEmail(world, *user));
  writer.EndObject();
}

uint64_t NoteBits(const World& world, const RowRef& row, uint64_t salt) { return world.Bits(Kind::kNotes, row.index, salt); }

uint64_t TaskBits(const World& world, const RowRef& row, uint64_t salt) { return world.Bits(Kind::kTasks, row.index, salt); }

bool IsCompleted(const World& world, const RowRef& row) { return TaskBits(world, row, 30) % 3 == 0; }

// The id of the row that `reference` finds, or nothing.
void PutReference(const World& world, Kind target, std::optional<uint64_t> row, Out& out) {
  row ? out.Put(world.IdText(target, *row)) : out.Missing();
}

using W = const World&;
using R = const RowRef&;

constexpr Property kNoteProperties[] = {
    {"id", [](W w, R r, Out& o) { o.Put(w.IdText(Kind::kNotes, r.index)); }},
    {"text", [](W w, R r, Out& o) { o.Put(OptionalWord(Sentences(), NoteBits(w, r, 21))); }},
    {"title", [](W w, R r, Out& o) { o.Put(OptionalWord(Sentences(), NoteBits(w, r, 22))); }},
    {"type", [](W w, R r, Out& o) { o.Put(WordOf(kTypes, NoteBits(w, r, 23))); }},
    {"contact_id", [](W w, R r, Out& o) { PutReference(w, Kind::kContacts, NoteContact(w, r.index), o); }},
    {"assigned_to_user", AssignedUser},
    {"create_time", [](W w, R r, Out& o) { o.Put(w.CreateTime(Kind::kNotes, r.index)); }},
    {"update_time", [](W w, R r, Out& o) { o.Put(w.UpdateTime(Kind::kNotes, r.index)); }},
    {"last_updated_by_user_id", [](W w, R r, Out& o) { o.Put(w.PickId(Kind::kUsers, NoteBits(w, r, 24), 5)); }},
    {"pinned_at",
     [](W w, R r, Out& o) {
       const uint64_t bits = NoteBits(w, r, 25);
       if (bits % 8 != 0) return o.Null();
       o.Put(LaterTime(w.UpdateMillis(Kind::kNotes, r.index), bits));
     }},
    {"created_by_user_id", [](W w, R r, Out& o) { o.Put(w.PickId(Kind::kUsers, NoteBits(w, r, 26), 0)); }},
    {"custom_fields", [](W w, R r, Out& o) { WriteCustomFields(o.Begin(), NoteBits(w, r, 27)); }},
};

constexpr Property kTaskProperties[] = {
    {"id", [](W w, R r, Out& o) { o.Put(w.IdText(Kind::kTasks, r.index)); }},
    {"title", [](W w, R r, Out& o) { o.Put(OptionalWord(Sentences(), TaskBits(w, r, 20))); }},
    {"description", [](W w, R r, Out& o) { o.Put(OptionalWord(Sentences(), TaskBits(w, r, 21))); }},
    {"type", [](W w, R r, Out& o) { o.Put(UpperAscii(WordOf(kTypes, TaskBits(w, r, 22)))); }},
    {"priority", [](W w, R r, Out& o) { o.Put(WordOf(kPriorities, TaskBits(w, r, 23))); }},
    {"completed", [](W w, R r, Out& o) { o.Bool(IsCompleted(w, r)); }},
    {"create_time", [](W w, R r, Out& o) { o.Put(w.CreateTime(Kind::kTasks, r.index)); }},
    {"modification_time", [](W w, R r, Out& o) { o.Put(w.UpdateTime(Kind::kTasks, r.index)); }},
    {"completion_time",
     [](W w, R r, Out& o) {
       if (!IsCompleted(w, r)) return o.Missing();
       o.Put(LaterTime(w.CreateMillis(Kind::kTasks, r.index), TaskBits(w, r, 24)));
     }},
    {"due_time",
     [](W w, R r, Out& o) {
       const uint64_t bits = TaskBits(w, r, 25);
       if (bits % 4 == 0) return bits % 8 == 0 ? o.Missing() : o.Null();
       o.Put(LaterTime(w.CreateMillis(Kind::kTasks, r.index), bits));
     }},
    {"remind_time_mins",
     [](W w, R r, Out& o) {
       const uint64_t bits = TaskBits(w, r, 26);
       bits % 3 == 0 ? o.Null() : o.Integer(kReminders[bits / 3 % kReminders.size()]);
     }},
    {"assigned_to_user_id", [](W w, R r, Out& o) { o.Put(w.PickId(Kind::kUsers, TaskBits(w, r, 27), 8)); }},
    {"created_by_user_id", [](W w, R r, Out& o) { o.Put(w.PickId(Kind::kUsers, TaskBits(w, r, 28), 0)); }},
    {"last_updated_by_user_id", [](W w, R r, Out& o) { o.Put(w.PickId(Kind::kUsers, TaskBits(w, r, 29), 5)); }},
    {"contact_id", [](W w, R r, Out& o) { PutReference(w, Kind::kContacts, TaskContact(w, r.index), o); }},
    {"opportunity_id", [](W w, R r, Out& o) { PutReference(w, Kind::kOpportunities, TaskOpportunity(w, r.index), o); }},
    {"accepted", [](W w, R r, Out& o) { o.Bool(TaskBits(w, r, 31) % 2 == 0); }},
    {"custom_fields", [](W w, R r, Out& o) { WriteCustomFields(o.Begin(), TaskBits(w, r, 32)); }},
};

constexpr Reference kNoteReferences[] = {{"contact_id", Kind::kContacts, NoteContact}};
constexpr Reference kTaskReferences[] = {{"contact_id", Kind::kContacts, TaskContact},
                                         {"opportunity_id", Kind::kOpportunities, TaskOpportunity}};

}  // namespace

const Entity& NotesEntity() {
  static constexpr Entity kEntity = {"notes", Kind::kNotes, kNoteProperties, kNoteReferences};
  return kEntity;
}

const Entity& TasksEntity() {
  static constexpr Entity kEntity = {"tasks", Kind::kTasks, kTaskProperties, kTaskReferences};
  return kEntity;
}

}  // namespace infusionsoft::sandbox
